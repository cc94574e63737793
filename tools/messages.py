"""The English catalogue: `write` collects the strings of the code into it, `check` fails when it has drifted.

Vietnamese is the source language and needs no catalogue. Kept are the strings alone, without places in the code, so
that moving a line changes nothing.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HOUSE = Path(__file__).resolve().parents[1]
SHOWN = 20
CATALOGUE = Path("locale") / "en" / "LC_MESSAGES" / "django.po"


def main(what: str) -> int:
    if what == "write":
        collect(HOUSE)
        return 0
    with tempfile.TemporaryDirectory(prefix="thanthien-messages-") as folder:
        copy = Path(folder)
        shutil.copytree(HOUSE / "thanthien", copy / "thanthien", ignore=shutil.ignore_patterns("static", "__pycache__"))
        shutil.copytree(HOUSE / "locale", copy / "locale")
        collect(copy)
        drift = strings(HOUSE / CATALOGUE) ^ strings(copy / CATALOGUE)
    for string in sorted(drift)[:SHOWN]:
        print(f"  {string[:110]}")
    if drift:
        print(f"{len(drift)} strings differ between the code and {CATALOGUE}: run `make messages`")
    return bool(drift)


def collect(house: Path) -> None:
    """Runs makemessages over a tree; obsolete strings go."""
    command = [sys.executable, "-m", "django", "makemessages", "--locale", "en", "--no-obsolete", "--no-location"]
    command += ["--no-wrap", "--ignore", "tests", "--verbosity", "0"]
    env = os.environ | {"PYTHONPATH": str(HOUSE), "DJANGO_SETTINGS_MODULE": "", "LC_ALL": "C.UTF-8"}
    env.pop("DJANGO_SETTINGS_MODULE")
    (house / CATALOGUE).parent.mkdir(parents=True, exist_ok=True)
    subprocess.run(command, cwd=house, env=env, check=True)
    without_dates(house / CATALOGUE)


def without_dates(catalogue: Path) -> None:
    """The header's date of creation would differ in every run."""
    text = catalogue.read_text().splitlines(keepends=True)
    catalogue.write_text("".join(line for line in text if not line.startswith('"POT-Creation-Date')))


def strings(catalogue: Path) -> set[str]:
    """Every msgid with its context, written on one line."""
    found, context, current = set(), "", ""
    for line in [*(catalogue.read_text().splitlines() if catalogue.exists() else []), ""]:
        if line.startswith("msgctxt "):
            context = line
        elif line.startswith("msgid "):
            current = line.removeprefix("msgid ").strip('"')
        elif line.startswith('"') and current is not None:
            current += line.strip('"')
        elif line.startswith("msgstr"):
            if current:
                found.add(f"{context} {current}".strip())
            context, current = "", None
    return found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))

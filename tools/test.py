"""Runs the whole suite: the rooms on SQLite, then what walks through the whole house and the browser, then whatever may
touch the database on a real PostgreSQL; last the coverage gate.

Lines are counted in the run of the rooms alone: counting makes tests half as slow again, stories in the browser three
times, and that a walk came through a line does not mean that anybody looked at what it does.

`--only browser` or `--only hardening` runs those tests alone, on SQLite (hardening: on both, in the long form);
`--only pictures` runs the stories that take a picture for the guides.
Each run keeps its databases, files and measurements in a folder of its own, so that two runs never meet.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from postgres import postgres

HOUSE = Path(__file__).resolve().parents[1]
PACKAGE = HOUSE / "thanthien"
GATE = {"core": 90, "procedures": 90, "dossiers": 90, "prints": 90}  # per cent of lines
WORKERS = int(os.environ.get("TEST_WORKERS", "2"))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=["browser", "hardening", "pictures"])
    only = parser.parse_args().only
    folder = Path(tempfile.mkdtemp(prefix="thanthien-test-"))
    folder.chmod(0o711)  # a test may start a PostgreSQL in it, which does not run as root and must pass through
    try:
        return run_all(only, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def run_all(only: str | None, folder: Path) -> int:
    results = {}
    if only == "hardening":
        results["SQLite"] = pytest(folder, "SQLite", only)
    elif only:
        chosen = with_pictures() if only == "pictures" else []
        results["browser"] = pytest(folder, "browser", "browser", *chosen, workers=WORKERS + 1)
    else:
        results["rooms"] = pytest(folder, "rooms", "not browser and not walk", counted=True)
        # One worker more where browsers wait for slow lines: another one has work meanwhile.
        results["walks and browser"] = pytest(folder, "walks and browser", "browser or walk", workers=WORKERS + 1)
    if only in (None, "hardening"):
        with postgres() as cluster:
            marks = only or "not browser and (database or walk or hardening)"
            results["PostgreSQL"] = pytest(folder, "PostgreSQL", marks, url=cluster.url)
    print("\n" + "\n".join(f"{run}: {line}" for run, (_, line) in results.items()))
    short = not only and coverage_falls_short(folder)
    return int(short or any(code for code, _ in results.values()))


def pytest(
    folder: Path, run: str, marks: str, *chosen: str, url: str = "", counted: bool = False, workers: int = WORKERS
) -> tuple[int, str]:
    """Exit status and last line of one run, shown while it goes."""
    print(f"\n=== {run} ===", flush=True)
    began = time.monotonic()
    command = [sys.executable, "-m", *(["coverage", "run", "--parallel-mode", "-m"] if counted else []), "pytest"]
    command += ["-q", "-p", "no:cacheprovider", "-n", str(workers), "--dist", "worksteal", "-m", marks, *chosen]
    env = os.environ | {"TMPDIR": str(folder), "COVERAGE_FILE": str(folder / "coverage")}
    env["PYTHONDONTWRITEBYTECODE"] = ""  # tests are compiled once, not by every worker of every run
    env["MIGRATED"] = str(folder / "migrated.sqlite3")  # made by the first run on SQLite, see conftest.py
    env |= {"DATABASE_URL": url} if url else {}
    env |= {"HARDENING": "long"} if marks == "hardening" else {}
    last = ""
    with subprocess.Popen(command, cwd=HOUSE, env=env, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        for line in process.stdout:
            print(line, end="", flush=True)
            last = line.strip() or last
    code = process.returncode
    last = last if code in (0, 1) else f"pytest ended with {code} after: {last}"
    return code, f"{last} ({time.monotonic() - began:.0f} s with starting)"


def with_pictures() -> list[str]:
    """Which stories, and how; what is filed online has its picture taken on one kind of line only."""
    stories = sorted(HOUSE.glob("tests/journeys/test_*.py"))
    return ["-k", "not slow and not plain", *(str(path) for path in stories if "takes_picture" in path.read_text())]


def coverage_falls_short(folder: Path) -> bool:
    """Whether a room of the gate has too few lines covered; prints the table."""
    env = os.environ | {"COVERAGE_FILE": str(folder / "coverage")}
    report = folder / "coverage.json"
    for words in (["combine", "--quiet"], ["json", "--quiet", "-o", str(report)]):
        subprocess.run([sys.executable, "-m", "coverage", *words], cwd=HOUSE, env=env, check=True)
    shares = {room: share_of(room, json.loads(report.read_text())["files"]) for room in rooms()}
    print("\nlines covered: " + ", ".join(f"{room} {share:.1f} %" for room, share in shares.items()))
    short = [f"{room}: {shares[room]:.1f} % < {wanted} %" for room, wanted in GATE.items() if shares[room] < wanted]
    print(*short, sep="\n", end="\n" if short else "")
    return bool(short)


def rooms() -> list[str]:
    return sorted(path.parent.name for path in PACKAGE.glob("*/apps.py"))


def share_of(room: str, files: dict[str, dict[str, dict[str, int]]]) -> float:
    """Per cent of the room's lines that ran; 100 for a room without lines."""
    sums = [file["summary"] for name, file in files.items() if Path(name).parts[:2] == ("thanthien", room)]
    lines = sum(one["num_statements"] for one in sums)
    return 100 * sum(one["covered_lines"] for one in sums) / lines if lines else 100.0


if __name__ == "__main__":
    sys.exit(main())

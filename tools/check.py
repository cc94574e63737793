"""All checks that need no running house, the quick ones first. All are run; exit status 1 when one of them fails."""

import os
import subprocess
import sys
import time
from pathlib import Path

HOUSE = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
PYTHON = sys.executable
CODE = ["thanthien", "tests", "tools", "conftest.py", "manage.py"]
CHECKS = [
    ("form", [BIN / "ruff", "format", "--check", "--quiet", *CODE]),
    ("faults in the code", [BIN / "ruff", "check", "--quiet", *CODE]),
    ("sizes", [PYTHON, "tools/budgets.py"]),
    ("templates", [BIN / "djlint", "--lint", "--quiet", "thanthien"]),
    ("floors and doors", [BIN / "lint-imports"]),
    ("missing migrations", [PYTHON, "manage.py", "makemigrations", "--check", "--dry-run"]),
    ("Django's own checks", [PYTHON, "manage.py", "check"]),
    ("messages", [PYTHON, "tools/messages.py", "check"]),
    ("types of the foundation", [BIN / "mypy", "thanthien/core"]),
]


def main() -> int:
    failed = [name for name, command in CHECKS if not passes(name, [str(word) for word in command])]
    print(f"FAILED: {', '.join(failed)}" if failed else f"all {len(CHECKS)} checks passed")
    return bool(failed)


def passes(name: str, command: list[str]) -> bool:
    began = time.monotonic()
    env = os.environ | {"DEMO": "1", "DJANGO_SETTINGS_MODULE": "thanthien.config.settings_test"}
    done = subprocess.run(command, cwd=HOUSE, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    print(f"{'ok    ' if done.returncode == 0 else 'FAILED'} {name} ({time.monotonic() - began:.1f} s)", flush=True)
    if done.returncode:
        print(done.stdout.rstrip(), flush=True)
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())

"""All checks that need no running house, two at a time. All are run; exit status 1 when one of them fails."""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

HOUSE = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
PYTHON = sys.executable
CODE = ["thanthien", "tests", "tools", "conftest.py", "manage.py"]
CHECKS = [  # the longest first, so that the last ones end together
    ("types of the foundation", [BIN / "mypy", "thanthien/core"]),
    ("form", [BIN / "ruff", "format", "--check", "--quiet", *CODE]),
    ("faults in the code", [BIN / "ruff", "check", "--quiet", *CODE]),
    ("sizes", [PYTHON, "tools/budgets.py"]),
    ("templates", [BIN / "djlint", "--lint", "--quiet", "thanthien"]),
    ("floors and doors", [BIN / "lint-imports"]),
    ("missing migrations", [PYTHON, "manage.py", "makemigrations", "--check", "--dry-run"]),
    ("Django's own checks", [PYTHON, "manage.py", "check"]),
    ("messages", [PYTHON, "tools/messages.py", "check"]),
]


def main() -> int:
    with ThreadPoolExecutor(2) as pool:
        passed = list(pool.map(lambda check: passes(check[0], [str(word) for word in check[1]]), CHECKS))
    failed = [name for (name, _), well in zip(CHECKS, passed, strict=True) if not well]
    print(f"FAILED: {', '.join(failed)}" if failed else f"all {len(CHECKS)} checks passed")
    return bool(failed)


def passes(name: str, command: list[str]) -> bool:
    began = time.monotonic()
    env = os.environ | {"DEMO": "1", "DJANGO_SETTINGS_MODULE": "thanthien.config.settings_test"}
    done = subprocess.run(command, cwd=HOUSE, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    told = f"{'ok    ' if done.returncode == 0 else 'FAILED'} {name} ({time.monotonic() - began:.1f} s)"
    print(f"{told}\n{done.stdout.rstrip()}" if done.returncode else told, flush=True)
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())

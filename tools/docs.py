"""Writes what documents say about the code from the code itself, then the screenshots of the guides.

`docs/events.md` (who answers what) and the statuses in `docs/glossary.md` stay true this way; `tests/test_house.py`
fails when they do not. `--no-screenshots` leaves the browser out.
"""

import os
import re
import subprocess
import sys
from dataclasses import is_dataclass
from importlib import import_module
from pathlib import Path

HOUSE = Path(__file__).resolve().parents[1]
DOCS = HOUSE / "docs"
PICTURES = DOCS / "guides" / "img"
MADE = "<!-- made by `make docs`: do not edit below this line -->\n"


def main(options: list[str]) -> int:
    sys.path.insert(0, str(HOUSE))
    os.environ["DJANGO_SETTINGS_MODULE"] = "thanthien.config.settings_test"
    import_module("django").setup()
    write(DOCS / "events.md", events())
    glossary = DOCS / "glossary.md"
    write(glossary, glossary.read_text().partition(MADE)[0] + MADE + statuses())
    if "--no-screenshots" in options:
        return 0
    PICTURES.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, str(HOUSE / "tools" / "test.py"), "--only", "pictures"]
    return subprocess.run(command, cwd=HOUSE, env=os.environ | {"SCREENSHOTS": str(PICTURES)}).returncode


def write(path: Path, text: str) -> None:
    if not path.exists() or path.read_text() != text:
        path.write_text(text)
        print(f"docs: {path.relative_to(HOUSE)}")


def events() -> str:
    """A row for each event with who answers it, and the jobs that the clock starts."""
    listeners = import_module("thanthien.core.events").listeners()
    jobs = import_module("thanthien.core.schedule").jobs()
    told = []
    for event in published():
        names = sorted(name for name, (answered, _) in listeners.items() if answered is event)
        answers = ", ".join(f"{room_of(name)}: `{name.rpartition('.')[2]}`" for name in names)
        told.append(f"| `{event.__name__}` | {room_of(event.__module__)} | {answers or '–'} |")
    clock = [f"| `{job.name.rpartition('.')[2]}` | {room_of(job.name)} | {when(job)} |" for job in jobs]
    head = "# Who answers what\n\nMade from the code by `make docs`.\n\n| event | published by | answered by |"
    head += "\n|---|---|---|"
    clock_head = "\n## By the clock\n\n| job | room | when |\n|---|---|---|"
    return "\n".join([head, *told, clock_head, *sorted(clock)]) + "\n"


def published() -> list[type]:
    """Every event of every room, in the order of their names."""
    found = set()
    for path in (HOUSE / "thanthien").glob("*/events.py"):
        name = ".".join(path.relative_to(HOUSE).with_suffix("").parts)
        own = (one for one in vars(import_module(name)).values() if is_dataclass(one) and one.__module__ == name)
        found |= set(own)
    return sorted(found, key=lambda event: event.__name__)


def room_of(module: str) -> str:
    return module.split(".")[1]


def when(job) -> str:
    if job.minutes is None:
        return f"daily from {job.daily_at:%H:%M}"
    return "every minute" if job.minutes == 1 else f"every {job.minutes} minutes"


def statuses() -> str:
    """Every list of choices with the words that people read."""
    parts = []
    for path in sorted((HOUSE / "thanthien").rglob("enums.py")):
        name = ".".join(path.relative_to(HOUSE).with_suffix("").parts)
        for choices in choices_of(import_module(name)):
            rows = "\n".join(f"- `{one.value}` {one.label}" for one in choices)
            parts.append(f"\n### {choices.__name__} ({room_of(name)})\n\n{rows}\n")
    return "".join(parts)


def choices_of(module) -> list:
    kind = import_module("django.db.models").Choices
    found = [one for one in vars(module).values() if isinstance(one, type) and issubclass(one, kind)]
    in_order = re.findall(r"^class (\w+)", Path(module.__file__).read_text(), re.MULTILINE)
    own = [one for one in found if one.__module__ == module.__name__]
    return sorted(own, key=lambda one: in_order.index(one.__name__))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Fails when the code outgrows the sizes agreed on: `python tools/budgets.py`. Raising one needs a decision record.

A budget that is already exceeded is named with where and by how much; nothing is averaged away.
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median, quantiles

HOUSE = Path(__file__).resolve().parents[1]
PACKAGE = HOUSE / "thanthien"
NOT_CODE = {"migrations", "tests"}
FUNCTION_MAX, FUNCTION_P95, FUNCTION_MEDIAN, VIEW_MAX = 50, 30, 9, 20
FILE_MAX, TEST_FILE_MAX, ROOM_MAX = 400, 400, 3000
PAGE_MAX = {"*.html": 150, "*.css": 200, "*.js": 150}
DEPENDENCIES = 20
BIGGER = {
    "dossiers": 6950,
    "organisation": 4000,
    "queue": 4600,
    "procedures": 3700,
    "satisfaction": 4000,
    "filing": 3700,
    "declarations": 4200,
}
# why: docs/decisions/0009
BESIDE_A_ROOM = {"management", "factories.py"}  # measuring, demonstrating, testing: not the room itself


def main() -> int:
    faults = [*files(), *pages(), *rooms(), *dependencies()]
    lengths = [length for path in code() for _, length, _ in functions(path)]
    p95, middle = quantiles(lengths, n=20)[18], median(lengths)
    faults += [fault for path in code() for fault in long_functions(path)]
    if p95 > FUNCTION_P95:
        faults.append(f"95 of 100 functions should fit {FUNCTION_P95} lines; now {p95:.0f}")
    if middle > FUNCTION_MEDIAN:
        faults.append(f"half of the functions should fit {FUNCTION_MEDIAN} lines; now {middle:.0f}")
    print(*faults, sep="\n", end="\n" if faults else "")
    print(f"{len(lengths)} functions: median {middle:.0f}, p95 {p95:.0f}, longest {max(lengths)} lines")
    return bool(faults)


def code() -> list[Path]:
    return [path for path in sorted(PACKAGE.rglob("*.py")) if not NOT_CODE & set(path.parts)]


def functions(path: Path) -> Iterator[tuple[ast.FunctionDef | ast.AsyncFunctionDef, int, str]]:
    """Every function with its lines (decorators not counted) and where it stands."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node, (node.end_lineno or node.lineno) - node.lineno + 1, f"{short(path)}:{node.lineno} {node.name}"


def long_functions(path: Path) -> Iterator[str]:
    views = path.name == "views.py" or path.parent.name == "views"
    most = VIEW_MAX if views else FUNCTION_MAX
    for _, length, where in functions(path):
        if length > most:
            yield f"{where}: {length} lines, at most {most}"


def files() -> Iterator[str]:
    for path in sorted(PACKAGE.rglob("*.py")):
        most = TEST_FILE_MAX if "tests" in path.parts else FILE_MAX
        if "migrations" not in path.parts and (length := lines(path)) > most:
            yield f"{short(path)}: {length} lines, at most {most}"


def pages() -> Iterator[str]:
    for pattern, most in PAGE_MAX.items():
        for path in sorted(PACKAGE.rglob(pattern)):
            if "vendor" not in path.parts and (length := lines(path)) > most:
                yield f"{short(path)}: {length} lines, at most {most}"


def rooms() -> Iterator[str]:
    """Of the foundation, which is no room, each package counts for itself."""
    core = PACKAGE / "core"
    places = [path.parent for path in PACKAGE.glob("*/apps.py")] + [path.parent for path in core.glob("*/__init__.py")]
    for place in sorted(places):
        own = [path for path in code() if place in path.parents and (place != core or path.parent == core)]
        own = [path for path in own if not BESIDE_A_ROOM & set(path.parts)]
        most = BIGGER.get(place.name, ROOM_MAX)
        if (length := sum(map(lines, own))) > most:
            yield f"{short(place)}: {length} lines, at most {most}; is it two rooms?"


def dependencies() -> Iterator[str]:
    listed = (HOUSE / "requirements" / "base.in").read_text().splitlines()
    named = [line for line in listed if line and not line.startswith("#")]
    if len(named) > DEPENDENCIES:
        yield f"requirements/base.in: {len(named)} dependencies, at most {DEPENDENCIES}"


def lines(path: Path) -> int:
    return path.read_text().count("\n")


def short(path: Path) -> str:
    return str(path.relative_to(HOUSE))


if __name__ == "__main__":
    sys.exit(main())

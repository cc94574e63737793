"""The wordings by which consent is asked, in versions: what was agreed to stays what it was."""

import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

FILE = Path(__file__).resolve().parent.parent / "data" / "consents.json"


@dataclass(frozen=True, kw_only=True)
class Wording:
    """For one purpose, in words that hold from a day on."""

    purpose: str
    number: int
    valid_from: date
    title: str
    text: str


@cache
def _all() -> tuple[Wording, ...]:
    rows = json.loads(FILE.read_text(encoding="utf-8"))
    return tuple(Wording(**row | {"valid_from": date.fromisoformat(row["valid_from"])}) for row in rows)


def wordings_on(day: date) -> list[Wording]:
    """One for each purpose, the newest in force."""
    found: dict[str, Wording] = {}
    for wording in sorted(_all(), key=lambda one: (one.valid_from, one.number)):
        if wording.valid_from <= day:
            found[wording.purpose] = wording
    return [found[wording.purpose] for wording in dict.fromkeys(_all()) if found.get(wording.purpose) == wording]

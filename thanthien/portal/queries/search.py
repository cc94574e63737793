"""Finding a procedure by the words of everyday life: without marks, with a slip of the finger, with words of no name.

Weighs words as rare as they are among the names of what the unit offers, so that "khai sinh cho con" finds the births
and not whatever has "cho" in its name (docs/decisions says why this needs no library).
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import log
from pathlib import Path
from typing import TYPE_CHECKING

from thanthien.core.text import clean, plain
from thanthien.procedures.queries import is_slip

if TYPE_CHECKING:
    from thanthien.procedures.models import Offering

EVERYDAY = Path(__file__).resolve().parents[1] / "data" / "everyday_words.json"
LONGEST, MOST_WORDS = 200, 12
CODE = re.compile(r"\d\.[\d.]*[\w.-]*")
WORD = re.compile(r"\w+")
WORDS = json.loads(EVERYDAY.read_text("utf-8"))
# Words that say little beside any other. They still count a little: "nhận cha, mẹ, con" is a name.
LITTLE = frozenset(WORDS["little"].split())
# What people say (without marks) and what the catalogue calls it.
MEANINGS: list[tuple[str, str]] = [(said, row["meant"]) for row in WORDS["meanings"] for said in row["said"]]
LITTLE_WEIGHT = 0.15
SHORTEST_BEGINNING = 3
SLIP, GOOD, OF_THE_BEST = 0.5, 0.4, 0.6


@dataclass(frozen=True)
class Entry:
    """A procedure as the search sees it: the words of its name, and the row itself."""

    offering: "Offering"
    name: str
    words: frozenset[str]


def find_offerings(offerings: Iterable["Offering"], text: str) -> list["Offering"]:
    """Those that fit what was typed, the best first; all of them, in their own order, when nothing was typed."""
    rows = list(offerings)
    typed = clean(text)[:LONGEST]
    if not plain(typed):
        return rows
    if CODE.fullmatch(typed):
        return [row for row in rows if row.procedure.code.startswith(typed)]
    entries = [
        Entry(row, row.procedure.name.lower(), frozenset(WORD.findall(row.procedure.plain_name))) for row in rows
    ]
    score = _scorer(entries, typed)
    scored = [(score(entry), entry) for entry in entries]
    best = max((points for points, _ in scored), default=0.0)
    kept = [(points, entry) for points, entry in scored if points >= max(GOOD, best * OF_THE_BEST)]
    return [entry.offering for points, entry in sorted(kept, key=lambda pair: _rank(*pair, typed.lower()))]


def _scorer(entries: Sequence[Entry], typed: str) -> Callable[[Entry], float]:
    """How well an entry answers, from 0 to 1: the best of what was typed and of what such words usually mean."""
    seen = Counter(word for entry in entries for word in entry.words)
    known = frozenset(seen)
    ways = [
        [(_weight(word, seen, len(entries)), *near_words(word, known)) for word in way] for way in _ways(typed, known)
    ]
    return lambda entry: max(_share(way, entry.words) for way in ways)


def _share(way: Sequence[tuple[float, frozenset[str], float]], words: frozenset[str]) -> float:
    whole = sum(weight for weight, _near, _sure in way)
    return sum(weight * sure for weight, near, sure in way if near & words) / whole if whole else 0.0


def _weight(word: str, seen: Counter[str], names: int) -> float:
    """Rare words say much, and so does a word that no name has (it may be a slip)."""
    weight = log(2 + names / (1 + seen[word]))
    return weight * LITTLE_WEIGHT if word in LITTLE else weight


def near_words(word: str, known: frozenset[str]) -> tuple[frozenset[str], float]:
    """The words of names that may be meant, and how sure that is: the same, else those that begin so, else with one
    slip of the finger."""
    if word in known or word in LITTLE:
        return frozenset([word]), 1.0
    begun = frozenset(other for other in known if len(word) >= SHORTEST_BEGINNING and other.startswith(word))
    if begun:
        return begun, 1.0
    return frozenset(other for other in known if is_slip(word, other)), SLIP


def _ways(typed: str, known: frozenset[str]) -> list[list[str]]:
    words = WORD.findall(plain(typed))[:MOST_WORDS]
    said = f" {' '.join(words)} "
    meant = [WORD.findall(plain(meaning)) for phrase, meaning in MEANINGS if f" {phrase} " in said]
    apart = [part for word in words for part in _apart(word, known)]
    return [words, *meant, *([apart] if apart != words else [])]


def _apart(word: str, known: frozenset[str]) -> Iterable[str]:
    """ "khaisinh" → khai, sinh: syllables written together, both of them words of names."""
    halves = [(word[:place], word[place:]) for place in range(2, len(word) - 1)]
    together = near_words(word, known)[0]
    return (word,) if together else next((pair for pair in halves if known.issuperset(pair)), (word,))


def _rank(points: float, entry: Entry, typed: str) -> tuple[float, bool, int, str]:
    """Smaller is better: the points (in tenths: finer differences mean nothing), the same marks, the shorter name."""
    as_typed = all(word in entry.name for word in typed.split())
    return -round(points, 1), not as_typed, len(entry.name), entry.offering.procedure.code

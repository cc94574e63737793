"""The one search field of the office: a scanned code, a scanned ID card, or what somebody typed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote

from thanthien.core.rules import allows
from thanthien.core.text import clean
from thanthien.dossiers.queries import dossiers_seen_by, find_dossiers
from thanthien.people.queries import PersonCard, cards, find_people
from thanthien.people.rules import check_can_see_people

if TYPE_CHECKING:
    from thanthien.dossiers.models import Dossier
    from thanthien.organisation.models import Staff

LONGEST = 200
MOST, MOST_PEOPLE = 50, 10
TRACKING = re.compile(r"/tra-cuu/([^/?#\s]+)")
CARD_NUMBER = re.compile(r"[0-9]{9}|[0-9]{12}")
CARD_FIELDS = 7
CODE = re.compile(r"[0-9]{6}-[0-9]{4,}$")  # the end of a dossier's code: nobody is called so


@dataclass(frozen=True)
class Found:
    """`only` is set when there is one dossier that the text can only mean: go straight there."""

    text: str
    dossiers: Sequence["Dossier"]
    people: Sequence[PersonCard]
    only: "Dossier | None" = None
    more: bool = False


def find_anything(staff: "Staff", text: str, *, most: int = MOST) -> Found:
    """Dossiers (at most so many) and people that this person may see. A whole code leads to its dossier, a card to its
    person's."""
    words = said_in(text)
    if not words:
        return Found("", [], [])
    only = dossiers_seen_by(staff).filter(code=words.upper()).first()
    if only:
        return Found(words, [only], [], only)
    found = list(find_dossiers(staff, words)[: most + 1])
    wants_people = not CODE.search(words) and _may_see_people(staff)
    people = cards(find_people(words, seen_by=staff, limit=MOST_PEOPLE)) if wants_people else []
    alone = found[0] if len(found) == 1 and _is_end_of_code(words) else None
    return Found(words, found[:most], people, alone, more=len(found) > most)


def said_in(text: str) -> str:
    """What to search for: the number of a scanned card, the code in the address that a slip's QR holds, or the text."""
    text = clean(text[:2000])
    fields = text.split("|")
    if len(fields) >= CARD_FIELDS and CARD_NUMBER.fullmatch(fields[0].strip()):
        return fields[0].strip()
    if match := TRACKING.search(text):
        return unquote(match[1])
    return text[:LONGEST]


def _is_end_of_code(text: str) -> bool:
    """ "0017" or "261122-0017": typed to find one dossier, not a person."""
    return bool(re.fullmatch(r"[0-9]{4,5}|[0-9]{6}-[0-9]{4,}", text))


def _may_see_people(staff: "Staff") -> bool:
    return allows(check_can_see_people, by=staff)

"""Lists of letters: what waits for whom, the book, what stands about one dossier."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q, QuerySet

from thanthien.core.text import plain
from thanthien.dossiers.queries import day_bounds
from thanthien.letters.enums import Kind, State
from thanthien.letters.models import Letter, WrongName
from thanthien.letters.queries.single import letters_seen_by

if TYPE_CHECKING:
    from thanthien.dossiers.models import Dossier
    from thanthien.organisation.models import Staff

OPEN = (State.DRAFT, State.SIGNED)


@dataclass(frozen=True, kw_only=True)
class LetterFilter:
    """What somebody wants to see: a state ("open": still to be signed or handed), a kind, words of the addressee."""

    state: str = "open"
    kind: str = ""
    words: str = ""


def letters_of(staff: "Staff", wanted: LetterFilter) -> list[Letter] | QuerySet[Letter]:
    """By state and kind, what has waited longest first while it is open. Words are sought in what is found."""
    found = letters_seen_by(staff).prefetch_related("confirmations")
    if wanted.state == "open":
        found = found.filter(state__in=OPEN)
    elif wanted.state in State.values:
        found = found.filter(state=wanted.state)
    if wanted.kind in Kind.values:
        found = found.filter(kind=wanted.kind)
    found = found.order_by("drafted_at", "pk") if wanted.state in ("open", *OPEN) else found
    if words := plain(wanted.words).split():
        return [letter for letter in found[:2000] if all(word in plain(_sought(letter)) for word in words)]
    return found


def _sought(letter: Letter) -> str:
    return f"{letter.addressee} {letter.cause} {letter.reference}"


def counts_of(staff: "Staff") -> dict[str, int]:
    rows = letters_seen_by(staff).order_by().values("state").annotate(n=Count("pk"))
    return {state: 0 for state in State.values} | {row["state"]: row["n"] for row in rows}


def letters_chosen(staff: "Staff", picks: Sequence[str]) -> list[Letter]:
    """The letters that were ticked, in the order of the list; a stranger's tick finds nothing."""
    keys = [int(pick) for pick in picks if pick.isdecimal() and len(pick) < 19]
    return list(letters_seen_by(staff).filter(pk__in=keys).order_by("drafted_at", "pk"))


def book_rows(staff: "Staff", first: date, last: date) -> QuerySet[Letter]:
    """The book of letters: what was signed in these days, in the order of its numbers."""
    start, end = day_bounds(first, last)
    return letters_seen_by(staff).filter(signed_at__gte=start, signed_at__lt=end).order_by("year", "number", "pk")


def letters_about(dossier: "Dossier | Any") -> QuerySet[Letter]:
    """What the family gets or got; cancelled ones are left out."""
    found = Letter.objects.filter(dossier=dossier).exclude(state=State.CANCELLED).select_related("unit", "dossier")
    return found.prefetch_related("confirmations").order_by("pk")


def open_wrong_names(staff: "Staff") -> QuerySet[WrongName]:
    mine = letters_seen_by(staff).values("pk")
    return WrongName.objects.filter(Q(letter__in=mine), closed_at=None).select_related("letter")

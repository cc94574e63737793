"""The national catalogue: versions in time, search without marks and with one slip of the keyboard."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404

from thanthien.core.prepared import Given, Prepared
from thanthien.core.text import clean, plain
from thanthien.procedures.models import Procedure, ProcedureVersion, Sector

MOST_WORDS = 12
SHORTEST_SLIP = 3
CODE = re.compile(r"\d+(?:\.[\w.]*)?")
# What a version's content may hold; a page may ask for each of them.
EMPTY_CONTENT: dict[str, Any] = {
    "description": "", "steps": [], "channels": [], "fees": [], "cases": [], "paper_groups": [], "legal_bases": [],
    "results": [], "requirements": "", "audiences": [], "agencies": {}, "flags": {}, "keywords": "", "note": "",
    "service_groups": [], "returns": [], "decision": {}, "related": [], "sectors": [], "other": {},
}  # fmt: skip


def content_of(version: ProcedureVersion) -> dict[str, Any]:
    """The whole record with every part, also those that are empty."""
    content: dict[str, Any] = version.content
    return EMPTY_CONTENT | content


def is_catalogue_empty() -> bool:
    return not Procedure.objects.exists()


def procedure_or_none(code: str) -> Procedure | None:
    return Procedure.objects.select_related("sector", "replaced_by").filter(code=code).first()


def procedure_for(code: str) -> Procedure:
    """404 when the catalogue has no such code."""
    procedure = procedure_or_none(code)
    if procedure is None:
        raise Http404
    return procedure


def version_in_force(procedure: Procedure, on: date | None = None) -> ProcedureVersion | None:
    """Today's version, or that of a day; of two that meet on a day the newer."""
    if on is None:
        return _in_force.first(procedure=procedure.pk)
    rows = ProcedureVersion.objects.filter(procedure=procedure).order_by("-number")
    return rows.filter(Q(valid_to=None) | Q(valid_to__gte=on), valid_from__lte=on).first()


_in_force = Prepared(
    lambda: ProcedureVersion.objects.filter(procedure=Given("procedure"), valid_to=None).order_by("-number")
)


def versions_by_code(codes: Iterable[str]) -> dict[str, ProcedureVersion]:
    """What the catalogue says today of these procedures; those that it does not have are not there."""
    rows = ProcedureVersion.objects.filter(valid_to=None, procedure__code__in=set(codes)).select_related("procedure")
    return {row.procedure.code: row for row in rows}


def versions_of(procedure: Procedure) -> QuerySet[ProcedureVersion]:
    """All versions, the newest first."""
    return ProcedureVersion.objects.filter(procedure=procedure).order_by("-number")


def sectors() -> QuerySet[Sector]:
    return Sector.objects.order_by("name")


def search_procedures(text: str, rows: QuerySet[Procedure] | None = None) -> list[Procedure]:
    """Procedures whose name has every word, with or without marks; those written as typed come first, then those that
    begin with it, then the shorter. A beginning of a code finds codes. When nothing fits, each word may have one slip.

    `rows` narrows the search (default: what is in force); each comes with its sector.
    """
    rows = Procedure.objects.filter(is_active=True) if rows is None else rows
    rows = rows.select_related("sector")
    typed = clean(text)
    if CODE.fullmatch(typed):
        return list(rows.filter(code__startswith=typed).order_by("code"))
    words = plain(typed).split()[:MOST_WORDS]
    if not words:
        return []
    found = list(_with_words(rows, words)) or _with_slips(rows, words)
    return sorted(found, key=lambda procedure: _rank(procedure, typed.lower(), " ".join(words)))


def _with_words(rows: QuerySet[Procedure], words: list[str]) -> QuerySet[Procedure]:
    for word in words:
        rows = rows.filter(plain_name__icontains=word)
    return rows


def _rank(procedure: Procedure, typed: str, words: str) -> tuple[bool, bool, int, int, str]:
    """Smaller is better: written as typed, in one piece, early in the name, short."""
    name = procedure.name.lower()
    as_typed = all(word in name for word in typed.split())
    place = procedure.plain_name.find(words)
    return not as_typed, place < 0, max(place, 0), len(name), procedure.code


def _with_slips(rows: QuerySet[Procedure], words: list[str]) -> list[Procedure]:
    """Names in which every word stands, save for one slip a word. Reads names only, then the rows that fit."""
    names = {pk: set(re.findall(r"\w+", name)) for pk, name in rows.order_by().values_list("pk", "plain_name")}
    known = set().union(*names.values()) if names else set()
    meant = [{other for other in known if is_slip(word, other)} for word in words]
    found = [pk for pk, said in names.items() if all(said & near for near in meant)]
    return list(rows.filter(pk__in=found[:500]))


def is_slip(word: str, other: str) -> bool:
    """Whether two words are the same, or differ by one letter too many, too few, wrong, or two neighbours swapped."""
    if word == other:
        return True
    if min(len(word), len(other)) < SHORTEST_SLIP or abs(len(word) - len(other)) > 1:
        return False
    start = next((i for i, (a, b) in enumerate(zip(word, other, strict=False)) if a != b), min(len(word), len(other)))
    rest, others = word[start:], other[start:]
    swapped = rest[:2] == others[1::-1] and rest[2:] == others[2:]
    return rest[1:] == others[1:] or rest[1:] == others or rest == others[1:] or (len(rest) > 1 and swapped)


def ordered_by_name(procedures: Iterable[Procedure]) -> list[Procedure]:
    return sorted(procedures, key=lambda procedure: (procedure.plain_name, procedure.code))

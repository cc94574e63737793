"""Declarations for other rooms: frozen dataclasses, never rows. See docs/declarations.md."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import get_language

from thanthien.core.said import is_said_otherwise, said_in
from thanthien.declarations.models import DeclarationVersion
from thanthien.declarations.rules import Content, content_from

KEPT_READ = 256


@dataclass(frozen=True, kw_only=True)
class Declaration:
    """One version of the form of a procedure. `pk` is what a filing or a dossier keeps: its version never changes."""

    pk: int
    procedure_id: int
    procedure_code: str
    number: int
    valid_from: date
    valid_to: date | None
    fingerprint: str
    stored: Content

    @property
    def content(self) -> Content:
        """As it is read now: in Vietnamese wherever something is written down, else in the language of the page."""
        return _said(self.fingerprint, self.stored, get_language() or "") if is_said_otherwise() else self.stored


def version_for(procedure: Any, *, on: date) -> Declaration | None:
    """The form that counts for a procedure on a day; None when the procedure has none (one statement).

    `procedure`: a Procedure, a ProcedureVersion or an Offering (whatever has `procedure_id`).
    """
    pk = getattr(procedure, "procedure_id", None) or procedure.pk
    rows = _versions().filter(form__procedure=pk).filter(Q(valid_to=None) | Q(valid_to__gte=on), valid_from__lte=on)
    found = rows.order_by("-number").first()
    return as_declaration(found) if found else None


def version_by_id(version_id: int) -> Declaration | None:
    """The version that a filing or a dossier stands on."""
    found = _versions().filter(pk=version_id).first()
    return as_declaration(found) if found else None


def procedures_with_form(*, on: date) -> set[int]:
    """The primary keys of the procedures that have a form on a day."""
    rows = DeclarationVersion.objects.filter(Q(valid_to=None) | Q(valid_to__gte=on), valid_from__lte=on)
    return set(rows.values_list("form__procedure_id", flat=True))


def as_declaration(version: DeclarationVersion) -> Declaration:
    return Declaration(
        pk=version.pk,
        procedure_id=version.form.procedure_id,
        procedure_code=version.form.procedure.code,
        number=version.number,
        valid_from=version.valid_from,
        valid_to=version.valid_to,
        fingerprint=version.fingerprint,
        stored=_content(_Raw(version.fingerprint, version.content)),
    )


class _Raw(tuple[str, Any]):
    """A version's content as key of the cache: equal when the fingerprints are."""

    def __new__(cls, fingerprint: str, content: Any) -> "_Raw":
        return super().__new__(cls, (fingerprint, content))

    def __hash__(self) -> int:
        return hash(self[0])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Raw) and self[0] == other[0]


@lru_cache(maxsize=KEPT_READ)
def _content(raw: _Raw) -> Content:
    return content_from(raw[1])


_read_in: dict[tuple[str, str], Content] = {}


def _said(fingerprint: str, stored: Content, language: str) -> Content:
    if len(_read_in) > KEPT_READ:
        _read_in.clear()
    return _read_in.setdefault((fingerprint, language), said_in(stored))


def _versions() -> QuerySet[DeclarationVersion]:
    return DeclarationVersion.objects.select_related("form__procedure").order_by("-number")

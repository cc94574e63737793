"""Handing out the forms of a dossier: each once, with its number; a second print is the same paper again."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from thanthien.core.documents.issuing import documents_of, issue
from thanthien.core.documents.kinds import KINDS
from thanthien.core.numbering import next_number
from thanthien.core.words import as_the_office_writes, document_number, long_moment
from thanthien.dossiers.actions import due_if_answered, lock_guidance, locked
from thanthien.prints import queries
from thanthien.prints.rules import check_can_print

if TYPE_CHECKING:
    from thanthien.core.documents.data import Form
    from thanthien.core.models import IssuedDocument
    from thanthien.dossiers.models import Dossier, Guidance

CERTIFICATION = "receipt_certification"
VARIANTS = {"receipt": ("receipt", CERTIFICATION)}
GUIDANCE = "guidance"


def issue_document(dossier: "Dossier", kind: str, *, by: Any, at: datetime) -> "IssuedDocument":
    """The form of this kind as it was handed out; the first time it is numbered, drawn and kept.

    Raises `Refused` while there is nothing to print (no supplement was asked, the apology is not signed…).
    """
    return _issued(dossier, kind) or _issue(dossier, kind, by=by, at=at)


def _issued(dossier: "Dossier", kind: str) -> "IssuedDocument | None":
    return documents_of(dossier.subject).filter(kind__in=VARIANTS.get(kind, (kind,))).last()


@transaction.atomic
def _issue(dossier: "Dossier", kind: str, *, by: Any, at: datetime) -> "IssuedDocument":
    """Under the row's lock, so that two printers get one paper; some 20 ms, once in a dossier's life."""
    fresh = locked(dossier.pk)
    if found := _issued(fresh, kind):
        return found
    check_can_print(fresh, kind)
    with as_the_office_writes():
        data = BUILDERS[kind](fresh, by, at)
        variant = CERTIFICATION if kind == "receipt" and hasattr(data, "items") else kind
        return issue(variant, subject=fresh.subject, unit_code=fresh.receiving_unit.code, data=data, by=by, at=at)


@transaction.atomic
def issue_guidance(record: "Guidance", *, by: Any, at: datetime) -> "IssuedDocument":
    """The guidance slip, once."""
    lock_guidance(record)
    subject = f"guidance:{record.pk}"
    if found := documents_of(subject).filter(kind=GUIDANCE).last():
        return found
    data = queries.guidance_slip(record, at=at)
    return issue(GUIDANCE, subject=subject, unit_code=record.unit.code, data=data, by=by, at=at)


# ---- what each says ----------------------------------------------------------------------------------------
def _number(dossier: "Dossier", kind: str, at: datetime) -> str:
    key = f"document:{kind}:{dossier.receiving_unit.code}:{timezone.localdate(at).year}"
    return document_number(next_number(key), KINDS[kind].symbol)


def _receipt(dossier: "Dossier", by: Any, at: datetime) -> "Form":
    """Its number is its line in the book of the year."""
    symbol = KINDS["receipt"].symbol
    number = document_number(dossier.book_number, symbol) if dossier.book_number else ""
    return queries.receipt(dossier, number=number, at=at)


def _acknowledgement(dossier: "Dossier", by: Any, at: datetime) -> "Form":
    return queries.acknowledgement(dossier, number=_number(dossier, "acknowledgement", at), at=at)


def _supplement(dossier: "Dossier", by: Any, at: datetime) -> "Form":
    asked = dossier.supplement
    due = "" if asked.answered_at else long_moment(due_if_answered(dossier, at=asked.requested_at).due)
    return queries.supplement(dossier, number=_number(dossier, "supplement", at), at=at, due_if_answered=due)


def _refusal(dossier: "Dossier", by: Any, at: datetime) -> "Form":
    refused_by = queries.who_did(dossier, "denied") or str(by)
    return queries.refusal(dossier, number=_number(dossier, "refusal", at), at=at, by=refused_by)


def _apology(dossier: "Dossier", by: Any, at: datetime) -> "Form":
    signed = dossier.apology
    return queries.apology(dossier, number=signed.number, at=signed.signed_at or at)


def _stop_notice(dossier: "Dossier", by: Any, at: datetime) -> "Form":
    return queries.stop_notice(dossier, number=_number(dossier, "stop_notice", at), at=at)


def _result_receipt(dossier: "Dossier", by: Any, at: datetime) -> "Form":
    return queries.result_receipt(dossier, number=_number(dossier, "result_receipt", at), at=at)


BUILDERS: "dict[str, Callable[[Dossier, Any, datetime], Form]]" = {
    "acknowledgement": _acknowledgement,
    "receipt": _receipt,
    "supplement": _supplement,
    "refusal": _refusal,
    "apology": _apology,
    "stop_notice": _stop_notice,
    "result_receipt": _result_receipt,
}

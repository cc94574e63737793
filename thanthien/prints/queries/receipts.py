"""Forms 01 (also for certified copies), 02 and 03: what the citizen gets when a dossier comes in (DOMAIN 1.7)."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from thanthien.core.documents.data import (
    CertificationReceipt,
    CertifiedLine,
    FeeLine,
    Receipt,
    Refusal,
    RequiredLine,
    SupplementRequest,
)
from thanthien.core.documents.online import Acknowledgement
from thanthien.core.models import Promise
from thanthien.core.words import long_moment
from thanthien.core.working_time import Deadline, TimeLimit, TimeUnit, summary
from thanthien.dossiers.enums import PaymentMethod
from thanthien.dossiers.queries import declared_page, tracking_address
from thanthien.prints.queries import heads

if TYPE_CHECKING:
    from thanthien.dossiers.models import Dossier, Fee
    from thanthien.procedures.models import Offering

TRACKING = "quét mã QR, hoặc nhập mã hồ sơ và 4 số cuối điện thoại"


def receipt(dossier: "Dossier", *, number: str, at: datetime) -> Receipt | CertificationReceipt:
    """Form 01, with the date as it was first promised, also when it is printed after a change."""
    fees, promise = list(dossier.fees.all()), Promise.objects.get(subject=dossier.subject, kind="result")
    common = _common(dossier, promise, fees) | {"letterhead": heads.office_head(dossier.receiving_unit, number, at)}
    if any(fee.pages for fee in fees):
        return CertificationReceipt(items=tuple(_certified(fee) for fee in fees), **common)
    lines = tuple(FeeLine(name=fee.name, amount=fee.amount, note=_paid(fee)) for fee in fees)
    return Receipt(papers=heads.papers_of(dossier), sets=dossier.copies, fees=lines, **common)


def _common(dossier: "Dossier", promise: Promise, fees: list["Fee"]) -> dict[str, Any]:
    return {
        "dossier_code": dossier.code,
        "qr_text": tracking_address(dossier),
        "office_name": heads.office_name(dossier.receiving_unit),
        "submitter": heads.submitter(dossier),
        "owner": heads.owner(dossier),
        "request": dossier.request,
        "procedure_code": dossier.offering.procedure.code,
        "received_at": long_moment(promise.made_at),
        "due_at": long_moment(promise.first_due_at),
        "time_limit": str(limit_of(dossier.offering)),
        "due_explanation": explanation_of(dossier, promise),
        "result_place": heads.result_place(dossier),
        "fee_method": _fee_method(fees),
        "book_number": f"{dossier.book_year}" if dossier.book_year else "",
        "book_entry": f"{dossier.book_number:02d}" if dossier.book_number else "",
        "note": dossier.note,
        "tracking": TRACKING,
        "submitter_name": dossier.applicant_name,
        "receiver_name": str(dossier.received_by or ""),
    }


def acknowledgement(dossier: "Dossier", *, number: str, at: datetime) -> Acknowledgement:
    """What was filed online, before anybody has looked at it."""
    check = Promise.objects.filter(subject=dossier.subject, kind="check").first()
    declared = declared_page(dossier)
    return Acknowledgement(
        letterhead=heads.office_head(dossier.receiving_unit, number, at),
        dossier_code=dossier.code,
        qr_text=tracking_address(dossier),
        office_name=heads.office_name(dossier.receiving_unit),
        submitter=heads.submitter(dossier),
        owner=heads.owner(dossier),
        request=dossier.request,
        procedure_code=dossier.offering.procedure.code,
        papers=tuple(paper for paper in heads.papers_of(dossier) if paper.electronic),
        filed_at=long_moment(dossier.registered_at),
        check_by=long_moment(check.first_due_at) if check else "",
        result_place=heads.result_place(dossier),
        tracking=TRACKING,
        afterwards=declared.form.content.afterwards if declared and declared.stated else "",
    )


def limit_of(offering: "Offering") -> TimeLimit:
    return TimeLimit(offering.committed_amount, TimeUnit(offering.committed_unit))


def explanation_of(dossier: "Dossier", promise: Promise) -> str:
    """Why it was that day on the day of receipt; the ledger keeps only the explanation of the date in force."""
    if not promise.explanation or promise.due_at != promise.first_due_at:
        return ""
    deadline = Deadline.from_json({"due": promise.first_due_at.isoformat(), "explanation": promise.explanation})
    return summary(deadline, limit_of(dossier.offering))


def _certified(fee: "Fee") -> CertifiedLine:
    return CertifiedLine(name=fee.name, pages=fee.pages or 0, copies=fee.quantity, fee=fee.amount)


def _paid(fee: "Fee") -> str:
    return f"đã thu, biên lai {fee.receipt_number}" if fee.receipt_number else "đã thu" if fee.paid_at else ""


def _fee_method(fees: list["Fee"]) -> str:
    if not sum(fee.amount for fee in fees):
        return "Không thu"
    ways = dict.fromkeys(str(PaymentMethod(fee.method).label) for fee in fees if fee.method)
    waits = any(fee.paid_at is None for fee in fees)
    said = [", ".join(ways)] if ways else []
    text = "; ".join([*said, *(["thu khi trả kết quả"] if waits else [])])
    return f"{text[:1].upper()}{text[1:]}"


def supplement(dossier: "Dossier", *, number: str, at: datetime, due_if_answered: str = "") -> SupplementRequest:
    """Form 02. Papers that the dossier already lists are wanted again: whole, or put right."""
    asked, unit = dossier.supplement, dossier.receiving_unit
    return SupplementRequest(
        letterhead=heads.office_head(unit, number, at),
        dossier_code=dossier.code,
        qr_text=tracking_address(dossier),
        party=heads.submitter(dossier),
        request=dossier.request,
        papers=tuple(RequiredLine(name=name, quantity="01") for name in asked.papers),
        reason=asked.reason,
        legal_basis=asked.legal_basis,
        due_if_answered=due_if_answered,
        contact_name=asked.requested_by,
        contact_phone=heads.local_phone(unit.phone),
        guide_name=asked.requested_by,
    )


def refusal(dossier: "Dossier", *, number: str, at: datetime, by: str) -> Refusal:
    """Form 03. The reason from the list, then what the officer explained."""
    reason, _colon, guidance = dossier.closing_reason.partition(": ")
    unit = dossier.receiving_unit
    return Refusal(
        letterhead=heads.office_head(unit, number, at),
        dossier_code=dossier.code,
        qr_text=tracking_address(dossier),
        office_name=heads.office_name(unit),
        party=heads.submitter(dossier),
        request=dossier.request,
        reason=f"{reason[:1].upper()}{reason[1:]}",
        guidance=guidance,
        submitter_name=dossier.applicant_name,
        receiver_name=by,
    )

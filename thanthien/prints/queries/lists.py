"""Form 06, the hand-over list, the guidance slip, the book (form 07) and the fees of a period."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from thanthien.core.documents.data import (
    CollectedLine,
    ControlSheet,
    FeeSummary,
    Guidance,
    HandOverLine,
    HandOverStep,
    Party,
    Register,
    RegisterLine,
    RequiredLine,
)
from thanthien.core.documents.data import HandOver as HandOverForm
from thanthien.core.words import long_moment, money, short_date, short_moment
from thanthien.dossiers.enums import PaymentMethod, ReturnChannel
from thanthien.dossiers.queries import tracking_address
from thanthien.people.rules import show_phone
from thanthien.prints.queries import heads
from thanthien.prints.queries.receipts import limit_of
from thanthien.procedures.queries import offering_for

if TYPE_CHECKING:
    from thanthien.dossiers.models import Dossier, Fee, HandOver, HandOverList
    from thanthien.dossiers.models import Guidance as GuidanceRecord
    from thanthien.organisation.models import Unit


@heads.in_vietnamese
def control_sheet(dossier: "Dossier", *, at: datetime) -> ControlSheet:
    """Form 06: it travels with the dossier and grows with every hand-over."""
    hand_overs = dossier.hand_overs.select_related("from_unit", "to_unit").order_by("pk")
    others = dict.fromkeys(c.unit.name for c in dossier.consultations.select_related("unit"))
    supporting = [name for name in others if name != dossier.unit.name]
    return ControlSheet(
        letterhead=heads.office_head(dossier.receiving_unit, f"{dossier.book_number or 0:02d}/KSHS", at),
        dossier_code=dossier.code,
        qr_text=tracking_address(dossier),
        lead_agency=heads.committee_name(dossier.unit),
        supporting_agencies=tuple(supporting),
        request=dossier.request,
        applicant=dossier.applicant_name,
        received_at=long_moment(dossier.received_at) if dossier.received_at else "",
        due_at=long_moment(dossier.due_at) if dossier.due_at else "",
        steps=tuple(_step(hand_over) for hand_over in hand_overs),
    )


def _step(hand_over: "HandOver") -> HandOverStep:
    back = "Trả lại bước trước. " if hand_over.is_sent_back else ""
    step = f" ({hand_over.step_name})" if hand_over.step_name else ""
    return HandOverStep(
        from_agency=f"{hand_over.from_unit.name}{step}",
        to_agency=hand_over.to_unit.name,
        moment=long_moment(hand_over.given_at),
        giver=hand_over.given_by,
        receiver=hand_over.acknowledged_by,
        outcome=hand_over.timeliness,
        note=f"{back}{hand_over.note}",
    )


@heads.in_vietnamese
def hand_over_list(made: "HandOverList", *, at: datetime) -> HandOverForm:
    """A numbered list of dossiers handed from one unit to another."""
    rows = list(made.hand_overs.select_related("dossier", "from_unit", "to_unit").order_by("pk"))
    return _hand_over(rows, unit=made.unit, to_unit=made.to_unit, number=made.number, handed_at=made.at, by=made.by)


@heads.in_vietnamese
def hand_over_of_one(hand_over: "HandOver", *, at: datetime) -> HandOverForm:
    """The same paper for one dossier that is on no list."""
    return _hand_over(
        [hand_over],
        unit=hand_over.from_unit,
        to_unit=hand_over.to_unit,
        number="",
        handed_at=hand_over.given_at,
        by=hand_over.given_by,
    )


def _hand_over(
    rows: Sequence["HandOver"], *, unit: "Unit", to_unit: "Unit", number: str, handed_at: datetime, by: str
) -> HandOverForm:
    signed = [row.acknowledged_at for row in rows if row.acknowledged_at]
    receivers = dict.fromkeys(row.acknowledged_by for row in rows if row.acknowledged_by)
    return HandOverForm(
        letterhead=heads.committee_head(unit, number, handed_at),
        from_unit=unit.name,
        to_unit=to_unit.name,
        handed_at=long_moment(handed_at),
        rows=tuple(_hand_over_line(row) for row in rows),
        giver_name=by,
        receiver_name=", ".join(receivers),
        acknowledged_at=long_moment(max(signed)) if signed and len(signed) == len(rows) else "",
    )


def _hand_over_line(row: "HandOver") -> HandOverLine:
    dossier = row.dossier
    papers = sum(paper.originals + paper.certified + paper.photocopies for paper in dossier.papers.all())
    return HandOverLine(
        code=dossier.code,
        procedure=dossier.procedure_name,
        applicant=dossier.applicant_name,
        due=short_moment(dossier.due_at) if dossier.due_at else "",
        papers=f"{papers:02d} bản" if papers else "",
        note=row.note,
    )


@heads.in_vietnamese
def guidance_slip(record: "GuidanceRecord", *, at: datetime) -> Guidance:
    """What to bring, where to, how long it takes and what it costs; nothing was filed."""
    unit, procedure = record.unit, record.procedure
    offering = offering_for(unit, procedure.code)
    fee = (
        ""
        if offering is None or offering.fee is None
        else f"{money(offering.fee)} đồng"
        if offering.fee
        else "Miễn phí"
    )
    return Guidance(
        letterhead=heads.office_head(unit, record.number, record.at),
        office_name=heads.office_name(unit),
        party=Party(full_name=record.full_name, address=record.address, phone=show_phone(record.phone)),
        request=procedure.name,
        procedure_code=procedure.code,
        papers=tuple(RequiredLine(name=name) for name in record.missing),
        guidance=record.text,
        time_limit=str(limit_of(offering)) if offering else "",
        fee=fee,
        place=unit.address or heads.office_name(unit),
        contact=heads.local_phone(unit.phone),
        guide_name=record.by,
    )


@heads.in_vietnamese
def register(rows: Iterable["Dossier"], unit: "Unit", first: date, last: date, *, at: datetime) -> Register:
    """Form 07 of a period, in the order of the book."""
    return Register(
        letterhead=heads.office_head(unit, "", at),
        office_name=heads.office_name(unit),
        period=f"Từ ngày {short_date(first)} đến ngày {short_date(last)}",
        book_number=f"{first.year}" if first.year == last.year else "",
        rows=tuple(register_line(dossier) for dossier in rows),
        printed_at=short_moment(at),
    )


def register_line(dossier: "Dossier") -> RegisterLine:
    handed = getattr(dossier, "result_return", None)
    channel = handed.channel if handed else dossier.return_channel
    contact = ", ".join(part for part in (dossier.address, show_phone(dossier.phone)) if part)
    return RegisterLine(
        number=f"{dossier.book_number:02d}" if dossier.book_number else "–",
        code=dossier.code,
        procedure=dossier.procedure_name,
        applicant=dossier.applicant_name,
        contact=contact,
        agency=dossier.unit.name,
        received=short_date(dossier.received_at) if dossier.received_at else "",
        due=short_date(dossier.due_at) if dossier.due_at else "",
        sets=dossier.copies,
        returned=short_date(dossier.returned_at) if dossier.returned_at else "",
        result_channel=str(ReturnChannel(channel).label),
        signed=handed.collector_name if handed else "",
        note=dossier.closing_reason or dossier.note,
    )


@heads.in_vietnamese
def fee_summary(rows: Iterable["Fee"], unit: "Unit", first: date, last: date, *, at: datetime, by: str) -> FeeSummary:
    """Bảng kê thu phí, lệ phí of a period."""
    return FeeSummary(
        letterhead=heads.office_head(unit, "", at),
        office_name=heads.office_name(unit),
        period=f"Từ ngày {short_date(first)} đến ngày {short_date(last)}",
        rows=tuple(collected_line(fee) for fee in rows),
        collector_name=by,
        printed_at=short_moment(at),
    )


def collected_line(fee: "Fee") -> CollectedLine:
    """Lệ phí and phí stand in columns of their own; which it is, its name says."""
    is_charge = fee.name.casefold().startswith("lệ phí")
    return CollectedLine(
        date=short_date(fee.paid_at) if fee.paid_at else "",
        receipt_number=fee.receipt_number,
        code=fee.dossier.code,
        payer=fee.dossier.applicant_name,
        content=fee.name,
        fee=0 if is_charge else fee.amount,
        charge=fee.amount if is_charge else 0,
        method=str(PaymentMethod(fee.method).label) if fee.method else "",
    )

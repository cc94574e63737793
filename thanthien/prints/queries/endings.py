"""Forms 04 (apology) and 05 (stop), and the receipt for a result that was handed out."""

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from thanthien.core.documents.data import (
    Apology,
    FeeLine,
    PaperLine,
    Party,
    ResultLine,
    ResultReceipt,
    StopNotice,
)
from thanthien.core.models import TimelineEntry
from thanthien.core.words import long_date, long_moment
from thanthien.dossiers.enums import DelayCause, HomeReason, ResultKind, ReturnChannel, Status
from thanthien.dossiers.queries import tracking_address
from thanthien.prints.queries import heads

if TYPE_CHECKING:
    from thanthien.dossiers.models import Dossier

STOP_BASIS = "Thông tư 03/2025/TT-VPCP, Điều 7"


@heads.in_vietnamese
def apology(dossier: "Dossier", *, number: str, at: datetime) -> Apology:
    """Form 04, as drafted or signed; the number is that of the signature."""
    owed: Any = dossier.apology  # whole: it was drafted
    unit, received_at = dossier.unit, dossier.received_at or dossier.registered_at
    cause = str(DelayCause(owed.cause).label)
    return Apology(
        letterhead=heads.committee_head(unit, number, at),
        dossier_code=dossier.code,
        qr_text=tracking_address(dossier),
        addressee=heads.addressee(dossier),
        received_at=long_moment(received_at),
        request=dossier.request,
        promised_at=long_moment(owed.old_due_at),
        late_unit=owed.answerable.unit.name,
        reason=f"{cause[:1].upper()}{cause[1:]}. {owed.cause_text}".strip(),
        new_due_at=long_moment(owed.new_due_at),
        new_place=heads.result_place(dossier),
        signer=heads.head_of(unit, owed.signed_by),
        contact=heads.local_phone(unit.hotline or unit.phone),
        recipients=("Như trên", heads.office_name(unit), "Lưu: VT, hồ sơ"),
    )


def stop_notice(dossier: "Dossier", *, number: str, at: datetime) -> StopNotice:
    """Form 05: the citizen took it back, or the office stopped; which papers go back."""
    papers = [paper for paper in heads.papers_of(dossier) if paper.original or paper.certified]
    return StopNotice(
        letterhead=heads.office_head(dossier.receiving_unit, number, at),
        dossier_code=dossier.code,
        qr_text=tracking_address(dossier),
        addressee=heads.addressee(dossier),
        requester=heads.submitter(dossier),
        requested_at=long_date(dossier.closed_at or at),
        request=dossier.request,
        status=_state_when_stopped(dossier),
        reason=dossier.closing_reason,
        legal_basis=STOP_BASIS if dossier.status == Status.WITHDRAWN else "",
        returned_papers=tuple(papers),
        paid=sum(fee.amount for fee in dossier.fees.all() if fee.paid_at),
        signer=heads.head_of(dossier.unit),
        recipients=("Như trên", "Lưu: hồ sơ"),
    )


def _state_when_stopped(dossier: "Dossier") -> str:
    if not dossier.step_name:
        return "Mới đăng ký, chưa tiếp nhận"
    return f"Đang ở bước “{dossier.step_name}”, {dossier.desk_unit.name}; chưa có quyết định giải quyết"


def result_receipt(dossier: "Dossier", *, number: str, at: datetime) -> ResultReceipt:
    """What the collector signs for."""
    handed = dossier.result_return
    unit = dossier.receiving_unit
    return ResultReceipt(
        letterhead=heads.office_head(unit, number, at),
        dossier_code=dossier.code,
        qr_text=tracking_address(dossier),
        office_name=heads.office_name(unit),
        applicant=heads.owner(dossier) or heads.submitter(dossier),
        request=dossier.request,
        results=(_result(dossier),),
        returned_at=long_moment(handed.at),
        channel=_first_large(str(ReturnChannel(handed.channel).label)),
        collector=_collector(dossier),
        capacity="Người được ủy quyền" if handed.authorisation else "Người nộp hồ sơ",
        authorisation=handed.authorisation,
        waybill=handed.waybill,
        home_reason=_first_large(str(HomeReason(handed.home_reason).label)) if handed.home_reason else "",
        returned_papers=(PaperLine(name=handed.originals_returned),) if handed.originals_returned else (),
        fees=tuple(FeeLine(name=fee.name, amount=fee.amount) for fee in dossier.fees.all() if fee.paid_at),
        note="Đã ký nhận trên màn hình." if handed.signature_id else "",
        giver_name=handed.by,
    )  # fmt: skip


def _collector(dossier: "Dossier") -> Party:
    """Whoever took it; the one who filed is known with address and phone."""
    handed, known = dossier.result_return, heads.submitter(dossier)
    if handed.collector_name != known.full_name or handed.authorisation:
        known = Party(full_name=handed.collector_name)
    return replace(
        known, personal_id=handed.collector_id or known.personal_id, address=handed.home_address or known.address
    )


def _result(dossier: "Dossier") -> ResultLine:
    kind = _first_large(str(ResultKind(dossier.result_kind).label)) if dossier.result_kind else "Kết quả"
    return ResultLine(name=f"{kind}: {dossier.procedure_name}", number=dossier.result_reference, copies="01 bản chính")


def _first_large(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"


def who_did(dossier: "Dossier", kind: str) -> str:
    """Who wrote the last entry of this kind in the dossier's story."""
    entries = TimelineEntry.objects.filter(subject=dossier.subject, kind=kind)
    return entries.order_by("position").values_list("actor", flat=True).last() or ""

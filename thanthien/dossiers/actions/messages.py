"""The citizen is told (minimum content: NĐ 224/2026 Đ15.1g): here the facts, in `notifications` the words.

`occasion` names what may come twice in the life of a dossier, so that each time is told once.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone

from thanthien.core.words import money
from thanthien.dossiers.enums import DelayCause, PauseKind, ResultKind, ReturnChannel
from thanthien.dossiers.models import Apology, Dossier, Fee
from thanthien.dossiers.queries.lookup import tracking_address
from thanthien.notifications.actions import Facts, Notice, tell
from thanthien.notifications.enums import Situation

PAUSED = {
    PauseKind.SUPPLEMENT: Situation.SUPPLEMENT,
    PauseKind.FINANCIAL_DUTY: Situation.FINANCIAL_DUTY,
}


def tell_received(dossier: Dossier, *, at: datetime) -> None:
    _tell(dossier, Situation.RECEIVED, officer=str(dossier.received_by), at=at)


def tell_filed(dossier: Dossier, check_due: datetime, *, at: datetime) -> None:
    """What was filed online, and until when it is looked at."""
    _tell(dossier, Situation.REGISTERED, check_due=check_due, at=at)


def tell_denied(dossier: Dossier, *, at: datetime) -> None:
    _tell(dossier, Situation.REFUSED, reason=_clause(dossier.closing_reason), at=at)


def tell_paused(
    dossier: Dossier, kind: PauseKind, reason: str, *, papers: Sequence[str] = (), occasion: str, at: datetime
) -> None:
    listed = "\n".join(f"- {paper}" for paper in papers)
    _tell(dossier, PAUSED[kind], reason=_clause(reason), papers=listed, occasion=occasion, at=at)


def tell_agency_asked(dossier: Dossier, agency: str, reason: str, *, occasion: str, at: datetime) -> None:
    facts = {"agency": agency, "reason": _clause(reason)}
    _tell(dossier, Situation.OTHER_AGENCY, occasion=occasion, **facts, at=at)


def tell_agency_over(dossier: Dossier, agency: str, *, occasion: str, at: datetime) -> None:
    """It has answered, or one waits for it no more: the clock runs, and until when."""
    _tell(dossier, Situation.WAITED, agency=agency, occasion=occasion, at=at)


def tell_consulted(dossier: Dossier, unit: Any, *, occasion: str, at: datetime) -> None:
    _tell(dossier, Situation.CONSULTED, agency=unit.name, occasion=occasion, at=at)


def tell_resumed(dossier: Dossier, *, occasion: str, at: datetime) -> None:
    """Before it was received no date can be told: what was handed in is looked at first."""
    situation = Situation.RESUMED if dossier.received_at else Situation.SUPPLEMENTED
    _tell(dossier, situation, occasion=occasion, at=at)


def tell_soon(dossier: Dossier, *, at: datetime) -> None:
    """Once for each promised date; when that has passed, it is of no use any more."""
    _tell(dossier, Situation.SOON, occasion=name_of_date(dossier.due_at), expires_at=dossier.due_at, at=at)


def name_of_date(due_at: datetime) -> str:
    """The same for the same moment, in whichever time zone it is written."""
    return str(int(due_at.timestamp()))


def tell_finished(dossier: Dossier, *, at: datetime) -> None:
    early = timezone.localdate(at) < timezone.localdate(dossier.due_at)
    ready = Situation.EARLY if early else Situation.READY
    _tell(dossier, Situation.DECLINED if dossier.result_kind == ResultKind.REFUSED else ready, at=at)


def tell_returned(dossier: Dossier, channel: str, waybill: str, *, at: datetime) -> None:
    situation = Situation.POSTED if channel == ReturnChannel.POST else Situation.RETURNED
    _tell(dossier, situation, waybill=waybill, at=at)


def tell_payment_due(dossier: Dossier, fee: Fee, *, at: datetime) -> None:
    _tell(dossier, Situation.PAYMENT_DUE, occasion=str(fee.pk), fee=fee.name, amount=_amount(fee), at=at)


def tell_paid(dossier: Dossier, fee: Fee, *, at: datetime) -> None:
    facts = {"fee": fee.name, "amount": _amount(fee), "receipt": fee.receipt_number}
    _tell(dossier, Situation.PAID, occasion=str(fee.pk), **facts, at=at)


def tell_withdrawn(dossier: Dossier, *, reason: str, at: datetime) -> None:
    _tell(dossier, Situation.WITHDRAWN, reason=_clause(reason), at=at)


def tell_stopped(dossier: Dossier, *, reason: str, at: datetime) -> None:
    _tell(dossier, Situation.STOPPED, reason=_clause(reason), at=at)


def tell_apology(dossier: Dossier, apology: Apology, *, at: datetime) -> None:
    """With the new date; or when the result came in the meantime, since when it is there."""
    reason = _clause(f"{DelayCause(apology.cause).label}. {apology.cause_text}")
    situation = Situation.LATE if dossier.finished_at else Situation.APOLOGY
    facts = {"reason": reason, "finished_at": dossier.finished_at, "occasion": str(apology.pk)}
    _tell(dossier, situation, **facts, at=at)


def _amount(fee: Fee) -> str:
    return f"{money(fee.amount)} đồng"


def _clause(text: str) -> str:
    """Without a full stop: the text that it is put into has one."""
    return text.strip().rstrip(". ")


def _tell(
    dossier: Dossier, situation: Situation, *, at: datetime, occasion: str = "", expires_at: datetime | None = None,
    **more: Any,
) -> None:  # fmt: skip
    facts = Facts(
        name=dossier.applicant_name,
        code=dossier.code,
        procedure=dossier.procedure_name,
        due_at=dossier.due_at,
        place=str(ReturnChannel(dossier.return_channel).label),
        link=tracking_address(dossier),
        desk=dossier.receiving_unit.desk_name,
        unit=dossier.receiving_unit.name,
        **more,
    )
    notice = Notice(
        subject=dossier.subject,
        unit_code=dossier.unit.code,
        situation=situation,
        occasion=occasion,
        phone=dossier.phone,
        email=dossier.email,
        person_id=dossier.applicant_id,
        facts=facts,
        expires_at=expires_at,
    )
    tell(notice, at=at)

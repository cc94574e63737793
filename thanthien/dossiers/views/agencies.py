"""Waiting for another agency: ask it, take its answer in, take back what was asked by mistake."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from thanthien.dossiers import actions, rules
from thanthien.dossiers.enums import FileKind
from thanthien.dossiers.forms.agency import AgencyAnswerForm, AskAgencyForm
from thanthien.dossiers.queries import awaited_by
from thanthien.dossiers.views.acting import Deed, page_of

Data = dict[str, Any]


def _ask(dossier: Any, data: Data, *, by: Any, at: datetime) -> None:
    actions.ask_agency(dossier, actions.Question(**data), by=by, at=at)


def _answered(dossier: Any, data: Data, *, by: Any, at: datetime) -> None:
    actions.attach_files(dossier, data["scans"], FileKind.PAPER, by=by, at=at)
    actions.record_agency_answer(dossier, answer=data["answer"], reference=data["reference"], by=by, at=at)


def _cancel(dossier: Any, data: Data, *, by: Any, at: datetime) -> None:
    actions.cancel_agency_request(dossier, by=by, at=at)


def _whom(dossier: Any, at: datetime) -> Data:
    """Whom it waits for, and the date that holds when the answer is there now."""
    return {
        "awaited": awaited_by([dossier], at=at).get(dossier.pk),
        "new_due": actions.due_if_answered(dossier, at=at),
    }


ASK_AGENCY = Deed(
    name="ask_agency", label=_("Hỏi cơ quan khác, dừng đồng hồ"), icon="bank", check=rules.check_can_ask_agency,
    form=AskAgencyForm, do=_ask, button=_("Đã gửi, dừng đồng hồ"),
    done=_("Đã ghi việc hỏi cơ quan khác; đồng hồ dừng."),
    lead=_(
        "Đồng hồ dừng từ lúc này đến khi cơ quan ấy trả lời. Người dân được báo và thấy đang chờ cơ quan nào khi tra "
        "cứu hồ sơ."
    ),
)  # fmt: skip
AGENCY_ANSWERED = Deed(
    name="agency_answered", label=_("Cơ quan kia đã trả lời"), icon="envelope-open", form=AgencyAnswerForm,
    check=rules.check_can_end_agency_wait, do=_answered, button=_("Giải quyết tiếp"),
    done=_("Đã ghi câu trả lời, hồ sơ được giải quyết tiếp."), template="dossiers/agency.html", more=_whom,
)  # fmt: skip
CANCEL_AGENCY = Deed(
    name="cancel_agency", label=_("Thôi chờ, bấm nhầm"), icon="arrow-counterclockwise", do=_cancel,
    check=rules.check_can_end_agency_wait, done=_("Đã hủy việc chờ; ngày hẹn giữ nguyên."),
    template="dossiers/agency.html", more=_whom,
)  # fmt: skip

ask_agency, agency_answered, cancel_agency = (page_of(deed) for deed in (ASK_AGENCY, AGENCY_ANSWERED, CANCEL_AGENCY))

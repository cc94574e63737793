"""The clock of one dossier: accept, refuse, ask for more, wait, go on."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from thanthien.dossiers import actions, rules
from thanthien.dossiers.enums import FileKind
from thanthien.dossiers.forms.clock import AcceptForm, DenyForm, ResumeForm, SupplementForm, SuspendForm
from thanthien.dossiers.queries import due_if_received
from thanthien.dossiers.views.acting import Deed, page_of

Data = dict[str, Any]


def _accept(dossier: Any, data: Data, *, by: Any, at: datetime) -> None:
    actions.accept_dossier(dossier, by=by, at=at)


def _deny(dossier: Any, data: Data, *, by: Any, at: datetime) -> None:
    actions.deny_dossier(dossier, reason=data["reason"], text=data["text"], by=by, at=at)


def _request_supplement(dossier: Any, data: Data, *, by: Any, at: datetime) -> None:
    facts = {"papers": data["all_papers"], "reason": data["reason"], "legal_basis": data["legal_basis"]}
    actions.request_supplement(dossier, **facts, by=by, at=at)


def _confirm_supplement(dossier: Any, data: Data, *, by: Any, at: datetime) -> None:
    actions.confirm_supplement_request(dossier, by=by, at=at)


def _suspend(dossier: Any, data: Data, *, by: Any, at: datetime) -> None:
    actions.suspend_for_financial_duty(
        dossier, reason=data["reason"], legal_basis=data["legal_basis"], by=by, at=at
    )  # fmt: skip


def _resume(dossier: Any, data: Data, *, by: Any, at: datetime) -> None:
    actions.attach_files(dossier, data["scans"], FileKind.PAPER, by=by, at=at)
    actions.resume(dossier, answer=data["answer"], by=by, at=at)


def _if_accepted(dossier: Any, at: datetime) -> dict[str, Any]:
    return {"new_due": due_if_received(dossier.offering, at=at)}


def _if_answered(dossier: Any, at: datetime) -> dict[str, Any]:
    return {"new_due": actions.due_if_answered(dossier, at=at)}


ACCEPT = Deed(
    name="accept", label=_("Tiếp nhận hồ sơ"), icon="person-plus", check=rules.check_can_accept, form=AcceptForm,
    do=_accept, done=_("Đã tiếp nhận hồ sơ."), prints="receipt", template="dossiers/new_date.html", more=_if_accepted,
)  # fmt: skip
DENY = Deed(
    name="deny", label=_("Không tiếp nhận"), icon="x-circle", kind="danger", check=rules.check_can_deny,
    form=DenyForm, do=_deny, done=_("Đã ghi không tiếp nhận hồ sơ."), prints="refusal",
    lead=_("Người dân nhận phiếu từ chối có lý do và hướng dẫn (mẫu số 03)."),
)  # fmt: skip
REQUEST_SUPPLEMENT = Deed(
    name="request_supplement", label=_("Yêu cầu bổ sung"), icon="file-earmark-arrow-down",
    check=rules.check_can_request_supplement, form=SupplementForm, do=_request_supplement, button=_("Gửi yêu cầu"),
    done=_("Đã gửi yêu cầu bổ sung; đồng hồ dừng từ lúc này."), prints="supplement",
    template="dossiers/request_supplement.html", more=_if_answered,
)  # fmt: skip
CONFIRM_SUPPLEMENT = Deed(
    name="confirm_supplement", label=_("Người dân đã nhận được yêu cầu"), icon="person-check", do=_confirm_supplement,
    check=rules.check_can_confirm_supplement, done=_("Đã ghi người dân nhận được yêu cầu bổ sung."),
    lead=_("Ghi lại rằng ông/bà ấy đã nhận được yêu cầu: qua điện thoại, tin nhắn hoặc tại quầy."),
)  # fmt: skip
SUSPEND = Deed(
    name="suspend", label=_("Chờ nghĩa vụ tài chính"), icon="hourglass",
    check=rules.check_can_suspend, form=SuspendForm, do=_suspend, done=_("Đã tạm dừng chờ nghĩa vụ tài chính."),
    lead=_("Đồng hồ dừng từ lúc này cho đến khi người dân thực hiện xong."),
)  # fmt: skip
RESUME = Deed(
    name="resume", label=_("Đã nộp đủ, giải quyết tiếp"), icon="door-open", check=rules.check_can_resume,
    form=ResumeForm, do=_resume, done=_("Hồ sơ được giải quyết tiếp."), template="dossiers/new_date.html",
    more=_if_answered,
)  # fmt: skip

accept, deny, request_supplement, confirm_supplement, suspend, resume = (
    page_of(deed) for deed in (ACCEPT, DENY, REQUEST_SUPPLEMENT, CONFIRM_SUPPLEMENT, SUSPEND, RESUME)
)

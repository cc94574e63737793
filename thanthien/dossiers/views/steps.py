"""The way from desk to desk: hand over, send back, assign, ask for an opinion, add papers."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from thanthien.dossiers import actions, rules
from thanthien.dossiers.actions import Attachment, PaperIn
from thanthien.dossiers.forms.steps import (
    AnswerForm,
    AssignForm,
    ConsultForm,
    FinishStepForm,
    PaperForm,
    SendBackForm,
)
from thanthien.dossiers.queries import dossier_for, open_consultation, open_hand_over
from thanthien.dossiers.views.acting import Deed, on_dossier, page_of

Data = dict[str, Any]


def _finish(dossier: Any, data: Data, *, by: Any, at: datetime) -> None:
    actions.finish_step(dossier, note=data["note"], by=by, at=at)


def _send_back(dossier: Any, data: Data, *, by: Any, at: datetime) -> None:
    actions.send_back(dossier, note=data["note"], by=by, at=at)


def _assign(dossier: Any, data: Data, *, by: Any, at: datetime) -> None:
    actions.assign(dossier, to=data["to"], by=by, at=at)


def _consult(dossier: Any, data: Data, *, by: Any, at: datetime) -> None:
    actions.consult(dossier, unit=data["unit"], question=data["question"], due_at=data["due_at"], by=by, at=at)


def _acknowledge(dossier: Any, data: Data, *, by: Any, at: datetime) -> None:
    waiting: Any = open_hand_over(dossier)  # the rule has seen it
    actions.acknowledge(waiting.pk, by=by, at=at)


def check_can_sign_for(dossier: Any, *, by: Any) -> None:
    """404 when nothing was handed over; else what the rule of the hand-over says."""
    hand_over = open_hand_over(dossier)
    if hand_over is None:
        raise Http404
    rules.check_can_acknowledge(hand_over, by=by)


PAPER_FACTS = "name", "originals", "certified", "photocopies", "is_electronic", "is_shown_only"


def _attach(dossier: Any, data: Data, *, by: Any, at: datetime) -> None:
    chosen = data["paper"]
    facts: Data = {name: data[name] or 0 for name in PAPER_FACTS}
    what = Attachment(
        paper_id=int(chosen) if chosen.isdecimal() else None,
        new_paper=PaperIn(**facts) if chosen == "new" else None,
        scans=data["scans"],
        paper_place=data["paper_place"],
    )
    actions.attach_papers(dossier, what, by=by, at=at)


FINISH_STEP = Deed(
    name="finish_step", label=_("Xong bước, chuyển tiếp"), button=_("Chuyển hồ sơ"), icon="send",
    check=rules.check_can_finish_step, form=FinishStepForm, do=_finish, template="dossiers/finish_step.html",
    done=_("Đã chuyển hồ sơ sang bước sau."), prints="hand_over", often=True,
)  # fmt: skip
SEND_BACK = Deed(
    name="send_back", label=_("Trả lại bước trước"), icon="reply",
    check=rules.check_can_finish_step, form=SendBackForm, do=_send_back, template="dossiers/send_back.html",
    done=_("Đã trả hồ sơ lại bước trước."), prints="hand_over",
)  # fmt: skip
ASSIGN = Deed(
    name="assign", label=_("Giao cho một người"), icon="person-check",
    check=rules.check_can_assign, form=AssignForm, do=_assign, done=_("Đã giao việc."),
    lead=_("Người được giao thấy hồ sơ này ở đầu danh sách việc của mình."),
)  # fmt: skip
CONSULT = Deed(
    name="consult", label=_("Xin ý kiến đơn vị khác"), icon="chat-left-text",
    check=rules.check_can_finish_step, form=ConsultForm, do=_consult, done=_("Đã gửi văn bản xin ý kiến."),
    lead=_("Đồng hồ của hồ sơ vẫn chạy trong lúc chờ trả lời (Nghị định 61/2018/NĐ-CP Điều 19 khoản 5)."),
)  # fmt: skip
ACKNOWLEDGE = Deed(
    name="acknowledge", label=_("Ký nhận hồ sơ"), icon="clipboard-check", check=check_can_sign_for, do=_acknowledge,
    lets_go=True, done=_("Đã ký nhận hồ sơ."), lead=_("Ông/bà xác nhận đã nhận đủ hồ sơ, kể cả hồ sơ giấy nếu có."),
)  # fmt: skip
ATTACH = Deed(
    name="attach", label=_("Thêm giấy tờ, bản quét"), icon="paperclip", check=rules.check_can_attach, form=PaperForm,
    do=_attach, done=_("Đã lưu giấy tờ."), button=_("Lưu"), template="dossiers/attach.html",
)  # fmt: skip

finish_step, send_back, assign, consult, acknowledge, attach = (
    page_of(deed) for deed in (FINISH_STEP, SEND_BACK, ASSIGN, CONSULT, ACKNOWLEDGE, ATTACH)
)


@on_dossier
def answer_consultation(request: HttpRequest, code: str, consultation_id: int) -> HttpResponse:
    """The unit that was asked answers; it sees the dossier since it was asked."""
    dossier = dossier_for(request.user, code)
    asked = open_consultation(dossier, consultation_id)
    if asked is None:
        raise Http404
    rules.check_can_answer(asked, by=request.user)
    sent = request.POST if request.method == "POST" else None
    form = AnswerForm(dossier, request.user, sent)
    if form.is_valid():
        actions.answer_consultation(asked.pk, answer=form.cleaned_data["answer"], by=request.user, at=now())
        messages.success(request, gettext("Đã gửi ý kiến trả lời."))
        return redirect("dossiers:detail", code)
    page = {"dossier": dossier, "asked": asked, "form": form}
    return render(request, "dossiers/answer.html", page, status=422 if sent else 200)

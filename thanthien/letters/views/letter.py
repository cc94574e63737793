"""One letter: written, looked at, printed, and what is done to it."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from thanthien.core.documents.issuing import DocumentDamaged
from thanthien.core.files import KeptFile, hand_out
from thanthien.core.idempotency import idempotent
from thanthien.core.views import show_pdf
from thanthien.letters import actions, rules
from thanthien.letters.actions import Handing
from thanthien.letters.enums import OF_LIFE, Occasion
from thanthien.letters.forms import (
    AnswerForm,
    ChangeForm,
    CloseWrongNameForm,
    HandForm,
    NewLetterForm,
    ReasonForm,
    WrongNameForm,
)
from thanthien.letters.queries import Draft, apologies_before, letter_for, letter_page, text_of, wrong_name_for
from thanthien.letters.views.acting import Deed, page_of, plain_form
from thanthien.organisation.queries import office_of

BY_HAND = [occasion for occasion in Occasion if occasion not in (*OF_LIFE, Occasion.DELAY)]


@require_safe
@login_required
def occasions(request: HttpRequest) -> HttpResponse:
    """What a letter may be written for that no dossier tells of."""
    rules.check_can_write(by=request.user)
    return render(request, "letters/occasions.html", {"occasions": [(o.value, o.label) for o in BY_HAND]})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@idempotent
def write(request: HttpRequest, occasion: str) -> HttpResponse:
    rules.check_can_write(by=request.user)
    if occasion not in BY_HAND:
        raise Http404
    unit, chosen = office_of(request.user), Occasion(occasion)
    text = text_of(unit, occasion)
    form = NewLetterForm(occasion, text.body, request.POST or None)
    if form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("addressee", "address", "cause")}
        draft = Draft(unit=unit, occasion=chosen, facts=form.facts, **said)
        letter = actions.draft_letter(draft, by=request.user, at=now())
        messages.success(request, _("Đã soạn thư. Xin đọc lại trước khi trình ký."))
        return redirect("letters:detail", letter.pk)
    page = {"form": form, "text": text, "label": chosen.label}
    return render(request, "letters/write.html", page, status=422 if form.errors else 200)


@require_safe
@login_required
def detail(request: HttpRequest, letter_id: int) -> HttpResponse:
    rules.check_can_read(by=request.user)
    letter = letter_for(request.user, letter_id)
    return render(request, "letters/detail.html", {"page": letter_page(letter, by=request.user), "letter": letter})


@require_safe
@login_required
def paper(request: HttpRequest, letter_id: int) -> HttpResponse:
    """As it was signed, byte for byte; before that a draft that says so."""
    rules.check_can_read(by=request.user)
    letter = letter_for(request.user, letter_id)
    try:
        return show_pdf(actions.print_letter(letter, at=now()), f"thu-{letter.pk}")
    except DocumentDamaged as damage:
        return render(request, "ui/refused.html", {"reason": str(damage)}, status=410)


@require_safe
@login_required
def evidence(request: HttpRequest, letter_id: int) -> Any:
    rules.check_can_read(by=request.user)
    letter = letter_for(request.user, letter_id)
    if not letter.evidence_file:
        raise Http404
    return hand_out(KeptFile(**letter.evidence_file), show=True)


# ---- deeds ---------------------------------------------------------------------------------------------------
def _change(letter: Any, form: ChangeForm, *, by: Any, at: datetime) -> None:
    own = ("addressee", "address", "title", "body", "signer", "paper", "way")
    actions.change_letter(letter, form.facts, by=by, at=at, **{name: form.cleaned_data[name] for name in own})


def _check_can_sign(letter: Any, *, by: Any) -> None:
    rules.check_can_sign(letter, by=by, before=apologies_before(letter))


def _hand_over(letter: Any, form: Any, *, by: Any, at: datetime) -> None:
    actions.hand_over(letter, Handing(**form.cleaned_data), by=by, at=at)


def _hand_form(letter: Any, *sent: Any) -> HandForm:
    return HandForm(letter.kind, *sent, initial={"way": letter.way})


def _check_can_close(letter: Any, *, by: Any) -> None:
    rules.check_can_close_wrong_name(wrong_name_for(by, letter.pk), by=by)


def _close(letter: Any, form: Any, *, by: Any, at: datetime) -> None:
    actions.close_wrong_name(wrong_name_for(by, letter.pk), **form.cleaned_data, by=by, at=at)


change = page_of(Deed(
    label=gettext_lazy("Sửa bản thảo"), icon="pencil", check=rules.check_can_change, form=ChangeForm, do=_change,
    done=gettext_lazy("Đã lưu bản thảo."), button=gettext_lazy("Lưu bản thảo"), template="letters/change.html",
))  # fmt: skip
confirm = page_of(Deed(
    label=gettext_lazy("Xác nhận tên và quan hệ"), icon="person-check", check=rules.check_can_confirm,
    do=lambda letter, form, *, by, at: actions.confirm_names(letter, by=by, at=at), template="letters/confirm.html",
    done=gettext_lazy("Đã ghi lời xác nhận của ông/bà."), button=gettext_lazy("Tôi đã đối chiếu, đúng tên và quan hệ"),
))  # fmt: skip
sign = page_of(Deed(
    label=gettext_lazy("Ký thư"), icon="pen", kind="human", check=_check_can_sign, template="letters/sign.html",
    do=lambda letter, form, *, by, at: actions.sign_letters([letter], by=by, at=at), button=gettext_lazy("Ký thư"),
    done=gettext_lazy("Đã ký thư. Còn một việc: trao tận tay người nhận."),
))  # fmt: skip
hand_over = page_of(Deed(
    label=gettext_lazy("Trao thư"), icon="envelope-heart", kind="human", check=rules.check_can_hand, form=_hand_form,
    do=_hand_over, done=gettext_lazy("Đã ghi thư đến tay người nhận."), button=gettext_lazy("Ghi đã trao"),
))  # fmt: skip
cancel = page_of(Deed(
    label=gettext_lazy("Hủy thư"), icon="x-circle", kind="danger", check=rules.check_can_cancel,
    form=plain_form(ReasonForm), button=gettext_lazy("Hủy thư này"), done=gettext_lazy("Đã hủy thư."),
    do=lambda letter, form, *, by, at: actions.cancel_letter(letter, **form.cleaned_data, by=by, at=at),
    lead=gettext_lazy("Thư đã hủy vẫn nằm trong sổ; số của thư không dùng lại."),
))  # fmt: skip
answer = page_of(Deed(
    label=gettext_lazy("Ghi lời đáp"), icon="chat-heart", check=rules.check_can_answer, form=plain_form(AnswerForm),
    do=lambda letter, form, *, by, at: actions.record_answer(letter, **form.cleaned_data, by=by, at=at),
    done=gettext_lazy("Đã ghi lời đáp."), button=gettext_lazy("Ghi lời đáp"),
))  # fmt: skip
wrong_name = page_of(Deed(
    label=gettext_lazy("Báo sai tên"), icon="exclamation-triangle", kind="danger",
    check=rules.check_can_report_wrong_name, form=plain_form(WrongNameForm), button=gettext_lazy("Báo sự cố"),
    do=lambda letter, form, *, by, at: actions.report_wrong_name(letter, **form.cleaned_data, by=by, at=at),
    done=gettext_lazy("Đã báo sự cố và soạn lại thư. Xin báo lãnh đạo và đến tận nơi xin lỗi."),
    lead=gettext_lazy(
        "Thư chưa trao sẽ bị hủy. Một bản viết lại được soạn ngay, phải xác nhận và ký lại từ đầu. Sự cố chỉ khép lại "
        "khi đã có người đến tận nơi xin lỗi."
    ),
))  # fmt: skip
close_wrong_name = page_of(Deed(
    label=gettext_lazy("Khép lại sự cố sai tên"), icon="check2-square", check=_check_can_close,
    form=plain_form(CloseWrongNameForm), do=_close, done=gettext_lazy("Đã khép lại sự cố."),
    button=gettext_lazy("Khép lại sự cố"),
))  # fmt: skip

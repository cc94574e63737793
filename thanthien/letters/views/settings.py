"""How a unit writes: on which occasions, in which words; one's own signature."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from thanthien.core.documents import DocumentError
from thanthien.core.idempotency import idempotent
from thanthien.core.rules import Refused
from thanthien.letters import actions
from thanthien.letters.actions import RuleFacts
from thanthien.letters.enums import Occasion
from thanthien.letters.forms import RuleForm, SignatureForm, TextForm
from thanthien.letters.queries import (
    Text,
    preview_pages,
    rule_of,
    rules_of,
    sample_form,
    signature_of,
    text_of,
    text_version,
    versions_of,
)
from thanthien.letters.rules import NAMES, check_can_keep_signature, check_can_set_up, names_of
from thanthien.organisation.queries import office_of

# A second delay has words of its own, and the superior agency others where it answers for one below.
MORE = {
    "delay_again": gettext_lazy("hồ sơ trễ hẹn lần thứ hai"),
    "delay_above": gettext_lazy("đơn vị cấp dưới trễ hẹn lần thứ hai"),
}


def label_of(text_code: str) -> str:
    return str(MORE[text_code] if text_code in MORE else Occasion(text_code).label)


@require_safe
@login_required
def rules(request: HttpRequest) -> HttpResponse:
    check_can_set_up(by=request.user)
    rows = [(rule, Occasion(rule.occasion).label) for rule in rules_of(office_of(request.user))]
    return render(request, "letters/rules.html", {"rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@idempotent
def rule(request: HttpRequest, occasion: str) -> HttpResponse:
    check_can_set_up(by=request.user)
    if occasion not in Occasion.values:
        raise Http404
    unit = office_of(request.user)
    form = RuleForm(rule_of(unit, occasion), request.POST or None)
    if form.is_valid():
        actions.set_rule(unit, occasion, RuleFacts(**form.cleaned_data), by=request.user, at=now())
        messages.success(request, _("Đã lưu. Thư soạn từ nay theo cách mới."))
        return redirect("letters:rules")
    codes = [occasion, *MORE] if occasion == Occasion.DELAY else [occasion]
    page = {"form": form, "label": label_of(occasion), "texts": [(code, label_of(code)) for code in codes]}
    return render(request, "letters/rule.html", page, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@idempotent
def text(request: HttpRequest, text_code: str) -> HttpResponse:
    """The words in use, or `?from=` an older version (0: the built-in one) to go back to."""
    check_can_set_up(by=request.user)
    unit = _unit_with(request, text_code)
    start = _start(request, unit, text_code)
    form = TextForm(text_code, request.POST or None, initial={"title": start.title, "body": start.body})
    if form.is_valid():
        words = Text(title=form.cleaned_data["title"], body=form.cleaned_data["body"])
        saved = actions.save_text(unit, text_code, words, note=form.cleaned_data["note"], by=request.user, at=now())
        messages.success(request, _("Đã lưu phiên bản %(version)s.") % {"version": saved.version})
        return redirect("letters:text", text_code)
    names = {"form": form, "text_code": text_code, "label": label_of(text_code), "names": names_of(text_code)}
    shown = names | {"versions": versions_of(unit, text_code)} | _shown(request, unit, text_code, form)
    return render(request, "letters/text.html", shown, status=422 if form.errors else 200)


def _unit_with(request: HttpRequest, text_code: str) -> Any:
    if text_code not in NAMES:
        raise Http404
    return office_of(request.user)


def _start(request: HttpRequest, unit: Any, text_code: str) -> Text:
    wanted = request.GET.get("from", "")
    if wanted.isdecimal() and len(wanted) < 9:
        return text_version(unit, text_code, int(wanted))
    return text_of(unit, text_code)


def _shown(request: HttpRequest, unit: Any, text_code: str, form: TextForm) -> dict[str, Any]:
    """The sample on its paper, or why there is none."""
    title, body = (str(form[name].value() or "") for name in ("title", "body"))
    occasion = Occasion.DELAY if text_code in MORE else text_code
    try:
        sample = sample_form(unit, text_code, title=title, body=body, at=now())
        return {"pages": preview_pages(unit, rule_of(unit, occasion).paper, sample, at=now()), "fault": ""}
    except (DocumentError, Refused) as fault:
        return {"pages": [], "fault": str(fault)}


@require_POST
@login_required
def preview(request: HttpRequest, text_code: str) -> HttpResponse:
    """The paper beside the editor, drawn anew while somebody types."""
    check_can_set_up(by=request.user)
    unit, form = _unit_with(request, text_code), TextForm(text_code, request.POST)
    form.is_valid()
    faults = [str(error) for name in ("title", "body") for error in form.errors.get(name, [])]
    shown = {"pages": [], "fault": faults[0]} if faults else _shown(request, unit, text_code, form)
    return render(request, "letters/_preview.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@idempotent
def signature(request: HttpRequest) -> HttpResponse:
    """One's own picture of a signature."""
    check_can_keep_signature(by=request.user)
    form = SignatureForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if form.is_valid() and _kept(request, form):
        messages.success(request, _("Đã lưu ảnh chữ ký. Thư ông/bà ký từ nay mang chữ ký này."))
        return redirect("letters:signature")
    page = {"form": form, "kept": signature_of(request.user)}
    return render(request, "letters/signature.html", page, status=422 if form.errors else 200)


def _kept(request: HttpRequest, form: SignatureForm) -> bool:
    try:
        actions.keep_signature(form.cleaned_data["picture"], by=request.user, at=now())
    except Refused as refusal:
        form.add_error("picture", str(refusal))
        return False
    return True

"""Officers who help citizens file online: said on the citizens' machine, listed for the office."""

from datetime import date
from typing import Any
from urllib.parse import quote, unquote

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from thanthien.core import rate_limit
from thanthien.core.excel import Column, workbook
from thanthien.core.rules import Refused, allows
from thanthien.core.views import send_workbook
from thanthien.core.words import short_date
from thanthien.filing import actions
from thanthien.filing.forms.deeds import PeriodForm
from thanthien.filing.forms.steps import HelperForm
from thanthien.filing.queries import assisted_rows, helped_of, helper_of_code, helping_code, steps_of
from thanthien.filing.rules import check_can_help
from thanthien.filing.views.drafting import HELPER_TRIES, Way, on_draft, shown, too_many

MACHINE = "may"  # the cookie in which this machine keeps its name
A_YEAR = 365 * 24 * 3600
PAGE = 50


@require_http_methods(["GET", "HEAD", "POST"])
@on_draft
def helper(request: HttpRequest, draft: Any) -> HttpResponse:
    """An officer says that they help here: signed in, or by their code of the day."""
    way = Way(draft, steps_of(draft)[0].code)
    form = HelperForm(request.POST or None, initial={"machine": unquote(request.COOKIES.get(MACHINE, ""))})
    if request.POST.get("do") == "nobody":
        actions.note_helper(draft, None, machine="", at=now())
        return redirect(way.address(1))
    if wait := rate_limit.seconds_to_wait(HELPER_TRIES, draft.ref):
        return too_many(request, wait)
    if form.is_valid() and _noted(request, draft, form):
        response = redirect(way.address(1))
        response.set_cookie(MACHINE, quote(form.cleaned_data["machine"]), max_age=A_YEAR, httponly=True, samesite="Lax")
        return response
    return shown(request, "helper", way, form=form, status=422 if form.errors else 200)


def _noted(request: HttpRequest, draft: Any, form: HelperForm) -> bool:
    code, at = form.cleaned_data["code"], now()
    officer = helper_of_code(draft.offering.unit, code, at=at) if code else None
    officer = officer or (request.user if request.user.is_authenticated and not code else None)
    if officer is None:
        rate_limit.count(HELPER_TRIES, draft.ref)
        form.add_error("code", _("Mã này không đúng hoặc đã qua ngày. Cán bộ xem lại mã hôm nay của mình."))
        return False
    try:
        actions.note_helper(draft, officer, machine=form.cleaned_data["machine"], at=at)
    except Refused as refusal:
        form.add_error("code", str(refusal))
        return False
    messages.success(request, _("Đã ghi cán bộ %(name)s giúp ông/bà.") % {"name": officer.full_name})
    return True


# ---- the office's list -------------------------------------------------------------------------------------
def _period(request: HttpRequest) -> tuple[PeriodForm, date, date]:
    month = PeriodForm.month_of(localdate())
    form = PeriodForm(request.GET if "first" in request.GET else None, initial=month)
    chosen = form.cleaned_data if form.is_bound and form.is_valid() else month
    return form, chosen["first"], chosen["last"]


@require_safe
@login_required
def assisted(request: HttpRequest) -> HttpResponse:
    """My code of today; how much was filed alone and with help; who helped whom, on which machine."""
    form, first, last = _period(request)
    page = Paginator(assisted_rows(request.user, first, last), PAGE).get_page(request.GET.get("page"))
    code = helping_code(request.user, at=now()) if allows(check_can_help, by=request.user) else ""
    names = {
        "form": form, "page": page, "first": first, "last": last, "code": f"{code[:4]} {code[4:]}".strip(),
        "share": helped_of(request.user, first, last),
    }  # fmt: skip
    return render(request, "filing/assisted.html", names, status=422 if form.errors else 200)


COLUMNS = [
    Column(title=gettext_lazy("TT"), kind="int", width=6),
    Column(title=gettext_lazy("Lúc nộp"), kind="moment", width=18),
    Column(title=gettext_lazy("Mã hồ sơ"), width=26),
    Column(title=gettext_lazy("Người nộp"), width=28),
    Column(title=gettext_lazy("Thủ tục"), width=50),
    Column(title=gettext_lazy("Việc"), width=20, note=gettext_lazy("Nộp hồ sơ mới hay bổ sung giấy tờ.")),
    Column(title=gettext_lazy("Cán bộ giúp"), width=28),
    Column(title=gettext_lazy("Máy"), width=24, note=gettext_lazy("Máy mà cán bộ ghi khi nhận giúp.")),
]


@require_safe
@login_required
def assisted_excel(request: HttpRequest) -> HttpResponse:
    _form, first, last = _period(request)
    rows = assisted_rows(request.user, first, last).iterator(chunk_size=500)
    lines = (_line(place, filing) for place, filing in enumerate(rows, 1))
    said = _("từ %(first)s đến %(last)s") % {"first": short_date(first), "last": short_date(last)}
    title = _("Giúp người dân nộp trực tuyến")
    content = workbook(title, COLUMNS, lines, filters=said, printed_at=now(), by=request.user)
    return send_workbook(content, f"giup-nop-{first}-{last}")


def _line(place: int, filing: Any) -> list[Any]:
    dossier = filing.dossier
    return [
        place, filing.at, dossier.code, dossier.applicant_name, dossier.procedure_name, filing.get_kind_display(),
        filing.helper.full_name, filing.machine,
    ]  # fmt: skip

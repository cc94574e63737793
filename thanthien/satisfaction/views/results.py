"""What people think, in tables and charts, and as a workbook."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from thanthien.core.excel import Column, workbook
from thanthien.core.pages import read_page
from thanthien.core.views import send_workbook
from thanthien.satisfaction import queries, rules
from thanthien.satisfaction.forms.office import ResultsForm
from thanthien.satisfaction.queries import BY, Wish

COLUMNS = [
    Column(title=gettext_lazy("Nhóm"), width=40),
    Column(title=gettext_lazy("Mức"), width=22),
    Column(title=gettext_lazy("Số phiếu"), kind="int", width=12),
    Column(
        title=gettext_lazy("Tỷ lệ (%)"),
        kind="decimal",
        width=12,
        note=gettext_lazy("Các tỷ lệ của một nhóm cộng đúng 100"),
    ),
    Column(title=gettext_lazy("Tổng phiếu của nhóm (n)"), kind="int", width=18),
]


@read_page
def results(request: HttpRequest) -> HttpResponse:
    rules.check_can_read_results(by=request.user)
    form = ResultsForm(request.GET if "first" in request.GET else _this_year())
    is_sound = form.is_valid()
    wish = form.wish() if is_sound else _wish_of_this_year()
    groups = queries.results_of(request.user, wish)
    if is_sound and request.GET.get("excel"):
        return _workbook(request, wish, groups)
    elements = queries.by_subject(request.user, wish, "element")
    context = {
        "form": form, "wish": wish, "groups": groups, "all": queries.total_of(request.user, wish), "elements": elements,
        "sipas": queries.mean_index(elements), "by": BY[wish.by],
        "topics": queries.by_subject(request.user, wish, "topic"), "bands": queries.bands_of(groups),
    }  # fmt: skip
    return render(request, "satisfaction/results.html", context, status=200 if is_sound else 422)


def _this_year() -> dict[str, str]:
    today = timezone.localdate()
    return {"first": f"{date(today.year, 1, 1):%d/%m/%Y}", "last": f"{today:%d/%m/%Y}", "by": "month"}


def _wish_of_this_year() -> Wish:
    """What is shown when the filter cannot be read (the form says why)."""
    today = timezone.localdate()
    return Wish(first=date(today.year, 1, 1), last=today)


def _workbook(request: HttpRequest, wish: Wish, groups: list[Any]) -> HttpResponse:
    rows = [[one.label, level.label, level.count, level.share, one.n] for one in groups for level in one.levels]
    words = {"first": f"{wish.first:%d/%m/%Y}", "last": f"{wish.last:%d/%m/%Y}", "by": BY[wish.by]}
    content = workbook(
        _("Mức độ hài lòng"), COLUMNS, rows, filters=_("từ %(first)s đến hết %(last)s, theo %(by)s") % words,
        printed_at=timezone.now(), by=request.user,
    )  # fmt: skip
    return send_workbook(content, "hai-long")

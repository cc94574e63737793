"""Figures of a day, a week, any period; each opens the records behind it."""

from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from thanthien.core import figures
from thanthien.core.excel import Column
from thanthien.core.pages import MOST_ROWS, as_excel, excel_wanted
from thanthien.office import queries
from thanthien.office.forms import PeriodForm
from thanthien.office.views.lists import page_of
from thanthien.organisation.queries import office_of

COLUMNS = [
    Column(title=_("Số, mã"), width=26),
    Column(title=_("Người dân, tổ chức"), width=30),
    Column(title=_("Nội dung"), width=50),
    Column(title=_("Lúc"), kind="moment", width=18, note=_("Thời điểm được tính vào số liệu này")),
    Column(title=_("Số tiền (đồng)"), kind="money", width=16),
]

OTHER_COLUMNS = [COLUMNS[0], Column(title=_("Nơi, cách"), width=24), *COLUMNS[2:4]]


@login_required
@require_safe
def numbers(request: HttpRequest) -> HttpResponse:
    form = _period_form(request)
    first, last = _period_of(form)
    scope = queries.scope_of(office_of(request.user), first, last)
    shown = queries.numbers_of(scope)
    today = timezone.localdate()
    context = {
        "form": form,
        "scope": scope,
        "shown": shown,
        "others": queries.numbers_of_other_rooms(scope),
        "period": queries.period_in_words(first, last),
        "today": today,
        "week": queries.week_of_day(today),
    }
    return render(request, "office/numbers.html", context)


@login_required
@require_safe
def figure_records(request: HttpRequest, code: str) -> HttpResponse:
    """The records behind one figure: of dossiers by its name, of another room as "queue-visitors"."""
    figure = _figure_or_404(code.replace("-", ".", 1) if "-" in code else f"dossiers.{code}")
    first, last = _period_of(_period_form(request))
    records = figure.records(queries.scope_of(office_of(request.user), first, last))
    period = queries.period_in_words(first, last)
    if excel_wanted(request):
        rows = queries.records_of(figure, records, records[:MOST_ROWS])
        columns = OTHER_COLUMNS if figure.record else COLUMNS
        cells = ([row.number, row.who, row.what, row.at, row.amount][: len(columns)] for row in rows)
        return as_excel(str(figure.label), columns, cells, filters=period, request=request)
    page = page_of(records, request)
    rows = queries.records_of(figure, records, page.object_list)
    context = {"figure": figure, "page": page, "rows": rows, "period": period, "first": first, "last": last}
    return render(request, "office/figure_records.html", context)


def _period_form(request: HttpRequest) -> PeriodForm:
    first, last = queries.week_of_day(timezone.localdate())
    if "first" in request.GET or "last" in request.GET:
        return PeriodForm(request.GET)
    return PeriodForm({"first": f"{first:%d/%m/%Y}", "last": f"{last:%d/%m/%Y}"})


def _period_of(form: PeriodForm) -> tuple[date, date]:
    """What was asked for; this week when that cannot be read (the form says why)."""
    if form.is_valid():
        return form.cleaned_data["first"], form.cleaned_data["last"]
    return queries.week_of_day(timezone.localdate())


def _figure_or_404(code: str) -> Any:
    try:
        figure = figures.get(code)
    except KeyError:
        raise Http404 from None
    if not queries.may_be_opened(figure):
        raise Http404
    return figure

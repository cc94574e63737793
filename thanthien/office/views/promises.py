"""Lời hứa: everything promised to citizens and not yet kept."""

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from thanthien.core.excel import Column
from thanthien.core.pages import MOST_ROWS, as_excel, excel_wanted
from thanthien.office import queries
from thanthien.office.forms import PromiseFilterForm
from thanthien.office.views.lists import page_of

COLUMNS = [
    Column(title=gettext_lazy("Việc đã hứa"), width=50),
    Column(title=gettext_lazy("Đơn vị"), width=20, note=gettext_lazy("Mã định danh của đơn vị đã hứa")),
    Column(title=gettext_lazy("Người hứa"), width=26),
    Column(title=gettext_lazy("Hứa lúc"), kind="moment", width=18),
    Column(title=gettext_lazy("Hẹn đầu tiên"), kind="moment", width=18),
    Column(title=gettext_lazy("Hẹn đang có hiệu lực"), kind="moment", width=20),
    Column(title=gettext_lazy("Số lần đổi"), kind="int", width=12),
    Column(title=gettext_lazy("Lý do đổi"), width=50),
]


@login_required
@require_safe
def promises(request: HttpRequest) -> HttpResponse:
    staff, at = request.user, timezone.now()
    form = PromiseFilterForm(request.GET)
    form.offer([(unit.code, unit.name) for unit in queries.units_of(staff)])
    found = queries.promises_of(staff, form.chosen, at=at)
    if excel_wanted(request):
        return as_excel(_("Lời hứa"), COLUMNS, _rows(found), filters=form.words, request=request)
    page = page_of(found, request)
    bands = queries.bands_of_promises(staff, list(page), at=at)
    return render(request, "office/promises.html", {"form": form, "page": page, "bands": bands})


def _rows(found: QuerySet[Any]) -> Iterator[list[Any]]:
    for promise in found[:MOST_ROWS].iterator(chunk_size=1000):
        changes = list(promise.changes.all())
        reasons = "; ".join(f"{change.get_reason_display()} {change.note}".strip() for change in changes)
        yield [
            promise.title,
            promise.unit_code,
            promise.promised_by,
            promise.made_at,
            promise.first_due_at,
            promise.due_at,
            len(changes),
            reasons,
        ]

"""What the unit offers."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from thanthien.core.excel import Column
from thanthien.core.pages import as_excel, excel_wanted
from thanthien.core.rules import allows
from thanthien.organisation.queries import office_of
from thanthien.procedures import queries
from thanthien.procedures.forms import FilterForm
from thanthien.procedures.queries import OfferedRow
from thanthien.procedures.rules import check_can_change

PAGE = 50
COLUMNS = [
    Column(title=gettext_lazy("Mã thủ tục"), width=16),
    Column(title=gettext_lazy("Tên thủ tục"), width=60),
    Column(title=gettext_lazy("Lĩnh vực"), width=26),
    Column(title=gettext_lazy("Thời hạn cam kết"), width=20),
    Column(title=gettext_lazy("Thời hạn theo quy định"), width=20),
    Column(
        title=gettext_lazy("Cắt (%)"),
        kind="int",
        width=10,
        note=gettext_lazy("(quy định − cam kết) / quy định; trống khi hai thời hạn không cùng cách tính"),
    ),
    Column(title=gettext_lazy("Phí, lệ phí"), width=26),
    Column(title=gettext_lazy("Mức trực tuyến"), width=22),
]


@login_required
@require_safe
def offerings(request: HttpRequest) -> HttpResponse:
    staff: Any = request.user
    unit = office_of(staff)
    form = FilterForm(request.GET, sectors=queries.sectors_offered(unit))
    found = queries.filtered_offerings(unit, **form.chosen)
    if excel_wanted(request):
        title, rows = _("Thủ tục của %(unit)s") % {"unit": unit.name}, _cells(queries.offered_rows(found))
        return as_excel(title, COLUMNS, rows, filters=form.words, request=request)
    page = page_of(found, request)
    may_change = allows(check_can_change, unit, by=staff)
    context = {"unit": unit, "form": form, "page": page, "may_change": may_change}
    return render(request, "procedures/list.html", context | {"rows": queries.offered_rows(page.object_list)})


def page_of(rows: Any, request: HttpRequest) -> Page[Any]:
    """The page that the address asks for; what is no page is the first, what is too far the last."""
    return Paginator(rows, PAGE).get_page(request.GET.get("page"))


def _cells(rows: Iterable[OfferedRow]) -> Iterator[list[Any]]:
    for row in rows:
        procedure = row.offering.procedure
        yield [
            procedure.code,
            procedure.name,
            procedure.sector.name,
            str(row.committed),
            str(row.statutory or ""),
            row.cut,
            row.fee,
            row.offering.get_online_level_display(),
        ]

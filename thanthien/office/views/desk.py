"""The desk: what is on it, the most urgent first."""

from collections.abc import Iterator
from datetime import datetime
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
from thanthien.dossiers.queries import saved_filters_of, work_of
from thanthien.office import queries
from thanthien.office.forms import WorkFilterForm
from thanthien.office.views.lists import page_of
from thanthien.organisation.enums import Role
from thanthien.organisation.queries import office_of, staff_with_role

COLUMNS = [
    Column(title=gettext_lazy("Mã hồ sơ"), width=26),
    Column(title=gettext_lazy("Người nộp"), width=28),
    Column(title=gettext_lazy("Thủ tục"), width=48),
    Column(title=gettext_lazy("Trạng thái"), width=20),
    Column(title=gettext_lazy("Bước"), width=24),
    Column(title=gettext_lazy("Đang ở"), width=28, note=gettext_lazy("Người giữ, hoặc đơn vị có bàn việc này")),
    Column(title=gettext_lazy("Ngày nhận"), kind="moment", width=18),
    Column(title=gettext_lazy("Hạn của bước"), kind="moment", width=18),
    Column(title=gettext_lazy("Hẹn trả"), kind="moment", width=18, note=gettext_lazy("Ngày hẹn đang có hiệu lực")),
]
ASSIGNERS = (Role.DIVISION_HEAD, Role.LEADER, Role.UNIT_ADMIN)
ASSIGNEES = (Role.RECEPTION, Role.SPECIALIST, Role.DIVISION_HEAD, Role.LEADER, Role.CLERK)


@login_required
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    staff, at = request.user, timezone.now()
    form = WorkFilterForm(request.GET)
    if form.is_open:
        form.offer(queries.choices_of(staff, form.whose_asked, at=at))
    work = work_of(staff, form.chosen, at=at)
    if excel_wanted(request):
        return as_excel(_("Danh sách việc"), COLUMNS, _rows(work), filters=form.words, request=request)
    summary = queries.summary_of(staff, at=at)
    page = page_of(queries.for_work_rows(work), request, count=None if form.has_changed() else summary.work)
    context = {
        "form": form,
        "page": page,
        "bands": queries.bands_of_rows(list(page), at=at),
        "filters": saved_filters_of(staff),
        "colleagues": _colleagues(staff),
    }
    return render(request, "office/desk.html", context | _head(staff, summary, at))


def _head(staff: Any, summary: queries.DeskSummary, at: datetime) -> dict[str, Any]:
    """What stands above the list."""
    reviews = queries.reviews_on(staff, summary, at=at)
    return {"summary": summary, "reviews": reviews, "greeting": queries.greeting_of(staff, summary.work, at=at)}


def _colleagues(staff: Any) -> list[Any]:
    """Who work can be given to, for those who give it."""
    return staff_with_role(office_of(staff), *ASSIGNEES) if staff.has_role(*ASSIGNERS) else []


def _rows(work: QuerySet[Any]) -> Iterator[list[Any]]:
    for dossier in work[:MOST_ROWS].iterator(chunk_size=1000):
        holder = dossier.holder.full_name if dossier.holder else dossier.desk_unit.name
        yield [
            dossier.code,
            dossier.applicant_name,
            dossier.procedure_name,
            dossier.get_status_display(),
            dossier.step_name,
            holder,
            dossier.received_at,
            dossier.step_due_at,
            dossier.due_at,
        ]

"""Finding anything from the one field at the top of every office page."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from thanthien.core.excel import Column
from thanthien.core.pages import MOST_ROWS, as_excel, excel_wanted
from thanthien.office.queries import find_anything
from thanthien.people.queries import search_in_words

COLUMNS = [
    Column(title=gettext_lazy("Mã hồ sơ"), width=26),
    Column(title=gettext_lazy("Người nộp"), width=28),
    Column(title=gettext_lazy("Thủ tục"), width=48),
    Column(title=gettext_lazy("Trạng thái"), width=24),
    Column(title=gettext_lazy("Đang ở"), width=28, note=gettext_lazy("Người giữ, hoặc đơn vị có bàn việc này")),
    Column(title=gettext_lazy("Ngày nhận"), kind="moment", width=18),
    Column(title=gettext_lazy("Hẹn trả"), kind="moment", width=18),
]


@login_required
@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """The dossiers found leave as a workbook; people do so on the page of people, ten are shown here."""
    text = request.GET.get("q", "")
    if excel_wanted(request):
        found = find_anything(request.user, text, most=MOST_ROWS)
        said = _("Tìm: %(text)s") % {"text": search_in_words(found.text)}
        return as_excel(_("Hồ sơ tìm thấy"), COLUMNS, map(_row, found.dossiers), filters=said, request=request)
    found = find_anything(request.user, text)
    if found.only:
        return redirect("dossiers:detail", found.only.code)
    return render(request, "office/find.html", {"found": found})


def _row(dossier: Any) -> list[Any]:
    names = [dossier.code, dossier.applicant_name, dossier.procedure_name, dossier.get_status_display()]
    holder = dossier.holder.full_name if dossier.holder else dossier.desk_unit.name
    return [*names, holder, dossier.received_at, dossier.due_at]

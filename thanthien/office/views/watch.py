"""What waits: dossiers to sign for, results nobody fetched."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from thanthien.core.excel import Column
from thanthien.core.pages import MOST_ROWS, as_excel, excel_wanted
from thanthien.dossiers.queries import open_hand_overs, waiting_for_return
from thanthien.office.views.lists import page_of

WAITING_COLUMNS = [
    Column(title=gettext_lazy("Mã hồ sơ"), width=26),
    Column(title=gettext_lazy("Người nộp"), width=28),
    Column(title=gettext_lazy("Thủ tục"), width=48),
    Column(title=gettext_lazy("Nhận kết quả"), width=22),
    Column(title=gettext_lazy("Có kết quả lúc"), kind="moment", width=18),
    Column(title=gettext_lazy("Hẹn trả"), kind="moment", width=18),
]
HAND_OVER_COLUMNS = [
    Column(title=gettext_lazy("Mã hồ sơ"), width=26),
    Column(title=gettext_lazy("Người nộp"), width=28),
    Column(title=gettext_lazy("Thủ tục"), width=48),
    Column(title=gettext_lazy("Nơi giao"), width=28),
    Column(title=gettext_lazy("Người giao"), width=26),
    Column(title=gettext_lazy("Giao lúc"), kind="moment", width=18),
    Column(title=gettext_lazy("Hẹn trả"), kind="moment", width=18),
]


@login_required
@require_safe
def hand_overs(request: HttpRequest) -> HttpResponse:
    """What came to my desks and waits for a signature."""
    found = open_hand_overs(request.user)
    if excel_wanted(request):
        rows = (_hand_over_row(hand_over) for hand_over in found[:MOST_ROWS].iterator(chunk_size=1000))
        return as_excel(_("Hồ sơ chờ ký nhận"), HAND_OVER_COLUMNS, rows, filters="", request=request)
    return render(request, "office/hand_overs.html", {"incoming": found[:200]})


def _hand_over_row(hand_over: Any) -> list[Any]:
    dossier = hand_over.dossier
    names = [dossier.code, dossier.applicant_name, dossier.procedure_name, hand_over.from_unit.name, hand_over.given_by]
    return [*names, hand_over.given_at, dossier.due_at]


@login_required
@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """Results that wait for their owners."""
    found = waiting_for_return(request.user)
    if excel_wanted(request):
        rows = (_waiting_row(dossier) for dossier in found[:MOST_ROWS].iterator(chunk_size=1000))
        return as_excel(_("Kết quả chờ trả"), WAITING_COLUMNS, rows, filters="", request=request)
    return render(request, "office/waiting.html", {"page": page_of(found, request)})


def _waiting_row(dossier: Any) -> list[Any]:
    names = [dossier.code, dossier.applicant_name, dossier.procedure_name, dossier.get_return_channel_display()]
    return [*names, dossier.finished_at, dossier.due_at]

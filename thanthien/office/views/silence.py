"""Hồ sơ im lặng: what lies too long, for those who answer for the office; each list leaves as a workbook."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from thanthien.core.excel import Column
from thanthien.core.pages import MOST_ROWS, as_excel, excel_wanted
from thanthien.core.rules import Refused
from thanthien.dossiers.queries import awaited
from thanthien.office.queries import forgotten_by, is_watcher, summary_of
from thanthien.office.views.lists import page_of

MOST_SHOWN = 100  # of what stands below the first list
WHOSE = [
    Column(title=gettext_lazy("Mã hồ sơ"), width=26),
    Column(title=gettext_lazy("Người nộp"), width=28),
    Column(title=gettext_lazy("Thủ tục"), width=48),
]
WHERE = [Column(title=gettext_lazy("Bước"), width=24), Column(title=gettext_lazy("Đang ở"), width=28)]
PROMISED = Column(title=gettext_lazy("Hẹn trả"), kind="moment", width=18)


@login_required
@require_safe
def silence(request: HttpRequest) -> HttpResponse:
    """Untouched for half a step's time, handed over and not signed for, asked of another agency that has not answered
    in time."""
    staff, at = request.user, timezone.now()
    if not is_watcher(staff):
        raise Refused(_("Trang này dành cho người phụ trách đơn vị."))
    forgotten, summary = forgotten_by(staff, at=at), summary_of(staff, at=at)
    if asked := excel_wanted(request, *LISTS):
        name, title, columns, row = LISTS[asked]
        rows = (row(one, at) for one in forgotten[name][:MOST_ROWS].iterator(chunk_size=1000))
        return as_excel(str(title), columns, rows, filters="", request=request)
    context = {
        "page": page_of(forgotten["silent"], request, count=summary.silent),
        "hand_overs": forgotten["unsigned"][:MOST_SHOWN],
        "unanswered": [awaited(asked, at=at) for asked in forgotten["unanswered"][:MOST_SHOWN]],
        "summary": summary,
        "most": MOST_SHOWN,
    }
    return render(request, "office/silence.html", context)


def _whose(dossier: Any) -> list[Any]:
    return [dossier.code, dossier.applicant_name, dossier.procedure_name]


def _where(dossier: Any) -> list[Any]:
    return [dossier.step_name, dossier.holder.full_name if dossier.holder else dossier.desk_unit.name]


def _silent(dossier: Any, at: datetime) -> list[Any]:
    return [*_whose(dossier), *_where(dossier), dossier.touched_at, dossier.due_at]


def _unsigned(given: Any, at: datetime) -> list[Any]:
    to = [given.to_unit.name, given.get_to_role_display()]
    return [*_whose(given.dossier), given.from_unit.name, given.given_by, *to, given.given_at, given.dossier.due_at]


def _unanswered(asked: Any, at: datetime) -> list[Any]:
    late = awaited(asked, at=at)
    facts = [asked.agency, timezone.localdate(asked.asked_at), asked.expected_on, late.over]
    return [*_whose(asked.dossier), *_where(asked.dossier), *facts]


Sheet = tuple[str, Any, Sequence[Column], Callable[[Any, datetime], list[Any]]]
LISTS: dict[str, Sheet] = {
    "1": (
        "silent", gettext_lazy("Hồ sơ nằm yên"),
        [*WHOSE, *WHERE, Column(title=gettext_lazy("Động đến lần cuối"), kind="moment", width=18), PROMISED], _silent,
    ),
    "ban-giao": (
        "unsigned", gettext_lazy("Bàn giao chưa ai ký nhận"),
        [
            *WHOSE,
            Column(title=gettext_lazy("Nơi giao"), width=28), Column(title=gettext_lazy("Người giao"), width=26),
            Column(title=gettext_lazy("Nơi nhận"), width=28), Column(title=gettext_lazy("Vai trò nhận"), width=24),
            Column(title=gettext_lazy("Giao lúc"), kind="moment", width=18), PROMISED,
        ], _unsigned,
    ),
    "co-quan": (
        "unanswered", gettext_lazy("Cơ quan khác quá ngày trả lời"),
        [
            *WHOSE, *WHERE, Column(title=gettext_lazy("Cơ quan được hỏi"), width=32),
            Column(title=gettext_lazy("Hỏi ngày"), kind="date", width=14),
            Column(title=gettext_lazy("Dự kiến trả lời"), kind="date", width=16),
            Column(title=gettext_lazy("Quá hạn (ngày)"), kind="int", width=14),
        ], _unanswered,
    ),
}  # fmt: skip

"""The hall in numbers, and how many counters it should open when."""

from datetime import timedelta
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from thanthien.core.rules import allows
from thanthien.queue import queries
from thanthien.queue.forms.figures import PeriodForm
from thanthien.queue.rules import check_may_see_all

HEIGHT, WIDE, GAP = 160, 22, 64  # of the chart: the bars, each bar, each hour


@login_required
@require_safe
def figures(request: HttpRequest, hall_id: int) -> HttpResponse:
    """Every officer sees the hall and themselves; the head sees each."""
    hall, today = queries.hall_seen_by(request.user, hall_id), timezone.localdate()
    form = PeriodForm(request.GET if "first" in request.GET else None, today=today)
    first, last = form.period if form.is_valid() else (today - timedelta(days=6), today)
    sees_all = allows(check_may_see_all, hall, by=request.user)
    only = 0 if sees_all else request.user.pk
    shown = queries.hall_figures(hall, first, last, words=_words(), only_staff=only)
    context = {"hall": hall, "form": form, "first": first, "last": last, "shown": shown, "sees_all": sees_all}
    return render(request, "queue/figures.html", context, status=422 if form.errors else 200)


def _words() -> dict[str, str]:
    return {
        "hour": _("Theo giờ đến"), "line": _("Theo nhóm lĩnh vực"), "counter": _("Theo quầy"),
        "officer": _("Theo cán bộ"), "all": _("Cả sảnh"),
    }  # fmt: skip


@login_required
@require_safe
def staffing(request: HttpRequest, hall_id: int) -> HttpResponse:
    hall = queries.hall_seen_by(request.user, hall_id)
    check_may_see_all(hall, by=request.user)
    advice = queries.advice_of(hall)
    context = {"hall": hall, "advice": advice, "chart": _chart(advice.data["hours"]) if advice else None}
    return render(request, "queue/staffing.html", context)


def _chart(hours: list[dict[str, Any]]) -> dict[str, Any]:
    """Bars of now and of what is advised, in the units of the picture."""
    highest = max([1.0, *(max(one["now"], one["advised"]) for one in hours)])
    bars = []
    for place, one in enumerate(hours):
        now, advised = (round(HEIGHT * one[name] / highest, 1) for name in ("now", "advised"))
        left = 10 + place * GAP
        bars.append(
            {"left": left, "right": left + WIDE + 4, "middle": left + WIDE + 2, "facts": one,
             "now": now, "now_top": HEIGHT - now + 20, "advised": advised, "advised_top": HEIGHT - advised + 20}
        )  # fmt: skip
    return {"bars": bars, "width": 20 + GAP * len(hours), "height": HEIGHT + 50, "base": HEIGHT + 20, "wide": WIDE}

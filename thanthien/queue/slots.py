"""What the queue adds to the house: the live board."""

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from thanthien.core import live
from thanthien.core.figures import Figure, Scope, Value, register
from thanthien.core.navigation import Entry, add
from thanthien.core.slots import fills
from thanthien.organisation.enums import Role
from thanthien.queue import queries
from thanthien.queue.rules import AT_COUNTERS, LED_BY


def _load(key: str) -> dict[str, Any] | None:
    hall = queries.hall_or_none(int(key)) if key.isascii() and key.isdigit() and len(key) < 10 else None  # noqa: PLR2004
    return queries.board_state(hall, at=timezone.now()) if hall else None


def _since(key: str, last: int) -> list[dict[str, Any]]:
    calls = queries.calls_since(int(key), last, timezone.localdate())
    return [{"id": call["id"], "call": call} for call in calls]


live.register(live.Channel(name=queries.CHANNEL, load=_load, merge=queries.merged, since=_since))

add(
    Entry(
        label=_("Quầy, gọi số"), url_name="queue:counter", icon="megaphone", order=15,
        roles=frozenset(AT_COUNTERS), hands_on=True,
    )
)  # fmt: skip
add(
    Entry(
        label=_("Sảnh chờ"), url_name="queue:halls", icon="people", group=_("Quản trị"), order=820,
        roles=frozenset({Role.UNIT_ADMIN, Role.PROVINCE_ADMIN}),
    )
)  # fmt: skip


@fills("office.top")
def watch_for_help(request: HttpRequest, subject: Any) -> str:
    """Who leads the unit sees on every page, within seconds, that a counter needs somebody. The page itself asks the
    database nothing for it: the browser does, a moment later."""
    if not (request.user.is_authenticated and request.user.has_role(*LED_BY)):
        return ""
    return render_to_string("queue/_help_watch.html", request=request)


@fills("organisation.calendar")
def appointments_not_kept(request: HttpRequest, unit: Any) -> str:
    """Where hours, holidays and absences are written down, it shows at once whose appointments they hit."""
    halls = queries.hits_in(queries.halls_seen_by(request.user).filter(unit=unit), at=timezone.now())
    return render_to_string("queue/_hit.html", {"halls": halls}, request=request) if halls else ""


# ---- figures ---------------------------------------------------------------------------------------------
def _minutes(records: Any, times: Any, share: int) -> Any:
    """A percentile of the minutes between two moments of the calls, with how many there were."""

    def compute(scope: Scope) -> Value:
        start, end = times
        values = [(b - a).total_seconds() / 60 for a, b in records(scope).values_list(start, end)]
        return Value(round(queries.percentile(values, share)), len(values))

    return compute


WAIT, SERVICE = ("waiting_since", "called_at"), ("started_at", "ended_at")
register(Figure(
    code="queue.visitors", label=_("lượt người đến lấy số"),
    definition=_("Số thứ tự đã trao tới tay người dân trong kỳ."),
    compute=lambda scope: Value(queries.visitors_in(scope).count()), records=queries.visitors_in, public=True,
    record=queries.visit_record,
))  # fmt: skip
register(Figure(
    code="queue.waiting_median", label=_("thời gian chờ, trung vị (phút)"),
    definition=_("Từ lúc vào hàng (có hẹn: từ giờ được tính chỗ) đến lúc được gọi; một nửa số lượt chờ không lâu hơn."),
    compute=_minutes(queries.waits_in, WAIT, 50), records=queries.waits_in, public=True,
    record=queries.call_record,
))  # fmt: skip
register(Figure(
    code="queue.waiting_p90", label=_("thời gian chờ của chín trên mười người (phút)"),
    definition=_("Chín trên mười lượt chờ không lâu hơn."),
    compute=_minutes(queries.waits_in, WAIT, 90), records=queries.waits_in, public=True,
    record=queries.call_record,
))  # fmt: skip
register(Figure(
    code="queue.service_median", label=_("thời gian phục vụ, trung vị (phút)"),
    definition=_("Từ lúc người dân đến quầy đến lúc xong việc; mỗi việc của một lượt tính riêng."),
    compute=_minutes(queries.services_in, SERVICE, 50), records=queries.services_in, public=True,
    record=queries.call_record,
))  # fmt: skip
register(Figure(
    code="queue.missed", label=_("lượt gọi không có mặt"),
    definition=_("Lượt gọi mà người dân không có mặt, trên tổng số lượt gọi."),
    compute=lambda scope: Value(queries.missed_in(scope).count(), queries.waits_in(scope).count()),
    records=queries.missed_in, record=queries.call_record,
))  # fmt: skip

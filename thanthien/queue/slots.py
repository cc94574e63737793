"""What the queue adds to the house: the live board."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from thanthien.core import live
from thanthien.core.navigation import Entry, add
from thanthien.organisation.enums import Role
from thanthien.queue import queries
from thanthien.queue.rules import AT_COUNTERS


def _load(key: str) -> dict[str, Any] | None:
    hall = queries.hall_or_none(int(key)) if key.isascii() and key.isdigit() and len(key) < 10 else None  # noqa: PLR2004
    return queries.board_state(hall, at=timezone.now()) if hall else None


def _since(key: str, last: int) -> list[dict[str, Any]]:
    calls = queries.calls_since(int(key), last, timezone.localdate())
    return [{"id": call["id"], "call": call} for call in calls]


live.register(live.Channel(name=queries.CHANNEL, load=_load, merge=queries.merged, since=_since))

add(Entry(label=_("Quầy, gọi số"), url_name="queue:counter", icon="megaphone", order=15, roles=frozenset(AT_COUNTERS)))
add(
    Entry(
        label=_("Sảnh chờ"), url_name="queue:halls", icon="people", group=_("Quản trị"), order=820,
        roles=frozenset({Role.UNIT_ADMIN, Role.PROVINCE_ADMIN}),
    )
)  # fmt: skip

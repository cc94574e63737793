"""The menu of the office, with what waits behind each door."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from thanthien.core.navigation import Entry, add
from thanthien.office.queries import summary_of
from thanthien.office.queries.desk import WATCHERS
from thanthien.organisation.enums import Role

PROMISES, LOOKING_BACK = _("Lời hứa với dân"), _("Nhìn lại")


def _waiting(name: str) -> Any:
    """How many; all doors together cost one statement a page."""
    return lambda staff: getattr(summary_of(staff, at=timezone.now()), name)


add(Entry(label=_("Việc của tôi"), url_name="office:desk", icon="check2-square", order=10, count=_waiting("work")))
add(
    Entry(
        label=_("Tiếp nhận hồ sơ"),
        url_name="dossiers:receive",
        icon="person-plus",
        order=20,
        roles=frozenset({Role.RECEPTION}),
    )
)
add(
    Entry(
        label=_("Ký nhận, bàn giao"),
        url_name="office:hand_overs",
        icon="inbox",
        order=30,
        count=_waiting("to_sign"),
    )
)
add(
    Entry(
        label=_("Kết quả chờ trả"),
        url_name="office:waiting",
        icon="box-seam",
        order=40,
        roles=frozenset({Role.RECEPTION, Role.RETURN, Role.POSTAL}),
        count=_waiting("to_return"),
    )
)
add(
    Entry(
        label=_("Lời hứa"),
        url_name="office:promises",
        icon="calendar-check",
        group=PROMISES,
        order=110,
    )
)
add(
    Entry(
        label=_("Nợ lời xin lỗi"),
        url_name="dossiers:apologies",
        icon="envelope-paper",
        group=PROMISES,
        order=120,
        count=_waiting("owed"),
    )
)
add(
    Entry(
        label=_("Hồ sơ im lặng"),
        url_name="office:silence",
        icon="hourglass",
        group=PROMISES,
        order=130,
        roles=frozenset(WATCHERS),
        count=_waiting("silent"),
    )
)
add(Entry(label=_("Số liệu"), url_name="office:numbers", icon="bar-chart", group=LOOKING_BACK, order=210))

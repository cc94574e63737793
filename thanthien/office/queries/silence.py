"""What lies too long, for those who answer for the office: the page "Hồ sơ im lặng" and the number on its door."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.utils import timezone

from thanthien.core.working_time import working_day_before
from thanthien.dossiers.queries import silent_dossiers, silent_hand_overs, unanswered
from thanthien.organisation.enums import Role
from thanthien.organisation.queries import calendar_for

if TYPE_CHECKING:
    from thanthien.organisation.models import Staff

WATCHERS = (Role.DIVISION_HEAD, Role.LEADER, Role.UNIT_ADMIN, Role.PROVINCE_ADMIN, Role.INSPECTOR)


def is_watcher(staff: "Staff") -> bool:
    """Who answers for the work of others."""
    return staff.is_superuser or staff.has_role(*WATCHERS)


def forgotten_by(staff: "Staff", *, at: datetime) -> dict[str, QuerySet[Any]]:
    """What this person's office forgot, by kind: `silent` dossiers that nobody touched for half of their step's time,
    `unsigned` hand-overs that nobody signed for in a working day, `unanswered` questions past the day of their answer.
    """
    return {
        "silent": silent_dossiers(staff, at=at),
        "unsigned": silent_hand_overs(staff, before=_a_working_day_ago(staff, at)),
        "unanswered": unanswered(staff, at=at),
    }


def _a_working_day_ago(staff: "Staff", at: datetime) -> datetime:
    local = timezone.localtime(at)
    day = working_day_before(calendar_for(staff.unit), local.date())
    return local.replace(year=day.year, month=day.month, day=day.day)

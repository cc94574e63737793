"""Whether one time limit is longer than another, also when they are said in different units.

Eight working hours are a working day. Between the other units only what is certain on every calendar counts, holidays
set aside; where nothing is certain the answer is "not comparable", and the office is asked to use the same unit.
"""

from decimal import ROUND_HALF_UP, Decimal
from math import ceil

from django.utils.translation import gettext as _

from thanthien.core.rules import Refused
from thanthien.core.working_time import TimeLimit, TimeUnit

HOURS_A_DAY = Decimal(8)
WORKING_DAYS_A_WEEK = 5
# Received just after 15:00 the same day means until the close of the next working day: two hours and a day.
LONGEST_SAME_DAY = Decimal(10)
# Received just before 15:00 it means two hours.
SHORTEST_SAME_DAY = Decimal(2)


def is_longer(committed: TimeLimit, statutory: TimeLimit) -> bool | None:
    """None: not comparable."""
    if committed.unit == statutory.unit:
        return committed.unit != TimeUnit.SAME_DAY and committed.amount > statutory.amount
    if statutory.unit == TimeUnit.SAME_DAY:
        return _longer_than_same_day(committed)
    if statutory.unit == TimeUnit.DAY:
        return _longer_than_days(committed, statutory.amount)
    if committed.unit == TimeUnit.SAME_DAY:
        return _same_day_longer_than(statutory)
    return _longer_than_hours(committed, _hours(statutory))


def _hours(limit: TimeLimit) -> Decimal:
    return limit.amount * (HOURS_A_DAY if limit.unit == TimeUnit.WORKING_DAY else 1)


def _longer_than_hours(committed: TimeLimit, hours: Decimal) -> bool | None:
    """Against working days or hours. n calendar days end at the latest with the n-th working day."""
    if committed.unit == TimeUnit.DAY:
        return False if committed.amount * HOURS_A_DAY <= hours else None
    return _hours(committed) > hours


def _same_day_longer_than(statutory: TimeLimit) -> bool | None:
    """The same day never passes the close of the next working day, which is where one working day ends."""
    enough = Decimal(1) if statutory.unit == TimeUnit.WORKING_DAY else LONGEST_SAME_DAY
    return False if statutory.amount >= enough else None


def _longer_than_days(committed: TimeLimit, days: Decimal) -> bool | None:
    """Against calendar days. n working days meet at most one weekend for every five of them."""
    if committed.unit == TimeUnit.SAME_DAY:
        return False if days >= 1 else None
    working_days = ceil(_hours(committed) / HOURS_A_DAY)
    if working_days + 2 * ceil(working_days / WORKING_DAYS_A_WEEK) <= days:
        return False
    return True if working_days > days else None


def _longer_than_same_day(committed: TimeLimit) -> bool | None:
    if committed.unit == TimeUnit.HOUR:
        return False if committed.amount <= SHORTEST_SAME_DAY else None
    return True


def check_not_longer(committed: TimeLimit, statutory: TimeLimit | None) -> None:
    """A unit never commits to more time than the law gives it. Without a known limit anything goes."""
    longer = is_longer(committed, statutory) if statutory else False
    if longer is None:
        raise Refused(
            _(
                "Không so được %(committed)s với thời hạn theo quy định (%(statutory)s). "
                "Xin ghi thời hạn cam kết bằng cùng đơn vị với thời hạn theo quy định."
            )
            % {"committed": committed, "statutory": statutory}
        )
    if longer:
        raise Refused(
            _("Thời hạn cam kết (%(committed)s) không được dài hơn thời hạn theo quy định (%(statutory)s).")
            % {"committed": committed, "statutory": statutory}
        )


def cut_percent(statutory: TimeLimit | None, committed: TimeLimit) -> int | None:
    """By how many per cent the unit is quicker than the law asks (10 working days → 5: 50); None when the two are said
    in calendar days and working time. The same day counts as one working day."""
    if statutory is None or (statutory.unit == TimeUnit.DAY) != (committed.unit == TimeUnit.DAY):
        return None
    most, mine = _working(statutory), _working(committed)
    cut = (most - mine) / most * 100
    return max(0, int(cut.quantize(Decimal(1), ROUND_HALF_UP)))


def _working(limit: TimeLimit) -> Decimal:
    if limit.unit == TimeUnit.SAME_DAY:
        return HOURS_A_DAY
    return limit.amount if limit.unit == TimeUnit.DAY else _hours(limit)

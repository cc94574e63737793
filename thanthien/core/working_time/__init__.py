"""Working time: every date that a citizen is promised is computed here and nowhere else.

Pure Python over a `Calendar`; knows no room and no database. The rules, with their sources, are in `deadline.py`
(limits, pauses, explanation), `calendar.py` (opening hours, rest days) and `seed.py` (holidays of Vietnam).
Moments are aware datetimes; they are counted, and answered, in Asia/Ho_Chi_Minh.
"""

from thanthien.core.working_time.calendar import Calendar, Interval, OpeningPeriod
from thanthien.core.working_time.clock import (
    add_working_hours,
    next_working_day,
    working_day_before,
    working_days_between,
    working_hours_between,
)
from thanthien.core.working_time.deadline import (
    Deadline,
    compute_deadline,
    if_answered_at,
    pauses_in_time,
)
from thanthien.core.working_time.explanation import DayCount
from thanthien.core.working_time.seed import HolidaySeed, default_calendar, default_opening, seed_holidays
from thanthien.core.working_time.summary import summary
from thanthien.core.working_time.units import (
    BadPause,
    BadTimeLimit,
    DayKind,
    NoWorkingTime,
    Pause,
    PausePolicy,
    StartRule,
    StillPaused,
    TimeLimit,
    TimeUnit,
    WorkingTimeError,
)

__all__ = [
    "BadPause",
    "BadTimeLimit",
    "Calendar",
    "DayCount",
    "DayKind",
    "Deadline",
    "HolidaySeed",
    "Interval",
    "NoWorkingTime",
    "OpeningPeriod",
    "Pause",
    "PausePolicy",
    "StartRule",
    "StillPaused",
    "TimeLimit",
    "TimeUnit",
    "WorkingTimeError",
    "add_working_hours",
    "compute_deadline",
    "default_calendar",
    "default_opening",
    "if_answered_at",
    "next_working_day",
    "pauses_in_time",
    "seed_holidays",
    "summary",
    "working_day_before",
    "working_days_between",
    "working_hours_between",
]

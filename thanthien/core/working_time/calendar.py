"""When an office works: opening hours by weekday and period, days off, days worked to make up for them.

Inside this package moments are *ticks*: microseconds of local time since the day 0001-01-00. Vietnam keeps one
offset (+07:00) the whole year, so local time never jumps and ticks can be added and compared.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import TypeAlias
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from thanthien.core.working_time.units import DayKind, NoWorkingTime, WorkingTimeError

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
SECOND = 1_000_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR
HORIZON_DAYS = 3_653
SATURDAY, SUNDAY = 5, 6
WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")
# A make-up day is worked like an ordinary day: like a Friday, or whichever of these the office works.
ORDINARY_WEEKDAYS = (4, 3, 2, 1, 0, SATURDAY, SUNDAY)

Span: TypeAlias = tuple[int, int]


def to_ticks(moment: datetime) -> int:
    """Raises ValueError for a naive datetime: which clock it was read from is not known."""
    if moment.utcoffset() is None:
        raise ValueError(f"An aware datetime is needed, not {moment!r}.")
    local = moment.astimezone(ZONE)
    return local.toordinal() * DAY + tick_of(local) + local.microsecond


def to_moment(ticks: int) -> datetime:
    ordinal, rest = divmod(ticks, DAY)
    return datetime.combine(date.fromordinal(ordinal), time(), ZONE) + timedelta(microseconds=rest)


def tick_of(clock: time | datetime) -> int:
    return clock.hour * HOUR + clock.minute * MINUTE + clock.second * SECOND


@dataclass(frozen=True, slots=True, order=True)
class Interval:
    """Open from `start` up to, not including, `end`: whole seconds of one day."""

    start: time
    end: time

    def __post_init__(self) -> None:
        if self.start >= self.end or self.start.microsecond or self.end.microsecond:
            raise WorkingTimeError(_("Giờ đóng cửa phải sau giờ mở cửa, tính đến giây."))


@dataclass(frozen=True, slots=True)
class OpeningPeriod:
    """Hours of one weekday (Monday 0) from `valid_from` to `valid_to`, both included; None is without limit.

    Where periods overlap, those that began last hold (summer hours over the usual ones); several with the same
    beginning add up. A period without intervals closes the weekday.
    """

    weekday: int
    intervals: tuple[Interval, ...]
    valid_from: date | None = None
    valid_to: date | None = None

    def holds_on(self, day: date) -> bool:
        return (self.valid_from or date.min) <= day <= (self.valid_to or date.max)


@dataclass(frozen=True, slots=True)
class Day:
    """What the calendar knows of one day. `spans` are ticks; `note` says why it is closed, or worked after all."""

    ordinal: int
    spans: tuple[Span, ...]
    length: int
    kind: DayKind
    note: str

    @property
    def closing(self) -> int:
        return self.spans[-1][1]


@dataclass(frozen=True, eq=False)
class Calendar:
    """The working time of one office. Unchangeable: when hours or holidays change, a new one is made.

    A day in both `days_off` and `make_up` is worked.
    """

    opening: tuple[OpeningPeriod, ...]
    days_off: Mapping[date, str] = field(default_factory=dict)
    make_up: Mapping[date, str] = field(default_factory=dict)
    _days: dict[int, Day] = field(default_factory=dict, init=False, repr=False)

    def intervals_on(self, day: date) -> tuple[Interval, ...]:
        """The hours of this day, in order, without overlaps; empty when closed."""
        if day in self.make_up:
            usual = (self._usual_hours(day, weekday) for weekday in ORDINARY_WEEKDAYS)
            return next((hours for hours in usual if hours), ())
        return () if day in self.days_off else self._usual_hours(day, day.weekday())

    def is_working_day(self, day: date) -> bool:
        return bool(self.day(day.toordinal()).spans)

    def why_closed(self, day: date) -> str:
        """ "Thứ Bảy", "Nghỉ Quốc khánh", …; empty when the office works."""
        record = self.day(day.toordinal())
        return "" if record.spans else record.note

    def next_opening(self, moment: datetime) -> datetime:
        """The moment itself when the office is open then; else the beginning of the next opening."""
        return to_moment(self.next_open_tick(to_ticks(moment)))

    def closing(self, day: date) -> datetime:
        """When the last hours of a working day end. Raises `WorkingTimeError` on a day that is closed."""
        record = self.day(day.toordinal())
        if not record.spans:
            raise WorkingTimeError(_("Ngày %(day)s cơ quan không làm việc.") % {"day": f"{day:%d/%m/%Y}"})
        return to_moment(record.closing)

    # ---- for the rest of this package ----------------------------------------------------------------------
    def day(self, ordinal: int) -> Day:
        found = self._days.get(ordinal)
        if found is None:
            found = self._days[ordinal] = self._look_up(date.fromordinal(ordinal))
        return found

    def days_from(self, ordinal: int) -> Iterator[Day]:
        """Day after day; raises `NoWorkingTime` after ten years, so that nobody waits for ever."""
        last = min(ordinal + HORIZON_DAYS, date.max.toordinal())
        for number in range(ordinal, last + 1):
            yield self.day(number)
        raise NoWorkingTime(
            _("Trong 10 năm kể từ %(day)s không đủ giờ làm việc: xin kiểm tra lịch làm việc của đơn vị.")
            % {"day": f"{date.fromordinal(min(ordinal, last)):%d/%m/%Y}"}
        )

    def working_day_from(self, ordinal: int) -> Day:
        """This day, or the next one that is worked."""
        return next(day for day in self.days_from(ordinal) if day.spans)

    def next_open_tick(self, ticks: int) -> int:
        spans = (span for day in self.days_from(ticks // DAY) for span in day.spans)
        return next(max(ticks, start) for start, end in spans if end > ticks)

    def _look_up(self, day: date) -> Day:
        ordinal, intervals = day.toordinal(), self.intervals_on(day)
        spans = tuple((ordinal * DAY + tick_of(i.start), ordinal * DAY + tick_of(i.end)) for i in intervals)
        kind, note = self._describe(day, is_open=bool(spans))
        return Day(ordinal, spans, sum(end - start for start, end in spans), kind, note)

    def _describe(self, day: date, *, is_open: bool) -> tuple[DayKind, str]:
        # Notes are kept with the promise, like a document: Vietnamese, whoever the reader is (STYLE 5.6).
        weekday = WEEKDAYS[day.weekday()]
        if is_open:
            return DayKind.COUNTED, f"{weekday}: {self.make_up[day]}" if day in self.make_up else ""
        if day in self.days_off:
            name = self.days_off[day]
            return DayKind.HOLIDAY, name if name.lower().startswith("nghỉ") else f"Nghỉ {name}"
        if day.weekday() in (SATURDAY, SUNDAY):
            return DayKind.WEEKEND, weekday
        return DayKind.CLOSED, f"{weekday}: cơ quan không làm việc"

    def _usual_hours(self, day: date, weekday: int) -> tuple[Interval, ...]:
        held = [period for period in self.opening if period.weekday == weekday and period.holds_on(day)]
        latest = max((period.valid_from or date.min for period in held), default=None)
        return merged(i for period in held if (period.valid_from or date.min) == latest for i in period.intervals)


def merged(intervals: Iterable[Interval]) -> tuple[Interval, ...]:
    """In order, and joined where they touch or overlap."""
    joined: list[Interval] = []
    for interval in sorted(intervals):
        if joined and interval.start <= joined[-1].end:
            joined[-1] = Interval(joined[-1].start, max(joined[-1].end, interval.end))
        else:
            joined.append(interval)
    return tuple(joined)

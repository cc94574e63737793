"""How many people a line can take in a slot: its places at each counter that serves it and is attended then."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from thanthien.organisation.queries import Attendance, attendance_of, calendar_for
from thanthien.queue.models import Hall, Line


@dataclass(frozen=True)
class Capacity:
    """Of one line over some days; nothing more is asked. Without counters the line counts as one that is always there
    while the unit is open."""

    line: Line
    counters: Sequence[int]
    attendance: Attendance | None

    def places(self, start: datetime) -> int:
        """In the slot that begins then, inside the hours of the unit."""
        return self.line.slot_places * self.attended(start)

    def attended(self, start: datetime) -> int:
        """How many counters are open and attended for the whole slot, or as long as the unit is."""
        if self.attendance is None:
            return 1
        end = self._end(start)
        return sum(self.attendance.is_attended(pk, start, end) for pk in self.counters)

    def open(self, start: datetime) -> int:
        """The same, whoever is away."""
        if self.attendance is None:
            return 1
        end = self._end(start)
        return sum(self.attendance.is_open(pk, start, end) for pk in self.counters)

    @property
    def in_use(self) -> int:
        """How many of its counters are not closed for good."""
        return sum(self.attendance.counters[pk] for pk in self.counters) if self.attendance else 1

    def _end(self, start: datetime) -> datetime:
        local, end = timezone.localtime(start), start + timedelta(minutes=self.line.hall.slot_minutes)
        for hours in calendar_for(self.line.hall.unit).intervals_on(local.date()):
            if hours.start <= local.time() < hours.end:
                return min(end, datetime.combine(local.date(), hours.end, local.tzinfo))
        return end


def capacity_of(line: Line, first: date, last: date) -> Capacity:
    """Three statements at most, whatever the number of days (both included)."""
    counters = list(line.counters.all())
    attendance = attendance_of(line.hall.unit, counters, first, last) if counters else None
    return Capacity(line, [counter.pk for counter in counters], attendance)


def capacities_in(hall: Hall, first: date, last: date) -> dict[int, Capacity]:
    """Of every line of the hall, by its primary key, in four statements."""
    lines = list(hall.lines.prefetch_related("counters"))
    counters = {counter.pk: counter for line in lines for counter in line.counters.all()}
    attendance = attendance_of(hall.unit, counters.values(), first, last) if counters else None
    return {line.pk: _shared(hall, line, attendance) for line in lines}


def _shared(hall: Hall, line: Line, attendance: Attendance | None) -> Capacity:
    line.hall = hall
    counters = [counter.pk for counter in line.counters.all()]
    return Capacity(line, counters, attendance if counters else None)


def not_kept(booked: Iterable[Any], capacity: Capacity) -> list[Any]:
    """Of those booked for one slot of a line, whoever cannot be taken: all when the unit is closed then; where counters
    are missing, those who booked last."""
    held = sorted(booked, key=lambda one: (one.booked_at, one.pk))
    if not held or not unit_is_open(capacity.line.hall, held[0].slot_at):
        return held
    attended = capacity.attended(held[0].slot_at)
    all_there = capacity.attendance is None or attended == len(capacity.counters)
    return [] if all_there else held[attended * max(1, capacity.line.slot_places) :]


def unit_is_open(hall: Hall, moment: datetime) -> bool:
    local = timezone.localtime(moment)
    hours = calendar_for(hall.unit).intervals_on(local.date())
    return any(one.start <= local.time() < one.end for one in hours)


def why_not_kept(moment: datetime, capacity: Capacity) -> str:
    """In words that end a sentence; citizens read them: nothing about who is away, and why."""
    hall = capacity.line.hall
    calendar, day = calendar_for(hall.unit), timezone.localdate(moment)
    if not calendar.is_working_day(day):
        return _("đơn vị nghỉ (%(name)s)") % {"name": calendar.why_closed(day)}
    if not unit_is_open(hall, moment):
        return _("giờ làm việc thay đổi")
    if capacity.open(moment) < capacity.in_use:
        return _("quầy phục vụ đổi giờ mở cửa")
    away = capacity.attended(moment) < capacity.open(moment)
    return _("cán bộ phụ trách vắng mặt") if away else _("quầy phục vụ tạm đóng")

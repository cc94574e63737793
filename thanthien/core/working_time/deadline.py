"""From a time limit to a promised date, with the explanation of every day between.

Rules (issue "The house", section 2; DOMAIN 1.6, 10.1):

- Working days: the day of receipt is not counted (Bộ luật Dân sự 2015 Điều 147); each working day counts as 8 hours.
- Calendar days: date of receipt + n at closing time, moved to the next working day from a rest day (Điều 148).
  A part of a day counts as a whole one.
- Hours: from receipt, or the next opening.
- Same day: received before 15:00 in working time, at closing time; else at that of the next working day
  (Nghị định 23/2015/NĐ-CP Điều 7). Received outside working time counts as received at the next opening.
- PAUSE: the working time inside pauses is given back after the date that held without them; a limit in whole days
  that a pause has shifted ends at closing time.
- RESTART: as if received at the end of the last pause that `restarts`; the time of others is given back. Also of a
  pause that began after the date had passed: who wants a date once missed to stay missed hands in only the
  `pauses_in_time`.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple, Self

from thanthien.core.working_time.calendar import DAY, HOUR, SECOND, Calendar, Span, to_moment, to_ticks
from thanthien.core.working_time.clock import WORKING_DAY, Run, pause_spans, run, ticks_between, to_need
from thanthien.core.working_time.explanation import DayCount, PausedFor, Story
from thanthien.core.working_time.units import Pause, PausePolicy, StartRule, TimeLimit, TimeUnit

SAME_DAY_UNTIL = 15 * HOUR
FROM_THE_NEXT_DAY = {
    (TimeUnit.WORKING_DAY, StartRule.NEXT_DAY),
    *((TimeUnit.DAY, start) for start in StartRule),
}
DAYS_KEPT = 4096  # a province of 150 units counts some 20 limits a day each


@dataclass(frozen=True, slots=True)
class Deadline:
    """A date and why it is that date: one `DayCount` for each day from receipt to `due`."""

    due: datetime
    explanation: tuple[DayCount, ...]

    def as_json(self) -> dict[str, Any]:
        """What can be stored: `{"due": ISO 8601, "explanation": [{"date", "counted", "note", "kind"}, …]}`."""
        return {"due": self.due.isoformat(), "explanation": [day.as_json() for day in self.explanation]}

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> Self:
        due = to_moment(to_ticks(datetime.fromisoformat(stored["due"])))
        return cls(due, tuple(DayCount.from_json(day) for day in stored["explanation"]))


class Clock(NamedTuple):
    """From where, how many ticks must be counted. A `whole` limit that a pause shifts ends at closing time."""

    start: int
    need: int
    by_day: bool = False
    whole: bool = True


def compute_deadline(
    limit: TimeLimit,
    *,
    received_at: datetime,
    calendar: Calendar,
    pauses: Iterable[Pause] = (),
    policy: PausePolicy = PausePolicy.PAUSE,
    start: StartRule = StartRule.NEXT_DAY,
) -> Deadline:
    """The promised date, at a full second of working time, in Asia/Ho_Chi_Minh.

    `received_at` is when a complete dossier was accepted (aware). Pauses may overlap, nest, or lie before the receipt.
    `start` concerns limits in working days only. A further or longer pause never brings the date nearer; nor does a
    larger amount, except that after a pause whole days are rounded up and parts of days are not.
    Raises `StillPaused` while a pause is open, `NoWorkingTime` when the calendar has too little.
    """
    known, received = tuple(pauses), to_ticks(received_at)
    if not known and (limit.unit, start) in FROM_THE_NEXT_DAY:
        return _from_day(limit, received // DAY, calendar)
    return _counted(limit, received, calendar, known, policy, start)


@lru_cache(maxsize=DAYS_KEPT)
def _from_day(limit: TimeLimit, day: int, calendar: Calendar) -> Deadline:
    """A count that begins on the day after the receipt is the same for all that came in that day."""
    return _counted(limit, day * DAY, calendar, (), PausePolicy.PAUSE, StartRule.NEXT_DAY)


def _counted(
    limit: TimeLimit, received: int, calendar: Calendar, known: Sequence[Pause], policy: PausePolicy, start: StartRule
) -> Deadline:
    restarts = policy == PausePolicy.RESTART
    anew = pause_spans(pause for pause in known if restarts and pause.restarts)
    stood = pause_spans(pause for pause in known if not (restarts and pause.restarts))
    paused = [PausedFor(*span, pause.reason) for pause in known for span in pause_spans([pause])]
    begun = max([received, *(end for _begin, end in anew)])
    clock = CLOCKS[limit.unit](limit, begun, calendar, start)
    result = _settle(calendar, clock, stood)
    result = replace(result, end=-(-result.end // SECOND) * SECOND)
    story = Story(calendar, limit, start, received, begun, result, tuple(paused))
    return Deadline(to_moment(result.end), story.told())


def if_answered_at(pauses: Iterable[Pause], answered_at: datetime) -> tuple[Pause, ...]:
    """The pauses as they would be if every open one ended now: for "nếu bổ sung hôm nay, ngày hẹn là …"."""
    return tuple(p if p.end else replace(p, end=max(answered_at, p.start)) for p in pauses)


def pauses_in_time(
    limit: TimeLimit,
    *,
    received_at: datetime,
    calendar: Calendar,
    pauses: Iterable[Pause],
    policy: PausePolicy = PausePolicy.PAUSE,
    start: StartRule = StartRule.NEXT_DAY,
) -> tuple[Pause, ...]:
    """The pauses that began before the date, as it stood then, had passed.

    Under RESTART a request for papers after the date would turn a late dossier into a punctual one; handing only
    these to `compute_deadline` keeps it late. Under PAUSE the others change nothing anyway.
    """
    kept: tuple[Pause, ...] = ()
    for pause in sorted(pauses, key=lambda pause: pause.start):
        known = if_answered_at(kept, pause.start)
        so_far = compute_deadline(
            limit, received_at=received_at, calendar=calendar, pauses=known, policy=policy, start=start
        )
        if pause.start < so_far.due:
            kept = (*kept, pause)
    return kept


def _settle(calendar: Calendar, clock: Clock, pauses: Sequence[Span]) -> Run:
    result = run(calendar, clock.start, clock.need, pauses=pauses, by_day=clock.by_day)
    if not (clock.whole and pauses):
        return result
    unshifted = run(calendar, clock.start, clock.need, by_day=clock.by_day)
    if result.end == unshifted.end:
        return result
    closing = calendar.day(result.end // DAY).closing
    return Run(closing, result.taken, rounded=closing != result.end)


def _working_days(limit: TimeLimit, begun: int, _calendar: Calendar, start: StartRule) -> Clock:
    opened = begun if start == StartRule.AT_ONCE else (begun // DAY + 1) * DAY
    return Clock(opened, to_need(limit.amount, WORKING_DAY), by_day=True, whole=limit.is_whole)


def _hours(limit: TimeLimit, begun: int, _calendar: Calendar, _start: StartRule) -> Clock:
    return Clock(begun, to_need(limit.amount, HOUR), whole=False)


def _calendar_days(limit: TimeLimit, begun: int, calendar: Calendar, _start: StartRule) -> Clock:
    opened = (begun // DAY + 1) * DAY
    last = calendar.working_day_from(begun // DAY + to_need(limit.amount, 1))
    return Clock(opened, ticks_between(calendar, opened, last.closing))


def _same_day(_limit: TimeLimit, begun: int, calendar: Calendar, _start: StartRule) -> Clock:
    opened = calendar.next_open_tick(begun)
    day = calendar.day(opened // DAY)
    if opened % DAY >= SAME_DAY_UNTIL:
        day = calendar.working_day_from(day.ordinal + 1)
        opened = day.spans[0][0]
    return Clock(opened, ticks_between(calendar, opened, day.closing))


CLOCKS: dict[TimeUnit, Callable[[TimeLimit, int, Calendar, StartRule], Clock]] = {
    TimeUnit.WORKING_DAY: _working_days,
    TimeUnit.HOUR: _hours,
    TimeUnit.DAY: _calendar_days,
    TimeUnit.SAME_DAY: _same_day,
}

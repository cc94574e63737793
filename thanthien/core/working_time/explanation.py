"""Why a date is that date: day by day, what was counted and what was not.

The notes are kept beside the promise and printed on papers, so they are a document: always Vietnamese, never
translated when shown (STYLE 5.6).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple, Self

from thanthien.core.working_time.calendar import DAY, HOUR, Calendar, Day, Span
from thanthien.core.working_time.clock import WORKING_DAY, Run, Ticks, joined, open_spans, to_need
from thanthien.core.working_time.units import DayKind, StartRule, TimeLimit, TimeUnit, vietnamese_number

BY_LAW = "không tính (Bộ luật Dân sự Điều 147)"
FULL_DAY = {TimeUnit.WORKING_DAY: (WORKING_DAY, "Ngày làm việc thứ"), TimeUnit.DAY: (DAY, "Ngày thứ")}


@dataclass(frozen=True, slots=True)
class DayCount:
    """One day. `counted` are hours: of 8-hour days for a limit in working days, 24 a day for calendar days, hours of
    work else; their sum over an explanation is the limit. `reason` is why it was paused, wholly or for a part."""

    date: date
    counted: Decimal
    note: str
    kind: DayKind
    reason: str = ""

    def as_json(self) -> dict[str, Any]:
        hours = int(self.counted) if self.counted == int(self.counted) else float(self.counted)
        plain = {"date": self.date.isoformat(), "counted": hours, "note": self.note, "kind": str(self.kind)}
        return plain | ({"reason": self.reason} if self.reason else {})

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> Self:
        return cls(
            date=date.fromisoformat(stored["date"]),
            counted=Decimal(str(stored["counted"])),
            note=stored["note"],
            kind=DayKind(stored["kind"]),
            reason=stored.get("reason", ""),
        )


class PausedFor(NamedTuple):
    """A pause in ticks."""

    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class Story:
    """A finished count, to be told. `begun` differs from `received` where a RESTART began again; all in ticks."""

    calendar: Calendar
    limit: TimeLimit
    start: StartRule
    received: int
    begun: int
    run: Run
    pauses: tuple[PausedFor, ...]

    def told(self) -> tuple[DayCount, ...]:
        return tuple(self._days())

    def _days(self) -> Iterator[DayCount]:
        counts = self._calendar_day_counts() if self.limit.unit == TimeUnit.DAY else self.run.taken
        told: Ticks = 0
        hours_told = Decimal(0)
        for ordinal in range(self.received // DAY, self.run.end // DAY + 1):
            day, count = self.calendar.day(ordinal), counts.get(ordinal, 0)
            told += count
            # Rounding what is told so far, not each day, keeps the sum exact.
            hours = in_hours(told) - hours_told
            hours_told += hours
            lost, reason = self._lost_on(day) if self.pauses else (0, "")
            kind, note = self._counted(day, count, told) if count else self._not_counted(day, reason)
            if lost and count:
                note += f"; tạm dừng {said_hours(lost)}: {reason}"
            elif kind != DayKind.PAUSED:
                reason = ""
            if ordinal == self.run.end // DAY:
                kind, note = DayKind.DUE, self._with_due(note)
            yield DayCount(date.fromordinal(ordinal), hours, note, kind, reason)

    # ---- days that count -----------------------------------------------------------------------------------
    def _counted(self, day: Day, count: Ticks, told: Ticks) -> tuple[DayKind, str]:
        full, name = FULL_DAY.get(self.limit.unit, (0, ""))
        note = f"{name} {told // full}" if full and count == full and told % full == 0 else f"Tính {said_hours(count)}"
        return DayKind.COUNTED, f"{note} ({day.note})" if day.note else note

    def _with_due(self, note: str) -> str:
        minutes = self.run.end % DAY // (HOUR // 60)
        due = f"hạn trả {minutes // 60:02d}:{minutes % 60:02d}"
        return f"{note}; {due}, làm tròn đến hết giờ làm việc" if self.run.rounded else f"{note}; {due}"

    def _calendar_day_counts(self) -> dict[int, Ticks]:
        """24 hours for each calendar day. A pause takes its share of a day's work, and days after the date that held
        without it give it back; what rounding leaves over falls to the last day."""
        nth = self.begun // DAY + to_need(self.limit.amount, 1)
        held = self.calendar.working_day_from(nth).ordinal
        last, left = self.run.end // DAY, (nth - self.begun // DAY) * DAY
        counts: dict[int, int] = {}
        for ordinal in [*range(self.begun // DAY + 1, nth + 1), *range(held + 1, last)]:
            day = self.calendar.day(ordinal)
            share = int(self.run.taken.get(ordinal, 0) * DAY // day.length) if day.spans else DAY * (ordinal <= nth)
            counts[ordinal] = min(left, share)
            left -= counts[ordinal]
        return {**counts, last: counts.get(last, 0) + left}

    # ---- days that do not ----------------------------------------------------------------------------------
    def _not_counted(self, day: Day, reason: str) -> tuple[DayKind, str]:
        closed = "" if day.spans else f"{day.note}; "
        if day.ordinal == self.begun // DAY and not (reason and self._counts_at_once()):
            return DayKind.RECEIVED, _sentence(f"{closed}{self._why_not_begun(day)}")
        if day.ordinal == self.received // DAY and self.begun > self.received:
            return DayKind.RESTARTED, _sentence(f"{closed}ngày tiếp nhận; đếm lại từ đầu sau khi hết tạm dừng")
        if not day.spans:
            return day.kind, day.note
        if reason:
            return DayKind.PAUSED, f"Tạm dừng: {reason}"
        if day.ordinal < self.begun // DAY:
            return DayKind.RESTARTED, "Không tính: đếm lại từ đầu sau khi hết tạm dừng"
        # Left are limits in calendar days: the day to which one moved from a rest day, and what follows if it paused.
        moved = not self.calendar.day(day.ordinal - 1).spans
        return DayKind.COUNTED, "Chuyển sang từ ngày nghỉ" if moved else "Bù thời gian tạm dừng"

    def _counts_at_once(self) -> bool:
        unit = self.limit.unit
        return unit == TimeUnit.HOUR or (unit == TimeUnit.WORKING_DAY and self.start == StartRule.AT_ONCE)

    def _why_not_begun(self, day: Day) -> str:
        event = "ngày hết tạm dừng" if self.begun > self.received else "ngày tiếp nhận"
        if self._counts_at_once() or (day.spans and self.limit.unit == TimeUnit.SAME_DAY and self.begun >= day.closing):
            return f"{event}: ngoài giờ làm việc"
        if self.limit.unit != TimeUnit.SAME_DAY:
            return f"{event} {BY_LAW}"
        return f"{event}: từ 15:00 nên tính sang ngày làm việc tiếp theo" if day.spans else event

    def _lost_on(self, day: Day) -> tuple[int, str]:
        """Working time of this day inside the pauses, and their reasons."""
        first, last = max(self.received, day.ordinal * DAY), (day.ordinal + 1) * DAY
        touching = [pause for pause in self.pauses if pause.start < last and pause.end > first]
        if not touching:
            return 0, ""
        paused = joined((pause.start, pause.end) for pause in touching)
        lost = _length(open_spans(day, first, ())) - _length(open_spans(day, first, paused))
        return lost, ", ".join(dict.fromkeys(pause.reason for pause in touching)) if lost else ""


def _length(spans: Iterable[Span]) -> int:
    return sum(end - begin for begin, end in spans)


def in_hours(ticks: Ticks) -> Decimal:
    if ticks % HOUR == 0:
        return Decimal(ticks // HOUR)
    return Decimal(round(Fraction(ticks) * 10_000 / HOUR)) / 10_000


def said_hours(ticks: Ticks) -> str:
    """ "8 giờ", "7 giờ 30 phút", "30 phút"; below a minute in parts of an hour."""
    hours, minutes = divmod(ticks // (HOUR // 60), 60)
    if ticks % (HOUR // 60):
        return f"{vietnamese_number(in_hours(ticks))} giờ"
    return " ".join(([f"{hours} giờ"] if hours else []) + ([f"{minutes} phút"] if minutes else []))


def _sentence(text: str) -> str:
    return text[0].upper() + text[1:]

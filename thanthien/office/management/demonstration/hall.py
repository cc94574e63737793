"""The hall of the demonstration: four counters, some days of visitors, and whoever waits this morning. All invented."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from heapq import heappop, heappush
from itertools import count
from random import Random
from typing import Any

from django.utils import timezone

from thanthien.core.working_time import Calendar, working_day_before
from thanthien.dossiers.queries import due_between
from thanthien.organisation import actions as organisation
from thanthien.organisation.actions import WeekFacts
from thanthien.organisation.enums import AbsenceKind
from thanthien.organisation.queries import counters_of, usual_week
from thanthien.procedures.queries import offerings_of
from thanthien.queue import actions, queries
from thanthien.queue.actions import Wish
from thanthien.queue.enums import Handing, Source

NOTICES = "Biết nghe dân nói · Biết nói dân hiểu · Biết làm dân tin · Biết xin lỗi · Biết cảm ơn"
# letter, name, in English, usual minutes, how often of a hundred, who serves it at which counter
LINES = [
    ("A", "Hộ tịch, chứng thực", "Civil status, certification", 8, 48, ("mai", 1)),
    ("B", "Đất đai, xây dựng", "Land, construction", 18, 18, ("son", 2)),
    ("C", "Chính sách xã hội", "Social policy", 12, 16, ("ngoc", 3)),
    ("D", "Trả kết quả, thu phí", "Results, fees", 4, 18, ("huong", 4)),
]
SECTORS = {"A": {"Hộ tịch", "Chứng thực"}, "B": {"Hoạt động xây dựng", "Xây dựng"}, "C": {"Bảo trợ xã hội"}}
ASKED = ["Đăng ký khai sinh", "Chứng thực bản sao từ bản chính giấy tờ, văn bản", "Đăng ký kết hôn"]  # half of line A
VISITORS = 26  # a day
MOST_DAYS = 8


@dataclass
class HallStory:
    """Plays days in the hall minute by minute with the real actions."""

    hall: Any
    lines: list[Any]
    staff: list[Any]
    calendar: Calendar
    now: datetime
    dice: Random
    sessions: dict[int, Any] = field(default_factory=dict)
    turn: Iterator[int] = field(default_factory=count)
    asked: list[Any] = field(default_factory=list)

    def play(self, day: date) -> None:
        """From opening until closing, or until now."""
        opening = datetime.combine(day, self.calendar.intervals_on(day)[0].start, self.now.tzinfo)
        closing = min(self.calendar.closing(day), self.now)
        moments: list[tuple[datetime, int, str, Any]] = []
        heappush(moments, (opening, next(self.turn), "open", None))
        for _visitor in range(VISITORS):
            at = opening + timedelta(minutes=self.dice.triangular(-10, 500, 90))
            heappush(moments, (at, next(self.turn), "come", self._wanted()))
        while moments and moments[0][0] < closing:
            at, _turn, what, about = heappop(moments)
            for next_at, then, more in getattr(self, f"_{what}")(at, about):
                heappush(moments, (next_at, next(self.turn), then, more))
        if closing < self.now:
            self._end_of_day(closing)

    def _wanted(self) -> Any:
        return self.dice.choices(self.lines, weights=[share for *_, share, _who in LINES])[0]

    def _open(self, at: datetime, _about: Any) -> Iterator[tuple[datetime, str, Any]]:
        counters = {counter.number: counter for counter in counters_of(self.hall.unit)}
        for line, officer, (*_facts, (_name, number)) in zip(self.lines, self.staff, LINES, strict=True):
            session = actions.open_counter(self.hall, counters[number], [line], by=officer, at=at)
            self.sessions[line.pk] = session
            yield at + timedelta(minutes=1), "call", session

    def _come(self, at: datetime, line: Any) -> Iterator[tuple[datetime, str, Any]]:
        elderly = self.hall.priorities.first() if self.dice.random() < 0.12 else None
        source = self.dice.choices([Source.KIOSK, Source.DOOR], weights=[8, 2])[0]
        offering = self.asked[line.tickets.count() // 2 % len(self.asked)] if self._asks(line) else None
        ticket = actions.issue(line, Wish(source=source, priority=elderly, offering=offering), at=at)
        actions.hand_over(ticket, Handing.PRINTER if source == Source.KIOSK else Handing.PHONE, at=at)
        yield from ()

    def _asks(self, line: Any) -> bool:
        """Every second one who comes for civil status taps a procedure."""
        return bool(self.asked and line.letter == "A" and line.tickets.count() % 2)

    def _call(self, at: datetime, session: Any) -> Iterator[tuple[datetime, str, Any]]:
        call = actions.call_next(session, by=session.staff, at=at)
        if call is None:
            yield at + timedelta(minutes=2), "call", session
        elif self.dice.random() < 0.06:
            yield at + timedelta(minutes=2), "miss", session
        else:
            yield at + timedelta(seconds=self.dice.randint(20, 70)), "begin", session

    def _miss(self, at: datetime, session: Any) -> Iterator[tuple[datetime, str, Any]]:
        actions.mark_missed(session, by=session.staff, at=at)
        yield at + timedelta(seconds=10), "call", session

    def _begin(self, at: datetime, session: Any) -> Iterator[tuple[datetime, str, Any]]:
        call = actions.start(session, by=session.staff, at=at)
        minutes = call.line.usual_minutes * self.dice.lognormvariate(0, 0.5)
        yield at + timedelta(minutes=minutes), "end", session

    def _end(self, at: datetime, session: Any) -> Iterator[tuple[datetime, str, Any]]:
        actions.finish(session, by=session.staff, at=at)
        yield at + timedelta(seconds=15), "call", session

    def press_by_mistake(self) -> None:
        """Somebody touched the quiet button and took it back."""
        if session := queries.session_of(self.staff[2]):
            actions.call_for_help(session, by=session.staff, at=self.now)
            actions.take_help_back(session, by=session.staff, at=self.now)

    def _end_of_day(self, at: datetime) -> None:
        for session in self.sessions.values():
            if queries.current_call(session):
                actions.finish(session, by=session.staff, at=at)
            actions.close_counter(session, by=session.staff, at=at)


def play_hall(places: Any, calendar: Calendar, now: datetime, *, days: int) -> None:
    """Makes the hall and lets some days pass in it; today until now."""
    admin = places.staff["quantri"]
    new = queries.new_hall(admin)
    new.name, new.name_en, new.shows_officer, new.notices = "Sảnh chính", "Main hall", True, NOTICES
    hall = actions.save_hall(new, by=admin, at=now)
    lines = [_line(hall, position, facts, by=admin, at=now) for position, facts in enumerate(LINES, 1)]
    staff = [places.staff[name] for *_facts, (name, _number) in LINES]
    story = HallStory(hall, lines, staff, calendar, now, Random(45))  # noqa: S311  (the same for all)
    story.asked = [one for one in offerings_of(hall.unit) if one.procedure.name in ASKED]
    today = timezone.localdate(now)
    for back in range(min(days, MOST_DAYS), 0, -1):
        story.play(working_day_before(calendar, today, back))
    if calendar.is_working_day(today):
        story.play(today)
        story.press_by_mistake()
    _counter_hours(hall, now, by=admin)
    _appointments(hall, lines, now)
    _absences(places, hall, now)
    actions.advise_staffing(at=now)


def _appointments(hall: Any, lines: list[Any], at: datetime) -> None:
    """Some people have booked for the next days."""
    for place, name in enumerate(("Nguyễn Thị Hoa", "Lê Văn Bình", "Phạm Thị Thu", "Hoàng Minh Khang")):
        line, day = lines[place % 2], queries.days_of(hall, at=at)[1 + place // 2]
        slot = queries.slots_of(line, day, at=at)[4 + 3 * place]
        booking = actions.Booking(full_name=name, phone=f"+8491234560{place}")
        actions.book(line, slot.at, booking, at=at)


def _counter_hours(hall: Any, at: datetime, *, by: Any) -> None:
    """From next week on the counter for land is closed on Wednesday afternoons: the officer looks at the sites."""
    today = timezone.localdate(at)
    monday = today + timedelta(days=7 - today.weekday())
    usual = usual_week(monday).intervals  # not those of next week, which may be Tết
    week = WeekFacts(valid_from=monday, valid_to=None, intervals=usual | {2: usual[2][:1]})
    organisation.set_opening_hours(hall.unit, week, counter=counters_of(hall.unit)[1], by=by, at=at)


def _absences(places: Any, hall: Any, at: datetime) -> None:
    """One that hits an appointment, one in which a dossier falls due and somebody stands in, one that waits for the
    leader."""
    staff, leader = places.staff, places.staff["chutich"]
    first = queries.days_of(hall, at=at)[1]
    [held, *_others] = due_between([staff["ngoc"].pk], first=at, last=at + timedelta(days=30))
    second = timezone.localdate(held.due_at)
    away = (
        ("son", first, 12, AbsenceKind.BUSINESS, None, leader),
        ("ngoc", second, 24, AbsenceKind.TRAINING, staff["duc"], leader),
        ("duc", second + timedelta(days=7), 24, AbsenceKind.LEAVE, None, staff["duc"]),
    )
    for name, day, hours, kind, stand_in, by in away:
        start = datetime.combine(day, datetime.min.time(), at.tzinfo)
        span = {"starts_at": start, "ends_at": start + timedelta(hours=hours)}
        facts = organisation.AbsenceFacts(kind=kind, stand_in=stand_in, **span)
        organisation.enter_absence(staff[name], facts, by=by, at=at)


def _line(hall: Any, position: int, facts: Any, *, by: Any, at: datetime) -> Any:
    letter, name, name_en, minutes, _share, (_officer, counter) = facts
    line = queries.new_line(hall)
    line.letter, line.name, line.name_en, line.usual_minutes, line.position = letter, name, name_en, minutes, position
    line.contingent, line.home_contingent, line.slot_places = 80, 20, 1 if letter in "AB" else 0
    offered = [one.procedure.sector for one in offerings_of(hall.unit)]
    sectors = {sector for sector in offered if sector.name in SECTORS.get(letter, ())}
    counters = counters_of(hall.unit).filter(number=counter)
    return actions.save_line(line, sectors=sectors, counters=counters, by=by, at=at)

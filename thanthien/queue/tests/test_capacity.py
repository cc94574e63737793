"""Places of a slot: the counters that serve a line, when they are open, who sits there; whom a change hits."""

from datetime import date, datetime, time, timedelta

import pytest
import time_machine
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from thanthien.core.idempotency import new_key
from thanthien.core.rules import Refused
from thanthien.core.working_time import Interval
from thanthien.notifications.models import Message
from thanthien.organisation import actions as organisation
from thanthien.organisation.actions import AbsenceFacts, WeekFacts
from thanthien.organisation.enums import AbsenceKind
from thanthien.organisation.factories import AbsenceFactory, CounterFactory, StaffFactory
from thanthien.organisation.queries import Attendance
from thanthien.queue import actions, queries
from thanthien.queue.actions import Booking
from thanthien.queue.factories import MONDAY, ZONE, HallFactory, LineFactory, a_ticket, an_officer, later
from thanthien.queue.forms.counter import OpenForm
from thanthien.queue.forms.setup import LineForm
from thanthien.queue.models import Appointment, Hall, Line, QueueEvent
from thanthien.queue.queries.capacity import Capacity
from thanthien.queue.tests.asking import send, signed_in

pytestmark = pytest.mark.django_db
WEDNESDAY = date(2026, 11, 25)
NINE = datetime(2026, 11, 25, 9, 0, tzinfo=ZONE)
MORNING = Interval(time(7, 30), time(11, 30))


@pytest.fixture
def line():
    return LineFactory(letter="A", slot_places=1)


def counter_of(line, *officers, **facts):
    """A counter that serves the line, with the officers who sit there."""
    counter = CounterFactory(unit=line.hall.unit, **facts)
    line.counters.add(counter)
    for officer in officers:
        officer.counter = counter
        officer.save()
    return counter


def places(line, *, at=MONDAY):
    """How many are left by time of day."""
    fresh = Line.objects.select_related("hall__unit").get(pk=line.pk)
    return {f"{slot.at:%H:%M}": slot.left for slot in queries.slots_of(fresh, WEDNESDAY, at=at)}


def mornings_only(counter):
    week = WeekFacts(valid_from=date(2026, 11, 1), valid_to=None, intervals={n: [MORNING] for n in range(5)})
    admin = StaffFactory(unit=counter.unit, unit_admin=True)
    organisation.set_opening_hours(counter.unit, week, counter=counter, by=admin, at=MONDAY)


def book(line, minute=0, *, at=MONDAY, **more):
    facts = {"full_name": "Trần Thị Lan", "phone": f"+8491234{minute:05d}", "email": "lan@example.vn"} | more
    fresh = Line.objects.select_related("hall__unit").get(pk=line.pk)
    return actions.book(fresh, NINE + timedelta(minutes=minute), Booking(**facts), at=at)


def hits(line, *, at=MONDAY):
    hall = Hall.objects.select_related("unit").get(pk=line.hall_id)
    return [(one.appointment, one.why) for one in queries.hit_by_the_calendar(hall, at=at)]


# ---- places ------------------------------------------------------------------------------------------------
def test_places_are_those_of_each_counter_that_is_open(line):
    counter_of(line)
    mornings_only(counter_of(line))

    found = places(line)

    assert (found["09:00"], found["14:00"], len(found)) == (2, 1, 32)


def test_a_line_whose_counters_are_closed_offers_no_slot_then(line):
    mornings_only(counter_of(line))
    counter_of(line, is_open=False)

    found = places(line)

    assert (list(found)[0], list(found)[-1], set(found.values())) == ("07:30", "11:15", {1})


def test_nobody_can_book_while_the_only_officer_is_away_and_with_somebody_standing_in_they_can(line):
    officer = an_officer(line.hall)
    counter_of(line, officer)
    absence = AbsenceFactory(staff=officer, ends_at=NINE.replace(hour=12))

    assert list(places(line))[0] == "13:00"
    with pytest.raises(Refused, match="không đặt được nữa"):
        book(line)

    absence.stand_in = an_officer(line.hall)
    absence.save()
    assert places(line)["09:00"] == 1


@pytest.mark.parametrize("counters", [1, 3])
def test_slots_cost_the_same_with_one_and_with_three_counters(line, counters, django_assert_num_queries):
    for _ in range(counters):
        AbsenceFactory(staff=an_officer(line.hall, counter=counter_of(line)), ends_at=NINE)

    queries.slots_of(line, WEDNESDAY, at=MONDAY)  # the calendar is kept from now on
    with django_assert_num_queries(4):  # counters, who sits there, who is away, what is booked
        assert queries.slots_of(line, WEDNESDAY, at=MONDAY)[-1].left == counters


# ---- whom a change hits ------------------------------------------------------------------------------------
def test_who_booked_last_is_hit_when_one_of_two_counters_loses_its_officer(line):
    away = an_officer(line.hall)
    counter_of(line, away), counter_of(line, an_officer(line.hall))
    first, last = book(line), book(line, phone="+84987654321", at=later(1))
    assert hits(line) == []

    AbsenceFactory(staff=away)

    assert hits(line) == [(last, "cán bộ phụ trách vắng mặt")]
    assert first.slot_at == last.slot_at


def test_a_counter_that_changes_its_hours_hits_what_was_booked_outside(line):
    counter = counter_of(line)
    afternoon, morning = book(line, 300), book(line)

    mornings_only(counter)

    assert hits(line) == [(afternoon, "quầy phục vụ đổi giờ mở cửa")]
    assert morning not in [one for one, _why in hits(line)]


def test_a_counter_that_is_closed_names_on_the_page_of_its_unit_whom_that_hits(line):
    admin, stranger = an_officer(line.hall, "unit_admin"), an_officer(LineFactory().hall, "unit_admin")
    counter = counter_of(line)
    hit = book(line)
    counter.is_open = False
    organisation.save_place(counter, by=admin, at=MONDAY)

    with time_machine.travel(MONDAY):
        page = signed_in(admin).get(reverse("organisation:unit", args=[counter.unit_id])).content.decode()
        own = signed_in(stranger).get(reverse("organisation:unit", args=[stranger.unit_id])).content.decode()

    said = "1 lịch hẹn đã đặt rơi vào lúc không có quầy phục vụ"
    assert hits(line) == [(hit, "quầy phục vụ tạm đóng")]
    assert (said in page, reverse("queue:appointments", args=[line.hall_id]) in page, said in own) == (
        True,
        True,
        False,
    )


def test_a_counter_that_was_closed_long_ago_is_not_the_reason_when_an_officer_is_away(line):
    away = an_officer(line.hall)
    counter_of(line, is_open=False), counter_of(line, away)
    hit = book(line)

    AbsenceFactory(staff=away)

    assert hits(line) == [(hit, "cán bộ phụ trách vắng mặt")]


def test_a_counter_that_serves_a_line_is_closed_and_not_removed(line):
    """Without it the line would count as one that is always there, and nobody would hear of the booking."""
    admin, counter = an_officer(line.hall, "unit_admin"), counter_of(line)
    address = reverse("organisation:remove_counter", args=[counter.pk])

    refused = signed_in(admin).post(address, {"idempotency_key": new_key()})
    line.counters.clear()
    removed = signed_in(admin).post(address, {"idempotency_key": new_key()})

    page = refused.content.decode()
    assert (refused.status_code, "Chưa xóa được Quầy" in page, removed.status_code) == (403, True, 302)
    assert f"hàng chờ «{line.name}»" in page


def test_fewer_places_for_new_bookings_hit_nobody(line):
    counter_of(line)
    Line.objects.update(slot_places=2)
    book(line), book(line, phone="+84987654321")

    Line.objects.update(slot_places=0)

    assert hits(line) == []


@pytest.mark.parametrize("bookings", [1, 3])
def test_looking_for_hits_costs_the_same(line, bookings, django_assert_num_queries):
    counter_of(line, an_officer(line.hall))
    for number in range(bookings):
        book(line, 15 * number)
    hall = Hall.objects.select_related("unit").get()

    with django_assert_num_queries(5):  # bookings, lines, their counters, who sits there, who is away
        assert queries.hit_by_the_calendar(hall, at=MONDAY) == []


def test_an_absence_moves_whom_it_hits_to_the_next_free_place_and_tells_them_once(line):
    officer = an_officer(line.hall)
    counter_of(line, officer)
    hit = book(line)
    AbsenceFactory(staff=officer, ends_at=NINE.replace(hour=12), kind=AbsenceKind.SICK, note="Ốm nặng")
    hall = Hall.objects.select_related("unit").get()

    first, again = (actions.rebook_hit(hall, by=officer, at=later(n)) for n in (5, 6))

    moved, message = Appointment.objects.get(pk=hit.pk), Message.objects.get(situation="booking_changed")
    assert (first.moved, again.moved, moved.slot_at) == (1, 0, NINE.replace(hour=13))
    assert message.facts["lý do"] == "cán bộ phụ trách vắng mặt"
    assert "Ốm" not in str(message.facts)
    assert QueueEvent.objects.filter(kind="rebooked").count() == 1


def test_the_page_of_absences_names_the_bookings_that_it_hits_and_other_units_see_nothing(line):
    officer, leader = an_officer(line.hall), an_officer(line.hall, "leader")
    counter_of(line, officer)
    book(line)
    whole_day = {"starts_at": NINE.replace(hour=0), "ends_at": NINE.replace(hour=0) + timedelta(days=1)}
    facts = AbsenceFacts(kind=AbsenceKind.LEAVE, **whole_day)
    organisation.enter_absence(officer, facts, by=leader, at=MONDAY)
    stranger = an_officer(LineFactory().hall, "leader")

    with time_machine.travel(MONDAY):
        pages = [signed_in(who).get(reverse("organisation:absences")).content.decode() for who in (leader, stranger)]

    assert ["1 lịch hẹn đã đặt rơi vào lúc không có quầy phục vụ" in page for page in pages] == [True, False]


# ---- numbers -----------------------------------------------------------------------------------------------
def fresh(line):
    return Line.objects.select_related("hall__unit").get(pk=line.pk)


def test_numbers_end_when_the_last_counter_of_the_line_closes(line):
    mornings_only(counter_of(line))

    assert a_ticket(fresh(line), at=NINE).code == "A 001"
    with pytest.raises(Refused, match="không còn quầy nào mở. Xin mời ông/bà đến vào 07:30 26/11/2026"):
        a_ticket(fresh(line), at=NINE.replace(hour=14))


def test_numbers_begin_a_little_before_the_first_counter_of_the_line_opens(line):
    counter = counter_of(line)
    week = {n: [Interval(time(13), time(17))] for n in range(5)}
    facts = WeekFacts(valid_from=date(2026, 11, 1), valid_to=None, intervals=week)
    admin = StaffFactory(unit=counter.unit, unit_admin=True)
    organisation.set_opening_hours(counter.unit, facts, counter=counter, by=admin, at=MONDAY)

    with pytest.raises(Refused, match="mở lúc 13:00, lấy số từ 12:30"):
        a_ticket(fresh(line), at=NINE)
    assert a_ticket(fresh(line), at=NINE.replace(hour=12, minute=31)).code == "A 001"


def test_a_counter_that_keeps_the_hours_of_the_unit_keeps_the_line_open(line):
    mornings_only(counter_of(line)), counter_of(line)

    assert a_ticket(fresh(line), at=NINE.replace(hour=14)).code == "A 001"


def test_where_no_counter_opens_in_the_next_weeks_the_sentence_still_helps(line):
    counter = counter_of(line)
    facts = WeekFacts(valid_from=date(2026, 11, 1), valid_to=None, intervals={6: [MORNING]})
    admin = StaffFactory(unit=counter.unit, unit_admin=True)
    organisation.set_opening_hours(counter.unit, facts, counter=counter, by=admin, at=MONDAY)

    with pytest.raises(Refused, match="đến vào ngày khác"):
        a_ticket(fresh(line), at=NINE)


# ---- setting up --------------------------------------------------------------------------------------------
def test_the_counters_of_a_line_are_chosen_among_those_of_the_unit(line):
    mine, strange = CounterFactory(unit=line.hall.unit), CounterFactory()
    admin = StaffFactory(unit=line.hall.unit, unit_admin=True, password=None)
    told = {
        "letter": "A", "name": "Hộ tịch", "first_number": 1, "last_number": 99, "home_contingent": 0, "slot_places": 1,
        "usual_minutes": 5, "position": 1, "is_active": "on",
    }  # fmt: skip

    wrong = send(signed_in(admin), "change_line", line.hall_id, line.pk, **told, counters=[strange.pk])
    right = send(signed_in(admin), "change_line", line.hall_id, line.pk, **told, counters=[mine.pk])

    assert (wrong.status_code, right.status_code, list(line.counters.all())) == (422, 302, [mine])
    assert list(LineForm(instance=line).fields["counters"].queryset) == [mine]


def test_who_opens_a_counter_is_offered_the_lines_that_it_serves(line):
    other, counter = LineFactory(hall=line.hall), counter_of(line)
    lone = CounterFactory(unit=line.hall.unit)

    ticked = [OpenForm(line.hall, counter_id=pk).initial["lines"] for pk in (counter.pk, lone.pk, None)]

    assert [sorted(lines) for lines in ticked] == [[line.pk], [line.pk, other.pk], [line.pk, other.pk]]


# ---- arithmetic --------------------------------------------------------------------------------------------
@given(
    slot_places=st.integers(0, 5),
    counters=st.lists(st.tuples(st.booleans(), st.integers(0, 12), st.integers(1, 12)), max_size=5),
    slot=st.integers(0, 15),
)
def test_places_are_the_sum_over_counters_open_and_attended_for_the_whole_slot(slot_places, counters, slot):
    """Brute force by the minute: a counter gives its places when in use and its officer is there in every minute."""
    hall = HallFactory.build(unit__path="", unit__pk=1, unit__calendar_version=1, slot_minutes=15)
    line = LineFactory.build(hall=hall, slot_places=slot_places)
    start = NINE.replace(hour=7, minute=30) + timedelta(minutes=15 * slot)
    spans = [(NINE.replace(hour=7) + timedelta(minutes=25 * begin), 25 * length) for _, begin, length in counters]
    away = {pk: [(begin, begin + timedelta(minutes=long), None)] for pk, (begin, long) in enumerate(spans)}
    in_use = {pk: used for pk, (used, *_rest) in enumerate(counters)}
    attendance = Attendance(hall.unit, in_use, {pk: [pk] for pk in in_use}, away)
    capacity = Capacity(line, list(in_use), attendance)

    minutes = [start + timedelta(minutes=number) for number in range(15)]
    expected = sum(
        used and all(not away[pk][0][0] <= minute < away[pk][0][1] for minute in minutes) for pk, used in in_use.items()
    )
    assert (capacity.attended(start), capacity.places(start)) == (expected, expected * slot_places)

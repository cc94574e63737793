"""Appointments: slots, limits, one fair queue with those who walk in, reminders, expiry, holidays."""

from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from thanthien.core.rules import Refused
from thanthien.notifications.models import Message
from thanthien.organisation.factories import HolidayFactory
from thanthien.organisation.models import Unit
from thanthien.organisation.models.unit import new_calendar_version
from thanthien.queue import actions, queries
from thanthien.queue.actions import Booking, make_kiosk
from thanthien.queue.enums import AppointmentState, Handing
from thanthien.queue.factories import MONDAY, ZONE, LineFactory, a_session, a_ticket, an_officer, later
from thanthien.queue.models import Appointment, Hall, Line, QueueEvent, Ticket
from thanthien.queue.tests.asking import send, signed_in

pytestmark = pytest.mark.django_db
WEDNESDAY = date(2026, 11, 25)  # 24/11 is a holiday
NINE = datetime(2026, 11, 25, 9, 0, tzinfo=ZONE)


@pytest.fixture
def line():
    return LineFactory(letter="A", slot_places=1)


def book(line, slot=NINE, *, at=MONDAY, phone="+84912345678", email="lan@example.vn"):
    return actions.book(line, slot, Booking(full_name="Trần Thị Lan", phone=phone, email=email), at=at)


def state_of(appointment):
    return Appointment.objects.get(pk=appointment.pk).state


# ---- slots -------------------------------------------------------------------------------------------------
def test_six_working_days_ahead_without_weekend_and_holiday(line):
    days = queries.days_of(line.hall, at=MONDAY)

    assert [f"{day:%d/%m}" for day in days] == ["23/11", "25/11", "26/11", "27/11", "30/11", "01/12", "02/12"]


def test_slots_follow_the_opening_hours(line):
    slots = queries.slots_of(line, WEDNESDAY, at=MONDAY)

    times = [f"{slot.at:%H:%M}" for slot in slots]
    assert (times[0], times[15], times[16], times[-1], len(times)) == ("07:30", "11:15", "13:00", "16:45", 32)
    assert {slot.left for slot in slots} == {1}


def test_today_only_what_lies_ahead_is_offered(line):
    assert f"{queries.slots_of(line, MONDAY.date(), at=MONDAY)[0].at:%H:%M}" == "08:15"


@pytest.mark.parametrize(
    ("slot", "words"),
    [
        (NINE + timedelta(minutes=1), "không đặt được nữa"),
        (datetime(2026, 11, 24, 9, 0, tzinfo=ZONE), "không đặt được nữa"),
        (datetime(2026, 12, 3, 9, 0, tzinfo=ZONE), "không đặt được nữa"),
        (MONDAY - timedelta(hours=1), "không đặt được nữa"),
    ],
)
def test_a_slot_that_is_not_offered_cannot_be_had(line, slot, words):
    with pytest.raises(Refused, match=words):
        book(line, slot)


def test_a_full_slot_and_a_line_without_appointments_are_refused(line):
    book(line)

    with pytest.raises(Refused, match="vừa hết chỗ"):
        book(line, phone="+84987654321")
    line.slot_places = 0
    with pytest.raises(Refused, match="không nhận lịch hẹn"):
        book(line)


def test_one_person_holds_so_many_and_no_more(line):
    book(line), book(line, NINE + timedelta(minutes=15))

    with pytest.raises(Refused, match="đang giữ 2 lịch hẹn"):
        book(line, NINE + timedelta(minutes=30))


# ---- moving, giving up, expiring ---------------------------------------------------------------------------
def test_moving_frees_the_place_and_tells_anew(line):
    moved = actions.move(book(line), NINE + timedelta(minutes=15), at=later(1))

    assert (moved.slot_at, moved.moves) == (NINE + timedelta(minutes=15), 1)
    assert book(line, phone="+84987654321").slot_at == NINE
    assert list(Message.objects.filter(subject=moved.subject).values_list("occasion", flat=True).order_by("pk")) == [
        "0",
        "1",
    ]


def test_what_was_given_up_is_not_changed_any_more(line):
    gone = actions.cancel_appointment(book(line), at=later(1))

    assert gone.state == AppointmentState.CANCELLED
    for deed in (lambda: actions.cancel_appointment(gone, at=later(2)), lambda: actions.move(gone, NINE, at=later(2))):
        with pytest.raises(Refused, match="«đã hủy»"):
            deed()
    assert book(line).state == AppointmentState.BOOKED


def test_whoever_does_not_come_gives_the_place_up(line):
    appointment = book(line)

    assert actions.expire_appointments(at=NINE + timedelta(minutes=15)) == 0
    assert actions.expire_appointments(at=NINE + timedelta(minutes=16)) == 1
    assert actions.expire_appointments(at=NINE + timedelta(minutes=17)) == 0
    assert state_of(appointment) == AppointmentState.EXPIRED


def test_the_day_before_one_reminder_goes_out(line):
    appointment = book(line)

    counts = [actions.remind(at=NINE - timedelta(hours=hours)) for hours in (25, 23, 22)]

    assert counts == [0, 1, 0]
    assert Message.objects.filter(subject=appointment.subject, situation="booking_soon").count() == 1


# ---- coming ------------------------------------------------------------------------------------------------
def test_who_has_an_appointment_stands_between_those_who_walk_in(line):
    appointment = book(line)
    long_there = a_ticket(line, at=NINE - timedelta(minutes=40))
    just_come = a_ticket(line, at=NINE - timedelta(minutes=20))

    ticket = actions.hand_over(actions.check_in(appointment, at=NINE - timedelta(minutes=5)), Handing.PRINTER, at=NINE)

    session = a_session(line.hall, line, at=NINE)
    order = []
    for minute in range(3):
        order.append(actions.call_next(session, by=session.staff, at=NINE + timedelta(minutes=minute)).ticket)
        actions.start(session, by=session.staff, at=NINE + timedelta(minutes=minute))
    assert order == [long_there, ticket, just_come]
    assert (state_of(appointment), ticket.full_name) == (AppointmentState.CAME, "Trần Thị Lan")


def test_the_place_of_an_appointment_is_explained(line):
    ticket = actions.check_in(book(line), at=NINE)
    ticket = actions.hand_over(ticket, Handing.PRINTER, at=NINE)

    assert queries.place_of(ticket, at=NINE).reasons[-1] == "Ông/bà có lịch hẹn nên được tính chỗ từ 08:30."


@pytest.mark.parametrize(
    ("minutes", "words"), [(16, "Đã quá giờ hẹn 09:00"), (-24 * 60 * 2, "Lịch hẹn này là của 09:00 25/11/2026")]
)
def test_too_late_or_on_another_day_the_code_gives_no_number(line, minutes, words):
    with pytest.raises(Refused, match=words):
        actions.check_in(book(line), at=NINE + timedelta(minutes=minutes))


def test_a_code_is_good_for_one_number(line):
    appointment = book(line)
    actions.check_in(appointment, at=NINE)

    with pytest.raises(Refused, match="đã đến lấy số"):
        actions.check_in(appointment, at=NINE)


# ---- the calendar changes ----------------------------------------------------------------------------------
def test_a_new_holiday_shows_whose_appointments_it_hits(line):
    hit, spared = book(line), book(line, NINE + timedelta(days=1))
    assert queries.hit_by_the_calendar(line.hall, at=MONDAY) == []

    HolidayFactory(unit=line.hall.unit, date=WEDNESDAY, name="Nghỉ bão")
    Unit.objects.update(calendar_version=7)
    hall = Hall.objects.select_related("unit").get()

    assert [one.appointment for one in queries.hit_by_the_calendar(hall, at=MONDAY)] == [hit]
    client = signed_in(an_officer(hall))
    with time_machine.travel(MONDAY):
        page = client.get(reverse("queue:appointments", args=[hall.pk]), {"ngay": "2026-11-26"})
    assert "Lịch hẹn không giữ được giờ" in page.content.decode()
    assert [row.pk for row in page.context["rows"]] == [spared.pk]


# ---- pages -------------------------------------------------------------------------------------------------
@pytest.fixture
def monday():
    with time_machine.travel(MONDAY, tick=True):
        yield


def test_somebody_books_moves_and_gives_up_on_the_phone(line, client, monday):
    choices = client.get(reverse("queue:book_line", args=[line.hall_id]))
    day = client.get(reverse("queue:book", args=[line.hall_id, line.pk]), {"ngay": "2026-11-25"})
    fields = {"slot": NINE.isoformat(), "full_name": "trần thị lan", "phone": "0912345678"}
    mine = send(client, "book", line.hall_id, line.pk, **fields).headers["Location"]
    later_slot = (NINE + timedelta(minutes=15)).isoformat()

    assert list(choices.context["lines"]) == [line] and len(day.context["slots"]) == 32
    appointment = Appointment.objects.get()
    assert appointment.code in client.get(mine).content.decode()
    send(client, "appointment", appointment.secret, do="move", slot=later_slot)
    assert Appointment.objects.get().moves == 1
    wrong = send(client, "appointment", appointment.secret, do="move", slot="2026-11-24T09:00+07:00")
    assert wrong.status_code == 422 and "không đặt được nữa" in wrong.content.decode()
    send(client, "appointment", appointment.secret, do="cancel")
    assert Appointment.objects.get().state == "cancelled"
    assert send(client, "appointment", appointment.secret, do="cancel").status_code == 403


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"slot": ""}, "Xin ông/bà chọn một khung giờ."),
        ({"slot": "hôm qua"}, "Khung giờ này không có."),
        ({"slot": "0001-01-01T00:00:00+00:00"}, "Khung giờ này không có."),
        ({"full_name": " "}, "Xin nhập họ và tên."),
        ({"phone": "12"}, "iện thoại"),
        ({"email": "lan@"}, "Địa chỉ thư chưa đúng"),
    ],
)
def test_what_is_typed_wrong_stands_beside_its_field_and_nothing_is_lost(line, client, monday, fields, words):
    typed = {"slot": NINE.isoformat(), "full_name": "Trần Thị Lan", "phone": "0912345678", "email": ""} | fields

    page = send(client, "book", line.hall_id, line.pk, **typed)

    assert page.status_code == 422 and words in page.content.decode()
    assert page.context["form"]["full_name"].value() == typed["full_name"]
    assert not Appointment.objects.exists()


def test_one_machine_cannot_book_everything(line, monday):
    Line.objects.update(slot_places=100)
    for number in range(20):
        send(
            Client(),
            "book",
            line.hall_id,
            line.pk,
            slot=NINE.isoformat(),
            full_name="A B",
            phone=f"09123456{number:02d}",
        )

    page = send(Client(), "book", line.hall_id, line.pk, slot=NINE.isoformat(), full_name="A B", phone="0987654321")

    assert page.status_code == 422 and "vừa đặt nhiều lịch" in page.content.decode()


def test_the_kiosk_takes_the_code_and_slows_guessing(line, client):
    appointment = book(line)
    _kiosk, token = make_kiosk(line.hall, "Máy", by=an_officer(line.hall, "unit_admin"), at=MONDAY)

    with time_machine.travel(NINE):
        wrong = send(client, "kiosk", token, do="appointment", code="XXXXXX")
        right = send(client, "kiosk", token, do="appointment", code=appointment.code.lower())
        for _ in range(10):
            send(client, "kiosk", token, do="appointment", code="XXXXXX")
        other = book(line, NINE + timedelta(minutes=30), at=NINE)
        slowed = send(client, "kiosk", token, do="appointment", code=other.code)

    assert wrong.status_code == 422 and "Không thấy lịch hẹn" in wrong.content.decode()
    assert right.status_code == 302 and Ticket.objects.get().source == "appointment"
    assert slowed.status_code == 422 and state_of(other) == "booked"


def test_a_line_of_another_hall_gives_no_appointments(line, client):
    other = LineFactory(slot_places=1)

    assert client.get(reverse("queue:book", args=[line.hall_id, other.pk])).status_code == 404
    assert client.get(reverse("queue:appointment", args=["khong-dung"])).status_code == 404


# ---- the turn is near --------------------------------------------------------------------------------------
def test_those_with_three_before_them_are_told_once(line):
    session = a_session(line.hall, line)
    tickets = [a_ticket(line, at=later(n), email=f"so{n}@example.vn") for n in range(6)]
    silent = a_ticket(line, at=later(6))

    actions.call_next(session, by=session.staff, at=later(7))
    first, again = actions.tell_those_near(line.hall, at=later(7)), actions.tell_those_near(line.hall, at=later(8))

    told = Message.objects.filter(situation="queue_near").values_list("subject", flat=True)
    assert (first, again) == (4, 0)
    assert sorted(told) == sorted(ticket.subject for ticket in tickets[1:5])
    assert Ticket.objects.get(pk=silent.pk).near_told_at is None


def test_a_call_lets_the_worker_tell_whose_turn_is_near(line, committed):
    session = a_session(line.hall, line)
    with time_machine.travel(later(2), tick=True), committed():
        a_ticket(line), a_ticket(line, email="lan@example.vn")
        actions.call_next(session, by=session.staff, at=later(2))

    assert Message.objects.filter(situation="queue_near").count() == 1


def test_a_call_asks_nothing_of_the_worker_when_nobody_left_an_address(line):
    session = a_session(line.hall, line)
    a_ticket(line), a_ticket(line)

    actions.call_next(session, by=session.staff, at=later(2))

    assert DBTaskResult.objects.count() == 0


# ---- the calendar takes a place away -------------------------------------------------------------------------
def storm(line):
    """A day off that was not known when people booked; the hall as the next page reads it."""
    HolidayFactory(unit=line.hall.unit, date=WEDNESDAY, name="Nghỉ bão")
    Unit.objects.filter(pk=line.hall.unit_id).update(calendar_version=new_calendar_version())
    return Hall.objects.select_related("unit").get(pk=line.hall_id)


def test_whom_the_calendar_hits_gets_the_next_free_place_and_is_told_why(line):
    Line.objects.update(slot_places=1)
    taken = book(line, NINE + timedelta(days=1, hours=-1, minutes=-30))  # the first place of the next day
    hit = book(line, phone="+84900000001", email="hoa@example.vn")
    hall = storm(line)

    done = actions.rebook_hit(hall, by=an_officer(hall), at=later(5))

    fresh, message = Appointment.objects.get(pk=hit.pk), Message.objects.get(situation="booking_changed")
    assert (done.moved, done.cancelled, fresh.moves, fresh.state) == (1, 0, 1, AppointmentState.BOOKED)
    assert fresh.slot_at == taken.slot_at + timedelta(minutes=15)
    said = {name: message.facts[name] for name in ("hẹn", "có từ", "lý do")}
    assert said == {
        "hẹn": "09:00 ngày 25/11/2026", "có từ": "07:45 ngày 26/11/2026", "lý do": "đơn vị nghỉ (Nghỉ bão)"
    }  # fmt: skip


def test_where_no_place_is_left_the_appointment_is_cancelled_and_told(line):
    Hall.objects.update(days_ahead=1)
    hit = book(line, phone="+84900000001", email="")
    hall = storm(line)
    Line.objects.update(slot_places=0)

    done = actions.rebook_hit(hall, by=an_officer(hall), at=later(5))

    message = Message.objects.get(situation="booking_changed")
    assert (done.moved, done.cancelled) == (0, 1)
    assert Appointment.objects.get(pk=hit.pk).state == AppointmentState.CANCELLED
    assert ("có từ" in message.facts, message.state) == (False, "no_address")


def test_a_second_press_moves_nobody_and_tells_nobody(line):
    book(line, email="hoa@example.vn")
    hall = storm(line)
    officer = an_officer(hall)

    first, again = (actions.rebook_hit(hall, by=officer, at=later(n)) for n in (5, 6))

    assert (first.moved, again.moved, again.cancelled) == (1, 0, 0)
    assert Message.objects.filter(situation="booking_changed").count() == 1
    assert QueueEvent.objects.filter(kind="rebooked", staff=officer).count() == 1


def test_who_came_or_gave_up_meanwhile_is_left_alone(line):
    given_up = book(line)
    actions.cancel_appointment(given_up, at=later(1))
    hall = storm(line)

    assert actions.rebook_hit(hall, by=an_officer(hall), at=later(5)).moved == 0


def test_only_people_of_the_hall_move_appointments(line):
    hall, stranger = line.hall, an_officer(LineFactory().hall)
    clerk = an_officer(hall, "clerk")

    for officer in (stranger, clerk):
        with pytest.raises(Refused):
            actions.rebook_hit(hall, by=officer, at=later(5))
    assert send(signed_in(stranger), "rebook", hall.pk).status_code == 404


def test_the_button_says_how_many_were_moved(line):
    book(line, email="hoa@example.vn")
    hall = storm(line)
    client = signed_in(an_officer(hall))

    with time_machine.travel(later(5), tick=True):
        shown = client.get(reverse("queue:appointments", args=[hall.pk])).content.decode()
        send(client, "rebook", hall.pk)
        after = client.get(reverse("queue:appointments", args=[hall.pk])).content.decode()

    assert "Dời sang chỗ trống kế tiếp" in shown and "Dời sang chỗ trống kế tiếp" not in after
    assert "Đã dời 1 lịch hẹn, hủy 0 vì hết chỗ, và báo từng người." in after

"""The officer's counter and the administrator's pages of the hall."""

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from thanthien.core.idempotency import new_key
from thanthien.organisation.enums import Role
from thanthien.organisation.factories import CounterFactory
from thanthien.queue.factories import HallFactory, LineFactory, PriorityFactory, a_session, a_ticket, an_officer, later
from thanthien.queue.models import CounterSession, Hall, Ticket
from thanthien.queue.tests.asking import printer, send, signed_in

HALL = {
    "times_called": 2, "opens_early": 30, "voice": "browser", "printer_port": 9100, "slot_minutes": 15, "days_ahead": 6,
    "appointments_each": 2, "expires_after": 15, "head_start": 30, "wait_target": 15,
}  # fmt: skip
BAND = {
    "first_number": 1, "last_number": 99, "home_contingent": 0, "slot_places": 0, "usual_minutes": 5, "position": 1,
}  # fmt: skip

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(later(0), tick=True):
        yield


@pytest.fixture
def line():
    return LineFactory(letter="A", name_en="Civil status")


@pytest.fixture
def admin(line):
    return an_officer(line.hall, Role.UNIT_ADMIN)


# ---- the counter -------------------------------------------------------------------------------------------
def test_an_officer_opens_calls_serves_and_closes(line):
    client, place = signed_in(an_officer(line.hall)), CounterFactory(unit=line.hall.unit)
    a_ticket(line), a_ticket(line)

    send(client, "open_counter", counter=place.pk, lines=[line.pk])
    for deed in ("next", "recall", "start", "matter", "next", "start", "finish"):
        assert send(client, "act", do=deed).status_code == 302
    page = client.get(reverse("queue:counter"))
    send(client, "act", do="close")

    assert [ticket.state for ticket in Ticket.objects.order_by("number")] == ["done", "done"]
    assert (page.context["page"].current, page.context["page"].mine) == (None, 0)
    assert CounterSession.objects.get().closed_at is not None


def test_calling_and_beginning_stay_cheap(line, django_assert_num_queries):
    session = a_session(line.hall, line)
    client = signed_in(session.staff)
    for _ in range(3):
        a_ticket(line)
    for deed in ("next", "start"):
        send(client, "act", do=deed)

    for deed, statements in (("next", 18), ("start", 13)):
        with django_assert_num_queries(statements):
            send(client, "act", do=deed)


def test_a_press_that_is_sent_twice_calls_one_number(line):
    session = a_session(line.hall, line)
    client, key = signed_in(session.staff), new_key()
    a_ticket(line), a_ticket(line)

    answers = [send(client, "act", key=key, do="next") for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert list(Ticket.objects.order_by("number").values_list("state", flat=True)) == ["called", "waiting"]


def test_opening_without_lines_says_what_is_missing(line):
    client, place = signed_in(an_officer(line.hall)), CounterFactory(unit=line.hall.unit)

    page = send(client, "open_counter", counter=place.pk)

    assert page.status_code == 422 and "Xin chọn ít nhất một nhóm lĩnh vực." in page.content.decode()


def test_when_nobody_waits_the_officer_is_told(line):
    session = a_session(line.hall, line)
    client = signed_in(session.staff)

    send(client, "act", do="next")

    assert "Không còn ai chờ" in client.get(reverse("queue:counter")).content.decode()


def test_a_number_is_forwarded_put_aside_and_called_again(line):
    session, other = a_session(line.hall, line), a_session(line.hall, line)
    client = signed_in(session.staff)
    first, second = a_ticket(line), a_ticket(line)

    send(client, "act", do="next")
    nowhere = send(client, "forward")
    send(client, "forward", counter=other.counter_number)
    send(client, "act", do="next")
    send(client, "act", do="park")
    send(client, "call_ticket", second.pk)

    assert nowhere.status_code == 422 and "Xin chọn quầy hoặc nhóm lĩnh vực" in nowhere.content.decode()
    first.refresh_from_db(), second.refresh_from_db()
    assert (first.counter_number, first.state, second.state) == (other.counter_number, "waiting", "called")


def test_help_is_called_for_quietly_and_seen_by_colleagues(line):
    session, other = a_session(line.hall, line), a_session(line.hall, line)

    send(signed_in(session.staff), "act", do="help")
    seen = signed_in(other.staff).get(reverse("queue:counter")).content.decode()
    send(signed_in(other.staff), "help_came", session.pk)

    assert "cần người hỗ trợ" in seen
    session.refresh_from_db()
    assert session.help_at is None


def test_an_officer_takes_a_number_for_somebody(line):
    client = signed_in(an_officer(line.hall))

    bad = send(client, "take_for", line=line.pk, phone="12")
    send(client, "take_for", line=line.pk, full_name="trần thị lụa", phone="0912345678")

    ticket = Ticket.objects.get()
    assert bad.status_code == 422
    assert (ticket.source, ticket.handed_how, ticket.full_name) == ("officer", "spoken", "Trần Thị Lụa")


@pytest.mark.parametrize("waiting", [1, 3])
def test_the_counter_costs_the_same_with_one_and_with_three_waiting(line, waiting, django_assert_num_queries):
    session = a_session(line.hall, line)
    for _ in range(waiting):
        a_ticket(line)
    client = signed_in(session.staff)
    client.get(reverse("queue:counter"))

    with django_assert_num_queries(COUNTER_PAGE):
        client.get(reverse("queue:counter"))


COUNTER_PAGE = 13


# ---- setting up --------------------------------------------------------------------------------------------
def test_an_administrator_sets_a_hall_up_and_a_kiosk_works(line, admin):
    client = signed_in(admin)
    facts = HALL | {"is_active": "on"}

    hall_page = send(client, "add_hall", name="Sảnh hai", **facts).headers["Location"]
    hall = Hall.objects.get(name="Sảnh hai")
    send(client, "add_line", hall.pk, letter="k", name="Đất đai", is_active="on", **BAND)
    made = send(client, "make_kiosk", hall.pk, name="Máy ở cửa")

    assert client.get(hall_page).status_code == 200
    assert hall.priorities.count() == 4
    assert hall.lines.get().letter == "K"
    token = made.context["address"].rstrip("/").rpartition("/")[2]
    assert send(Client(), "kiosk", token, line=hall.lines.get().pk).status_code == 302


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"times_called": 0}, "Xin chọn từ 1 đến 9 lượt."),
        ({"opens_early": 999}, "không quá 240 phút"),
        ({"printer_port": 70000}, "từ 1 đến 65535"),
        ({"slot_minutes": 1}, "từ 5 đến 240 phút"),
        ({"days_ahead": 90}, "không quá 30 ngày"),
        ({"name": "Sảnh chính"}, "đã có sảnh tên này"),
    ],
)
def test_a_hall_that_cannot_be_is_not_written(line, admin, fields, words):
    facts = HALL | {"name": "Mới"} | fields

    page = send(signed_in(admin), "add_hall", **facts)

    assert page.status_code == 422 and words in page.content.decode()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"letter": "Đ"}, "chữ cái không dấu"),
        ({"letter": "A"}, "đã dùng cho hàng khác"),
        ({"usual_minutes": 0}, "từ 1 đến 480 phút"),
        ({"first_number": 9, "last_number": 3}, "Dải số đi từ số đầu"),
    ],
)
def test_a_line_that_cannot_be_is_not_written(line, admin, fields, words):
    page = send(signed_in(admin), "add_line", line.hall_id, **({"letter": "B", "name": "Đất"} | BAND | fields))

    assert page.status_code == 422 and words in page.content.decode()


def test_lines_priorities_and_the_hall_are_changed(line, admin):
    client, kind = signed_in(admin), PriorityFactory(hall=line.hall)
    send(client, "change_line", line.hall_id, line.pk, letter="A", name="Tên mới", **BAND)
    send(client, "change_priority", line.hall_id, kind.pk, name="Diện khác", rank=3)
    wrong = send(client, "add_priority", line.hall_id, name="Diện khác", rank=0)
    facts = HALL | {"name": "Sảnh lớn", "times_called": 3}
    send(client, "change_hall", line.hall_id, is_active="on", **facts)

    line.refresh_from_db(), kind.refresh_from_db()
    assert (line.name, line.is_active, kind.name, kind.rank) == ("Tên mới", False, "Diện khác", 3)
    assert "đã có diện ưu tiên này" in wrong.content.decode() and "bậc từ 1 đến 9" in wrong.content.decode()
    assert Hall.objects.get().times_called == 3


def test_a_new_poster_makes_the_old_one_count_as_from_home(line, admin, client):
    old = line.hall.door_code
    send(signed_in(admin), "renew_door", line.hall_id)

    send(client, "take", line.hall_id, query=f"?cua={old}", line=line.pk)

    assert not Ticket.objects.exists()


def test_the_administrator_of_another_unit_finds_no_hall(line):
    stranger = signed_in(an_officer(HallFactory(), Role.UNIT_ADMIN))

    assert stranger.get(reverse("queue:hall", args=[line.hall_id])).status_code == 404
    assert send(stranger, "make_kiosk", line.hall_id, name="x").status_code == 404


def test_the_printer_is_tried_out(line):
    client = signed_in(an_officer(line.hall))
    with printer() as (port, got):
        Hall.objects.update(printer_host="127.0.0.1", printer_port=port)
        send(client, "test_printer", line.hall_id)
    Hall.objects.update(printer_port=9)
    send(client, "test_printer", line.hall_id)

    page = client.get(reverse("queue:selftest", args=[line.hall_id])).content.decode()
    assert "Máy in đã nhận phiếu thử." in page and "Máy in chưa trả lời" in page and got

"""Taking a number, at the kiosk, by the printer and on the phone, with everything that goes wrong."""

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from thanthien.core.idempotency import new_key
from thanthien.organisation.enums import Role
from thanthien.queue import actions
from thanthien.queue.actions import make_kiosk
from thanthien.queue.enums import Handing, TicketState
from thanthien.queue.factories import LineFactory, PriorityFactory, a_ticket, an_officer, later
from thanthien.queue.models import Hall, Kiosk, Line, QueueEvent, Ticket
from thanthien.queue.outside import PrinterFault, Slip, drawn, print_slip
from thanthien.queue.tests.asking import printer, send

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


@pytest.fixture
def token(line, admin):
    return make_kiosk(line.hall, "Máy ở cửa", by=admin, at=later(0))[1]


# ---- the kiosk ---------------------------------------------------------------------------------------------
def test_one_tap_at_the_kiosk_takes_a_number(line, token, client):
    urgent = PriorityFactory(hall=line.hall)

    answer = send(client, "kiosk", token, line=line.pk, priority=urgent.pk)
    page = client.get(answer.headers["Location"])

    ticket = Ticket.objects.get()
    assert (ticket.code, ticket.rank, ticket.state) == ("A 001", 2, TicketState.UNCONFIRMED)
    assert page.context["ticket"] == ticket


def test_a_double_tap_takes_one_number(line, token, client):
    key = new_key()
    answers = [send(client, "kiosk", token, key=key, line=line.pk) for _ in range(2)]

    assert Ticket.objects.count() == 1
    assert len({answer.headers["Location"] for answer in answers}) == 1


@pytest.mark.parametrize(
    ("how", "state", "handed"),
    [("browser", "waiting", "browser"), ("spoken", "waiting", "spoken"), ("void", "void", "")],
)
def test_the_number_is_handed_over_or_left(line, token, client, how, state, handed):
    address = send(client, "kiosk", token, line=line.pk).headers["Location"]

    client.post(address, {"do": how, "idempotency_key": new_key()})

    ticket = Ticket.objects.get()
    assert (ticket.state, ticket.handed_how) == (state, handed)


def test_a_reprint_at_the_kiosk_is_counted(line, token, client):
    address = send(client, "kiosk", token, line=line.pk).headers["Location"]
    for _ in range(2):
        client.post(address, {"do": "browser", "idempotency_key": new_key()})

    assert Ticket.objects.get().prints == 2
    assert QueueEvent.objects.filter(kind="reprinted").count() == 1


def test_the_kiosk_speaks_english_too(line, token, client):
    page = client.get(reverse("queue:kiosk", args=[token]), {"lang": "en"})

    assert page.context["language"] == "en"
    assert b"Civil status" in page.content


def test_a_refusal_names_the_line_in_the_language_of_who_asks(line, client, settings):
    Line.objects.update(home_contingent=0)
    said = []
    for language in ("en", "vi"):
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        page = send(client, "take", line.hall_id, line=line.pk).content.decode()
        said.append(("‘Civil status’" in page, f"«{line.name}»" in page))

    assert said == [(True, False), (False, True)]


def test_a_stolen_kiosk_is_locked_at_once(line, token, client, admin):
    address = send(client, "kiosk", token, line=line.pk).headers["Location"]
    actions.revoke_kiosk(Kiosk.objects.get(), by=admin, at=later(1))

    page = send(client, "kiosk", token, line=line.pk)

    assert page.status_code == 403 and "đã bị khóa" in page.content.decode()
    assert client.get(address).status_code == 404
    assert Ticket.objects.count() == 1


def test_a_wrong_token_opens_nothing(line, client):
    assert client.get(reverse("queue:kiosk", args=["khong-dung"])).status_code == 404


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"contingent": 0}, "đã nhận đủ 0 lượt"),
        ({"is_active": False}, "hiện không nhận số"),
        ({"last_number": 1, "first_number": 1}, "đã cấp hết số"),
    ],
)
def test_why_no_number_comes_is_said_on_the_kiosk(line, token, client, change, words):
    a_ticket(line)
    Line.objects.filter(pk=line.pk).update(**change)

    page = send(client, "kiosk", token, line=line.pk)

    assert page.status_code == 422 and words in page.content.decode()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"contingent": 0}, "Hôm nay «Hộ tịch, chứng thực» đã nhận đủ 0 lượt."),
        ({"is_active": False}, "Việc này hiện không nhận số. Xin ông/bà chọn việc khác hoặc hỏi cán bộ."),
        ({"last_number": 1, "first_number": 1}, "Hôm nay «Hộ tịch, chứng thực» đã cấp hết số."),
        ({"home_contingent": 0}, "Phần số lấy từ xa của «Hộ tịch, chứng thực» hôm nay đã hết."),
    ],
)
def test_why_no_number_comes_is_said_on_the_phone_and_the_choice_stays(line, client, change, words):
    a_ticket(line)
    Line.objects.filter(pk=line.pk).update(**{"home_contingent": 20} | change)

    page = send(client, "take", line.hall_id, line=line.pk)

    assert page.status_code == 422 and words in page.content.decode()
    assert Ticket.objects.count() == 1


def test_past_closing_time_the_phone_says_when_to_come(line, client):
    with time_machine.travel(later(9 * 60)):
        page = send(client, "take", line.hall_id, query=f"?cua={line.hall.door_code}", line=line.pk)

    assert page.status_code == 422 and "Hôm nay đã hết giờ nhận số (đóng cửa lúc 17:00)." in page.content.decode()


def test_past_closing_time_the_kiosk_says_when_to_come(line, token, client):
    with time_machine.travel(later(9 * 60)):
        page = send(client, "kiosk", token, line=line.pk)

    assert (
        "Hôm nay đã hết giờ nhận số (đóng cửa lúc 17:00). Xin mời ông/bà đến vào 07:30 25/11/2026."
        in page.content.decode()
    )


@pytest.mark.parametrize("fields", [{}, {"line": "x"}, {"line": "99999999999999999999"}, {"priority": "-1"}])
def test_a_damaged_tap_is_answered_in_words(line, token, client, fields):
    page = send(client, "kiosk", token, **fields)

    assert page.status_code == 422 and "Xin ông/bà chọn" in page.content.decode()


@pytest.mark.parametrize("lines", [1, 3])
def test_the_kiosk_costs_the_same_with_one_and_with_three_lines(line, token, client, lines, django_assert_num_queries):
    for _ in range(lines - 1):
        LineFactory(hall=line.hall)
    client.get(reverse("queue:kiosk", args=[token]))

    with django_assert_num_queries(7):  # machine, sectors, tickets, lines, counters, who waits, priorities
        client.get(reverse("queue:kiosk", args=[token]))


def test_taking_a_number_stays_cheap(line, token, client, django_assert_num_queries):
    send(client, "kiosk", token, line=line.pk)

    with django_assert_num_queries(10):
        send(client, "kiosk", token, line=line.pk)


# ---- the printer -------------------------------------------------------------------------------------------
SLIP = Slip(
    heading="UBND phường Sen Hồng", code="A 027", lines=["Hộ tịch, chứng thực"], address="http://127.0.0.1/so/x/"
)


def test_a_slip_goes_to_the_printer_as_a_picture_and_is_cut():
    with printer() as (port, got):
        print_slip(SLIP, host="127.0.0.1", port=port)

    assert b"\x1dv0" in got and b"\x1dV" in got and len(got) > 20_000


def test_the_slip_shows_the_number_and_its_qr():
    picture = drawn(SLIP)

    dark = picture.histogram()[0]
    assert picture.width == 512 and picture.height > 400 and dark > 15_000


def test_a_printer_without_paper_says_so():
    with printer(paper=b"\x72") as (port, got), pytest.raises(PrinterFault, match="hết giấy"):
        print_slip(SLIP, host="127.0.0.1", port=port)

    assert b"\x1dv0" not in got


@pytest.mark.parametrize("host", ["127.0.0.1", ""])
def test_a_printer_that_does_not_answer_says_so(host):
    with pytest.raises(PrinterFault, match="Máy in chưa trả lời|chưa đặt địa chỉ"):
        print_slip(SLIP, host=host, port=9)


def test_out_of_paper_the_number_stays_on_the_screen_and_may_be_remembered(line, token, client):
    with printer(paper=b"\x72") as (port, _):
        Hall.objects.update(printer_host="127.0.0.1", printer_port=port)
        address = send(client, "kiosk", token, line=line.pk).headers["Location"]
        page = client.post(address, {"do": "print", "idempotency_key": new_key()})

    assert page.status_code == 422 and "Máy in hết giấy" in page.content.decode()
    assert Ticket.objects.get().state == TicketState.UNCONFIRMED
    client.post(address, {"do": "spoken", "idempotency_key": new_key()})
    assert Ticket.objects.get().handed_how == Handing.SPOKEN


def test_a_number_counts_when_the_printer_took_it(line, token, client):
    with printer() as (port, _):
        Hall.objects.update(printer_host="127.0.0.1", printer_port=port)
        address = send(client, "kiosk", token, line=line.pk).headers["Location"]
        client.post(address, {"do": "print", "idempotency_key": new_key()})

    assert (Ticket.objects.get().state, Ticket.objects.get().handed_how) == (TicketState.WAITING, Handing.PRINTER)


# ---- the phone ---------------------------------------------------------------------------------------------
def test_by_the_poster_at_the_door_a_number_waits_at_once(line, client):
    answer = send(client, "take", line.hall_id, query=f"?cua={line.hall.door_code}", line=line.pk)
    page = client.get(answer.headers["Location"])

    ticket = Ticket.objects.get()
    assert (ticket.source, ticket.state, ticket.handed_how) == ("door", "waiting", "phone")
    assert page.context["place"].ahead == 0


def test_from_home_only_within_the_contingent(line, client):
    Line.objects.update(home_contingent=1)
    send(client, "take", line.hall_id, line=line.pk)
    other = send(Client(), "take", line.hall_id, query="?cua=ma-cu", line=line.pk)

    assert [ticket.source for ticket in Ticket.objects.all()] == ["home"]
    assert other.status_code == 422 and "lấy từ xa" in other.content.decode()


def test_one_house_cannot_take_numbers_without_end(line, client, settings):
    Line.objects.update(home_contingent=100)
    for _ in range(40):
        send(Client(), "take", line.hall_id, line=line.pk)

    page = send(Client(), "take", line.hall_id, line=line.pk)

    assert page.status_code == 422 and "vừa lấy nhiều số" in page.content.decode()


def test_the_phone_finds_its_number_again(line, client):
    send(client, "take", line.hall_id, query=f"?cua={line.hall.door_code}", line=line.pk)

    page = client.get(reverse("queue:take", args=[line.hall_id]))

    assert page.context["held"] == Ticket.objects.get()


def test_scanning_the_slip_hands_the_number_over(line, client):
    ticket = a_ticket(line, handed=None)

    client.get(reverse("queue:position", args=[ticket.secret]))

    assert Ticket.objects.get().handed_how == Handing.PHONE


def test_the_owner_leaves_comes_back_and_asks_to_be_told(line, client):
    ticket = a_ticket(line)

    send(client, "position", ticket.secret, do="tell", email="lan@example.vn")
    assert Ticket.objects.get().email == "lan@example.vn"
    wrong = send(client, "position", ticket.secret, do="tell", email="lan@")
    assert wrong.status_code == 422 and "Địa chỉ thư chưa đúng" in wrong.content.decode()
    Ticket.objects.update(state="parked")
    send(client, "position", ticket.secret, do="rejoin")
    assert Ticket.objects.get().state == "waiting"
    send(client, "position", ticket.secret, do="cancel")
    assert Ticket.objects.get().state == "cancelled"
    refused = send(client, "position", ticket.secret, do="cancel")
    assert refused.status_code == 403 and "không bỏ được nữa" in refused.content.decode()


def test_nobody_finds_a_number_by_guessing(line, client):
    assert client.get(reverse("queue:position", args=["khong-dung"])).status_code == 404

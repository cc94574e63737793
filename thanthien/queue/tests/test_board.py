"""What the board of a hall shows."""

import pytest
from django.core.cache import caches
from django.urls import reverse
from django.utils import timezone

from thanthien.queue import queries
from thanthien.queue.factories import LineFactory, a_session, a_ticket, later
from thanthien.queue.models import QueueEvent
from thanthien.queue.tests.asking import call


@pytest.fixture
def line():
    return LineFactory(letter="A")


@pytest.mark.django_db
def test_last_called_comes_first_each_number_once(line):
    session = a_session(line.hall, line)
    for minute in range(7):
        a_ticket(line)
        call(session, minute)

    state = queries.board_state(line.hall, at=later(8))

    assert [one["code"] for one in state["calls"]] == ["A 007", "A 006", "A 005", "A 004", "A 003"]
    assert state["last"] == state["calls"][0]["id"]


@pytest.mark.django_db
def test_yesterdays_calls_are_not_shown(line):
    session = a_session(line.hall, line)
    a_ticket(line)
    call(session, 1)

    assert queries.board_state(line.hall, at=later(24 * 60))["calls"] == []


@pytest.mark.django_db
@pytest.mark.parametrize("lines", [1, 3])
def test_the_board_costs_the_same_with_one_and_with_three_lines(lines, django_assert_num_queries):
    hall = LineFactory().hall
    for _ in range(lines - 1):
        LineFactory(hall=hall)

    caches["template_fragments"].clear()

    with django_assert_num_queries(6):  # calls, lines, open counters twice, who waits, usual times
        queries.board_state(hall, at=later(1))


@pytest.mark.parametrize(
    ("code", "counter", "words"),
    [
        ("A 027", 2, "mời số a không hai bảy đến quầy số hai"),
        ("B2 104", 15, "mời số b hai một không bốn đến quầy số mười lăm"),
        ("C 005", 21, "mời số c không không năm đến quầy số hai mươi mốt"),
    ],
)
def test_a_call_is_read_out_digit_by_digit(code, counter, words):
    assert " ".join(queries.spoken(code, counter)) == words


def test_a_fact_that_is_known_changes_nothing():
    one = {"id": 7, "code": "A 001"}
    state = {"calls": [one], "last": 7, "waiting": 3}

    assert queries.merged(state, {"id": 7, "call": one}) is state
    assert queries.merged(state, {"id": 3, "call": {"id": 3, "code": "A 001"}}) is state
    later_one = queries.merged(state, {"id": 9, "call": {"id": 9, "code": "A 001"}})
    assert ([c["id"] for c in later_one["calls"]], later_one["last"]) == ([9], 9)


@pytest.mark.django_db
def test_the_board_is_readable_without_script(line, client, settings):
    settings.LIVE_PORT = 8106
    session = a_session(line.hall, line)
    a_ticket(line)
    call(session, 1)
    QueueEvent.objects.update(at=timezone.now())

    page = client.get(reverse("queue:board", args=[line.hall_id]))

    assert page.context["state"]["calls"][0]["code"] == "A 001"
    assert b"A 001" in page.content and b'http-equiv="refresh"' in page.content
    assert "connect-src 'self' http://testserver:8106" in page.headers["Content-Security-Policy"]


@pytest.mark.django_db
def test_behind_a_web_server_the_board_asks_its_own_site(line, client, settings):
    settings.BEHIND_PROXY = True

    page = client.get(reverse("queue:board", args=[line.hall_id]))

    assert page.context["live"] == f"/truc-tiep/board/{line.hall_id}/"
    assert "connect-src 'self';" in page.headers["Content-Security-Policy"]


@pytest.mark.django_db
def test_a_hall_that_is_not_there_or_rests_has_no_board(line, client):
    line.hall.is_active = False
    line.hall.save()

    assert client.get(reverse("queue:board", args=[line.hall_id])).status_code == 404
    assert client.get(reverse("queue:board", args=[999_999])).status_code == 404


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("width", [360, 1440])
def test_the_head_of_the_board_has_room_for_the_name_of_the_house(line, browser, live_server, width):
    line.hall.unit.name = "Ủy ban nhân dân phường Hoàng Văn Thụ Bắc"
    line.hall.unit.save()
    page = browser.new_page(viewport={"width": width, "height": 740})
    page.goto(live_server.url + reverse("queue:board", args=[line.hall_id]))

    name, clock = (page.locator(f".board-head {part}").bounding_box() for part in ("h1", ".board-clock"))
    overflow = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    page.close()

    beside, below = name["x"] + name["width"] <= clock["x"], name["y"] >= clock["y"] + clock["height"]
    assert (beside or below, name["width"] > width * 0.5, overflow <= 0) == (True, True, True)

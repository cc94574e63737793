"""The quiet button: those who lead are told, nothing shows or sounds at the counter, a false alarm is taken back."""

import pytest
import time_machine
from django.urls import reverse

from thanthien.core.rules import Refused
from thanthien.notifications.models import Message
from thanthien.organisation.enums import Role
from thanthien.organisation.factories import StaffFactory
from thanthien.queue import actions
from thanthien.queue.events import HelpCalled
from thanthien.queue.factories import LineFactory, a_session, an_officer, later
from thanthien.queue.listeners import tell_heads_of_help
from thanthien.queue.models import QueueEvent
from thanthien.queue.tests.asking import send, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(later(0), tick=True):
        yield


@pytest.fixture
def line():
    return LineFactory(letter="A")


@pytest.fixture
def session(line):
    return a_session(line.hall, line)


def leader(line, **facts):
    return an_officer(line.hall, Role.LEADER, **facts)


def press(session, minute=1):
    return actions.call_for_help(session, by=session.staff, at=later(minute))


def fragment(officer):
    return signed_in(officer).get(reverse("queue:help"), headers={"HX-Request": "true"})


def event_of(session):
    facts = {"counter_number": session.counter_number, "staff_id": session.staff_id}
    return HelpCalled(hall_id=session.hall_id, session_id=session.pk, **facts)


def test_those_who_lead_are_written_to_once_for_a_press(line, session, committed):
    leader(line, email="chutich@example.vn"), an_officer(line.hall, Role.DIVISION_HEAD, email="phong@example.vn")
    leader(line, email="", phone=""), an_officer(line.hall, email="mai@example.vn")

    with committed():
        press(session)
    tell_heads_of_help(event_of(session))
    tell_heads_of_help(event_of(session))

    told = Message.objects.filter(situation="help")
    assert sorted(told.values_list("email", flat=True)) == ["chutich@example.vn", "phong@example.vn"]
    assert {message.facts["nơi nhận"] for message in told} == {f"Quầy {session.counter_number}, Sảnh chính"}


def test_a_second_press_another_day_is_told_again(line, session):
    leader(line, email="chutich@example.vn")
    for minute in (1, 30):
        press(session, minute)
        tell_heads_of_help(event_of(session))
        actions.help_came(session, by=an_officer(line.hall), at=later(minute + 5))

    assert Message.objects.filter(situation="help").count() == 2


def test_nobody_is_told_of_help_that_came_already(line, session):
    leader(line, email="chutich@example.vn")
    press(session)
    actions.help_came(session, by=an_officer(line.hall), at=later(2))

    assert actions.tell_heads(session.pk, at=later(3)) == 0
    assert actions.tell_heads(0, at=later(3)) == 0


def test_every_office_page_of_who_leads_watches_and_of_others_does_not(line, session):
    watched = [b"queue-help-watch" in signed_in(one).get("/xep-hang/quay/ho-tro/").content for one in
               (leader(line), an_officer(line.hall, Role.DIVISION_HEAD), an_officer(line.hall))]  # fmt: skip

    assert watched == [True, True, False]


def test_the_head_of_the_page_names_the_counter_until_help_came(line, session):
    head = leader(line)
    before = fragment(head).content.decode()
    press(session)
    during = fragment(head).content.decode()
    send(signed_in(head), "help_came", session.pk)
    after = fragment(head).content.decode()

    said = f"Quầy {session.counter_number} cần hỗ trợ từ 08:13"
    assert [said in text for text in (before, during, after)] == [False, True, False]


def test_nothing_shows_at_the_counter_itself(line, session):
    officer = signed_in(session.staff)
    send(officer, "act", do="help")

    text = officer.get(reverse("queue:counter")).content.decode()

    assert "cần người hỗ trợ" not in text and "Không cần nữa" in text


def test_a_false_alarm_is_taken_back_and_written_down_as_one(line, session):
    officer, head = signed_in(session.staff), leader(line)
    send(officer, "act", do="help")
    send(officer, "act", do="no_help")
    send(officer, "act", do="no_help")

    events = QueueEvent.objects.filter(kind__startswith="emergency").order_by("pk").values_list("kind", "data")
    assert list(events) == [("emergency", {}), ("emergency_over", {"mistake": True})]
    assert "bấm nhầm, đã rút lại" in signed_in(head).get(reverse("queue:help")).content.decode()
    assert fragment(head).content.strip() == b""


def test_only_who_pressed_takes_it_back(line, session):
    press(session)

    with pytest.raises(Refused):
        actions.take_help_back(session, by=an_officer(line.hall), at=later(2))


def test_another_unit_sees_nothing_of_it(session):
    press(session)
    stranger = StaffFactory(roles=[Role.LEADER])

    assert fragment(stranger).content.strip() == b""
    assert send(signed_in(stranger), "help_came", session.pk).status_code == 404


def test_the_page_is_for_counters_and_those_who_lead(line):
    assert signed_in(an_officer(line.hall, Role.CLERK)).get(reverse("queue:help")).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_watching_costs_the_same_with_one_and_with_three_calls(line, count, django_assert_num_queries):
    head = leader(line)
    for _ in range(count):
        press(a_session(line.hall, line))
    client = signed_in(head)

    with django_assert_num_queries(3):  # session, person, counters that need somebody
        client.get(reverse("queue:help"), headers={"HX-Request": "true"})

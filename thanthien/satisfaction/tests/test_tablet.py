"""The tablet at a counter: wakes for a result or a number, live, asks once, sleeps again."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from thanthien.core.idempotency import FIELD, new_key
from thanthien.core.live import channel_named
from thanthien.core.rules import Refused
from thanthien.dossiers.factories import MONDAY, an_offering, everyone_of, hand_out, officer, receive
from thanthien.organisation.enums import Role
from thanthien.organisation.factories import CounterFactory, UnitFactory
from thanthien.queue import actions as queue
from thanthien.queue.events import TicketFinished
from thanthien.queue.factories import HallFactory, LineFactory, a_session, a_ticket
from thanthien.satisfaction import actions, listeners, queries
from thanthien.satisfaction.actions import Filled
from thanthien.satisfaction.enums import Channel
from thanthien.satisfaction.factories import version_of
from thanthien.satisfaction.models import Invitation, RatingTurn, Response

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
HAPPY = Filled(values={"overall": 3, "attitude": 3, "time": 3})
TAP = Filled(values={"overall": 3})


@pytest.fixture
def at_counter():
    unit = UnitFactory()
    by = everyone_of(unit)
    by.counter = CounterFactory(unit=unit)
    by.save()
    device, token = actions.make_device(by.counter, by=officer(unit, Role.UNIT_ADMIN), at=MONDAY)
    return unit, by, device, token


def hand_out_at(unit, by, at=MONDAY):
    return hand_out(receive(offering=an_offering(unit=unit), by=by, at=at), by=by, at=at)


def test_the_tablet_wakes_when_its_counter_hands_out_a_result_and_sleeps_after_half_a_minute(at_counter, committed):
    unit, by, device, _token = at_counter
    with committed():
        hand_out_at(unit, by)

    assert queries.turn_at(device, at=MONDAY + timedelta(seconds=29)).officer == by
    assert queries.turn_at(device, at=MONDAY + timedelta(seconds=31)) is None


def test_an_answer_at_the_tablet_uses_up_the_link_and_forgets_the_turn(at_counter, committed):
    unit, by, device, _token = at_counter
    with committed():
        dossier = hand_out_at(unit, by)
    turn = queries.turn_at(device, at=MONDAY)

    response = actions.answer_at_counter(device, version_of("one-tap"), HAPPY, turn_id=turn.pk, at=MONDAY)
    actions.wake_for_dossier(dossier.pk, by.pk, at=MONDAY)  # the event came twice

    assert (response.channel, response.officer) == ("tablet", by)
    assert Invitation.objects.get().used_on == MONDAY.date()
    assert list(RatingTurn.objects.values_list("dossier", "is_over")) == [(None, True)]
    with pytest.raises(Refused, match="đã xong"):
        actions.answer_at_counter(device, version_of("one-tap"), HAPPY, turn_id=turn.pk, at=MONDAY)


def test_a_locked_or_unknown_tablet_asks_nothing(at_counter):
    unit, _by, device, token = at_counter
    address = reverse("satisfaction:turn", args=[token])
    before = Client().get(address).status_code
    actions.revoke_device(device, by=officer(unit, Role.LEADER), at=MONDAY)

    after = Client().get(address), Client().get(reverse("satisfaction:tablet", args=[token]))
    unknown = Client().get(reverse("satisfaction:tablet", args=["x"]))

    assert (before, [one.status_code for one in after], unknown.status_code) == (200, [404, 403], 404)


def test_a_counter_without_a_tablet_stays_quiet(committed):
    unit = UnitFactory()
    with committed():
        hand_out_at(unit, everyone_of(unit))

    assert not RatingTurn.objects.exists()


def test_turns_are_forgotten(at_counter, committed):
    unit, by, _device, _token = at_counter
    with committed():
        hand_out_at(unit, by)

    assert [actions.forget_turns(at=MONDAY + HOUR) for _time in range(2)] == [1, 0]
    assert list(RatingTurn.objects.values_list("dossier", "is_over")) == [(None, True)]
    actions.forget_turns(at=MONDAY + timedelta(days=1))
    assert not RatingTurn.objects.exists()


def test_a_second_tablet_of_a_counter_locks_the_first(at_counter):
    unit, by, device, _token = at_counter

    actions.make_device(by.counter, by=officer(unit, Role.UNIT_ADMIN), at=MONDAY + HOUR)

    device.refresh_from_db()
    assert device.revoked_at == MONDAY + HOUR


# ---- numbers of the queue ----------------------------------------------------------------------------------------
@pytest.fixture
def hall_counter():
    """On a Monday morning, a counter of a hall with a tablet: its line, its open session, the device, its secret."""
    with time_machine.travel(MONDAY + 2 * HOUR, tick=True):
        yield _hall_counter()


def _hall_counter():
    line = LineFactory(hall=HallFactory())
    session = a_session(line.hall, line, at=timezone.now() - HOUR)
    device, token = actions.make_device(
        session.counter, by=officer(line.hall.unit, Role.UNIT_ADMIN), at=timezone.now() - HOUR
    )
    return line, session, device, token


def served(line, session, *, since=timedelta(minutes=5), at=None):
    """Somebody's number was called and done."""
    at = at or timezone.now()
    ticket = a_ticket(line, at=at - since)
    queue.call_next(session, by=session.staff, at=at - since)
    queue.start(session, by=session.staff, at=at - since)
    queue.finish(session, by=session.staff, at=at)
    return ticket


def test_a_number_that_is_done_wakes_the_tablet_once(hall_counter, committed):
    line, session, device, _token = hall_counter
    with committed():
        ticket = served(line, session)
    first = queries.turn_at(device, at=timezone.now())

    listeners.ask_when_a_number_is_done(TicketFinished(ticket_id=ticket.pk))  # the event came twice

    assert (first.officer, first.dossier, RatingTurn.objects.get()) == (session.staff, None, first)


def test_an_answer_about_a_number_says_unit_and_officer_and_is_not_asked_again(hall_counter, committed):
    line, session, device, _token = hall_counter
    with committed():
        ticket = served(line, session)
    turn = queries.turn_at(device, at=timezone.now())

    response = actions.answer_at_counter(device, version_of("one-tap"), TAP, turn_id=turn.pk, at=timezone.now())
    listeners.ask_when_a_number_is_done(TicketFinished(ticket_id=ticket.pk))

    assert (response.channel, response.unit, response.officer, response.procedure) == (
        Channel.TABLET, line.hall.unit, session.staff, None
    )  # fmt: skip
    assert queries.turn_at(device, at=timezone.now()) is None


def test_who_was_asked_about_the_result_is_not_asked_about_the_number_too(hall_counter, committed):
    line, session, device, _token = hall_counter
    at = timezone.now()
    ticket = a_ticket(line, at=at - timedelta(minutes=5))
    queue.call_next(session, by=session.staff, at=at - timedelta(minutes=5))
    queue.start(session, by=session.staff, at=at - timedelta(minutes=4))
    dossier = hand_out(receive(offering=an_offering(unit=line.hall.unit)), at=at - timedelta(minutes=1))
    actions.wake_for_dossier(dossier.pk, session.staff_id, at=at)
    turn = RatingTurn.objects.get()
    actions.answer_at_counter(device, version_of("one-tap"), TAP, turn_id=turn.pk, at=at)

    with committed():
        queue.finish(session, by=session.staff, at=at)

    assert (ticket.pk > 0, queries.turn_at(device, at=timezone.now()), RatingTurn.objects.count()) == (True, None, 1)


def test_the_next_person_is_asked_again(hall_counter, committed):
    line, session, device, _token = hall_counter
    with committed():
        served(line, session, at=timezone.now() - timedelta(minutes=8))
        served(line, session)

    assert (queries.turn_at(device, at=timezone.now()) is not None, RatingTurn.objects.count()) == (True, 1)


def test_news_of_a_number_that_is_long_done_wakes_nobody(hall_counter):
    line, session, device, _token = hall_counter
    ticket = served(line, session, at=timezone.now() - timedelta(minutes=1))

    assert actions.wake_for_ticket(ticket.pk, at=timezone.now()) is None
    assert actions.wake_for_ticket(ticket.pk + 99, at=timezone.now()) is None
    assert queries.turn_at(device, at=timezone.now()) is None


def test_the_tablet_stands_where_the_officer_sits_today(hall_counter):
    line, session, device, _token = hall_counter
    session.staff.counter = CounterFactory(unit=line.hall.unit)
    session.staff.save()
    dossier = hand_out(receive(offering=an_offering(unit=line.hall.unit)), at=timezone.now())

    actions.wake_for_dossier(dossier.pk, session.staff_id, at=timezone.now())

    assert queries.turn_at(device, at=timezone.now()).dossier == dossier


# ---- live ---------------------------------------------------------------------------------------------------------
def test_the_live_channel_tells_whose_turn_it_is_to_who_knows_the_secret(hall_counter, committed):
    line, session, device, token = hall_counter
    channel, key = channel_named("tablet"), queries.live_key(device)
    before = channel.load(key)

    with committed():
        served(line, session)

    turn = RatingTurn.objects.get().pk
    assert (before["turn"], channel.load(key), channel.since(key, before["last"])) == (
        0, {"turn": turn, "last": turn}, [{"id": turn, "turn": turn}]
    )  # fmt: skip
    assert channel.merge(before, {"id": turn, "turn": turn}) == {"turn": turn, "last": turn}
    assert [channel.load(other) for other in (token, key[:39], "x" * 40, str(device.pk), "")] == [None] * 5


def test_a_locked_tablet_has_no_channel(hall_counter):
    line, _session, device, _token = hall_counter
    actions.revoke_device(device, by=officer(line.hall.unit, Role.LEADER), at=timezone.now())

    assert channel_named("tablet").load(queries.live_key(device)) is None


def test_a_sleeping_tablet_may_listen_to_the_live_process_alone(hall_counter, settings):
    _line, _session, device, token = hall_counter
    settings.LIVE_PORT = 8901
    address = reverse("satisfaction:tablet", args=[token])

    page = Client().get(address)

    assert f"/truc-tiep/tablet/{queries.live_key(device)}/" in page.content.decode()
    assert "connect-src 'self' http://testserver:8901" in page.headers["Content-Security-Policy"]
    settings.LIVE_PORT = 0
    assert "data-board" not in Client().get(address).content.decode()


def test_what_is_sent_after_half_a_minute_is_thanked_by_sleep(hall_counter, committed):
    line, session, device, token = hall_counter
    with committed():
        served(line, session)
    turn = RatingTurn.objects.get().pk
    RatingTurn.objects.update(is_over=True)

    sent = {FIELD: new_key(), "turn": str(turn), "q-overall": "3"}
    answer = Client().post(reverse("satisfaction:tablet", args=[token]), sent)

    assert (answer.status_code, answer.headers["Location"], Response.objects.count()) == (
        302, reverse("satisfaction:tablet", args=[token]), 0
    )  # fmt: skip


def test_the_thanks_name_the_turn_that_the_line_may_tell_of_once_more(hall_counter, committed):
    """The live process reads its states every three seconds: a thanked tablet must not wake for the same turn again."""
    line, session, _device, token = hall_counter
    with committed():
        served(line, session)
    address, turn = reverse("satisfaction:tablet", args=[token]), RatingTurn.objects.get().pk

    answer = Client().post(address, {FIELD: new_key(), "turn": str(turn), "q-overall": "3"})

    assert (answer.status_code, answer.headers["Location"]) == (302, f"{address}?cam-on={turn}")
    thanks = Client().get(answer.headers["Location"]).content.decode()
    assert f'data-answered="{turn}"' in thanks
    assert "Cảm ơn ông/bà" in thanks
    assert "Cảm ơn ông/bà" not in Client().get(f"{address}?cam-on=khong").content.decode()

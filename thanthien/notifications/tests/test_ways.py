"""Which way a message goes, and when it must wait."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from thanthien.notifications import actions, rules
from thanthien.notifications.enums import MessageState, Situation
from thanthien.notifications.factories import MessageFactory
from thanthien.notifications.models import MessageHold, UnitChannels
from thanthien.notifications.queries.sending import channels_for, switches_of
from thanthien.notifications.tests.servers import post_office
from thanthien.organisation.factories import StaffFactory
from thanthien.people.actions import merge_people
from thanthien.people.factories import HouseholdFactory, PersonFactory

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
NIGHT = (time(21), time(7))
BOTH = {"phone": "+84912345678", "email": "lan@example.vn", "channel": "", "address": ""}


@pytest.fixture
def mailbox(settings):
    with post_office(settings) as box:
        yield box


@pytest.fixture
def now_quiet(settings):
    now, hour = timezone.localtime(), timedelta(hours=1)
    settings.QUIET_HOURS = f"{now - hour:%H:%M}-{now + hour:%H:%M}"


def at(hour, minute=0, day=24):
    return datetime(2026, 11, day, hour, minute, tzinfo=ZONE)


def sent(message):
    actions.send.func(str(message.uuid))
    message.refresh_from_db()
    return message


# ---- by which way ------------------------------------------------------------------------------------------
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("switched", "ways"),
    [
        ({}, ["sms", "email"]),
        ({"zalo": True}, ["sms", "zalo", "email"]),
        ({"email_first": True}, ["email", "sms"]),
        ({"sms": False}, ["email"]),
        ({"email": False}, ["sms"]),
        ({"sms": False, "email": False}, []),
    ],
)
def test_a_unit_says_by_which_ways_and_in_which_order(settings, switched, ways):
    settings.GATEWAYS = {"sms": {}, "zalo": {}}
    UnitChannels.objects.create(unit_code="H56.14.18", **switched)

    assert channels_for(MessageFactory(**BOTH)) == ways


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("known", "ways"),
    [({"phone": ""}, ["email"]), ({"email": ""}, ["sms"]), ({"phone": "", "email": ""}, [])],
)
def test_only_ways_that_reach_the_person(settings, known, ways):
    settings.GATEWAYS = {"sms": {}}

    assert channels_for(MessageFactory(**BOTH | known)) == ways


@pytest.mark.django_db
def test_whom_no_way_reaches_is_said():
    message = sent(MessageFactory(**BOTH | {"email": ""}))

    assert (message.state, message.next_try_at) == (MessageState.NO_ADDRESS, None)


# ---- quiet hours -------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("quiet", "now", "end"),
    [
        (NIGHT, at(20, 59), None), (NIGHT, at(21), at(7, day=25)), (NIGHT, at(23, 30), at(7, day=25)),
        (NIGHT, at(0), at(7)), (NIGHT, at(6, 59), at(7)), (NIGHT, at(7), None),
        ((time(12), time(13)), at(12, 30), at(13)), ((time(12), time(13)), at(13), None),
        (None, at(3), None), ((time(7), time(7)), at(7), None),
    ],
)  # fmt: skip
def test_quiet_hours_end(quiet, now, end):
    assert rules.end_of_quiet(quiet, at=now) == end


@given(st.times(), st.times(), st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(ZONE)))
def test_after_the_end_of_quiet_hours_it_is_not_quiet(first, last, now):
    quiet = (first.replace(second=0, microsecond=0), last.replace(second=0, microsecond=0))

    end = rules.end_of_quiet(quiet, at=now)

    assert end is None or (now < end <= now + timedelta(days=1) and rules.end_of_quiet(quiet, at=end) is None)


@pytest.mark.django_db
def test_a_message_of_the_night_waits_for_the_morning(mailbox, now_quiet):
    message = sent(MessageFactory())

    assert (message.state, message.error) == (MessageState.HELD, "Ngoài giờ gửi tin; sẽ gửi sau.")
    assert (message.next_try_at > timezone.now(), mailbox.letters) == (True, [])


@pytest.mark.django_db
def test_in_the_morning_it_goes_out(mailbox, now_quiet, settings):
    message = sent(MessageFactory())
    settings.QUIET_HOURS = ""

    sent(message)

    assert (message.state, message.error, len(mailbox.letters)) == (MessageState.SENT, "", 1)


@pytest.mark.django_db
@pytest.mark.parametrize("situation", [Situation.CODE, Situation.REGISTERED])
def test_what_somebody_waits_for_goes_out_at_any_hour(mailbox, now_quiet, situation):
    assert sent(MessageFactory(situation=situation)).state == MessageState.SENT


@pytest.mark.django_db
def test_a_unit_has_its_own_quiet_hours(settings):
    settings.QUIET_HOURS = "21:00-07:00"
    UnitChannels.objects.create(unit_code="H56.14.18", quiet_from=time(19), quiet_to=time(8))

    assert switches_of("H56.14.18").quiet == (time(19), time(8))
    assert switches_of("H56.14.19").quiet == (time(21), time(7))


# ---- leaving somebody alone --------------------------------------------------------------------------------
def held_until(**whom):
    until = timezone.now() + timedelta(days=30)
    actions.hold_for(until=until, reason="Gia đình có tang", by="Hệ thống", at=timezone.now(), **whom)
    return until


@pytest.mark.django_db
def test_a_person_is_left_alone_until_then(mailbox):
    person = PersonFactory()
    until = held_until(person_id=person.pk)

    message = sent(MessageFactory(person=person))

    assert (message.state, message.next_try_at) == (MessageState.HELD, until)
    assert message.error == "Tạm không gửi tin cho người này."
    assert sent(MessageFactory(person=PersonFactory())).state == MessageState.SENT


@pytest.mark.django_db
def test_everybody_of_a_household_is_left_alone(mailbox):
    member = PersonFactory()
    household = HouseholdFactory(members=[member])
    held_until(household_id=household.pk)

    states = [sent(MessageFactory(person=person)).state for person in (member, household.head)]

    assert states == [MessageState.HELD, MessageState.HELD]


@pytest.mark.django_db
def test_when_the_time_is_over_messages_go_out(mailbox):
    person = PersonFactory()
    held_until(person_id=person.pk)
    message = sent(MessageFactory(person=person))
    MessageHold.objects.update(until=timezone.now())

    assert sent(message).state == MessageState.SENT


@pytest.mark.django_db
def test_a_code_that_they_ask_for_themselves_goes_out(mailbox):
    person = PersonFactory()
    held_until(person_id=person.pk)

    assert sent(MessageFactory(person=person, situation=Situation.CODE)).state == MessageState.SENT


@pytest.mark.django_db
def test_holding_twice_keeps_the_longer_time():
    person = PersonFactory()
    held_until(person_id=person.pk)
    actions.hold_for(
        person_id=person.pk, until=timezone.now() + timedelta(days=2), reason="?", by="Hệ thống", at=timezone.now()
    )

    assert MessageHold.objects.filter(until__gt=timezone.now() + timedelta(days=29)).count() == 1


@pytest.mark.django_db
def test_who_turns_out_to_be_the_same_person_is_still_left_alone(mailbox, committed):
    kept, dropped = PersonFactory(), PersonFactory(without_papers=True)
    held_until(person_id=dropped.pk)
    waiting = MessageFactory(person=dropped, next_try_at=timezone.now())

    with committed():
        merge_people(kept, dropped, by=StaffFactory(), at=timezone.now())

    waiting.refresh_from_db()
    assert waiting.person == kept
    assert sent(MessageFactory(person=kept)).state == MessageState.HELD

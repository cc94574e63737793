"""What the demonstration says of weeks that never were."""

from datetime import timedelta

import pytest
from django.utils import timezone

from thanthien.core.rules import Refused
from thanthien.notifications import actions
from thanthien.notifications.enums import MessageState
from thanthien.notifications.factories import MessageFactory
from thanthien.notifications.models import Message
from thanthien.people.factories import PersonFactory

pytestmark = pytest.mark.django_db
NOW = timezone.now()
LONG_AGO = NOW - timedelta(days=3)


def invented(**more):
    known = {"channel": "", "address": "", "phone": "+84912345678", "email": "", "created_at": LONG_AGO}
    return MessageFactory(**known | {"next_try_at": LONG_AGO} | more)


def test_what_was_written_days_ago_went_out_then_and_here_and_there_did_not(settings):
    settings.DEMONSTRATION_CHANNELS = ["sms"]
    for _message in range(23):
        invented()
    fresh = invented(created_at=NOW)

    assert actions.settle_demonstration(at=NOW) == 23

    states = list(Message.objects.order_by("pk").values_list("state", flat=True))
    assert states == [MessageState.SENT] * 22 + [MessageState.FAILED, MessageState.WAITING]
    first = Message.objects.order_by("pk").first()
    assert (first.sent_at, first.channel) == (LONG_AGO + timedelta(seconds=4), "sms")
    assert fresh.next_try_at == LONG_AGO


def test_who_is_left_alone_and_who_has_no_address_stay_so():
    person = PersonFactory()
    actions.hold_for(person_id=person.pk, until=NOW + timedelta(days=1), reason="tang", by="Mai", at=NOW)
    held, out_of_reach = invented(person=person), invented()

    actions.settle_demonstration(at=NOW)

    held.refresh_from_db(), out_of_reach.refresh_from_db()
    assert (held.state, out_of_reach.state) == (MessageState.WAITING, MessageState.NO_ADDRESS)


def test_a_real_house_never_says_so(settings):
    settings.DEMO = False

    with pytest.raises(Refused, match="bản trình diễn"):
        actions.settle_demonstration(at=NOW)

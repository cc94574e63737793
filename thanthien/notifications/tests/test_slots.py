from datetime import UTC, datetime

import pytest

from thanthien.notifications.enums import MessageState
from thanthien.notifications.factories import MessageFactory
from thanthien.notifications.slots import messages

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)


@pytest.mark.django_db
def test_doctor_counts_the_messages_that_were_never_sent():
    for state in (MessageState.FAILED, MessageState.WAITING):
        MessageFactory(state=state, created_at=AT)

    assert [trouble.what for trouble in messages(AT)] == ["1 tin không gửi được."]

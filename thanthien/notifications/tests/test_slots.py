from datetime import UTC, datetime, timedelta

import pytest

from thanthien.notifications.enums import MessageState
from thanthien.notifications.factories import MessageFactory
from thanthien.notifications.slots import gateways, messages

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)


@pytest.mark.django_db
def test_doctor_counts_the_messages_that_were_never_sent():
    for state in (MessageState.FAILED, MessageState.WAITING):
        MessageFactory(state=state, created_at=AT)

    assert [trouble.what for trouble in messages(AT)] == ["1 tin không gửi được."]


@pytest.mark.django_db
@pytest.mark.parametrize(("failing", "sent", "troubled"), [(5, 5, True), (5, 6, False), (4, 0, False)])
def test_doctor_says_when_many_fail_at_once(failing, sent, troubled):
    MessageFactory.create_batch(failing, state=MessageState.WAITING, failures=1, created_at=AT)
    MessageFactory.create_batch(sent, state=MessageState.SENT, sent_at=AT, created_at=AT)
    MessageFactory(state=MessageState.FAILED, created_at=AT - timedelta(days=2))

    whats = [trouble.what for trouble in messages(AT) if trouble.serious]

    said = f"Trong 24 giờ qua {failing} tin gửi chưa được, chỉ {sent} tin gửi được."
    assert whats == ([said] if troubled else [])


@pytest.mark.django_db
def test_doctor_says_who_is_out_of_reach_without_a_gateway(settings):
    MessageFactory(state=MessageState.NO_ADDRESS, phone="+84912345678", created_at=AT)
    MessageFactory(state=MessageState.NO_ADDRESS, phone="", created_at=AT)

    (trouble,) = gateways(AT)

    assert trouble.what == "Trong 30 ngày qua 1 tin không đến được người chỉ để lại số điện thoại."
    settings.GATEWAYS = {"sms": {"url": "https://cong.example.vn", "body": {}}}
    assert list(gateways(AT)) == []

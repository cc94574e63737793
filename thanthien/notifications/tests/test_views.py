import pytest
from django.urls import reverse

from thanthien.core.idempotency import new_key
from thanthien.notifications.enums import MessageState
from thanthien.notifications.factories import MessageFactory
from thanthien.organisation.enums import Role
from thanthien.organisation.factories import StaffFactory

pytestmark = pytest.mark.django_db
LIST = "/tin-bao/"


@pytest.fixture
def mai(client):
    staff = StaffFactory()
    client.force_login(staff)
    return staff


def again(message):
    return reverse("notifications:send_again", args=[message.pk])


def test_the_list_says_what_did_not_reach_whom_and_why(client, mai):
    MessageFactory(unit_code=mai.unit.code, state=MessageState.FAILED, error="Máy chủ thư không nhận: 550")

    text = client.get(LIST).content.decode()

    assert "không gửi được" in text
    assert "Máy chủ thư không nhận: 550" in text


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_one_and_for_many(client, mai, count, django_assert_num_queries):
    MessageFactory.create_batch(count, unit_code=mai.unit.code)

    with django_assert_num_queries(5):  # who asks (2), the menu, the page, its length
        client.get(LIST)


def test_the_messages_of_another_office_are_not_there(client, mai):
    theirs = MessageFactory(unit_code="H99.00.00", state=MessageState.FAILED)

    assert theirs.title not in client.get(LIST).content.decode()
    assert client.post(again(theirs), {"idempotency_key": new_key()}).status_code == 404


def test_a_failed_message_goes_back_in_line_once(client, mai):
    message = MessageFactory(unit_code=mai.unit.code, state=MessageState.FAILED)
    key = new_key()

    answers = [client.post(again(message), {"idempotency_key": key}) for _ in range(2)]

    message.refresh_from_db()
    assert [a.status_code for a in answers] == [302, 302]
    assert message.state == MessageState.WAITING


def test_who_may_not_send_again_sees_no_button_and_is_told_why(client, mai):
    mai.roles = [Role.LEADER]
    mai.save()
    message = MessageFactory(unit_code=mai.unit.code, state=MessageState.FAILED)

    assert "Gửi lại" not in client.get(LIST).content.decode()
    refused = client.post(again(message), {"idempotency_key": new_key()})
    assert refused.status_code == 403
    assert "bộ phận tiếp nhận" in refused.content.decode()


def test_a_stranger_is_asked_to_sign_in(client):
    message = MessageFactory(state=MessageState.FAILED)

    assert client.get(LIST).headers["Location"].startswith(reverse("account_login"))
    assert client.post(again(message)).headers["Location"].startswith(reverse("account_login"))


def test_sending_again_is_no_link(client, mai):
    assert client.get(again(MessageFactory(unit_code=mai.unit.code))).status_code == 405

from datetime import timedelta
from email.header import decode_header, make_header

import pytest
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from thanthien.core.rules import Refused
from thanthien.notifications import actions
from thanthien.notifications.actions import Facts, Notice, tell
from thanthien.notifications.actions.sending import PAUSES
from thanthien.notifications.enums import Channel, MessageState, Situation
from thanthien.notifications.factories import MessageFactory
from thanthien.notifications.models import Message
from thanthien.notifications.tests.servers import post_office
from thanthien.organisation.enums import Role
from thanthien.organisation.factories import StaffFactory

pytestmark = pytest.mark.django_db
FACTS = Facts(name="Trần Thị Lan", code="H56.14.18-261123-0001", procedure="Khai sinh", place="tại Bộ phận Một cửa")


@pytest.fixture
def mailbox(settings):
    with post_office(settings) as box:
        yield box


@pytest.fixture
def now():
    return timezone.now()


def notice(**more):
    known = {"subject": "dossier:1", "unit_code": "H56.14.18", "situation": Situation.RECEIVED, "facts": FACTS}
    return Notice(**(known | {"email": "lan@example.vn"} | more))


def sent(message):
    actions.send.func(str(message.uuid))
    message.refresh_from_db()
    return message


def test_a_message_arrives_with_its_vietnamese_words(mailbox, now, run_tasks):
    tell(notice(), at=now)

    run_tasks()

    (letter,) = mailbox.letters
    message = Message.objects.get()
    text = letter.get_payload(decode=True).decode()
    assert str(make_header(decode_header(letter["Subject"]))) == "Đã nhận hồ sơ H56.14.18-261123-0001"
    assert text.split("\r\n")[0] == "Kính gửi ông/bà Trần Thị Lan,"
    assert "Chúng tôi đã nhận hồ sơ “Khai sinh”, mã H56.14.18-261123-0001." in text
    assert letter["Message-ID"] == f"<{message.uuid}@localhost>"
    assert (message.state, message.error, message.channel) == (MessageState.SENT, "", Channel.EMAIL)
    assert (message.sent_at is not None, message.next_try_at) == (True, None)


def test_nothing_is_written_for_who_stands_at_the_counter_and_left_no_address(now):
    tell(notice(email=""), at=now)

    assert not Message.objects.exists()


def test_who_should_be_called_instead_is_written_down(now):
    tell(notice(email="", phone="+84912345678", situation=Situation.READY), at=now)

    message = Message.objects.get()
    assert (message.state, message.error) == (
        MessageState.NO_ADDRESS, "Không có điện thoại hay thư điện tử gửi được tin.",
    )  # fmt: skip
    assert not DBTaskResult.objects.exists()


def test_telling_takes_two_statements(now, django_assert_num_queries):
    with django_assert_num_queries(2):
        tell(notice(), at=now)


def test_what_was_rolled_back_is_not_told(now):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        tell(notice(), at=now)
        raise ZeroDivisionError

    assert not Message.objects.exists()
    assert not DBTaskResult.objects.exists()


def test_told_twice_is_sent_once(mailbox, now, run_tasks):
    for _time in range(2):
        tell(notice(), at=now)

    run_tasks()

    assert (len(mailbox.letters), Message.objects.count()) == (1, 1)


def test_another_occasion_is_another_message(mailbox, now, run_tasks):
    for occasion in ("1", "2"):
        tell(notice(situation=Situation.RESUMED, occasion=occasion), at=now)

    run_tasks()

    assert len(mailbox.letters) == 2


def test_sending_twice_sends_once(mailbox):
    message = MessageFactory()

    sent(message), sent(message)

    assert len(mailbox.letters) == 1


def test_what_was_sent_but_not_marked_goes_again_under_the_same_name(mailbox):
    message = sent(MessageFactory())
    Message.objects.filter(pk=message.pk).update(state=MessageState.WAITING, sent_at=None)

    sent(message)

    first, second = mailbox.letters
    assert first["Message-ID"] == second["Message-ID"]
    assert message.state == MessageState.SENT


@pytest.mark.parametrize("answer", ["451 4.3.0 Thử lại sau", "421 4.7.0 Quá nhiều thư"])
def test_a_server_that_says_later_is_asked_again_later(mailbox, answer):
    mailbox.answer = answer

    message = sent(MessageFactory())

    assert (message.state, message.failures) == (MessageState.WAITING, 1)
    assert answer[:3] in message.error
    assert DBTaskResult.objects.get().run_after == message.next_try_at


def test_a_mailbox_that_does_not_exist_is_not_asked_again(mailbox):
    mailbox.answer = "550 5.1.1 Không có hộp thư này"

    message = sent(MessageFactory())

    assert (message.state, message.next_try_at) == (MessageState.FAILED, None)
    assert message.error == "Máy chủ thư không nhận: 550 5.1.1 Không có hộp thư này"
    assert not DBTaskResult.objects.exists()


def test_a_server_that_repeats_the_address_does_not_bring_it_into_the_record(mailbox):
    mailbox.answer = "550 5.1.1 <nguyen.lan@example.vn>: không có hộp thư này"

    message = sent(MessageFactory(address="nguyen.lan@example.vn"))

    assert message.error == "Máy chủ thư không nhận: 550 5.1.1 <n***@example.vn>: không có hộp thư này"


def test_no_server_at_all_is_a_reason_to_try_later(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1

    message = sent(MessageFactory())

    assert (message.state, message.failures) == (MessageState.WAITING, 1)
    assert message.error.startswith("Máy chủ thư không nhận:")


def test_the_pauses_grow(mailbox):
    mailbox.answer = "451 Thử lại sau"
    message = MessageFactory()
    waits = []
    for _time in PAUSES:
        waits.append(sent(message).next_try_at - timezone.now())

    assert waits == sorted(waits)
    assert timedelta(hours=11) < waits[-1] < timedelta(hours=12)


def test_after_the_last_try_it_stays_where_people_see_it(mailbox):
    mailbox.answer = "451 Thử lại sau"

    message = sent(MessageFactory(failures=len(PAUSES)))

    assert message.state == MessageState.FAILED
    assert not DBTaskResult.objects.exists()


def test_what_is_of_no_use_any_more_is_not_sent(mailbox, now):
    message = sent(MessageFactory(expires_at=now - timedelta(seconds=1)))

    assert (message.state, message.error, mailbox.letters) == (MessageState.FAILED, "Đã quá lúc cần báo.", [])


def test_a_message_whose_task_was_lost_goes_out_all_the_same(mailbox, now, run_tasks):
    MessageFactory(next_try_at=now - timedelta(minutes=16))
    MessageFactory(next_try_at=now - timedelta(minutes=14))

    assert actions.put_back_forgotten(at=now) == 1
    run_tasks()

    assert len(mailbox.letters) == 1


def test_an_unknown_name_is_no_message(mailbox):
    actions.send.func("5f0c7a0e-0000-4000-8000-000000000000")

    assert mailbox.letters == []


def test_an_officer_sends_a_failed_one_again(mailbox, now, run_tasks):
    message = MessageFactory(state=MessageState.FAILED, failures=6, error="550")

    actions.send_again(message, by=StaffFactory(), at=now)
    run_tasks()

    message.refresh_from_db()
    assert (message.state, message.failures, message.error) == (MessageState.SENT, 0, "")


def test_one_that_still_waits_is_not_sent_again(now):
    with pytest.raises(Refused, match="chưa gửi được"):
        actions.send_again(MessageFactory(), by=StaffFactory(), at=now)


def test_a_code_is_not_sent_again(now):
    message = MessageFactory(state=MessageState.FAILED, situation=Situation.CODE)

    with pytest.raises(Refused, match="xin mã mới"):
        actions.send_again(message, by=StaffFactory(), at=now)


def test_a_leader_does_not_send_again(now):
    message = MessageFactory(state=MessageState.FAILED)

    with pytest.raises(Refused, match="bộ phận tiếp nhận"):
        actions.send_again(message, by=StaffFactory(roles=[Role.LEADER]), at=now)

import socket
from email import message_from_bytes
from email.header import decode_header, make_header

import pytest
from aiosmtpd.controller import Controller
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from thanthien.core.rules import Refused
from thanthien.notifications import actions
from thanthien.notifications.actions import PAUSES, Notice, tell
from thanthien.notifications.enums import MessageState, Situation
from thanthien.notifications.factories import MessageFactory
from thanthien.notifications.models import Message
from thanthien.organisation.enums import Role
from thanthien.organisation.factories import StaffFactory

pytestmark = pytest.mark.django_db


class Mailbox:
    """A real SMTP server's handler that keeps what it accepts, or says no."""

    def __init__(self):
        self.letters, self.answer = [], "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if self.answer.startswith("250"):
            self.letters.append(message_from_bytes(envelope.content))
        return self.answer


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def mailbox(settings):
    box = Mailbox()
    controller = Controller(box, hostname="127.0.0.1", port=free_port())
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = controller.port
    yield box
    controller.stop()


def notice(**facts):
    known = {"subject": "dossier:1", "unit_code": "H56.14.18", "situation": Situation.RECEIVED}
    words = {"address": "lan@example.vn", "title": "Đã nhận hồ sơ", "body": "Kính gửi bà Lan,\nHẹn trả 17:00."}
    return Notice(**(known | words | facts))


def test_a_message_arrives_with_its_vietnamese_words(mailbox, now, run_tasks):
    tell(notice(), at=now)

    run_tasks()

    (letter,) = mailbox.letters
    assert str(make_header(decode_header(letter["Subject"]))) == "Đã nhận hồ sơ"
    assert letter.get_payload(decode=True).decode().split() == ["Kính", "gửi", "bà", "Lan,", "Hẹn", "trả", "17:00."]
    message = Message.objects.get()
    assert (message.state, message.error) == (MessageState.SENT, "")
    assert message.sent_at is not None


def test_without_an_address_nothing_is_written(now):
    assert tell(notice(address=""), at=now) is None
    assert not Message.objects.exists()


def test_what_was_rolled_back_is_not_told(now):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        tell(notice(), at=now)
        raise ZeroDivisionError

    assert not Message.objects.exists()
    assert not DBTaskResult.objects.exists()


def test_sending_twice_sends_once(mailbox):
    message = MessageFactory()

    actions.send.func(message.pk)
    actions.send.func(message.pk)

    assert len(mailbox.letters) == 1


def test_a_server_that_says_no_is_asked_again_later(mailbox):
    mailbox.answer = "451 4.3.0 Thử lại sau"
    message = MessageFactory()

    actions.send.func(message.pk)

    message.refresh_from_db()
    assert (message.state, message.failures) == (MessageState.WAITING, 1)
    assert "451" in message.error
    assert DBTaskResult.objects.get().run_after is not None


def test_no_server_at_all_is_a_failure_like_another(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    message = MessageFactory()

    actions.send.func(message.pk)

    message.refresh_from_db()
    assert (message.state, message.failures) == (MessageState.WAITING, 1)


def test_after_the_last_try_it_stays_where_people_see_it(mailbox):
    mailbox.answer = "550 5.1.1 Không có hộp thư này"
    message = MessageFactory(failures=len(PAUSES))

    actions.send.func(message.pk)

    message.refresh_from_db()
    assert message.state == MessageState.FAILED
    assert not DBTaskResult.objects.exists()


def test_an_officer_sends_a_failed_one_again(mailbox, now, run_tasks):
    message = MessageFactory(state=MessageState.FAILED, failures=6, error="550")

    actions.send_again(message, by=StaffFactory(), at=now)
    run_tasks()

    message.refresh_from_db()
    assert (message.state, message.failures, message.error) == (MessageState.SENT, 0, "")


def test_one_that_still_waits_is_not_sent_again(now):
    with pytest.raises(Refused, match="chưa gửi được"):
        actions.send_again(MessageFactory(), by=StaffFactory(), at=now)


def test_a_leader_does_not_send_again(now):
    message = MessageFactory(state=MessageState.FAILED)

    with pytest.raises(Refused, match="bộ phận tiếp nhận"):
        actions.send_again(message, by=StaffFactory(roles=[Role.LEADER]), at=now)


@pytest.fixture
def now():
    return timezone.now()

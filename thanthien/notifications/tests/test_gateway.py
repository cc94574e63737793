"""SMS and Zalo through a real HTTP server of this machine: what is sent, what its answers mean, what never leaks."""

import io
import json
import logging
import multiprocessing
import signal
from urllib.parse import parse_qs

import pytest
from django.core.management import call_command
from django.db import connections
from django.utils import timezone

from thanthien.core.operations.worker import put_back_unfinished
from thanthien.notifications import actions, outside
from thanthien.notifications.actions.sending import PAUSES
from thanthien.notifications.enums import Channel, MessageState, Situation
from thanthien.notifications.factories import MessageFactory
from thanthien.notifications.models import Message
from thanthien.notifications.outside import gateway as http
from thanthien.notifications.slots import gateways
from thanthien.notifications.tests.servers import free_port, gateway_server, post_office

pytestmark = pytest.mark.django_db
SECRET, TOKEN = "khoa-bi-mat-cua-xa", "the-ra-vao-cua-xa"
LETTER = outside.Letter(
    id="0b9ce1ea", address="+84912345678", title="Đã nhận hồ sơ", body="Đã nhận hồ sơ “{to}”", situation="received",
    facts={"mã": "H56.14.18-261124-0001", "token": "không phải khóa"},
)  # fmt: skip
BODY = {"to": "{to}", "message": "{text}", "ref": "{id}", "flags": [1, True, "{template}"], "data": {"ma": "{mã}"}}


@pytest.fixture
def gateway(settings, monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY"):
        monkeypatch.delenv(name, raising=False)
    with gateway_server() as server:
        server.settings = {
            "url": server.url, "body": BODY, "secret": SECRET, "token": TOKEN, "timeout": 5,
            "headers": {"Authorization": "Bearer {token}"}, "templates": {"received": "T-1"},
            "success": {"field": "code", "values": [100]}, "rejected": {"field": "code", "values": [99]},
            "reference": "data.sms_id",
        }  # fmt: skip
        settings.GATEWAYS = {"sms": server.settings}
        yield server


def deliver(channel=Channel.SMS):
    return outside.deliver(channel, LETTER)


def by_phone(**more):
    facts = {"mã": "H56.14.18-261124-0001", "đơn vị": "Phường Sen Hồng"}
    return MessageFactory(channel="", address="", phone="+84912345678", email="", facts=facts, **more)


def sent(message):
    actions.send.func(str(message.uuid))
    message.refresh_from_db()
    return message


# ---- what is sent ------------------------------------------------------------------------------------------
def test_the_body_is_filled_as_it_was_described(gateway):
    deliver()

    (command, headers, _body), (body,) = gateway.requests[0], gateway.sent
    assert body == {
        "to": "+84912345678", "message": "Đã nhận hồ sơ “{to}”", "ref": "0b9ce1ea", "flags": [1, True, "T-1"],
        "data": {"ma": "H56.14.18-261124-0001"},
    }  # fmt: skip
    assert (command, headers["Authorization"]) == ("POST", f"Bearer {TOKEN}")
    assert headers["Content-Type"] == "application/json; charset=utf-8"
    assert headers["Idempotency-Key"] == "0b9ce1ea"


@pytest.mark.parametrize(("begins", "number"), [("+84", "+84912345678"), ("84", "84912345678"), ("0", "0912345678")])
def test_numbers_begin_as_the_gateway_wants_them(gateway, begins, number):
    gateway.settings["phone"] = begins

    deliver()

    assert gateway.sent[0]["to"] == number


def test_some_gateways_want_a_form(gateway):
    gateway.settings |= {"form": True, "body": {"to": "{to}", "text": "{text}"}, "method": "PUT"}

    deliver()

    command, headers, body = gateway.requests[0]
    assert (command, headers["Content-Type"]) == ("PUT", "application/x-www-form-urlencoded")
    assert parse_qs(body.decode()) == {"to": ["+84912345678"], "text": ["Đã nhận hồ sơ “{to}”"]}


def signed_with(secret):
    def check(headers, body):
        return headers["X-Sig"] == http.sign(secret, headers["X-At"], body)

    return check


def test_the_signature_is_over_the_moment_and_the_body(gateway):
    gateway.settings["signature"] = {"header": "X-Sig", "timestamp": "X-At"}
    gateway.check = signed_with(SECRET)

    deliver()

    moment = int(gateway.requests[0][1]["X-At"])
    assert abs(moment - timezone.now().timestamp()) < 60


def test_a_wrong_signature_is_our_own_fault_and_the_message_waits(gateway):
    gateway.settings["signature"] = {"header": "X-Sig", "timestamp": "X-At"}
    gateway.check = signed_with("another")

    message = sent(by_phone())

    assert (message.state, message.failures) == (MessageState.WAITING, 1)
    assert message.error == "Cổng tin nhắn chưa nhận, mã 401."


# ---- what answers mean -------------------------------------------------------------------------------------
def test_its_own_reference_is_kept(gateway):
    gateway.body = b'{"code": "100", "data": {"sms_id": 4711}}'

    message = sent(by_phone())

    assert (message.state, message.channel, message.reference) == (MessageState.SENT, "sms", "4711")
    assert message.address == "+84912345678"


def test_the_same_message_keeps_its_name_in_every_try(gateway):
    message = sent(by_phone())
    Message.objects.filter(pk=message.pk).update(state=MessageState.WAITING, sent_at=None)

    sent(message)

    assert [body["ref"] for body in gateway.sent] == [str(message.uuid)] * 2


@pytest.mark.parametrize(
    ("status", "body", "said"),
    [
        (200, b'{"code": 99}', "Cổng tin nhắn từ chối, mã 99."),
        (400, b"{}", "Cổng tin nhắn từ chối, mã 400."),
        (422, b"no such number", "Cổng tin nhắn từ chối, mã 422."),
    ],
)
def test_what_is_refused_for_good_is_not_asked_again(gateway, status, body, said):
    gateway.status, gateway.body = status, body

    message = sent(by_phone())

    assert (message.state, message.error, message.next_try_at) == (MessageState.FAILED, said, None)


@pytest.mark.parametrize(
    ("status", "body", "said"),
    [
        (500, b"", "Cổng tin nhắn chưa nhận, mã 500."),
        (429, b'{"code": 7}', "Cổng tin nhắn chưa nhận, mã 429."),
        (200, b'{"code": 500}', "Cổng tin nhắn chưa nhận, mã 500."),
        (200, b"<html>login</html>", "Cổng tin nhắn trả lời không hiểu được (HTTP 200)."),
        (200, b"\xff\xfe\x00", "Cổng tin nhắn trả lời không hiểu được (HTTP 200)."),
        (200, b"[1, 2]", "Cổng tin nhắn trả lời không hiểu được (HTTP 200)."),
        (200, b"[" * 60000, "Cổng tin nhắn trả lời không hiểu được (HTTP 200)."),
        (200, b"", "Cổng tin nhắn trả lời không hiểu được (HTTP 200)."),
        (302, b"", "Cổng tin nhắn chưa nhận, mã 302."),
    ],
)
def test_what_may_pass_is_tried_again_later(gateway, status, body, said):
    gateway.status, gateway.body = status, body

    message = sent(by_phone())

    assert (message.state, message.error, message.failures) == (MessageState.WAITING, said, 1)
    assert message.next_try_at > timezone.now()
    assert len(gateway.requests) == 1  # a redirect is not followed


def test_a_status_is_enough_where_nothing_else_is_described(gateway):
    del gateway.settings["success"], gateway.settings["rejected"], gateway.settings["reference"]
    gateway.status, gateway.body = 202, b"accepted"

    assert deliver() == ""


def test_a_gateway_that_says_nothing_in_time_is_asked_again(gateway):
    gateway.settings["timeout"], gateway.seconds = 0.1, 0.4

    message = sent(by_phone())

    assert (message.state, message.error) == (MessageState.WAITING, "Không nối được cổng tin nhắn: timed out")


def test_a_gateway_that_is_not_there_is_asked_again(gateway):
    gateway.settings["url"] = f"http://127.0.0.1:{free_port()}/"

    message = sent(by_phone())

    assert message.state == MessageState.WAITING
    assert message.error.startswith("Không nối được cổng tin nhắn:")


def test_a_gateway_that_is_not_there_does_not_hold_up_the_others(gateway):
    gateway.settings["url"] = f"http://127.0.0.1:{free_port()}/"
    sent(by_phone())
    gateway.settings["url"] = gateway.url

    message = sent(by_phone())

    assert (message.state, message.failures, gateway.requests) == (MessageState.WAITING, 0, [])
    assert message.next_try_at > timezone.now()


def test_a_broken_description_keeps_the_message(gateway):
    gateway.settings["headers"] = {"X-Text": "dòng\nxuống dòng"}

    assert sent(by_phone()).state == MessageState.WAITING


# ---- one way after the other -------------------------------------------------------------------------------
def test_a_phone_comes_before_a_mailbox(gateway):
    message = sent(MessageFactory(channel="", address="", phone="+84912345678"))

    assert (message.channel, len(gateway.requests)) == ("sms", 1)


def test_what_the_gateway_refuses_goes_by_mail(gateway, settings, run_tasks):
    gateway.body = b'{"code": 99}'
    with post_office(settings) as box:
        message = sent(MessageFactory(channel="", address="", phone="+84912345678", email="lan@example.vn"))
        run_tasks()

    message.refresh_from_db()
    assert (message.state, message.channel, message.address) == (MessageState.SENT, "email", "lan@example.vn")
    assert len(box.letters) == 1


def test_what_the_gateway_never_took_goes_by_mail_in_the_end(gateway, settings, run_tasks):
    gateway.status = 503
    with post_office(settings) as box:
        message = MessageFactory(
            channel="", address="", phone="+84912345678", email="lan@example.vn", failures=len(PAUSES)
        )
        sent(message)
        run_tasks()

    message.refresh_from_db()
    assert (message.state, len(box.letters)) == (MessageState.SENT, 1)


# ---- what never leaks --------------------------------------------------------------------------------------
def test_no_secret_and_no_number_stands_in_log_or_record(gateway, caplog):
    caplog.set_level(logging.DEBUG)
    gateway.status, gateway.body = 500, f'{{"echo": "{TOKEN} +84912345678"}}'.encode()

    message = sent(by_phone())

    told = caplog.text + json.dumps(message.facts) + message.error + repr(http.Gateway.of(Channel.SMS))
    assert not [word for word in (SECRET, TOKEN, "912345678") if word in told]


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_while_the_gateway_takes_the_message_leaves_it_to_the_next(gateway, run_tasks):
    """Killed between sending and marking: the next worker hands it over under the same name (RELIABILITY R9)."""
    message = by_phone()
    actions.send.enqueue(str(message.uuid))
    connections.close_all()  # parent and child each open their own
    worker = multiprocessing.get_context("fork").Process(target=run_tasks)
    gateway.check = lambda *asked: worker.kill() or worker.join() or True

    worker.start()
    worker.join()

    message.refresh_from_db()
    assert (worker.exitcode, message.state) == (-signal.SIGKILL, MessageState.WAITING)
    gateway.check = None
    assert put_back_unfinished("test") == 1
    run_tasks()
    message.refresh_from_db()
    assert [body["ref"] for body in gateway.sent] == [str(message.uuid)] * 2
    assert message.state == MessageState.SENT


# ---- doctor ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"url": "http://cong.example.vn/"}, "Địa chỉ cổng tin nhắn SMS phải bắt đầu bằng https."),
        ({"method": "GET"}, "Cổng tin nhắn SMS phải dùng POST hoặc PUT, để số điện thoại không nằm trong địa chỉ."),
        ({"signature": {"header": "X"}, "secret": ""}, "Cổng tin nhắn SMS đòi chữ ký nhưng chưa có khóa bí mật."),
        ({"url": "https://cong.example.vn/"}, None),
    ],
)
def test_doctor_says_what_is_wrong_with_the_description(gateway, more, said):
    gateway.settings |= more

    assert [trouble.what for trouble in gateways(timezone.now())] == ([said] if said else [])


@pytest.mark.parametrize("broken", [{}, {"url": "https://x.vn"}, {"url": "https://x.vn", "body": {}, "adress": 1}])
def test_doctor_survives_a_description_that_is_none(settings, broken):
    settings.GATEWAYS = {"sms": broken}

    (trouble,) = gateways(timezone.now())

    assert trouble.what.startswith("Mô tả cổng tin nhắn SMS không đúng:")


def test_the_command_tries_a_gateway(gateway):
    out = io.StringIO()

    call_command("try_gateway", "sms", "0912 345 678", stdout=out)

    assert "Cổng đã nhận" in out.getvalue()
    assert gateway.sent[0]["to"] == "+84912345678"
    assert not Message.objects.filter(situation=Situation.CODE).exists()

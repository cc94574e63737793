"""One-time codes: that they prove what they should, and that guessing does not pay."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from thanthien.notifications import actions, queries
from thanthien.notifications.actions import check_code, send_code
from thanthien.notifications.enums import MessageState, Situation
from thanthien.notifications.models import Message, OneTimeCode
from thanthien.notifications.tests.servers import post_office

pytestmark = pytest.mark.django_db
PHONE, MAIL, PURPOSE = "0912 345 678", "Lan@Example.vn", "my-dossiers"
AT = timezone.now().replace(microsecond=0)
SAFE_WORDS = "Mã đã hết hạn hoặc đã dùng. Xin ông/bà lấy mã mới."


@pytest.fixture
def by_phone(settings):
    """The demonstration: what is sent is written down, and shown."""
    settings.DEMONSTRATION_CHANNELS = ["sms"]


@pytest.fixture
def mailbox(settings):
    with post_office(settings) as box:
        yield box


def later(**span):
    return AT + timedelta(**span)


def sent(to=PHONE, at=AT, **more):
    assert send_code(to, PURPOSE, at=at, **more).ok
    return Message.objects.filter(situation=Situation.CODE).latest("pk").facts["mã xác nhận"]


def wrong(code):
    return f"{(int(code) + 1) % 1_000_000:06d}"


def test_the_right_code_is_right_once(by_phone):
    code = sent()

    first, second = (check_code("+84912345678", PURPOSE, f" {code[:3]} {code[3:]} ", at=later(minutes=9)) for _ in "12")

    assert first.ok
    assert (second.ok, second.why) == (False, SAFE_WORDS)


def test_a_code_is_six_digits_and_kept_as_a_hash(by_phone):
    code = sent(asked_from="203.0.113.7")

    kept = OneTimeCode.objects.get()
    assert re.fullmatch(r"\d{6}", code)
    assert [len(kept.code), len(kept.recipient), len(kept.asked_from)] == [64, 64, 64]
    assert "912345678" not in kept.recipient


def test_a_code_is_for_its_purpose_and_its_recipient(by_phone):
    code = sent()

    assert not check_code(PHONE, "something-else", code, at=AT).ok
    assert not check_code("0912 345 679", PURPOSE, code, at=AT).ok
    assert check_code(PHONE, PURPOSE, code, at=AT).ok


def test_a_code_lasts_ten_minutes(by_phone):
    code = sent()

    assert check_code(PHONE, PURPOSE, code, at=later(minutes=10)).why == SAFE_WORDS


def test_only_the_newest_code_counts(by_phone):
    first, second = sent(), sent(at=later(minutes=1))

    assert check_code(PHONE, PURPOSE, first, at=later(minutes=2)).ok == (first == second)
    assert check_code(PHONE, PURPOSE, second, at=later(minutes=2)).ok


def test_five_wrong_tries_end_a_code(by_phone):
    code = sent()

    said = [check_code(PHONE, PURPOSE, wrong(code), at=AT).why for _ in range(5)]

    assert said[0] == "Mã chưa đúng. Ông/bà còn 4 lần nhập."
    assert said[-1] == "Mã chưa đúng, và đã nhập quá số lần. Xin ông/bà lấy mã mới."
    assert check_code(PHONE, PURPOSE, code, at=AT).why == SAFE_WORDS


def test_ten_wrong_tries_of_several_codes_must_wait(by_phone):
    for minute in (0, 1):
        code = sent(at=later(minutes=minute))
        for _ in range(5):
            check_code(PHONE, PURPOSE, wrong(code), at=later(minutes=minute))
    code = sent(at=later(minutes=2))

    answer = check_code(PHONE, PURPOSE, code, at=later(minutes=2))

    assert (answer.ok, answer.wait) == (False, 13 * 60 + 1)
    assert check_code(PHONE, PURPOSE, code, at=later(minutes=11)).ok is False
    assert answer.why == "Đã có nhiều lần gửi mã cho địa chỉ này. Xin ông/bà thử lại sau 14 phút."


@pytest.mark.parametrize("typed", ["", "abc", "۱۲۳۴۵۶", "1" * 5000, "<script>"])
def test_what_is_no_code_is_a_wrong_one(by_phone, typed):
    sent()

    assert not check_code(PHONE, PURPOSE, typed, at=AT).ok


def test_the_fourth_code_in_a_quarter_of_an_hour_must_wait(by_phone):
    for minute in range(3):
        sent(at=later(minutes=minute))

    answer = send_code(PHONE, PURPOSE, at=later(minutes=3))

    assert (answer.ok, answer.wait) == (False, 12 * 60 + 1)
    assert send_code("0912 345 679", PURPOSE, at=later(minutes=3)).ok
    assert send_code(PHONE, PURPOSE, at=later(minutes=16)).ok


def test_the_ninth_code_of_a_day_must_wait(by_phone):
    for half_hour in range(8):
        sent(at=later(minutes=30 * half_hour))

    assert send_code(PHONE, PURPOSE, at=later(hours=5)).wait == 19 * 3600 + 1


def test_an_office_behind_one_address_is_not_shut_out_and_a_machine_is(by_phone):
    for number in range(60):
        assert send_code(f"09123450{number:02d}", PURPOSE, asked_from="203.0.113.7", at=AT).ok

    assert send_code(PHONE, PURPOSE, asked_from="203.0.113.7", at=AT).wait == 15 * 60 + 1
    assert send_code(PHONE, PURPOSE, asked_from="203.0.113.8", at=AT).ok


def test_for_a_stranger_everything_is_said_and_nothing_sent(by_phone):
    answers = [send_code(PHONE, PURPOSE, is_known=False, at=AT) for _ in range(4)]

    assert [answer.ok for answer in answers] == [True, True, True, False]
    assert not Message.objects.exists()
    assert not check_code(PHONE, PURPOSE, "000000", at=AT).ok


@pytest.mark.parametrize("to", ["", "12", "lan@", "not a phone", "+84" + "9" * 400])
def test_what_is_no_address_is_refused_with_a_sentence(by_phone, to):
    assert send_code(to, PURPOSE, at=AT).why == "Số điện thoại hoặc địa chỉ thư điện tử chưa đúng."
    assert not check_code(to, PURPOSE, "123456", at=AT).ok


def test_without_a_way_to_phones_it_is_said():
    answer = send_code(PHONE, PURPOSE, at=AT)

    assert answer.why.startswith("Nơi này chưa gửi được tin nhắn tới điện thoại.")
    assert (queries.can_send_code_to(phone=True), queries.can_send_code_to(phone=False)) == (False, True)


def test_by_mail_it_arrives_and_is_forgotten_here(mailbox, run_tasks):
    code = sent(MAIL)

    run_tasks()

    message = Message.objects.get()
    assert f"Mã xác nhận: {code}" in mailbox.letters[0].get_payload(decode=True).decode()
    assert (message.state, message.facts) == (MessageState.SENT, {})
    assert code not in f"{message.body} {message.title}"
    assert check_code("lan@example.vn", PURPOSE, code, at=AT).ok


def test_a_code_that_came_too_late_is_not_sent_and_forgotten(mailbox):
    sent(MAIL, at=later(hours=-1))
    message = Message.objects.get()

    actions.send.func(str(message.uuid))

    message.refresh_from_db()
    assert (message.state, message.facts, mailbox.letters) == (MessageState.FAILED, {}, [])


def test_the_demonstration_shows_the_code(by_phone, run_tasks):
    code = sent()
    run_tasks()

    assert queries.demonstration_code(PHONE, PURPOSE) == code
    assert Message.objects.get().state == MessageState.SENT


def test_a_real_house_shows_no_code(by_phone, settings):
    sent()
    settings.DEMO = False

    assert queries.demonstration_code(PHONE, PURPOSE) == ""


@pytest.mark.parametrize("to", [PHONE, "0", "lan@example.vn"])
def test_where_nothing_was_sent_nothing_is_shown(by_phone, to):
    assert queries.demonstration_code(to, PURPOSE) == ""


def test_codes_of_before_yesterday_are_forgotten(by_phone):
    sent(at=later(hours=-25)), sent(at=later(hours=-23))

    actions.forget_old_codes(at=AT)

    assert OneTimeCode.objects.count() == 1

"""Hồ sơ của tôi: a code proves the phone; the list is that phone's alone and closes by itself."""

from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from thanthien.core.idempotency import new_key
from thanthien.dossiers import actions
from thanthien.dossiers.factories import MONDAY, an_offering, everyone_of, finish, hand_out, receive
from thanthien.notifications.models import Message
from thanthien.organisation.factories import StaffFactory

pytestmark = pytest.mark.django_db
PHONE, SHOWN = "+84912345678", "091* *** 678"
MINE, PROVE, LEAVE = (reverse(f"portal:{name}") for name in ("mine", "prove", "leave"))


@pytest.fixture(autouse=True)
def by_phone(settings):
    settings.DEMONSTRATION_CHANNELS = ["sms"]
    cache.clear()


@pytest.fixture
def clock():
    with time_machine.travel(MONDAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def dossier(clock):
    return receive("Cấp bản sao trích lục", person={"phone": PHONE}, at=MONDAY)


def send(client, address, **fields):
    return client.post(address, fields | {"idempotency_key": new_key()})


def code_sent():
    return Message.objects.filter(situation="code").latest("pk").facts["mã xác nhận"]


def prove(client, to="0912 345 678"):
    assert send(client, MINE, to=to).headers["Location"] == PROVE
    return send(client, PROVE, code=code_sent())


def wrong(code):
    return f"{(int(code) + 1) % 1_000_000:06d}"


def text_of(client, address=MINE):
    return client.get(address).content.decode()


def test_the_right_code_opens_the_list_of_that_phone_alone(client, dossier):
    other = receive("Đăng ký kết hôn", offering=an_offering("Đăng ký kết hôn", unit=dossier.unit), at=MONDAY)

    answer = prove(client)

    assert answer.headers["Location"] == MINE
    text = text_of(client)
    assert dossier.procedure_name in text
    assert reverse("portal:tracking", args=[dossier.code, dossier.secret]) in text
    assert SHOWN in text and "912345678" not in text
    assert dossier.applicant_name not in text
    assert other.code not in text


def test_each_state_is_said_in_a_word(client, dossier):
    by = everyone_of(dossier.unit)
    new = {"offering": dossier.offering, "person": {"phone": PHONE}, "by": by, "at": MONDAY}
    finish(receive(**new), by=by, at=MONDAY)
    hand_out(receive(**new), by=by, at=MONDAY)
    words = {"papers": ["Tờ khai"], "reason": "thiếu", "legal_basis": "Luật"}
    actions.request_supplement(receive(**new), **words, by=by, at=MONDAY)
    actions.withdraw(receive(**new), reason="đổi ý", by=by, at=MONDAY)
    prove(client)

    text = text_of(client)

    for said in ("Đang đúng hẹn", "Kết quả đã xong", "Đã trả kết quả", "Yêu cầu bổ sung giấy tờ", "yêu cầu rút hồ sơ"):
        assert said in text, said


def test_a_wrong_code_opens_nothing_and_says_how_many_tries_are_left(client, dossier):
    send(client, MINE, to=PHONE)

    answer = send(client, PROVE, code=wrong(code_sent()))

    assert "Mã chưa đúng. Ông/bà còn 4 lần nhập." in answer.content.decode()
    assert dossier.code not in text_of(client)


def test_a_code_cannot_be_guessed(client, dossier):
    send(client, MINE, to=PHONE)
    right = code_sent()
    for _try in range(5):
        send(client, PROVE, code=wrong(right))

    assert send(client, PROVE, code=right).status_code == 200
    assert dossier.code not in text_of(client)


def test_who_asks_too_often_must_wait_and_is_told_how_long(client, dossier):
    for _time in range(3):
        send(client, MINE, to=PHONE)

    answer = send(client, MINE, to=PHONE)

    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 901
    assert 'value="+84912345678"' in answer.content.decode()


def test_another_phone_behind_the_same_address_is_not_shut_out(client, dossier):
    for _time in range(4):
        send(client, MINE, to=PHONE)

    assert send(client, MINE, to="0987 654 321").headers["Location"] == PROVE


def test_an_unknown_phone_gets_the_same_words_and_no_message(client, dossier):
    known, unknown = Client(), Client()
    send(known, MINE, to=PHONE)
    messages = Message.objects.count()
    send(unknown, MINE, to="0987 654 321")

    assert Message.objects.count() == messages
    said = text_of(unknown, PROVE).replace("098* *** 321", SHOWN)
    assert "Nếu 091* *** 678 đã được ghi trong một hồ sơ" in said


def test_one_form_sent_twice_sends_one_code(client, dossier):
    form = {"to": PHONE, "idempotency_key": new_key()}

    first, second = client.post(MINE, form), client.post(MINE, form)

    assert first.headers["Location"] == second.headers["Location"] == PROVE
    assert Message.objects.filter(situation="code").count() == 1


def test_the_list_closes_after_half_an_hour_without_a_look(client, dossier, clock):
    prove(client)
    clock.move_to(MONDAY + timedelta(minutes=29))
    assert dossier.code in text_of(client)
    clock.move_to(MONDAY + timedelta(minutes=58))
    assert dossier.code in text_of(client)
    clock.move_to(MONDAY + timedelta(minutes=89))

    assert dossier.code not in text_of(client)


def test_the_list_closes_after_four_hours_however_often_it_is_looked_at(client, dossier, clock):
    prove(client)
    for half in range(1, 10):
        clock.move_to(MONDAY + timedelta(minutes=29 * half))
        text = text_of(client)

    assert dossier.code not in text


def test_who_leaves_leaves_nothing_behind(client, dossier):
    prove(client)

    assert send(client, LEAVE).headers["Location"] == "/"
    assert dossier.code not in text_of(client)
    assert client.get(PROVE).headers["Location"] == MINE


def test_an_officer_who_leaves_their_own_list_stays_signed_in(client, dossier):
    client.force_login(StaffFactory())
    prove(client)
    send(client, LEAVE)

    assert client.get(reverse("office:desk")).status_code == 200


def test_the_session_gets_a_new_key_when_it_is_proved(client, dossier):
    send(client, MINE, to=PHONE)
    before = client.cookies["sessionid"].value
    send(client, PROVE, code=code_sent())

    assert client.cookies["sessionid"].value != before


def test_a_mailbox_that_was_given_proves_as_well(client, clock):
    dossier = receive(person={"phone": "", "email": "Lan@Example.vn"}, at=MONDAY)
    prove(client, to="lan@example.vn")

    text = text_of(client)
    assert dossier.code in text
    assert "l***@example.vn" in text


@pytest.mark.parametrize(
    ("to", "said"),
    [
        ("", "Ông/bà vui lòng nhập số điện thoại"),
        ("abc", "Số điện thoại chưa đúng."),
        ("lan@", "Địa chỉ thư điện tử chưa đúng"),
        ("0" * 300, "254"),
        ("٠٩١٢٣٤٥٦٧٨", "Số điện thoại chưa đúng."),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(client, to, said):
    answer = send(client, MINE, to=to)

    assert answer.status_code == 200
    assert said in answer.content.decode()


def test_where_no_message_can_be_sent_to_phones_that_is_said(client, settings):
    settings.DEMONSTRATION_CHANNELS = []

    assert "Nơi này chưa gửi được tin nhắn tới điện thoại." in send(client, MINE, to=PHONE).content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_for_many(client, dossier, rows, django_assert_num_queries):
    for _ in range(rows - 1):
        receive(offering=dossier.offering, person={"phone": PHONE}, at=MONDAY)
    prove(client)
    client.get(MINE)

    with django_assert_num_queries(3):  # the session, the unit, the dossiers
        client.get(MINE)


def test_no_address_holds_the_phone(client, dossier):
    send(client, MINE, to=PHONE)
    addresses = [send(client, PROVE, code=code_sent()).headers["Location"]]

    assert all("912345678" not in address for address in addresses)
    assert "912345678" not in str(client.cookies)

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse

from thanthien.dossiers import actions
from thanthien.dossiers.factories import MONDAY, an_offering, receive
from thanthien.organisation.factories import StaffFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_limits():
    cache.clear()


@pytest.fixture
def dossier():
    return receive(person={"phone": "+84912345678"})


def page(dossier, secret=None):
    return reverse("portal:tracking", args=[dossier.code, secret or dossier.secret])


def ask(client, code, digits):
    return client.post(reverse("portal:track"), {"code": code, "digits": digits})


def test_the_code_and_the_last_digits_of_the_phone_open_the_dossier(client, dossier):
    answer = ask(client, dossier.code.lower(), "5678")

    assert answer.status_code == 302
    assert answer.headers["Location"] == page(dossier)


def test_the_page_says_the_promise_and_the_story(client, dossier):
    text = client.get(page(dossier)).content.decode()

    assert dossier.procedure_name in text
    assert "Đang đúng hẹn" in text or "Chúng tôi đã trễ hẹn" in text
    assert "Đã nhận hồ sơ của ông/bà" in text


def test_the_page_never_shows_who_filed_nor_their_numbers(client, dossier):
    text = client.get(page(dossier)).content.decode()

    assert dossier.applicant_name not in text
    assert dossier.personal_id not in text
    assert "912345678" not in text


def test_the_page_costs_two_statements(client, dossier, django_assert_num_queries):
    with django_assert_num_queries(2):
        client.get(page(dossier))


def test_the_code_alone_tells_only_whether_it_is_finished(client, dossier):
    answer = client.get(reverse("portal:state", args=[dossier.code]))

    text = answer.content.decode()
    assert "Hồ sơ này đang được giải quyết." in text
    assert dossier.procedure_name not in text


@pytest.mark.parametrize("digits", ["0000", "1234"])
def test_wrong_digits_and_an_unknown_code_get_the_same_words(client, dossier, digits):
    wrong = ask(client, dossier.code, digits)
    unknown = ask(client, "H56.14.18-260101-9999", digits)

    said = "Chưa tìm thấy hồ sơ khớp với mã và số điện thoại này."
    assert said in wrong.content.decode()
    assert wrong.status_code == unknown.status_code == 200
    assert wrong.content.decode().count(said) == unknown.content.decode().count(said)


def test_four_digits_in_an_address_open_nothing(client, dossier):
    assert client.get(page(dossier, "5678")).status_code == 404


def test_a_wrong_secret_opens_nothing(client, dossier):
    assert client.get(page(dossier, "x" * 16)).status_code == 404


def test_who_tries_digits_must_wait_and_is_told_how_long(client, dossier):
    for _try in range(10):
        ask(client, dossier.code, "0000")

    answer = ask(client, dossier.code, "5678")

    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 601


def test_another_dossier_can_still_be_looked_up_by_the_same_office(client, dossier):
    other = receive(offering=an_offering(unit=dossier.unit), person={"phone": "+84987654321"})
    for _try in range(10):
        ask(client, dossier.code, "0000")

    assert ask(client, other.code, "4321").status_code == 302


@pytest.mark.parametrize(
    ("code", "digits", "said"),
    [
        ("", "5678", "Ông/bà vui lòng nhập mã hồ sơ in trên giấy hẹn."),
        ("H56.14.18-260302-0001", "56a8", "Ông/bà nhập đúng 4 chữ số cuối"),
        ("H56.14.18-260302-0001", "٣٤٥٦", "Ông/bà nhập đúng 4 chữ số cuối"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field_and_kept(client, code, digits, said):
    text = ask(client, code, digits).content.decode()

    assert said in text
    assert f'value="{digits}"' in text


def test_a_dossier_filed_without_a_phone_opens_by_its_slip_only(client):
    dossier = receive(person={"phone": ""})

    assert ask(client, dossier.code, "0000").status_code == 200
    assert client.get(page(dossier)).status_code == 200


def test_a_supplement_says_what_to_bring(client, dossier):
    officer = StaffFactory(unit=dossier.unit)
    actions.request_supplement(
        dossier,
        papers=["Bản vẽ"],
        reason="Thiếu bản vẽ",
        legal_basis="Điều 19",
        by=officer,
        at=MONDAY + timedelta(hours=1),
    )

    text = client.get(page(dossier)).content.decode()

    assert "Đang chờ ông/bà bổ sung" in text
    assert "Xin ông/bà bổ sung: Bản vẽ." in text

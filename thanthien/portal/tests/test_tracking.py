from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse

from thanthien.core import timeline
from thanthien.core.files import PDF, CheckedFile
from thanthien.dossiers import actions
from thanthien.dossiers.enums import FileKind
from thanthien.dossiers.factories import MONDAY, an_offering, everyone_of, finish, receive
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


def test_the_code_and_the_last_digits_of_the_phone_open_the_story(client, dossier):
    answer = ask(client, dossier.code.lower(), "5678")

    assert answer.status_code == 302
    assert answer.headers["Location"] == looked_at(dossier)
    text = client.get(looked_at(dossier)).content.decode()
    assert dossier.procedure_name in text
    assert "Trang này chỉ để xem." in text


def test_four_digits_never_give_the_secret_away(client, dossier):
    ask(client, dossier.code, "5678")

    text = client.get(looked_at(dossier)).content.decode()

    assert dossier.secret not in text
    assert all(dossier.secret not in cookie.value for cookie in client.cookies.values())


def test_what_was_looked_up_opens_no_other_dossier_and_nobody_else(client, dossier):
    other = receive(offering=dossier.offering)
    ask(client, dossier.code, "5678")

    assert other.procedure_name not in client.get(looked_at(other)).content.decode()
    assert dossier.procedure_name not in Client().get(looked_at(dossier)).content.decode()


def test_what_was_looked_up_stays_open_for_half_an_hour_only(client, dossier):
    with time_machine.travel(MONDAY, tick=False) as traveller:
        ask(client, dossier.code, "5678")
        traveller.move_to(MONDAY + timedelta(minutes=31))
        text = client.get(looked_at(dossier)).content.decode()

    assert dossier.procedure_name not in text


def test_a_forged_proof_opens_nothing(client, dossier):
    client.cookies["da-xem"] = f"{dossier.code}:1x:forged"

    assert dossier.procedure_name not in client.get(looked_at(dossier)).content.decode()


def looked_at(dossier):
    return reverse("portal:state", args=[dossier.code])


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


def test_a_finished_dossier_without_a_file_costs_no_more(client, dossier, django_assert_num_queries):
    finish(dossier, at=MONDAY)

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


def test_who_waits_for_another_agency_reads_which_since_when_and_what_if_it_answers_today(client):
    dossier = receive(offering=an_offering(agency_basis="Luật Hộ tịch, Điều 5"))
    question = actions.Question(agency="Sở Tư pháp", text="Xác minh", expected_on=MONDAY.date() + timedelta(days=4))
    by = everyone_of(dossier.unit)
    dossier = actions.ask_agency(dossier, question, by=by, at=MONDAY + timedelta(hours=1))

    with time_machine.travel(MONDAY + timedelta(days=2), tick=False):
        waiting = client.get(page(dossier)).content.decode()
    actions.record_agency_answer(dossier, answer="Đúng.", by=by, at=MONDAY + timedelta(days=2, hours=2))
    with time_machine.travel(MONDAY + timedelta(days=2, hours=2), tick=False):
        after = client.get(page(dossier)).content.decode()

    assert "Đang chờ cơ quan khác" in waiting
    assert "Chúng tôi chờ Sở Tư pháp trả lời: đã chờ 2 ngày, dự kiến trả lời 27/11." in waiting
    assert "Nếu có trả lời hôm nay, hẹn trả" in waiting
    assert "Làm ngay trên trang này" not in waiting
    assert "Sở Tư pháp đã trả lời." in after
    assert "chờ cơ quan khác trả lời" in after  # in the date that explains itself


def test_nobody_may_guess_one_dossier_more_than_thirty_times_a_day(client, dossier):
    with time_machine.travel(MONDAY, tick=False) as traveller:
        for tenth in range(3):
            traveller.move_to(MONDAY + timedelta(minutes=11 * tenth))
            for _try in range(10):
                ask(Client(REMOTE_ADDR=f"192.0.2.{tenth}"), dossier.code, "0000")
        traveller.move_to(MONDAY + timedelta(hours=2))

        answer = ask(client, dossier.code, "5678")

    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 3600


# ---- the result as a file ----------------------------------------------------------------------------------
@pytest.fixture
def ready(dossier, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    by, at = everyone_of(dossier.unit), MONDAY + timedelta(hours=1)
    finish(dossier, by=by, at=at)
    content = ContentFile(b"%PDF-1.7 result", "ket-qua.pdf")
    signed = CheckedFile(content=content, name="ket-qua.pdf", kind=PDF, size=15, sha256="0" * 64)
    actions.attach_files(dossier, [signed], FileKind.RESULT, by=by, at=at)
    return dossier


def result_of(dossier, secret=None, file_id=None):
    wanted = file_id or dossier.files.get(kind=FileKind.RESULT).pk
    return reverse("portal:result", args=[dossier.code, secret or dossier.secret, wanted])


def test_the_result_is_handed_to_who_holds_the_secret_and_that_is_written_down_once(client, ready):
    assert result_of(ready) in client.get(page(ready)).content.decode()

    for _again in range(2):
        answer = client.get(result_of(ready))

    assert b"".join(answer.streaming_content) == b"%PDF-1.7 result"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "no-store" in answer.headers["Cache-Control"]
    said = [entry.public_text for entry in timeline.entries_of(ready.subject) if entry.kind == "downloaded"]
    assert said == ["Ông/bà đã tải kết quả."]


def test_the_result_is_not_for_who_only_knows_the_digits(client, ready):
    ask(client, ready.code, "5678")

    assert result_of(ready) not in client.get(looked_at(ready)).content.decode()
    assert client.get(result_of(ready, secret="5678")).status_code == 404
    assert client.get(result_of(ready, secret="x" * 16)).status_code == 404


def test_a_paper_that_was_handed_in_is_no_result(client, ready):
    paper = ready.files.create(
        path="x", name="x", media_type="image/png", size=1, sha256="0", uploaded_by="x", uploaded_at=MONDAY
    )
    other = receive(offering=ready.offering)

    assert client.get(result_of(ready, file_id=paper.pk)).status_code == 404
    assert client.get(result_of(other, file_id=ready.files.get(kind=FileKind.RESULT).pk)).status_code == 404

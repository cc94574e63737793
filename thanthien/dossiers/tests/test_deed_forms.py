"""What is special about single pages: proofs, files, dates that are shown before they are promised."""

from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from thanthien.core.idempotency import new_key
from thanthien.dossiers import actions
from thanthien.dossiers.factories import MONDAY, everyone_of, finish, officer, receive
from thanthien.dossiers.models import Consultation, Dossier
from thanthien.dossiers.tests.deeds import NOW, asked, late, one_step, two_steps
from thanthien.organisation.enums import Level, Role
from thanthien.organisation.factories import UnitFactory

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\ntrailer\n<< /Root 1 0 R >>\nstartxref\n9\n%%EOF\n"


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(NOW, tick=False):
        yield


def test_a_refusal_of_the_action_itself_stands_in_the_form(client):
    """Somebody else was quicker in between: the page was opened at the first step, the dossier is at the last."""
    dossier = one_step()
    client.force_login(officer(dossier.unit))
    page = reverse("dossiers:finish_step", args=[dossier.code])

    response = client.post(page, {"idempotency_key": new_key(), "note": "giữ nguyên"})

    assert response.status_code == 422
    assert response.context["form"].non_field_errors() == ["Đây là bước cuối: hãy ghi kết quả để kết thúc hồ sơ."]
    assert response.context["form"]["note"].value() == "giữ nguyên"


def test_scans_come_in_with_the_answer_of_the_citizen(client):
    dossier = asked()
    client.force_login(officer(dossier.unit))
    facts = {"answer": "đủ", "scans": SimpleUploadedFile("ban-ve.pdf", PDF), "idempotency_key": new_key()}

    client.post(reverse("dossiers:resume", args=[dossier.code]), facts)

    assert [file.name for file in dossier.files.all()] == ["ban-ve.pdf"]


@pytest.mark.parametrize(
    ("facts", "wrong"),
    [
        ({"paper": ""}, "paper"),
        ({"paper": "new", "name": "Căn cước", "is_shown_only": "on"}, "scans"),
        ({"paper": "777777"}, "paper"),
    ],
)
def test_a_scan_belongs_to_a_paper_that_is_kept(client, facts, wrong):
    dossier = two_steps()
    client.force_login(officer(dossier.unit))
    sent = facts | {"scans": SimpleUploadedFile("don.pdf", PDF), "idempotency_key": new_key()}

    response = client.post(reverse("dossiers:attach", args=[dossier.code]), sent)

    assert response.status_code == 422
    assert wrong in response.context["form"].errors
    assert dossier.files.count() == 0


def test_a_scan_of_a_listed_paper_is_kept_with_it(client):
    dossier = two_steps()
    client.force_login(officer(dossier.unit))
    paper = dossier.papers.get()
    sent = {"paper": str(paper.pk), "scans": SimpleUploadedFile("../../don.exe", PDF), "idempotency_key": new_key()}

    response = client.post(reverse("dossiers:attach", args=[dossier.code]), sent)

    assert response.status_code == 302
    assert [file.name for file in paper.files.all()] == ["don.pdf"]


def test_no_supplement_asks_for_half_a_library(client):
    dossier = receive()
    client.force_login(officer(dossier.unit))
    sent = {"more": "\n".join(f"Giấy {n}" for n in range(51)), "reason": "thiếu", "legal_basis": "Luật"}

    response = client.post(
        reverse("dossiers:request_supplement", args=[dossier.code]), sent | {"idempotency_key": new_key()}
    )

    assert response.context["form"].errors["more"] == ["Nhiều quá 50 giấy tờ. Xin gộp lại để người dân dễ theo."]


def test_an_opinion_wanted_for_yesterday_is_refused(client):
    dossier = receive()
    client.force_login(officer(dossier.unit))
    unit = UnitFactory(division=True, parent=dossier.unit)
    sent = {"unit": str(unit.pk), "question": "?", "day": "20/11/2026", "hour": "17:00"}

    response = client.post(reverse("dossiers:consult", args=[dossier.code]), sent | {"idempotency_key": new_key()})

    assert response.context["form"].errors["day"] == ["Hạn trả lời phải sau lúc này."]


@pytest.mark.parametrize("text", ["\x00", "a" * 5000, "\ud800", "<script>alert(1)</script>", "\u202e đảo"])
def test_odd_text_never_breaks_a_page(client, text):
    dossier = receive()
    client.force_login(officer(dossier.unit))
    address = reverse("dossiers:withdraw", args=[dossier.code])

    response = client.post(
        address, {"reason": text.encode("utf-8", "replace").decode(), "idempotency_key": new_key()}, follow=True
    )

    assert response.status_code in (200, 422)
    assert "<script>alert" not in response.content.decode()


def test_a_signature_drawn_on_the_screen_is_kept(client):
    dossier = finish(receive())
    client.force_login(officer(dossier.unit, Role.RETURN))
    # One white pixel, as a canvas would send it.
    drawn = (
        "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8/5+hHgAHggJ/PchI7wAAAABJ"
        "RU5ErkJggg=="
    )
    facts = {"channel": "counter", "collector_name": "A", "collector_id": "038190000001", "signature": drawn}

    response = client.post(
        reverse("dossiers:return_result", args=[dossier.code]), facts | {"idempotency_key": new_key()}
    )

    assert response.status_code == 302
    kept = Dossier.objects.get(pk=dossier.pk).result_return.signature
    assert (kept.media_type, kept.kind) == ("image/png", "signature")


@pytest.mark.parametrize(
    ("facts", "wrong"),
    [
        ({"channel": "counter", "collector_id": "1"}, "is_signed_on_paper"),
        ({"channel": "counter", "is_signed_on_paper": "on"}, "collector_id"),
        ({"channel": "counter", "collector_id": "1", "is_other": "on", "is_signed_on_paper": "on"}, "authorisation"),
        ({"channel": "post"}, "waybill"),
        ({"channel": "counter", "collector_id": "1", "signature": "data:image/png;base64,????"}, "signature"),
        ({"channel": "kiosk"}, "channel"),
    ],
)
def test_each_way_of_returning_asks_for_its_own_proof(client, facts, wrong):
    dossier = finish(receive())
    client.force_login(officer(dossier.unit, Role.RETURN))
    sent = {"collector_name": "A", "idempotency_key": new_key(), **facts}

    response = client.post(reverse("dossiers:return_result", args=[dossier.code]), sent)

    assert response.status_code == 422
    assert wrong in response.context["form"].errors


def test_the_page_of_a_supplement_says_the_date_if_answered_today(client):
    dossier = two_steps()
    client.force_login(officer(dossier.unit))

    page = client.get(reverse("dossiers:request_supplement", args=[dossier.code])).content.decode()

    assert "Nếu người dân bổ sung ngay hôm nay thì hẹn <b>thứ Ba, 01/12/2026, 17:00</b>." in page


def test_the_page_of_going_on_shows_the_new_date_before_it_is_promised(client):
    dossier = asked()
    client.force_login(officer(dossier.unit))

    response = client.get(reverse("dossiers:resume", args=[dossier.code]))

    editor = response.context["request"].user  # who holds the dossier now; nobody else may change it
    assert response.context["new_due"].due == actions.resume(dossier, by=editor, at=NOW).due_at


def test_a_draft_for_a_result_that_came_late_asks_for_no_date(client):
    dossier = late()
    finish(dossier, at=NOW)
    by = officer(dossier.unit, Role.SPECIALIST)
    facts = {"cause": "staff", "text": "Cán bộ nghỉ ốm.", "answerable": str(by.pk)}
    client.force_login(by)

    response = client.post(
        reverse("dossiers:draft_apology", args=[dossier.code]), facts | {"idempotency_key": new_key()}
    )

    assert response.status_code == 302
    assert Dossier.objects.get(pk=dossier.pk).apology.new_due_at == NOW


# ---- opinions --------------------------------------------------------------------------------------------
def consultation() -> Consultation:
    dossier, other = receive(), UnitFactory(level=Level.OTHER)
    facts = {"unit": other, "question": "Có quy hoạch không?", "due_at": NOW + timedelta(days=1)}
    actions.consult(dossier, **facts, by=officer(dossier.unit), at=MONDAY)
    return dossier.consultations.get()


def test_the_unit_that_was_asked_answers_on_its_page(client):
    asked_for = consultation()
    page = reverse("dossiers:answer_consultation", args=[asked_for.dossier.code, asked_for.pk])
    client.force_login(officer(asked_for.unit, Role.SPECIALIST))

    shown = client.get(page)
    empty = client.post(page, {"answer": "", "idempotency_key": new_key()})
    done = client.post(page, {"answer": "Không có.", "idempotency_key": new_key()})

    assert (shown.status_code, empty.status_code, done.status_code) == (200, 422, 302)
    asked_for.refresh_from_db()
    assert asked_for.answer == "Không có."
    assert client.get(page).status_code == 404


def test_the_unit_that_asked_does_not_answer_itself(client):
    asked_for = consultation()
    client.force_login(everyone_of(asked_for.dossier.unit))

    response = client.get(reverse("dossiers:answer_consultation", args=[asked_for.dossier.code, asked_for.pk]))

    assert response.status_code == 403

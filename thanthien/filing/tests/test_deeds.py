"""What citizens do from the tracking page, with the secret of their dossier."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import translation

from thanthien.core import timeline
from thanthien.core.idempotency import new_key
from thanthien.core.models import IssuedDocument
from thanthien.dossiers import actions as dossiers
from thanthien.dossiers.enums import ReturnChannel, Status
from thanthien.dossiers.factories import MONDAY, ZONE, everyone_of, finish, receive
from thanthien.dossiers.models import Dossier
from thanthien.filing import actions
from thanthien.filing.factories import a_photo, an_online_offering, begin, fill, found
from thanthien.filing.forms.whole import Whole
from thanthien.filing.models import Consent, Draft, Filing

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(hours=2)
ASKED = {"papers": ["Giấy chứng sinh", "Bản sao căn cước"], "reason": "ảnh mờ", "legal_basis": "Luật Hộ tịch"}


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(LATER, tick=False) as traveller:
        yield traveller


def sent(**values):
    return {"idempotency_key": new_key(), "do": "next"} | values


def address(name, dossier, secret=""):
    return reverse(f"filing:{name}", args=[dossier.code, secret or dossier.secret])


def a_filed_dossier():
    begun = begin(an_online_offering())
    fill(begun.draft)
    draft = found(begun)
    return actions.submit(draft, Whole(draft, today=MONDAY.date()).application(), at=MONDAY)


def asked_for_more(dossier=None):
    dossier = dossier or receive(offering=an_online_offering())
    return dossiers.request_supplement(dossier, **ASKED, by=everyone_of(dossier.unit), at=LATER)


def supplement_begun(client, dossier) -> str:
    return client.post(address("supplement", dossier), sent()).headers["Location"]


def answered(client, dossier) -> str:
    """Photos for both papers; answers the address of the last page."""
    papers = supplement_begun(client, dossier)
    answer = client.post(papers, sent(**{"photo-bs-1": a_photo("1.jpg"), "photo-bs-2": a_photo("2.jpg")}))
    return answer.headers["Location"]


def test_the_page_says_what_is_missing_why_and_which_date_would_hold(client):
    dossier = asked_for_more()

    page = client.get(address("supplement", dossier)).content.decode()

    # RESTART: five working days after today, whose morrow is a holiday.
    for words in ("Giấy chứng sinh", "Bản sao căn cước", "ảnh mờ", "Luật Hộ tịch", "01/12/2026"):
        assert words in page


def test_the_citizen_completes_the_dossier_and_gets_the_date_that_was_shown(client):
    dossier = asked_for_more()
    last = answered(client, dossier)
    page = client.get(last).content.decode()
    due = dossiers.due_if_answered(dossier, at=LATER).due

    answer = client.post(last, sent(note="Chụp lại rõ", shown_due=due.isoformat()))

    dossier.refresh_from_db()
    assert "01/12/2026" in page
    assert answer.headers["Location"] == reverse("portal:tracking", args=[dossier.code, dossier.secret])
    assert (dossier.status, dossier.due_at) == (Status.RECEIVED, due)
    assert [file.paper.name for file in dossier.files.order_by("pk")] == ["Giấy chứng sinh", "Bản sao căn cước"]
    assert dossier.supplement.answer == "Chụp lại rõ"
    assert Filing.objects.get(dossier=dossier).kind == "supplement"
    assert Draft.objects.count() == 0


def test_a_date_that_changed_meanwhile_is_shown_before_it_is_promised(client, clock):
    dossier = asked_for_more()
    last = answered(client, dossier)
    due = dossiers.due_if_answered(dossier, at=LATER).due
    clock.move_to(datetime(2026, 11, 25, 8, tzinfo=ZONE))

    answer = client.post(last, sent(shown_due=due.isoformat()))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Ngày hẹn mới đã thay đổi" in page
    assert "02/12/2026" in page
    dossier.refresh_from_db()
    assert dossier.status == Status.SUPPLEMENT


def test_nothing_is_sent_while_a_paper_is_missing(client):
    dossier = asked_for_more()
    papers = supplement_begun(client, dossier)
    last = client.post(papers, sent(**{"photo-bs-1": a_photo()})).headers["Location"]

    answer = client.post(last, sent())

    assert answer.status_code == 422
    assert "Bản sao căn cước" in answer.content.decode()


def test_a_supplement_before_acceptance_brings_it_back_to_be_looked_at(client):
    dossier = asked_for_more(a_filed_dossier())

    client.post(answered(client, dossier), sent())

    dossier.refresh_from_db()
    assert dossier.status == Status.NEW


def test_the_answer_is_one_draft_on_every_device(client):
    dossier = asked_for_more()
    first, second = supplement_begun(client, dossier), supplement_begun(Client(), dossier)

    assert first == second
    assert client.get(first).status_code == 200
    assert Draft.objects.count() == 1


def test_the_dossier_is_taken_back_with_a_reason(client):
    dossier = a_filed_dossier()

    empty = client.post(address("withdraw", dossier), sent())
    answer = client.post(address("withdraw", dossier), sent(reason="đổi ý"))

    dossier.refresh_from_db()
    assert (empty.status_code, answer.status_code) == (422, 302)
    assert (dossier.status, dossier.closing_reason) == (Status.WITHDRAWN, "đổi ý")


def test_the_way_back_is_changed_and_at_home_needs_a_reason(client):
    dossier = a_filed_dossier()

    without = client.post(address("way_back", dossier), sent(channel="home", reason="", address=""))
    answer = client.post(address("way_back", dossier), sent(channel="home", reason="elderly", address=""))

    dossier.refresh_from_db()
    assert (without.status_code, answer.status_code) == (422, 302)
    facts = dossier.return_channel, dossier.return_reason, dossier.return_address
    assert facts == (ReturnChannel.HOME, "elderly", "Thôn 1, xã Mẫu")


def test_a_consent_is_taken_back_and_both_answers_stay_written_down(client):
    dossier = a_filed_dossier()
    assert "checked" in client.get(address("consents", dossier)).content.decode()

    client.post(address("consents", dossier), sent())

    said = list(Consent.objects.filter(dossier=dossier, purpose="survey").values_list("is_given", flat=True))
    assert said == [True, False]


@pytest.mark.parametrize("name", ["supplement", "withdraw", "way_back", "consents"])
def test_without_the_secret_nothing_is_shown_or_done(client, name):
    dossier = asked_for_more()

    shown = client.get(address(name, dossier, "khong-dung-khoa"))
    done = client.post(address(name, dossier, "khong-dung-khoa"), sent(reason="x", channel="counter"))
    digits = client.get(address(name, dossier, dossier.phone[-4:]))

    assert [answer.status_code for answer in (shown, done, digits)] == [404, 404, 404]
    assert dossier.applicant_name not in shown.content.decode()
    dossier.refresh_from_db()
    assert dossier.status == Status.SUPPLEMENT


def test_many_wrong_secrets_for_one_dossier_must_wait(client):
    dossier = receive()

    answers = [client.get(address("withdraw", dossier, f"khong-dung-{n}")).status_code for n in range(11)]
    waits = client.get(address("withdraw", dossier))

    assert answers == [404] * 10 + [429]
    assert int(waits.headers["Retry-After"]) > 0


def test_the_tracking_page_offers_what_is_possible_now(client):
    def offered(dossier):
        page = client.get(reverse("portal:tracking", args=[dossier.code, dossier.secret])).content.decode()
        return [words for words in ("Gửi giấy tờ bổ sung", "Đổi cách nhận kết quả", "Rút hồ sơ") if words in page]

    assert offered(asked_for_more()) == ["Gửi giấy tờ bổ sung", "Đổi cách nhận kết quả", "Rút hồ sơ"]
    assert offered(receive()) == ["Đổi cách nhận kết quả", "Rút hồ sơ"]
    assert offered(finish(receive())) == []


def test_what_is_finished_is_neither_completed_nor_taken_back(client):
    dossier = finish(receive())

    for name in ("supplement", "withdraw", "way_back"):
        assert client.get(address(name, dossier)).status_code == 403
    assert Dossier.objects.get(pk=dossier.pk).status == Status.FINISHED


def test_what_is_filed_and_printed_in_english_is_kept_in_vietnamese(client):
    client.cookies["ngon-ngu"] = "en"
    with translation.override("en"):
        dossier = a_filed_dossier()

    client.get(reverse("filing:acknowledgement", args=[dossier.code, dossier.secret]))

    paper = IssuedDocument.objects.get(subject=dossier.subject)
    assert timeline.entries_of(dossier.subject)[0].actor == f"{dossier.applicant_name}, nộp trực tuyến"
    assert (paper.kind, paper.issued_by) == ("acknowledgement", "Hệ thống")

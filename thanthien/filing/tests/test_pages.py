"""The way through the pages as a browser without scripts goes it."""

from datetime import date, timedelta
from urllib.parse import urlencode

import pytest
import time_machine
from django.http import QueryDict
from django.test import Client
from django.urls import reverse

from thanthien.core.idempotency import new_key
from thanthien.dossiers.enums import Status
from thanthien.dossiers.factories import MONDAY
from thanthien.dossiers.models import Dossier
from thanthien.filing.factories import ANSWERS, OWNER, a_photo, an_online_offering
from thanthien.filing.forms.steps import PersonForm
from thanthien.filing.models import Consent, Draft, Filing

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.fixture
def offering():
    return an_online_offering()


def sent(values=None, **more):
    return {"idempotency_key": new_key(), "do": "next"} | (values or {}) | more


def started(client, offering) -> str:
    """Begins; answers the address of the first page."""
    answer = client.post(reverse("filing:start", args=[offering.pk]), sent())
    assert answer.status_code == 302
    return answer.headers["Location"]


def page_of(address: str, step: str) -> str:
    return f"{address.rsplit('/', 2)[0]}/{step}/"


def walked(client, offering, **other) -> str:
    """All pages but the last; answers the address of the last."""
    first = started(client, offering)
    for step, values in (ANSWERS | other).items():
        answer = client.post(page_of(first, step), sent(values))
        assert answer.status_code == 302, answer.content.decode()
    answer = client.post(page_of(first, "giay-to"), sent({"photo-1": a_photo()}))
    assert answer.status_code == 302
    return page_of(first, "kiem-tra")


def test_a_citizen_files_without_an_account_and_gets_a_code(client, offering):
    last = walked(client, offering)

    answer = client.post(last, sent())

    dossier = Dossier.objects.get()
    assert answer.headers["Location"] == reverse("filing:filed", args=[dossier.code, dossier.secret])
    assert (dossier.status, dossier.channel, dossier.applicant_name) == (Status.NEW, "online", "Trần Thị Lụa")
    page = client.get(answer.headers["Location"])
    assert page.status_code == 200
    assert dossier.code in page.content.decode()
    assert Draft.objects.count() == 0


def test_each_page_leads_to_the_next(client, offering):
    first = started(client, offering)

    steps = []
    address = first
    for _ in range(5):
        step = address.rsplit("/", 2)[1]
        steps.append(step)
        values = {"photo-1": a_photo()} if step == "giay-to" else ANSWERS[step]
        address = client.post(address, sent(values)).headers["Location"]

    assert [*steps, address.rsplit("/", 2)[1]] == [
        "cho-ai", "nguoi-nop", "giay-to", "nhan-ket-qua", "dong-y", "kiem-tra",
    ]  # fmt: skip


def test_elderly_person_files_with_the_year_of_birth_alone(client, offering):
    elderly = ANSWERS["nguoi-nop"] | {"personal_id": ["038040000123"], "birth_date": [" năm 1940"]}
    first = started(client, offering)

    answer = client.post(page_of(first, "nguoi-nop"), sent(elderly))
    check = client.get(page_of(first, "kiem-tra")).content.decode()

    assert answer.status_code == 302
    assert "<dd>1940</dd>" in check
    form = PersonForm(None, QueryDict(urlencode(elderly, doseq=True)), today=date(2026, 11, 23))
    assert form.is_valid()
    assert (form.person().birth_date, form.warnings) == (None, [])


@pytest.mark.parametrize(("typed", "words"), [("2010", "chỉ người cao tuổi"), ("1850", "sớm quá"), ("40", "trên lịch")])
def test_year_of_birth_that_cannot_be_is_refused_beside_its_field(client, offering, typed, words):
    first = started(client, offering)

    answer = client.post(page_of(first, "nguoi-nop"), sent(ANSWERS["nguoi-nop"] | {"birth_date": [typed]}))

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert f'value="{typed}"' in answer.content.decode()


def test_what_was_typed_wrongly_is_said_beside_its_field_and_stays(client, offering):
    first = started(client, offering)
    wrong = ANSWERS["nguoi-nop"] | {"personal_id": ["0381900"], "birth_date": ["31/02/1990"]}

    answer = client.post(page_of(first, "nguoi-nop"), sent(wrong))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Số định danh cá nhân phải đủ 12 chữ số" in page
    assert 'value="0381900"' in page
    assert 'value="31/02/1990"' in page
    again = client.get(page_of(first, "nguoi-nop")).content.decode()
    assert 'value="31/02/1990"' in again


def test_a_scanned_card_fills_the_page(client, offering):
    first = started(client, offering)
    card = "038190000123|012345678|Trần Thị Lụa|05021990|Nữ|Thôn 1, xã Mẫu|01012022"

    answer = client.post(page_of(first, "nguoi-nop"), sent({"card": card, "phone": "0912345678"}))

    page = client.get(answer.headers["Location"]).content.decode()
    assert 'value="038190000123"' in page
    assert 'value="05/02/1990"' in page
    assert 'value="0912345678"' in page


def test_another_device_does_not_see_the_draft(client, offering):
    first = started(client, offering)

    answer = Client().get(first)

    assert answer.status_code == 404


def test_the_copied_link_opens_the_draft_on_another_device(client, offering):
    first = started(client, offering)
    client.post(first, sent(ANSWERS["cho-ai"]))
    [key] = [cookie.value for name, cookie in client.cookies.items() if name.startswith("nop_")]
    other = Client()

    answer = other.get(reverse("filing:resume", args=[key]))

    assert answer.headers["Location"].endswith("/nguoi-nop/")
    assert other.get(answer.headers["Location"]).status_code == 200


def test_the_key_is_kept_in_a_cookie_that_no_script_reads_and_only_its_hash_in_the_database(client, offering):
    started(client, offering)

    [(name, cookie)] = [pair for pair in client.cookies.items() if pair[0].startswith("nop_")]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/nop-ho-so/")
    assert int(cookie["max-age"]) == 7 * 24 * 3600
    draft = Draft.objects.get()
    assert cookie.value not in (draft.ref, draft.key_hash)


def test_who_leaves_a_shared_machine_takes_the_draft_along(client, offering):
    first = started(client, offering)
    draft = Draft.objects.get()

    client.post(reverse("filing:leave", args=[draft.ref]), sent())

    assert client.get(first).status_code == 404
    assert Draft.objects.count() == 1


def test_a_deleted_draft_is_gone(client, offering):
    first = started(client, offering)

    answer = client.post(reverse("filing:delete", args=[Draft.objects.get().ref]), sent(), follow=True)

    assert answer.status_code == 200
    assert Draft.objects.count() == 0
    assert client.get(first).status_code == 404


def test_what_is_typed_is_saved_without_sending(client, offering):
    first = started(client, offering)
    address = reverse("filing:save", args=[Draft.objects.get().ref, "nguoi-nop"])

    answer = client.post(address, {"full_name": "Trần Th"})

    assert answer.json() == {"saved": "08:12 23/11/2026", "until": "08:12 30/11/2026"}
    assert 'value="Trần Th"' in client.get(page_of(first, "nguoi-nop")).content.decode()


def test_a_page_that_was_only_typed_on_is_not_done(client, offering):
    last = walked(client, offering)
    Draft.objects.update(sent_steps=["cho-ai", "giay-to", "nhan-ket-qua", "dong-y"])

    answer = client.post(last, sent())

    assert answer.status_code == 422
    assert "Trang này ông/bà chưa khai xong." in answer.content.decode()
    assert Dossier.objects.count() == 0


def test_a_missing_paper_blocks_and_says_how_to_mend_it(client, offering):
    first = started(client, offering)
    for step, values in ANSWERS.items():
        client.post(page_of(first, step), sent(values))
    client.post(page_of(first, "giay-to"), sent())

    answer = client.post(page_of(first, "kiem-tra"), sent())

    assert answer.status_code == 422
    assert "Xin chụp giấy này và tải lên, hoặc đánh dấu" in answer.content.decode()


def test_a_paper_that_somebody_has_not_only_warns(client, offering):
    first = started(client, offering)
    for step, values in ANSWERS.items():
        client.post(page_of(first, step), sent(values))
    client.post(page_of(first, "giay-to"), sent({"absent-1": "on"}))

    page = client.get(page_of(first, "kiem-tra")).content.decode()
    answer = client.post(page_of(first, "kiem-tra"), sent())

    assert "Xin xem lại, vẫn gửi được" in page
    assert answer.status_code == 302
    assert Filing.objects.get().absent == ["Giấy chứng sinh"]


def test_a_bad_file_is_named_and_the_good_ones_stay(client, offering):
    first = started(client, offering)
    bad = a_photo("virus.jpg")
    bad.file.truncate(0)
    bad = type(bad)("virus.jpg", b"MZ" + b"\0" * 600)

    answer = client.post(page_of(first, "giay-to"), sent({"file-1": [a_photo("mot.jpg"), bad]}))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "virus.jpg: Đây là một chương trình máy tính" in page
    assert "mot.jpg" in page


def test_a_file_is_taken_out_again(client, offering):
    first = started(client, offering)
    client.post(page_of(first, "giay-to"), sent({"file-1": a_photo("mot.jpg")}))
    draft = Draft.objects.get()

    client.post(page_of(first, "giay-to"), sent(do=f"remove-{draft.files.get().pk}"))

    assert draft.files.count() == 0


def test_filing_for_a_neighbour_asks_for_the_authorisation_and_keeps_both_names(client, offering):
    first = started(client, offering)
    for step, values in (ANSWERS | {"cho-ai": {"for_whom": ["other"]}, "chu-ho-so": OWNER}).items():
        assert client.post(page_of(first, step), sent(values)).status_code == 302, step
    client.post(page_of(first, "giay-to"), sent({"photo-1": a_photo()}))

    refused = client.post(page_of(first, "kiem-tra"), sent())
    client.post(page_of(first, "giay-to"), sent({"photo-uy-quyen": a_photo("uy-quyen.jpg")}))
    client.post(page_of(first, "kiem-tra"), sent())

    assert "Nộp thay người khác cần giấy ủy quyền" in refused.content.decode()
    dossier, filing = Dossier.objects.get(), Filing.objects.get()
    assert (dossier.applicant_name, dossier.owner_name) == ("Trần Thị Lụa", "Lê Văn Tám")
    assert dossier.authorisation == "Bản chụp giấy ủy quyền nộp trực tuyến"
    assert (filing.is_for_other, filing.owner_personal_id, filing.relation) == (True, "038040000456", "hàng xóm")
    assert [paper.name for paper in dossier.papers.all()][0] == "Giấy ủy quyền"


def test_no_consent_is_ticked_beforehand_and_what_was_said_is_written_down(client, offering):
    first = started(client, offering)
    assert "checked" not in client.get(page_of(first, "dong-y")).content.decode()

    last = walked(client, offering)
    client.post(last, sent())

    said = dict(Consent.objects.values_list("purpose", "is_given"))
    assert said == {"zalo": False, "survey": True, "letters": False, "reuse": False}
    assert Consent.objects.get(purpose="survey").wording.startswith("Tôi đồng ý để cơ quan gửi lời mời đánh giá")


def test_sending_twice_files_once(client, offering):
    last, form = walked(client, offering), sent()

    first, second = client.post(last, form), client.post(last, form)

    assert (first.status_code, second.status_code) == (302, 302)
    assert first.headers["Location"] == second.headers["Location"]
    assert Dossier.objects.count() == 1


def test_a_draft_is_not_found_after_seven_days(client, offering):
    first = started(client, offering)

    with time_machine.travel(MONDAY + timedelta(days=7, seconds=1), tick=False):
        answer = client.get(first)

    assert answer.status_code == 404


def test_a_procedure_that_is_not_filed_online_says_so(client):
    offering = an_online_offering(channels=["counter"])

    answer = client.get(reverse("filing:start", args=[offering.pk]))

    assert answer.status_code == 403
    assert "chưa nhận trực tuyến" in answer.content.decode()


def test_the_acknowledgement_is_drawn_once(client, offering):
    client.post(walked(client, offering), sent())
    dossier = Dossier.objects.get()
    address = reverse("filing:acknowledgement", args=[dossier.code, dossier.secret])

    first, second = client.get(address), client.get(address)

    assert first.status_code == 302
    assert first.headers["Location"] == second.headers["Location"]
    assert client.get(first.headers["Location"])["Content-Type"] == "application/pdf"


def test_a_stranger_gets_nothing_of_what_was_sent(client, offering):
    client.post(walked(client, offering), sent())
    dossier = Dossier.objects.get()

    for name in ("filing:filed", "filing:acknowledgement"):
        answer = Client().get(reverse(name, args=[dossier.code, "khong-dung-khoa"]))
        assert answer.status_code == 404
        assert "Lụa" not in answer.content.decode()

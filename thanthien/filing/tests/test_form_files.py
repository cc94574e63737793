"""Files behind a question of the form: kept as papers are, seen by the officer, part of the dossier."""

import pytest
import time_machine
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from thanthien.core.files import FileRefused
from thanthien.core.idempotency import new_key
from thanthien.declarations.factories import DeclarationFormFactory, DeclarationVersionFactory
from thanthien.dossiers.factories import MONDAY, everyone_of
from thanthien.dossiers.models import Dossier
from thanthien.filing import actions
from thanthien.filing.actions import Piece
from thanthien.filing.factories import a_photo, an_online_offering, begin, fill, found
from thanthien.filing.models import DraftFile
from thanthien.filing.queries import files_of_form, told_of

pytestmark = pytest.mark.django_db
FORM = {
    "title": "Tờ khai có bản vẽ",
    "groups": [
        {"code": "plan_group", "title": "Bản vẽ", "fields": [
            {"code": "has_plan", "kind": "choice", "label": "Có bản vẽ không", "need": "required",
             "choices": [{"code": "yes", "label": "có"}, {"code": "no", "label": "không"}]},
            {"code": "plan_of_the_whole_house_and_its_garden", "kind": "file", "label": "Bản vẽ mặt bằng",
             "need": "required", "shown_if": {"clauses": [{"field": "has_plan", "op": "is", "value": "yes"}]}},
        ]},
    ],
}  # fmt: skip
PLAN = "plan_of_the_whole_house_and_its_garden"
KEY = f"khai-{PLAN}"


@pytest.fixture(autouse=True)
def monday(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.fixture
def device(client):
    offering = an_online_offering("Đơn đề nghị")
    DeclarationVersionFactory(form=DeclarationFormFactory(procedure=offering.procedure), content=FORM)
    begun = begin(offering)
    client.cookies[f"nop_{begun.draft.ref}"] = begun.key
    fill(begun.draft, papers=False)
    actions.save_declared(begun.draft, "khai-plan_group", {"has_plan": "yes"}, is_sent=False, at=MONDAY)
    return client, begun


def page(begun, step="khai-plan_group"):
    return reverse("filing:step", args=[begun.draft.ref, step])


def sent(**values):
    return {"idempotency_key": new_key(), "do": "next", "asked": ["has_plan", PLAN], "has_plan": "yes"} | values


def test_the_file_itself_is_kept_and_the_page_shows_it(device):
    client, begun = device

    answer = client.post(page(begun), sent(**{PLAN: a_photo("nha.jpg")}))

    file = DraftFile.objects.get()
    assert answer.status_code == 302
    assert (file.paper, file.name, file.media_type) == (KEY, "nha.jpg", "image/jpeg")
    assert told_of(found(begun))[PLAN] == [{"name": "nha.jpg", "ref": file.sha256}]
    shown = client.get(page(begun)).content.decode()
    assert "nha.jpg" in shown
    assert f'data-paper="{KEY}"' in shown


def test_a_needed_file_is_asked_for_until_it_is_there(device):
    client, begun = device

    without = client.post(page(begun), sent())
    actions.keep_file(begun.draft, KEY, a_photo(), device_name="anh-mat-bang", at=MONDAY)
    with_it = client.post(page(begun), sent())

    assert (without.status_code, with_it.status_code) == (422, 302)
    assert "Còn thiếu: Bản vẽ mặt bằng" in without.content.decode()


def test_what_is_no_photo_is_said_beside_its_question_and_the_rest_stays(device):
    client, begun = device
    script = SimpleUploadedFile("ban-ve.jpg", b"<script>alert(1)</script>", content_type="image/jpeg")

    answer = client.post(page(begun), sent(**{PLAN: script}))

    assert answer.status_code == 422
    assert "is-wrong" in answer.content.decode()
    assert DraftFile.objects.count() == 0
    assert told_of(found(begun))["has_plan"] == "yes"


def test_it_comes_in_pieces_over_a_line_that_breaks(device):
    client, begun = device
    content = a_photo().read()
    facts = {"paper": KEY, "upload": "f-abc-12345", "total": 2, "name": "nha.jpg", "idempotency_key": new_key()}
    address = reverse("filing:piece", args=[begun.draft.ref])
    pieces = [content[:300], content[300:]]

    client.post(address, facts | {"number": 0, "piece": SimpleUploadedFile("manh", pieces[0])})
    known = client.get(address, {"paper": KEY, "upload": "f-abc-12345"}).json()
    last = client.post(address, facts | {"number": 1, "piece": SimpleUploadedFile("manh", pieces[1])}).json()

    assert (known["next"], last["done"]) == (1, True)
    assert default_storage.open(DraftFile.objects.get().path).read() == content


def test_it_can_be_taken_out_again(device):
    client, begun = device
    file = actions.keep_file(begun.draft, KEY, a_photo(), device_name="anh-mat-bang", at=MONDAY)

    answer = client.post(page(begun), sent(do=f"remove-{file.pk}"))

    assert answer.headers["Location"] == page(begun)
    assert DraftFile.objects.count() == 0
    assert told_of(found(begun))[PLAN] == []


def test_a_question_that_the_form_does_not_know_takes_no_files(device):
    _client, begun = device

    with pytest.raises(FileRefused):
        actions.keep_piece(
            begun.draft, Piece(paper="khai-has_plan", upload="f-1", number=0, total=1, name="", content=b"x"), at=MONDAY
        )


def test_it_becomes_a_paper_of_the_dossier_and_the_officer_opens_it(device):
    client, begun = device
    kept = actions.keep_file(begun.draft, KEY, a_photo("nha.jpg"), device_name="anh-mat-bang", at=MONDAY)
    client.post(page(begun), sent())
    client.post(page(begun, "giay-to"), sent(**{"absent-1": "on"}))

    client.post(page(begun, "kiem-tra"), sent())

    dossier = Dossier.objects.get()
    file = dossier.files.get()
    assert (file.sha256, file.paper.name) == (kept.sha256, "Bản vẽ mặt bằng")
    assert dossier.declaration.answers[PLAN] == [{"name": "nha.jpg", "ref": kept.sha256}]
    client.force_login(everyone_of(dossier.unit))
    shown = client.get(reverse("dossiers:detail", args=[dossier.code])).content.decode()
    assert reverse("dossiers:file", args=[dossier.code, file.pk]) in shown


def test_a_file_for_a_question_that_is_not_asked_any_more_goes_with_the_draft(device, committed):
    client, begun = device
    left = actions.keep_file(begun.draft, KEY, a_photo(), device_name="anh-mat-bang", at=MONDAY)

    client.post(page(begun), sent(has_plan="no"))
    client.post(page(begun, "giay-to"), sent(**{"absent-1": "on"}))
    with committed():
        client.post(page(begun, "kiem-tra"), sent())

    assert files_of_form(begun.draft) == []
    dossier = Dossier.objects.get()
    assert dossier.files.count() == 0
    assert not default_storage.exists(left.path)
    assert PLAN not in dossier.declaration.answers

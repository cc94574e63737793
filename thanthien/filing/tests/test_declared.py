"""The form of the procedure within a draft: its pages, what comes up because of an answer, the pre-check."""

import pytest
import time_machine
from django.urls import reverse
from django.utils import translation

from thanthien.core.idempotency import new_key
from thanthien.core.timeline import entries_of
from thanthien.declarations.factories import DeclarationFormFactory, DeclarationVersionFactory
from thanthien.dossiers.factories import MONDAY
from thanthien.dossiers.models import Dossier
from thanthien.filing.factories import a_marriage, an_online_offering, begin, confirmed, fill, found
from thanthien.filing.factories import sent as filed
from thanthien.filing.queries import must_confirm, steps_of, told_of
from thanthien.prints.queries import acknowledgement

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.fixture
def device(client):
    offering = an_online_offering()
    DeclarationVersionFactory(form=DeclarationFormFactory(procedure=offering.procedure))
    begun = begin(offering)
    client.cookies[f"nop_{begun.draft.ref}"] = begun.key
    fill(begun.draft)
    return client, begun


def sent(*asked, **values):
    return {"idempotency_key": new_key(), "do": "next", "asked": list(asked)} | values


def address(begun, step):
    return reverse("filing:step", args=[begun.draft.ref, step])


def test_each_group_is_a_page_before_the_papers(device):
    _client, begun = device

    assert [step.code for step in steps_of(found(begun))] == [
        "cho-ai", "nguoi-nop", "khai-first", "khai-second", "giay-to", "nhan-ket-qua", "dong-y", "kiem-tra",
    ]  # fmt: skip


def test_who_files_is_not_asked_for_their_name_again(device):
    _client, begun = device

    known = told_of(found(begun))["person"]

    assert (known["full_name"], known["birth_date"]) == ("Trần Thị Lụa", "1990-02-05")


def test_a_question_that_an_answer_opens_is_asked_before_going_on(device):
    client, begun = device

    opened = client.post(address(begun, "khai-first"), sent("way", "amount", way="home"))
    onward = client.post(address(begun, "khai-first"), sent("way", "place", "amount", way="home", place="Thôn 1"))

    assert opened.status_code == 200
    assert "Nơi mang đến" in opened.content.decode()
    assert onward.headers["Location"] == address(begun, "khai-second")


def test_what_is_wrong_is_said_and_stays(device):
    client, begun = device

    answer = client.post(address(begun, "khai-first"), sent("way", "amount", way="desk", amount="77"))

    assert answer.status_code == 422
    assert 'value="77"' in client.get(address(begun, "khai-first")).content.decode()


def test_what_is_typed_is_saved_without_sending(device):
    client, begun = device

    client.post(reverse("filing:save", args=[begun.draft.ref, "khai-first"]), sent("way", "amount", amount="7"))

    assert told_of(found(begun))["amount"] == "7"


def test_nothing_is_sent_before_the_form_is_filled_in(device):
    client, begun = device

    answer = client.post(address(begun, "kiem-tra"), sent())

    assert answer.status_code == 422
    assert Dossier.objects.count() == 0


def test_what_was_stated_stays_with_the_dossier_under_its_version(device):
    client, begun = device
    client.post(address(begun, "khai-first"), sent("way", "amount", way="desk"))
    client.post(address(begun, "khai-second"), sent("person", "papers", **{"person.full_name": "Trần Thị Lụa"}))

    client.post(address(begun, "kiem-tra"), sent())

    declaration = Dossier.objects.get().declaration
    assert declaration.version_id == begun.draft.declaration_id
    assert (declaration.answers["way"], declaration.answers["person"]["full_name"]) == ("desk", "Trần Thị Lụa")
    assert declaration.declared_by == "Trần Thị Lụa, nộp trực tuyến"


def test_acknowledgement_says_on_paper_that_both_must_come():
    dossier = confirmed(a_marriage())

    paper = acknowledgement(dossier, number="01/XNTT", at=MONDAY)

    assert paper.afterwards.startswith("Khi đăng ký kết hôn, cả hai bên phải có mặt tại Ủy ban nhân dân")


def test_acknowledgement_of_a_form_with_nothing_left_to_do_says_nothing():
    begun = begin()

    paper = acknowledgement(filed(begun), number="02/XNTT", at=MONDAY)

    assert paper.afterwards == ""


def test_what_is_filed_in_english_is_written_down_in_vietnamese():
    with translation.override("en"):
        begun = a_marriage()
        label = must_confirm(found(begun))[0].field.label
        dossier = confirmed(begun)

    story = [(one.text, one.public_text) for one in entries_of(dossier.subject)]
    assert label == "The bride"
    assert dossier.parties.get().label == "Bên nữ"
    assert ("Điền tờ khai: Tờ khai đăng ký kết hôn.", "") in story
    assert [words for words in story if "bride" in words[0] or "Declaration" in words[0]] == []

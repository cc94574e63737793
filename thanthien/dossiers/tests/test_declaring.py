"""The tờ khai of a dossier: who states it, what is checked again, what is kept, what is printed."""

from datetime import timedelta

import pytest
import time_machine
from django.db import transaction
from django.urls import reverse

from thanthien.core import timeline
from thanthien.core.idempotency import new_key
from thanthien.core.rules import Refused
from thanthien.declarations.enums import PersonRole
from thanthien.declarations.factories import DeclarationVersionFactory
from thanthien.dossiers import actions
from thanthien.dossiers.actions import Declared
from thanthien.dossiers.factories import (
    MONDAY,
    ProcedureFactory,
    an_offering,
    everyone_of,
    finish,
    officer,
    receive,
    register,
)
from thanthien.dossiers.models import Declaration, Viewing
from thanthien.dossiers.queries import declared_page, first_answers, people_of
from thanthien.dossiers.tests.deeds import NOW
from thanthien.organisation.enums import Role
from thanthien.organisation.factories import UnitFactory

pytestmark = pytest.mark.django_db
CARD = "038190000123|281234567|Lê Thị Bưởi|12051990|Nữ|Thôn 2, xã Mẫu|01062022"
LAN = {"full_name": "Trần Thị Lan", "personal_id": "038190000123"}
STATED = {"way": "desk", "person": LAN}


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def offering():
    procedure = ProcedureFactory()
    DeclarationVersionFactory(form__procedure=procedure)
    return an_offering(procedure=procedure)


def declare(dossier, answers=None, *, by=None, version=None, at=NOW):
    version = version or declared_page(dossier).form.pk
    answers = STATED if answers is None else answers
    return actions.declare(dossier, Declared(version=version, answers=answers), by=by or officer(dossier.unit), at=at)


def story(dossier):
    return list(timeline.entries_of(dossier.subject).order_by("pk"))[-1].text


def refused(dossier, *args, **more):
    """The reason, in a transaction of its own: what was begun is undone."""
    with pytest.raises(Refused) as refusal, transaction.atomic():
        declare(dossier, *args, **more)
    return str(refusal.value)


def kept(dossier):
    found = Declaration.objects.get(dossier=dossier)
    return found.answers, found.accepted, found.declared_by


# ---- the action ------------------------------------------------------------------------------------------
def test_what_is_stated_is_kept_tidied_with_who_and_what_was_accepted(offering):
    dossier, by = receive(offering=offering), officer(offering.unit)

    declare(dossier, {"way": "desk", "place": "nowhere", "person": {"full_name": "LÊ THỊ BƯỞI"}}, by=by)

    answers = {"way": "desk", "person": {"full_name": "Lê Thị Bưởi"}}
    assert kept(dossier) == (answers, ["NEN-CO person.personal_id"], str(by))
    assert story(dossier) == "Điền tờ khai: Tờ khai thử."


def test_stated_anew_it_replaces_the_old_under_the_same_version(offering):
    dossier = receive(offering=offering)
    declare(dossier)
    newer = DeclarationVersionFactory(
        form=Declaration.objects.get().version.form, number=2, valid_from=NOW.date(), valid_to=NOW.date()
    )

    declare(dossier, STATED | {"amount": "2"})
    assert "không thuộc hồ sơ" in refused(dossier, version=newer.pk)

    assert kept(dossier)[0]["amount"] == "2"
    assert story(dossier) == "Sửa tờ khai."


def test_what_blocks_is_refused_with_its_remedy(offering):
    dossier = receive(offering=offering)

    reason = refused(dossier, STATED | {"way": "home"})

    assert reason.startswith("Còn thiếu: Nơi mang đến. Xin ghi theo giấy tờ")
    assert not Declaration.objects.exists()


def test_form_of_another_procedure_is_refused(offering):
    other = DeclarationVersionFactory()
    dossier = receive(offering=offering)

    reasons = [refused(dossier, version=version) for version in (other.pk, 10**6)]

    assert [reason[:34] for reason in reasons] == ["Tờ khai này không thuộc hồ sơ. Xin"] * 2


def test_citizen_who_filed_it_states_by_their_name(offering):
    dossier = register(offering=offering)

    declare(dossier, by="Trần Thị Lan")

    assert kept(dossier)[2] == "Trần Thị Lan"


@pytest.mark.parametrize("role", [Role.CASHIER, Role.INSPECTOR, Role.LEADER])
def test_who_does_not_work_on_it_states_nothing(offering, role):
    dossier = receive(offering=offering)

    with pytest.raises(Refused, match="Việc này dành cho"):
        declare(dossier, by=officer(dossier.unit, role))


def test_officer_of_another_unit_states_nothing(offering):
    with pytest.raises(Refused, match="đơn vị khác"):
        declare(receive(offering=offering), by=officer(UnitFactory()))


def test_after_the_result_nothing_is_stated_unless_it_was_given_at_once(offering):
    done = finish(receive(offering=offering))
    intake = receive(offering=offering)
    at_once = actions.record_immediate(
        actions.Intake(offering=offering, version=intake.version, person=actions.receiving.PersonFacts(**LAN)),
        result_reference="1", by=officer(offering.unit), at=MONDAY,
    )  # fmt: skip

    declare(at_once)

    with pytest.raises(Refused, match="đã có kết quả"):
        declare(done)


# ---- which form counts -----------------------------------------------------------------------------------
def test_dossier_stays_with_the_form_of_the_day_it_came_in(offering):
    dossier = receive(offering=offering)
    first = declared_page(dossier).form.pk
    old = DeclarationVersionFactory._meta.model.objects.get(pk=first)
    old.valid_to = NOW.date()
    old.save()
    tomorrow = NOW.date() + timedelta(days=1)
    second = DeclarationVersionFactory(form=old.form, number=2, valid_from=tomorrow)

    later = receive(offering=offering, at=MONDAY + timedelta(days=2))

    assert (declared_page(dossier).form.pk, declared_page(later).form.pk) == (first, second.pk)


def test_procedure_without_a_form_has_no_declaration():
    dossier = receive()

    assert declared_page(dossier) is None
    assert people_of(dossier) == []


def test_people_of_a_dossier_have_roles_for_letters(offering):
    dossier = receive(offering=offering)
    before = people_of(dossier)

    declare(dossier)

    assert before == []
    assert [(person.role, person.full_name) for person in people_of(dossier)] == [
        (PersonRole.REQUESTER, "Trần Thị Lan")
    ]


def test_who_filed_is_not_typed_again(offering):
    dossier = receive(offering=offering, person={**LAN, "phone": "+84912345678", "sex": "female"})

    answers = first_answers(declared_page(dossier), dossier)

    assert answers["person"]["full_name"] == "Trần Thị Lan"
    assert answers["person"]["phone"] == "0912 345 678"


# ---- the page --------------------------------------------------------------------------------------------
def address(dossier):
    return reverse("dossiers:declare", args=[dossier.code])


def sent(**more):
    asked = ["way", "amount", "person", "papers"]
    named = {"person.full_name": "Trần Thị Lan", "person.personal_id": "038190000123"}
    return {"asked": asked, "way": "desk", "idempotency_key": new_key(), **named, **more}


@pytest.fixture
def counter(client, offering):
    client.force_login(officer(offering.unit))
    return client


def test_counter_fills_in_and_comes_back_to_the_dossier(counter, offering):
    dossier = receive(offering=offering)

    opened = counter.get(address(dossier)).content.decode()
    answer = counter.post(address(dossier), sent())

    assert "Tờ khai thử" in opened
    assert answer.url == reverse("dossiers:detail", args=[dossier.code])
    assert kept(dossier)[0] == STATED
    assert "Trần Thị Lan" in counter.get(answer.url).content.decode()


def test_fault_is_said_beside_its_box_and_nothing_typed_is_lost(counter, offering):
    dossier = receive(offering=offering)

    answer = counter.post(address(dossier), sent(amount="mười hai"))

    content = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="mười hai"' in content
    assert "Số bản phải là số. Xin ghi bằng chữ số, ví dụ 12." in content
    assert not Declaration.objects.exists()


def test_new_question_comes_up_without_scripts(counter, offering):
    dossier = receive(offering=offering)

    first = counter.post(address(dossier), sent(way="home"))
    second = counter.post(
        address(dossier), sent(way="home", asked=["way", "place", "amount", "person", "papers"], place="Thôn 2")
    )

    assert (first.status_code, "mở thêm câu hỏi" in first.content.decode()) == (200, True)
    assert second.status_code == 302
    assert kept(dossier)[0]["place"] == "Thôn 2"


def test_warning_is_explained_before_it_is_accepted(counter, offering):
    dossier = receive(offering=offering)
    without_number = sent(**{"person.personal_id": ""})

    warned = counter.post(address(dossier), without_number)
    kept_then = Declaration.objects.exists()
    counter.post(address(dossier), without_number | {"accept": "1", "idempotency_key": new_key()})

    assert (warned.status_code, "Lưu, đã giải thích" in warned.content.decode(), kept_then) == (422, True, False)
    assert kept(dossier)[1] == ["NEN-CO person.personal_id"]


def test_card_scanned_into_a_person_fills_their_boxes(counter, offering):
    dossier = receive(offering=offering)

    answer = counter.post(address(dossier), sent(**{"person.full_name": CARD, "person.personal_id": ""}))

    content = answer.content.decode()
    assert [f'value="{text}"' in content for text in ("Lê Thị Bưởi", "12/05/1990", "Thôn 2, xã Mẫu")] == [True] * 3
    assert not Declaration.objects.exists()


def test_scan_that_is_no_card_says_so(counter, offering):
    answer = counter.post(address(receive(offering=offering)), sent(**{"person.full_name": "x|||||||"}))

    assert answer.status_code == 422
    assert not Declaration.objects.exists()


def test_seeing_what_was_stated_in_full_is_written_down(counter, offering):
    dossier = receive(offering=offering)
    declare(dossier)
    before = Viewing.objects.filter(dossier=dossier).count()

    answer = counter.get(address(dossier))

    assert answer.headers["Cache-Control"] == "private, no-store"
    assert Viewing.objects.filter(dossier=dossier).count() == before + 1


def test_number_is_nowhere_on_the_dossiers_page(counter, offering):
    dossier = receive(offering=offering)
    declare(dossier, STATED | {"person": LAN | {"personal_id": "038190000999"}})

    assert "038190000999" not in counter.get(reverse("dossiers:detail", args=[dossier.code])).content.decode()


def test_page_of_another_unit_does_not_exist(client, offering):
    client.force_login(everyone_of(UnitFactory()))

    assert client.get(address(receive(offering=offering))).status_code == 404


def test_procedure_without_a_form_has_no_page(client):
    dossier = receive()
    client.force_login(officer(dossier.unit))

    assert client.get(address(dossier)).status_code == 404
    assert "Tờ khai" not in client.get(reverse("dossiers:detail", args=[dossier.code])).content.decode()


def test_slip_offers_to_fill_it_in(counter, offering):
    dossier = receive(offering=offering)

    assert address(dossier) in counter.get(reverse("dossiers:received", args=[dossier.code])).content.decode()

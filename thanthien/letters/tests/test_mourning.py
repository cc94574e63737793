"""A death: who is mourned by which name, and that the family is left alone."""

from datetime import timedelta

import pytest
from django.utils import timezone

from thanthien.declarations.actions import load_starting_forms
from thanthien.dossiers import actions as dossier_actions
from thanthien.dossiers.actions import Declared
from thanthien.dossiers.events import DossierFinished, DossierReturned
from thanthien.dossiers.factories import (
    MONDAY,
    ProcedureFactory,
    an_offering,
    everyone_of,
    finish,
    hand_out,
    officer,
    receive,
)
from thanthien.dossiers.queries import declared_page
from thanthien.letters import actions, listeners, queries
from thanthien.letters.actions import RuleFacts
from thanthien.letters.enums import Occasion, Paper, SignerPost, Way
from thanthien.letters.factories import BIRTH, DEATH, an_offering_of, registered
from thanthien.letters.models import Letter
from thanthien.notifications.actions import send
from thanthien.notifications.enums import MessageState
from thanthien.notifications.models import Message, MessageHold
from thanthien.organisation.enums import Role
from thanthien.organisation.factories import CounterFactory
from thanthien.people.factories import HouseholdFactory
from thanthien.satisfaction import listeners as asking
from thanthien.satisfaction.actions import make_device
from thanthien.satisfaction.models import Invitation, RatingTurn

pytestmark = pytest.mark.django_db


def declared_death(offering=None, *, requester="Trần Thị Lan", relation="child", **deceased):
    """A registered death with its declaration; the person who files is Trần Thị Lan."""
    offering = offering or an_offering(procedure=ProcedureFactory(code=DEATH, name="Đăng ký khai tử"))
    load_starting_forms(by="thử", at=MONDAY)
    dossier = receive(offering=offering, person={"full_name": "Trần Thị Lan"})
    told = {
        "deceased": {"full_name": "Trần Văn Mẫu", "sex": "male", "birth_date": "1958-03-04"} | deceased,
        "died_on": "2026-11-20", "place": "Thôn 1", "notice": "notice", "relation": relation, "relation_detail": "Bạn",
        "requester": {"full_name": requester, "address": "Thôn 1"},
    }  # fmt: skip
    declared = Declared(version=declared_page(dossier).form.pk, answers=told)
    dossier_actions.declare(dossier, declared, by=officer(dossier.unit), at=MONDAY)
    return dossier


def loss_of(dossier):
    facts = queries.draft_for_life(dossier, Occasion.DEATH).facts
    return facts.get("người mất"), facts.get("quan hệ"), facts.get("ngày mất")


def test_the_declaration_of_a_death_tells_the_day_and_the_relation(committed):
    dossier = declared_death()

    with committed():
        finish(dossier)

    letter = Letter.objects.get()
    assert loss_of(dossier) == ("ông Trần Văn Mẫu", "thân phụ", "20 tháng 11 năm 2026")
    assert (letter.addressee, letter.is_whole) == ("Ông/bà Trần Thị Lan cùng gia quyến", True)


@pytest.mark.parametrize(
    ("relation", "deceased", "expected"),
    [
        ("child", {"sex": "female", "birth_date": "1940-01-01"}, ("cụ Trần Văn Mẫu", "thân mẫu")),
        ("child", {"sex": "female", "birth_date": "1940"}, ("cụ Trần Văn Mẫu", "thân mẫu")),
        ("spouse", {"birth_date": ""}, ("ông Trần Văn Mẫu", "người bạn đời")),
        ("parent", {"sex": "female", "birth_date": "2019-05-05"}, ("cháu Trần Văn Mẫu", "con gái")),
        ("parent", {"birth_date": "1990-11-21"}, ("anh Trần Văn Mẫu", "con trai")),
        ("parent", {"birth_date": "1986-11-20"}, ("ông Trần Văn Mẫu", "con trai")),
        ("sibling", {}, ("ông Trần Văn Mẫu", None)),
        ("other", {}, ("ông Trần Văn Mẫu", None)),
    ],
)
def test_who_died_is_named_by_age_and_what_they_were_to_the_addressee(relation, deceased, expected):
    assert loss_of(declared_death(relation=relation, **deceased))[:2] == expected


def test_a_relation_that_somebody_else_stated_is_not_the_addressees():
    assert loss_of(declared_death(requester="Lê Thị Khác"))[1] is None


# ---- mourning ------------------------------------------------------------------------------------------------
def test_a_household_in_mourning_is_left_alone_for_the_days_the_unit_chose(committed):
    offering = an_offering_of(DEATH)
    dossier = receive(offering=offering)
    household = HouseholdFactory(head=dossier.applicant)

    with committed():
        finish(dossier)

    holds = MessageHold.objects.order_by("pk")
    until = MONDAY + timedelta(days=10)
    assert [(hold.person, hold.household, hold.until) for hold in holds] == [
        (dossier.applicant, None, until), (None, household, until),
    ]  # fmt: skip


def test_hearing_of_the_death_twice_holds_no_longer(committed):
    with committed():
        dossier = registered(DEATH)
    listeners.leave_mourners_alone(DossierFinished(dossier_id=dossier.pk, timeliness="early"))

    assert set(MessageHold.objects.values_list("until", flat=True)) == {MONDAY + timedelta(days=10)}


@pytest.mark.parametrize("days", [0, 49])
def test_the_unit_chooses_how_long(committed, days):
    offering = an_offering_of(DEATH)
    facts = RuleFacts(
        is_on=True, signer=SignerPost.LEADER, paper=Paper.CARD, way=Way.HOME, procedures=(DEATH,), quiet_days=days
    )  # fmt: skip
    actions.set_rule(offering.unit, Occasion.DEATH, facts, by=officer(offering.unit, Role.LEADER), at=MONDAY)

    with committed():
        registered(DEATH, offering=offering)

    held = list(MessageHold.objects.values_list("until", flat=True))
    assert held == ([MONDAY + timedelta(days=days)] if days else [])


def test_a_birth_holds_no_message_back(committed):
    with committed():
        registered(BIRTH)

    assert MessageHold.objects.count() == 0


# ---- no survey, no automatic message -------------------------------------------------------------------------
FAMILY = {"personal_id": "038190777777", "phone": "+84912345678", "email": "lan@example.vn"}


def mourning_desk():
    """A counter with a tablet, who works there, and a dossier of a death from which two more of the family follow."""
    offering = an_offering_of(DEATH)
    by = everyone_of(offering.unit)
    by.counter = CounterFactory(unit=offering.unit)
    by.save()
    make_device(by.counter, by=officer(offering.unit, Role.UNIT_ADMIN), at=timezone.now())
    return offering, by


def asked_at_tablets():
    return RatingTurn.objects.filter(is_over=False).count()


def returned_at_the_counter(offering, by):
    at = timezone.now()
    return hand_out(receive(offering=offering, person=FAMILY, by=by, at=at), by=by, at=at)


@pytest.mark.parametrize("times", [1, 2])
def test_who_registered_a_death_is_asked_nothing_and_told_nothing_automatically(committed, times):
    offering, by = mourning_desk()

    with committed():
        dossier = returned_at_the_counter(offering, by)
    for _again in range(times - 1):
        listeners.leave_mourners_alone(DossierFinished(dossier_id=dossier.pk, timeliness="early"))
        event = DossierReturned(dossier_id=dossier.pk, channel="counter", staff_id=by.pk)
        asking.ask_by_link(event)
        asking.ask_at_the_counter(event)

    assert (Invitation.objects.count(), asked_at_tablets()) == (0, 0)
    assert Message.objects.filter(situation="survey").count() == 0


@pytest.mark.parametrize("times", [1, 2])
def test_another_dossier_of_the_mourners_asks_nothing_and_its_messages_wait(committed, times):
    offering, by = mourning_desk()
    with committed():
        returned_at_the_counter(offering, by)

    with committed():
        other = returned_at_the_counter(an_offering(unit=offering.unit), by)
    messages = list(Message.objects.filter(subject=other.subject))
    for message in messages * times:
        send.func(str(message.uuid))

    until = MessageHold.objects.latest("until").until
    assert {(one.state, one.next_try_at) for one in Message.objects.filter(subject=other.subject)} == {
        (MessageState.HELD, until)
    }
    assert (len(messages) > 0, Invitation.objects.count(), asked_at_tablets()) == (True, 0, 0)


def test_another_family_at_the_same_counter_is_asked(committed):
    offering, by = mourning_desk()
    with committed():
        returned_at_the_counter(offering, by)

    with committed():
        hand_out(receive(offering=an_offering(unit=offering.unit), by=by), by=by, at=timezone.now())

    assert (Invitation.objects.count(), asked_at_tablets()) == (1, 1)

"""By link, on the citizen's pages, at the tablet, on paper: once each, anonymous, never by who is rated."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from thanthien.core import events, timeline
from thanthien.core.idempotency import FIELD, new_key
from thanthien.core.models import Promise
from thanthien.core.rules import Refused
from thanthien.dossiers.factories import MONDAY, officer
from thanthien.notifications.models import Message, MessageHold
from thanthien.organisation.enums import Role
from thanthien.organisation.factories import StaffFactory, UnitFactory
from thanthien.organisation.models import Staff
from thanthien.satisfaction import actions, queries
from thanthien.satisfaction.actions import About, Contact, Filled
from thanthien.satisfaction.events import DissatisfactionVoiced, ResponseGiven
from thanthien.satisfaction.factories import invited, returned, slip, typist, version_of
from thanthien.satisfaction.models import Answer, Invitation, Response, UnhappyCase

pytestmark = pytest.mark.django_db
HAPPY = Filled(values={"overall": 3})
UNHAPPY = Filled(values={"overall": 1}, reasons=["wait", "unknown"], comment="Chờ lâu quá.")
HOUR = timedelta(hours=1)


@pytest.fixture
def heard(monkeypatch):
    told = []
    for event in (ResponseGiven, DissatisfactionVoiced):
        monkeypatch.setitem(events._listeners, f"test.{event.__name__}", (event, told.append))
    return told


# ---- after the result ------------------------------------------------------------------------------------
def test_a_returned_dossier_invites_once_and_tells_the_citizen(committed):
    with committed():
        dossier = returned(person={"email": "lan@example.vn"})
    actions.invite_after_result(dossier.pk, at=MONDAY + HOUR)

    invitation = Invitation.objects.get()
    message = Message.objects.get(situation="survey")
    assert (invitation.dossier_id, invitation.used_on) == (dossier.pk, None)
    assert (message.email, message.occasion) == ("lan@example.vn", str(invitation.pk))


def test_the_link_is_kept_neither_in_the_database_nor_in_the_sent_message(committed):
    with committed():
        returned(person={"email": "lan@example.vn"})

    token = queries.token_of(Invitation.objects.get())
    kept = [*Message.objects.get(situation="survey").facts.values(), Message.objects.get(situation="survey").body]
    assert [word for word in kept if token in word] == []
    assert token not in Invitation.objects.get().nonce


def test_nobody_in_a_quiet_period_is_asked():
    dossier = returned()
    words = {"reason": "tang", "created_by": "x", "created_at": MONDAY, "until": MONDAY + timedelta(days=49)}
    MessageHold.objects.create(person=dossier.applicant, **words)

    assert actions.invite_after_result(dossier.pk, at=MONDAY + HOUR) is None
    assert not Invitation.objects.exists()


def test_an_answer_by_link_says_what_it_is_about_and_not_whose_it_is(heard, committed):
    dossier = returned()
    invitation, token = invited(dossier)

    with committed():
        response = actions.answer_invitation(token, HAPPY, at=MONDAY + HOUR)

    invitation.refresh_from_db()
    assert (response.unit, response.procedure, response.officer) == (
        dossier.unit, dossier.offering.procedure, dossier.received_by
    )  # fmt: skip
    assert (response.value, response.level, response.is_satisfied) == (3, "Rất hài lòng", True)
    assert {
        field.name for field in Response._meta.concrete_fields if "dossier" in field.name or field.name == "at"
    } == set()
    assert invitation.used_on == MONDAY.date()
    assert heard == [ResponseGiven(response_id=response.pk)]


def test_a_link_holds_once():
    _invitation, token = invited()
    actions.answer_invitation(token, HAPPY, at=MONDAY)

    with pytest.raises(Refused, match="đã được trả lời"):
        actions.answer_invitation(token, HAPPY, at=MONDAY)
    assert Response.objects.count() == 1


def test_a_link_expires():
    _invitation, token = invited()

    with pytest.raises(Refused, match="hết hạn"):
        actions.answer_invitation(token, HAPPY, at=MONDAY + timedelta(days=31))


@pytest.mark.parametrize(
    "forge", [lambda t: t[:-1] + ("0" if t[-1] != "0" else "1"), lambda t: "x" * 40, lambda t: "", lambda t: t + "0"]
)
def test_a_forged_link_opens_nothing(forge):
    _invitation, token = invited()

    with pytest.raises(Refused, match="không đúng"):
        actions.answer_invitation(forge(token), HAPPY, at=MONDAY)


def test_a_missing_or_unknown_answer_is_refused_with_its_question():
    _invitation, token = invited()

    with pytest.raises(Refused, match="chưa trả lời"):
        actions.answer_invitation(token, Filled(values={"time": 3}), at=MONDAY)
    with pytest.raises(Refused, match="không có mức này"):
        actions.answer_invitation(token, Filled(values={"overall": 9}), at=MONDAY)
    assert not Response.objects.exists()


def test_every_answer_keeps_its_element_and_topic():
    _invitation, token = invited()

    actions.answer_invitation(token, Filled(values={"overall": 2, "attitude": 1, "online": 5}), at=MONDAY)

    kept = list(Answer.objects.values_list("question", "value", "is_satisfied", "element", "topic"))
    assert kept == [
        ("overall", 2, True, "", ""),
        ("attitude", 1, False, "officer", "attitude"),
        ("online", 5, True, "access", "online"),
    ]


# ---- the page --------------------------------------------------------------------------------------------
def sent(**more):
    return {FIELD: new_key(), "q-overall": "3", **more}


def test_a_citizen_answers_on_the_page_without_signing_in():
    _invitation, token = invited(at=_now())
    client, address = Client(), reverse("satisfaction:invited", args=[token])

    page, answer = client.get(address), client.post(address, sent())
    again = client.get(address)

    assert (page.status_code, answer.status_code, answer["Location"]) == (200, 302, reverse("satisfaction:thanks"))
    assert (again.status_code, "đã được trả lời" in again.content.decode()) == (410, True)


def test_what_was_typed_stays_when_something_is_missing():
    _invitation, token = invited(at=_now())

    page = Client().post(
        reverse("satisfaction:invited", args=[token]), {FIELD: new_key(), "comment": "Cán bộ tận tình"}
    )

    assert page.status_code == 422
    assert "Xin ông/bà chọn một mức." in page.content.decode()
    assert "Cán bộ tận tình" in page.content.decode()


def test_who_asks_for_a_review_must_leave_a_way_to_be_reached():
    _invitation, token = invited(at=_now())

    page = Client().post(reverse("satisfaction:invited", args=[token]), sent(wants_review="on", **{"q-overall": "1"}))

    assert (page.status_code, "để chúng tôi trả lời" in page.content.decode()) == (422, True)


def test_an_officer_who_is_signed_in_cannot_answer():
    dossier = returned(at=_now())
    _invitation, token = invited(dossier, at=_now())
    client = Client()
    client.force_login(dossier.received_by)

    for address in (reverse("satisfaction:invited", args=[token]), reverse("satisfaction:give")):
        assert client.get(address).status_code == 403
        assert client.post(address, sent()).status_code == 403
    assert not Response.objects.exists()


def test_a_forged_address_is_no_page():
    assert Client().get(reverse("satisfaction:invited", args=["khong-dung"])).status_code == 404


def test_where_there_is_no_unit_yet_the_page_says_so():
    page = Client().get(reverse("satisfaction:give"))

    assert (page.status_code, "Hiện đơn vị chưa mở phiếu đánh giá" in page.content.decode()) == (200, True)


def test_the_citizens_menu_asks_citizens_and_no_officer():
    officer = StaffFactory()
    citizen, signed_in = Client(), Client()
    signed_in.force_login(officer)
    address, link = reverse("portal:track"), f'href="{reverse("satisfaction:give")}"'

    shown = [link in client.get(address).content.decode() for client in (citizen, signed_in)]

    assert shown == [True, False]


def test_anybody_may_answer_on_the_citizens_pages():
    unit = UnitFactory()

    answer = Client().post(reverse("satisfaction:give"), sent())

    response = Response.objects.get()
    assert (answer.status_code, response.unit, response.channel, response.officer) == (302, unit, "portal", None)


def _now():
    return timezone.now()


# ---- unhappy ---------------------------------------------------------------------------------------------
def dossier_head(dossier):
    """The only one who may settle: whoever else worked on it has left."""
    Staff.objects.filter(unit=dossier.unit).update(is_active=False)
    return officer(dossier.unit, Role.DIVISION_HEAD)


def test_an_unhappy_answer_becomes_a_case_with_owner_and_date(heard, committed):
    dossier = returned()
    head = dossier_head(dossier)
    _invitation, token = invited(dossier)

    with committed():
        response = actions.answer_invitation(token, UNHAPPY, at=MONDAY + HOUR)

    case = UnhappyCase.objects.get()
    promise = Promise.objects.get(subject=case.subject)
    assert (response.reasons, case.owner.roles, case.dossier, case.can_be_reached) == (
        ["wait"],
        head.roles,
        None,
        False,
    )
    assert (promise.due_at, promise.unit_code) == (case.due_at, dossier.unit.code)
    assert case.due_at.date().isoformat() == "2026-12-01"  # five working days; 24/11 is a day off
    assert heard == [
        ResponseGiven(response_id=response.pk),
        DissatisfactionVoiced(case_id=case.pk, unit_code=dossier.unit.code, wants_review=False),
    ]


def test_the_dossier_is_known_only_of_who_wants_to_be_answered():
    dossier = returned()
    _invitation, token = invited(dossier)
    contact = Contact(name="Lê Thu Lan", phone="+84912345678", wants_review=True)

    actions.answer_invitation(token, Filled(values={"overall": 1}, contact=contact), at=MONDAY)

    case = UnhappyCase.objects.get()
    assert (case.dossier, case.contact_phone, case.wants_review) == (dossier, "+84912345678", True)


def test_a_name_without_a_way_to_be_reached_is_not_kept():
    dossier = returned()
    _invitation, token = invited(dossier)
    Staff.objects.filter(unit=dossier.unit).update(is_active=False)

    actions.answer_invitation(token, Filled(values={"overall": 1}, contact=Contact(name="Lê Thu Lan")), at=MONDAY)

    assert (UnhappyCase.objects.get().contact_name, UnhappyCase.objects.get().owner) == ("", None)


def test_what_is_said_in_english_is_promised_an_answer_in_vietnamese():
    _invitation, token = invited(returned())

    with translation.override("en"):
        actions.answer_invitation(token, UNHAPPY, at=MONDAY + HOUR)

    subject = UnhappyCase.objects.get().subject
    assert Promise.objects.get(subject=subject).title.startswith("Trả lời phiếu “chưa hài lòng”")
    assert timeline.entries_of(subject)[0].actor == "người dân"


# ---- paper -----------------------------------------------------------------------------------------------
def test_a_typed_slip_keeps_its_day_and_who_typed_it():
    unit = UnitFactory()
    clerk = typist(unit)

    response = slip(2, unit=unit, by=clerk, day=MONDAY.date() - timedelta(days=3))

    assert (response.channel, response.day.isoformat(), response.entered_by) == ("paper", "2026-11-20", clerk.full_name)


def test_the_rated_officer_cannot_type_slips_about_themselves():
    unit = UnitFactory()
    rated = typist(unit)

    with pytest.raises(Refused, match="không tự nhập"):
        slip(3, unit=unit, by=rated, officer_id=rated.pk)


def test_who_receives_dossiers_types_no_slips():
    unit = UnitFactory()

    with pytest.raises(Refused, match="không trực tiếp nhận"):
        slip(3, unit=unit, by=officer(unit, Role.RECEPTION))


def test_a_slip_of_tomorrow_is_refused():
    unit = UnitFactory()

    with pytest.raises(Refused, match="chưa tới"):
        slip(3, unit=unit, by=typist(unit), day=MONDAY.date() + timedelta(days=1))


def test_a_pile_of_slips_is_typed_on_one_page():
    unit = UnitFactory()
    client = Client()
    client.force_login(typist(unit))
    pile = {"survey": str(version_of().pk), "day": "20/11/2026"}

    first = client.post(reverse("satisfaction:slips"), sent(**pile, typed="4"))
    page = client.get(first["Location"])

    assert Response.objects.get().day.isoformat() == "2026-11-20"
    assert "Đã nhập 5 phiếu" in page.content.decode()
    assert 'value="20/11/2026"' in page.content.decode()


def test_about_says_whose_field_a_dossier_is_of():
    dossier = returned()

    facts = actions.about(dossier)

    assert facts == About(
        unit_id=dossier.unit_id,
        sector_id=dossier.offering.procedure.sector_id,
        procedure_id=dossier.offering.procedure_id,
        officer_id=dossier.received_by_id,
    )

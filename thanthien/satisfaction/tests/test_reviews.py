"""Somebody asks to have their dossier looked at again: it reaches the dossier, the work list, and a decision."""

import pytest
from django.test import Client
from django.urls import reverse

from thanthien.core import timeline
from thanthien.core.idempotency import FIELD, new_key
from thanthien.core.rules import Refused
from thanthien.dossiers.actions import register_again, tell_of_review
from thanthien.dossiers.enums import Status
from thanthien.dossiers.factories import MONDAY, an_offering, everyone_of, hand_out, officer, receive
from thanthien.dossiers.models import Dossier
from thanthien.organisation.enums import Role
from thanthien.organisation.factories import UnitFactory
from thanthien.satisfaction import actions, listeners, queries
from thanthien.satisfaction.actions import Contact, Filled, Found
from thanthien.satisfaction.enums import CaseOutcome
from thanthien.satisfaction.events import DissatisfactionAnswered, DissatisfactionVoiced
from thanthien.satisfaction.factories import invited
from thanthien.satisfaction.models import UnhappyCase

pytestmark = pytest.mark.django_db
WISH = Contact(name="Phạm Thị Lài", phone="+84912000111", wants_review=True)
AGAIN = Found(outcome=CaseOutcome.REVIEWED, answer="Bản vẽ đã đủ, chúng tôi đọc sót.", does_again=True)
NOT = Found(outcome=CaseOutcome.EXPLAINED, answer="Đất nằm trong quy hoạch đường.", does_again=False)


def asked(**facts):
    """A returned dossier whose owner is unhappy and asks for a review; the case, its head, who received the dossier."""
    offering = an_offering("Cấp giấy phép xây dựng")
    head, by = officer(offering.unit, Role.DIVISION_HEAD, title="Trưởng phòng"), everyone_of(offering.unit)
    received_by = officer(offering.unit, full_name="Đỗ Thị Nhận")
    dossier = hand_out(receive(offering=offering, by=received_by, **facts), by=by)
    _invitation, token = invited(dossier)
    values = {"overall": 1, "attitude": 1, "time": 1}
    actions.answer_invitation(token, Filled(values=values, comment="Tôi không đồng ý", contact=WISH), at=MONDAY)
    return UnhappyCase.objects.select_related("dossier").latest("pk"), head, received_by


def client_of(staff):
    client = Client()
    client.force_login(staff)
    return client


def story_of(dossier):
    return [(entry.kind, entry.public_text != "") for entry in timeline.entries_of(dossier.subject)][-1]


# ---- the decision ----------------------------------------------------------------------------------------------
def test_doing_it_again_registers_the_same_request_and_leaves_the_old_dossier_as_it_was():
    case, head, _officer = asked(request="Xây nhà hai tầng")
    old = case.dossier

    case = actions.settle(case, AGAIN, by=head, at=MONDAY)

    new = case.again
    assert (new.status, new.request, new.applicant, new.offering) == (
        Status.NEW, "Xây nhà hai tầng", old.applicant, old.offering
    )  # fmt: skip
    assert old.code in new.note
    old.refresh_from_db()
    assert (old.status, old.returned_at, story_of(old)) == (Status.RETURNED, MONDAY, ("again", True))
    assert case.outcome == CaseOutcome.REVIEWED


def test_answering_why_not_registers_nothing_and_stands_in_the_story_once():
    case, head, _officer = asked()

    case = actions.settle(case, NOT, by=head, at=MONDAY)
    for _time in range(2):
        listeners.tell_the_dossier_what_was_decided(DissatisfactionAnswered(case_id=case.pk, outcome=case.outcome))

    entries = timeline.entries_of(case.dossier.subject).filter(kind="review_refused")
    assert [NOT.answer in entry.text for entry in entries] == [True]
    assert (Dossier.objects.count(), case.again) == (1, None)


def test_the_wish_stands_in_the_dossiers_story_once_and_without_what_was_answered():
    case, _head, _officer = asked()
    event = DissatisfactionVoiced(case_id=case.pk, unit_code=case.unit.code, wants_review=True)

    for _time in range(2):
        listeners.tell_the_dossier_of_a_review(event)

    entries = list(timeline.entries_of(case.dossier.subject).filter(kind="review_asked"))
    assert ["không đồng ý" in entry.text for entry in entries] == [False]


def test_a_wish_that_nobody_had_is_not_told(committed):
    _case, _head, received_by = asked()
    dossier = hand_out(receive(offering=an_offering(unit=received_by.unit)))
    _invitation, token = invited(dossier)

    with committed():
        actions.answer_invitation(token, Filled(values={"overall": 1, "attitude": 1, "time": 1}), at=MONDAY)

    assert not timeline.entries_of(dossier.subject).filter(kind="review_asked").exists()


@pytest.mark.parametrize(
    ("found", "reason"),
    [(Found(outcome=CaseOutcome.EXPLAINED, answer="x"), "xin quyết định"), (None, "không đề nghị xem lại")],
)
def test_a_wish_is_decided_and_only_a_wish(found, reason):
    case, head, _officer = asked()
    if found is None:
        UnhappyCase.objects.update(wants_review=False)
        found = AGAIN

    with pytest.raises(Refused, match=reason):
        actions.settle(case, found, by=head, at=MONDAY)

    assert Dossier.objects.count() == 1


def test_who_received_the_dossier_does_not_decide_and_neither_does_another_unit():
    case, _head, received_by = asked()

    for stranger in (received_by, officer(UnitFactory(), Role.LEADER)):
        with pytest.raises(Refused):
            actions.settle(case, AGAIN, by=stranger, at=MONDAY)
        with pytest.raises(Refused):
            register_again(case.dossier, reason="x", by=stranger, at=MONDAY)


def test_a_dossier_under_way_is_not_done_again():
    dossier = receive()

    with pytest.raises(Refused, match="đang được giải quyết"):
        register_again(dossier, reason="x", by=officer(dossier.unit, Role.LEADER), at=MONDAY)


def test_what_a_business_asked_is_asked_again_by_the_business():
    dossier = hand_out(receive(business_name="Công ty Mẫu", tax_code="0101234567"))

    new = register_again(dossier, reason="x", by=officer(dossier.unit, Role.LEADER), at=MONDAY)

    assert (new.business, new.applicant, new.applicant_name) == (dossier.business, dossier.applicant, "Công ty Mẫu")


def test_the_same_note_of_a_review_is_written_once():
    dossier = hand_out(receive())
    note = timeline.Note(kind="review_asked", text="x")

    told = [tell_of_review(dossier.pk, note, by="người dân", at=MONDAY) for _time in range(2)]

    assert told == [True, False]


# ---- who sees it -----------------------------------------------------------------------------------------------
def test_head_and_officer_have_it_in_the_work_list_and_strangers_do_not():
    case, head, received_by = asked()
    unit = case.unit

    seen = [head, received_by, officer(unit), officer(UnitFactory(), Role.LEADER)]

    assert [queries.reviews_for(staff).count() for staff in seen] == [1, 1, 0, 0]
    actions.settle(case, NOT, by=head, at=MONDAY)
    assert (queries.reviews_for(head).count(), queries.reviews_for(received_by).count()) == (0, 0)


def test_the_desk_and_the_dossier_show_the_wish_and_only_the_head_gets_to_decide():
    case, head, received_by = asked()
    desk, page = reverse("office:desk"), reverse("dossiers:detail", args=[case.dossier.code])
    decide = reverse("satisfaction:case", args=[case.pk])

    for staff, decides in ((head, True), (received_by, False)):
        client = client_of(staff)
        texts = [client.get(address).content.decode() for address in (desk, page)]
        assert ["Đề nghị xem lại hồ sơ" in text for text in texts] == [True, True]
        assert (decide in texts[1], "không đồng ý" in texts[1]) == (decides, False)


def test_the_dossier_says_what_was_decided():
    case, head, received_by = asked()
    case = actions.settle(case, AGAIN, by=head, at=MONDAY)

    text = client_of(received_by).get(reverse("dossiers:detail", args=[case.dossier.code])).content.decode()

    assert ("Đã quyết định làm lại" in text, case.again.code in text) == (True, True)


@pytest.mark.parametrize("count", [1, 3])
def test_the_work_list_costs_the_same_for_one_and_three(count, django_assert_num_queries):
    cases = [asked() for _time in range(count)]
    UnhappyCase.objects.update(unit=cases[0][0].unit)

    with django_assert_num_queries(1):
        rows = [(one.dossier.code, one.owner) for one in queries.reviews_for(cases[0][1])]

    assert len(rows) == count


# ---- the page --------------------------------------------------------------------------------------------------
def test_the_page_asks_for_the_decision_and_keeps_what_was_typed():
    case, head, _officer = asked()
    client, address = client_of(head), reverse("satisfaction:case", args=[case.pk])
    said = {"do": "settle", "outcome": "reviewed", "answer": "Chúng tôi đọc sót."}

    missing = client.post(address, {FIELD: new_key(), **said})
    done = client.post(address, {FIELD: new_key(), **said, "again": "yes"})

    text = missing.content.decode()
    assert (missing.status_code, "Xin quyết định làm lại hay không." in text, "đọc sót" in text) == (422, True, True)
    case.refresh_from_db()
    assert (done.status_code, case.again is not None) == (302, True)
    assert case.again.code in client.get(address).content.decode()

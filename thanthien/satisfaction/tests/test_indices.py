"""The nine indices of TT 01/2018/TT-VPCP: points, means, grades; who sees what, and what an officer may say."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.http import Http404
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from thanthien.core.idempotency import FIELD, new_key
from thanthien.core.rules import Refused
from thanthien.dossiers.enums import Timeliness
from thanthien.dossiers.factories import MONDAY, an_offering, everyone_of, finish, officer, receive
from thanthien.organisation.enums import Role
from thanthien.organisation.factories import UnitFactory
from thanthien.satisfaction import actions, queries
from thanthien.satisfaction.actions import Contact, Filled, Found
from thanthien.satisfaction.enums import CaseOutcome, Grade, RemarkKind
from thanthien.satisfaction.factories import invited, returned
from thanthien.satisfaction.models import Assessment, UnhappyCase
from thanthien.satisfaction.rules.indices import Facts, Index, grade_of, index_of, online_index, points, total_of

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
LATER = MONDAY + 30 * DAY


def facts(**change):
    usual = {
        "timeliness": Timeliness.EARLY, "steps": 3, "late_steps": 0, "early_steps": 3, "supplements": 0,
        "needs_no_visit": False, "complaint": False,
    }  # fmt: skip
    return Facts(**usual | change)


# ---- points ----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("number", "change", "expected"),
    [
        (1, {}, 2),
        (1, {"timeliness": Timeliness.ON_TIME}, 1),
        (1, {"timeliness": Timeliness.LATE}, 0),
        (2, {}, 2),
        (2, {"early_steps": 2}, 1),
        (2, {"late_steps": 1}, 0),
        (2, {"steps": 0, "early_steps": 0}, None),
        (3, {}, 2),
        (3, {"supplements": 1}, 1),
        (3, {"supplements": 2}, 0),
        (4, {}, 1),
        (4, {"needs_no_visit": True}, 2),
        (7, {}, 2),
        (7, {"timeliness": Timeliness.ON_TIME}, 1),
        (7, {"complaint": True}, 0),
        (7, {"timeliness": Timeliness.LATE}, 0),
    ],
)
def test_points_of_a_dossier(number, change, expected):
    assert points(number, facts(**change)) == expected


def test_what_is_read_from_records_that_tell_it_in_part_says_so():
    told = {number: bool(Index(number=number, score=None, n=0).inferred) for number in range(1, 10)}

    assert [number for number, is_inferred in told.items() if is_inferred] == [3, 4]


def test_an_index_is_the_mean_at_one_decimal_of_those_that_have_something_to_say():
    many = [facts(), facts(timeliness=Timeliness.LATE), facts(timeliness=Timeliness.ON_TIME, steps=0, early_steps=0)]

    assert index_of(1, many) == Index(number=1, score=Decimal("1.0"), n=3)
    assert index_of(2, many) == Index(number=2, score=Decimal("2.0"), n=2)
    assert index_of(1, [facts(), facts(), facts(timeliness=Timeliness.ON_TIME)]).score == Decimal("1.7")


@pytest.mark.parametrize(
    ("change", "score"),
    [
        ({}, 2),
        ({"online": 29}, 1),
        ({"online": 15}, 1),
        ({"online": 14}, 0),
        ({"late_online": 1}, 0),
        ({"offered_online": 1}, 1),
        ({"offered": 0}, None),
        ({"dossiers": 0}, None),
    ],
)
def test_the_ninth_index_needs_procedures_and_dossiers_online_and_none_late(change, score):
    usual = {"offered": 10, "offered_online": 2, "dossiers": 100, "online": 30, "late_online": 0}

    assert online_index(**usual | change).score == score


# ---- grades ----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("total", "maximum", "is_officer", "grade"),
    [
        ("5", 10, True, Grade.FULL),
        ("4.9", 10, True, Grade.MOSTLY),
        ("3.5", 10, True, Grade.MOSTLY),
        ("3.4", 10, True, Grade.PARTLY),
        ("4", 8, True, Grade.FULL),
        ("15", 18, False, Grade.EXCELLENT),
        ("14.9", 18, False, Grade.GOOD),
        ("9", 18, False, Grade.FAIR),
        ("6", 18, False, Grade.AVERAGE),
        ("5.9", 18, False, Grade.WEAK),
        ("10", 12, False, Grade.EXCELLENT),
        ("0", 0, False, None),
    ],
)
def test_grades_shrink_with_the_maximum_that_remains(total, maximum, is_officer, grade):
    assert grade_of(Decimal(total), maximum, is_officer=is_officer) == grade


@given(st.lists(st.none() | st.decimals(0, 2, places=1), max_size=9))
def test_what_is_missing_lowers_neither_the_total_nor_its_share(scores):
    total, maximum = total_of([Index(number=1, score=score, n=1) for score in scores])

    counted = [score for score in scores if score is not None]
    assert (total, maximum) == (sum(counted, Decimal(0)), 2 * len(counted))
    assert total <= maximum


# ---- from real dossiers ----------------------------------------------------------------------------------
@pytest.fixture
def place():
    unit = UnitFactory()
    by, offering = everyone_of(unit), an_offering(unit=unit)
    finish(receive(offering=offering, by=by, at=MONDAY), by=by, at=MONDAY)
    finish(receive(offering=offering, by=by, at=MONDAY), by=by, at=MONDAY + 20 * DAY)
    return unit, by, officer(unit, Role.LEADER)


def assessed(leader):
    first, last = MONDAY.date(), MONDAY.date() + 25 * DAY
    return actions.assess(first, last, by=leader, at=LATER)


def test_indices_of_unit_and_officer_come_from_the_dossiers(place):
    unit, by, leader = place

    ours = assessed(leader)
    own = Assessment.objects.get(staff=by)

    scores = {one.number: one.score for one in queries.indices_of(ours)}
    assert (ours.unit, ours.dossiers, own.dossiers) == (unit, 2, 2)
    assert (scores[1], scores[3], scores[4], scores[7]) == (1, 2, 1, 1)
    assert [number for number, score in scores.items() if score is None] == [5, 6, 8]
    assert (own.maximum, own.grade) == (10, Grade.FULL)
    assert all(one.why for one in queries.indices_of(ours) if one.score is None)


def test_reckoning_again_changes_nothing_that_was_reckoned(place):
    _unit, _by, leader = place

    assert assessed(leader) == assessed(leader)
    assert Assessment.objects.count() == 2


def test_a_period_that_is_not_over_or_runs_backwards_is_not_reckoned(place):
    _unit, _by, leader = place

    with pytest.raises(Refused, match="chưa hết"):
        actions.assess(MONDAY.date(), LATER.date(), by=leader, at=LATER)
    with pytest.raises(Refused, match="trước ngày đầu"):
        actions.assess(MONDAY.date(), MONDAY.date() - DAY, by=leader, at=LATER)
    with pytest.raises(Refused, match="lãnh đạo hoặc quản trị"):
        actions.assess(MONDAY.date(), MONDAY.date(), by=officer(leader.unit), at=LATER)


@pytest.mark.parametrize(("outcome", "complaint"), [(CaseOutcome.APOLOGISED, True), (CaseOutcome.UNFOUNDED, False)])
def test_a_complaint_counts_unless_it_was_found_false(outcome, complaint):
    dossier = returned()
    _invitation, token = invited(dossier)
    contact = Contact(phone="+84912345678")
    actions.answer_invitation(token, Filled(values={"overall": 1}, contact=contact), at=MONDAY)
    case, head = UnhappyCase.objects.get(), officer(dossier.unit, Role.LEADER)
    actions.settle(case, Found(outcome=outcome, answer="x"), by=head, at=MONDAY)

    handled = queries.handled_by(dossier.unit, MONDAY.date(), MONDAY.date())

    ((_code, told),) = queries.points_of_dossiers(handled)
    assert told[-1] == (0 if complaint else 2)


# ---- the officer first -----------------------------------------------------------------------------------
def test_a_head_sees_an_officers_figures_once_the_officer_did(place):
    _unit, by, leader = place
    assessed(leader)
    own = Assessment.objects.get(staff=by)

    before = list(queries.assessments_seen_by(leader, at=LATER).exclude(staff=None))
    actions.note_seen(own, by=leader, at=LATER)  # looking in somebody's place counts for nothing
    actions.note_seen(own, by=by, at=LATER)

    assert before == []
    assert list(queries.assessments_seen_by(leader, at=LATER).exclude(staff=None)) == [own]


def test_after_five_working_days_a_head_sees_them_all_the_same(place):
    _unit, by, leader = place
    assessed(leader)

    own = Assessment.objects.get(staff=by)

    assert queries.assessment_for(leader, own.pk, at=own.shown_from) == own
    with pytest.raises(Http404):
        queries.assessment_for(leader, own.pk, at=own.shown_from - timedelta(seconds=1))


def test_colleagues_and_other_units_never_see_them(place):
    unit, by, leader = place
    assessed(leader)
    own = Assessment.objects.get(staff=by)

    for other in (officer(unit), officer(UnitFactory(), Role.LEADER)):
        with pytest.raises(Http404):
            queries.assessment_for(other, own.pk, at=LATER + 60 * DAY)


def test_an_officer_contests_and_a_head_answers(place):
    _unit, by, leader = place
    assessed(leader)
    own = Assessment.objects.get(staff=by)

    said = actions.remark(own, RemarkKind.CONTEST, "Hồ sơ chờ cơ quan khác.", by=by, at=LATER)
    with pytest.raises(Refused, match="không tự trả lời"):
        actions.answer_remark(said, "Đồng ý", by=by, at=LATER)
    actions.answer_remark(said, "Đã xem lại.", by=leader, at=LATER)

    said.refresh_from_db()
    assert (said.answer, said.answered_by) == ("Đã xem lại.", leader.full_name)
    with pytest.raises(Refused, match="đã được trả lời"):
        actions.answer_remark(said, "x", by=leader, at=LATER)
    with pytest.raises(Refused, match="Chỉ người được đánh giá"):
        actions.remark(own, RemarkKind.NOTE, "x", by=leader, at=LATER)


# ---- pages -----------------------------------------------------------------------------------------------
def client_of(staff):
    client = Client()
    client.force_login(staff)
    return client


def test_reckoning_reading_and_remarking_on_the_pages(place):
    _unit, by, leader = place
    assessed(leader)
    own = Assessment.objects.get(staff=by)
    address = reverse("satisfaction:assessment", args=[own.pk])
    mine, head = client_of(by), client_of(leader)

    page = mine.get(address).content.decode()
    empty = mine.post(address, {FIELD: new_key(), "kind": "note"})
    said = mine.post(address, {FIELD: new_key(), "kind": "contest", "text": "Xin xem lại."})
    remark = own.remarks.get()
    none = head.post(address, {FIELD: new_key(), "remark": "999999", "answer": "x"})
    answered = head.post(address, {FIELD: new_key(), "remark": str(remark.pk), "answer": "Đã xem."})

    assert "hoàn thành 100" in page
    assert [one.status_code for one in (empty, said, none, answered)] == [422, 302, 404, 302]
    assert "Đã xem." in mine.get(address).content.decode()


def test_a_quarter_is_reckoned_on_the_page(place):
    _unit, _by, leader = place

    address, words = reverse("satisfaction:indices"), {"first": "01/07/2026", "last": "30/09/2026"}
    made = client_of(leader).post(address, {FIELD: new_key(), **words})
    wrong = client_of(leader).post(address, {FIELD: new_key(), **words, "last": "30/09/2999"})

    assert (made.status_code, wrong.status_code) == (302, 422)
    assert "chưa hết" in wrong.content.decode()
    assert client_of(leader).get(made["Location"]).status_code == 200

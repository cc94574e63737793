"""Unhappy answers: who sees them, whose they become, how they are settled."""

import pytest
from django.http import Http404
from django.test import Client
from django.urls import reverse

from thanthien.core import events, timeline
from thanthien.core.idempotency import FIELD, new_key
from thanthien.core.models import Promise
from thanthien.core.rules import Refused
from thanthien.dossiers.factories import MONDAY, officer
from thanthien.organisation.enums import Role
from thanthien.organisation.factories import UnitFactory
from thanthien.satisfaction import actions, queries
from thanthien.satisfaction.actions import Found
from thanthien.satisfaction.enums import CaseOutcome
from thanthien.satisfaction.events import DissatisfactionAnswered
from thanthien.satisfaction.factories import slip, typist
from thanthien.satisfaction.models import UnhappyCase

pytestmark = pytest.mark.django_db


@pytest.fixture
def unhappy():
    unit = UnitFactory()
    head, rated = officer(unit, Role.DIVISION_HEAD), officer(unit, Role.DIVISION_HEAD, Role.SPECIALIST)
    slip(1, unit=unit, by=typist(unit), officer_id=rated.pk, filled={"comment": "Chờ lâu"})
    return UnhappyCase.objects.get(), head, rated


def test_the_case_goes_to_a_head_who_is_not_the_rated_one(unhappy):
    case, head, _rated = unhappy

    assert case.owner == head


def test_the_rated_officer_does_not_see_the_case_and_cannot_settle_it(unhappy):
    case, _head, rated = unhappy

    assert list(queries.open_cases(rated)) == []
    with pytest.raises(Http404):
        queries.case_for(rated, case.pk)
    with pytest.raises(Refused, match="tự nhập hoặc tự hỏi"):
        actions.settle(case, Found(outcome=CaseOutcome.EXPLAINED, answer="x"), by=rated, at=MONDAY)


def test_reception_sees_no_cases_and_another_unit_none_of_them(unhappy):
    case, _head, _rated = unhappy

    with pytest.raises(Refused):
        queries.open_cases(officer(case.unit))
    with pytest.raises(Http404):
        queries.case_for(officer(UnitFactory(), Role.LEADER), case.pk)


def test_settling_keeps_the_promise_and_is_announced(unhappy, committed, monkeypatch):
    case, head, _rated = unhappy
    heard = []
    monkeypatch.setitem(events._listeners, "test.answered", (DissatisfactionAnswered, heard.append))

    with committed():
        actions.settle(
            case, Found(outcome=CaseOutcome.APOLOGISED, answer="Đã xin lỗi và thêm người."), by=head, at=MONDAY
        )

    case.refresh_from_db()
    promise = Promise.objects.get(subject=case.subject)
    assert (case.outcome, case.answered_by, promise.kept_at) == ("apologised", head.full_name, MONDAY)
    assert heard == [DissatisfactionAnswered(case_id=case.pk, outcome="apologised")]
    assert [entry.kind for entry in timeline.entries_of(case.subject)] == ["voiced", "settled"]


def test_a_case_is_settled_once(unhappy):
    case, head, _rated = unhappy
    actions.settle(case, Found(outcome=CaseOutcome.EXPLAINED, answer="x"), by=head, at=MONDAY)

    with pytest.raises(Refused, match="đã được trả lời"):
        actions.settle(case, Found(outcome=CaseOutcome.EXPLAINED, answer="x"), by=head, at=MONDAY)


def test_a_case_is_given_to_who_may_settle_it_and_never_to_the_rated_one(unhappy):
    case, head, rated = unhappy
    leader = officer(case.unit, Role.LEADER)

    actions.give_to(case, leader, by=head, at=MONDAY)

    case.refresh_from_db()
    assert case.owner == leader
    for other, reason in ((rated, "chính người"), (officer(case.unit), "không nhận việc")):
        with pytest.raises(Refused, match=reason):
            actions.give_to(case, other, by=head, at=MONDAY)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_one_and_three(count, django_assert_num_queries):
    unit = UnitFactory()
    leader, clerk = officer(unit, Role.LEADER), typist(unit)
    for _ in range(count):
        slip(1, unit=unit, by=clerk)

    with django_assert_num_queries(1):
        assert len(list(queries.open_cases(leader))) == count


# ---- the page --------------------------------------------------------------------------------------------
def sent(**fields):
    return {FIELD: new_key(), **fields}


def client_of(staff):
    client = Client()
    client.force_login(staff)
    return client


def test_a_head_reads_and_settles_on_the_page(unhappy):
    case, head, _rated = unhappy
    client, address = client_of(head), reverse("satisfaction:case", args=[case.pk])

    page = client.get(address).content.decode()
    answer = client.post(address, sent(do="settle", outcome="explained", answer="Đã giải thích."))

    case.refresh_from_db()
    assert ("Chờ lâu" in page, answer.status_code, case.outcome) == (True, 302, "explained")
    assert "Đã giải thích." in client.get(address).content.decode()


def test_an_empty_answer_is_asked_for(unhappy):
    case, head, _rated = unhappy

    page = client_of(head).post(reverse("satisfaction:case", args=[case.pk]), sent(do="settle", outcome="explained"))

    assert (page.status_code, "Xin ghi đã làm gì" in page.content.decode()) == (422, True)


def test_giving_away_on_the_page(unhappy):
    case, head, _rated = unhappy
    leader = officer(case.unit, Role.LEADER)

    client_of(head).post(reverse("satisfaction:case", args=[case.pk]), sent(do="give", owner=str(leader.pk)))

    case.refresh_from_db()
    assert case.owner == leader


def test_lists_of_open_and_answered_cases(unhappy):
    case, head, _rated = unhappy
    client, address = client_of(head), reverse("satisfaction:cases")
    before = client.get(address).content.decode()
    actions.settle(case, Found(outcome=CaseOutcome.EXPLAINED, answer="x"), by=head, at=MONDAY)

    detail = reverse("satisfaction:case", args=[case.pk])
    assert [detail in page for page in (before, client.get(address).content.decode())] == [True, False]
    assert detail in client.get(address, {"xong": "1"}).content.decode()

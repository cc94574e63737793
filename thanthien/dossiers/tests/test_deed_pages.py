"""Every page on which something is done to a dossier: it works, for whom, once, and bad input loses nothing."""

import pytest
import time_machine
from django.urls import reverse

from thanthien.core.idempotency import new_key
from thanthien.dossiers import actions
from thanthien.dossiers.factories import everyone_of, officer
from thanthien.dossiers.models import Consultation, Dossier, Fee, HandOver
from thanthien.dossiers.tests.deeds import CASES, NOW, Case
from thanthien.organisation.factories import UnitFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(NOW, tick=False):
        yield


EVERY = pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
WITH_FIELDS = pytest.mark.parametrize("case", [c for c in CASES if c.wrong], ids=lambda case: case.name)


def address(case: Case, dossier: Dossier) -> str:
    return reverse(f"dossiers:{case.name}", args=[dossier.code])


def send(client, case: Case, dossier: Dossier, by, data=None, key=None):
    client.force_login(by)
    facts = case.sent(dossier) if data is None else data
    return client.post(address(case, dossier), {"idempotency_key": key or new_key(), **facts})


@EVERY
def test_the_right_person_opens_the_page_and_holds_the_dossier(client, case):
    dossier = case.make()
    by = officer(dossier.unit, case.may)
    client.force_login(by)

    response = client.get(address(case, dossier))

    assert response.status_code == 200
    assert Dossier.objects.get(pk=dossier.pk).locked_by == by
    assert response.context["form"].is_bound is False


@EVERY
def test_it_is_done_and_leads_back_to_the_dossier(client, case):
    dossier = case.make()

    response = send(client, case, dossier, officer(dossier.unit, case.may))

    assert response.status_code == 302, response.context["form"].errors
    assert response.headers["Location"].startswith(reverse("dossiers:detail", args=[dossier.code]))
    changed = Dossier.objects.get(pk=dossier.pk)
    assert case.proof(changed) == case.expected
    assert changed.locked_by is None  # the next colleague need not wait


@EVERY
def test_sent_twice_it_is_done_once(client, case):
    dossier = case.make()
    by, key, facts = officer(dossier.unit, case.may), new_key(), case.sent(dossier)

    answers = [send(client, case, dossier, by, data=facts, key=key) for _n in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert answers[0].headers["Location"] == answers[1].headers["Location"]
    assert [Fee.objects.count() <= 1, Consultation.objects.count() <= 1, HandOver.objects.count() <= 4] == [True] * 3
    assert case.proof(Dossier.objects.get(pk=dossier.pk)) == case.expected


def test_finishing_a_step_costs_few_statements(client, django_assert_num_queries):
    """PERFORMANCE P4: 13, and BEGIN and COMMIT, which the test's own transaction turns into savepoints. The session and
    who is signed in are two of them."""
    finish = next(case for case in CASES if case.name == "finish_step")
    dossiers = [finish.make() for _n in range(2)]
    send(client, finish, dossiers[0], officer(dossiers[0].unit, finish.may))
    client.force_login(officer(dossiers[1].unit, finish.may))

    with django_assert_num_queries(15):
        answer = client.post(address(finish, dossiers[1]), {"idempotency_key": new_key(), **finish.sent(dossiers[1])})

    assert answer.status_code == 302


@EVERY
def test_another_role_is_refused_with_the_reason(client, case):
    dossier = case.make()
    before = Dossier.objects.values().get(pk=dossier.pk)

    response = send(client, case, dossier, officer(dossier.unit, case.may_not))

    assert response.status_code == 403
    assert response.context["reason"]
    assert Dossier.objects.values().get(pk=dossier.pk) == before


@EVERY
def test_for_another_unit_there_is_no_such_dossier(client, case):
    dossier = case.make()

    response = send(client, case, dossier, everyone_of(UnitFactory()))

    assert response.status_code == 404


@EVERY
def test_who_is_not_signed_in_signs_in_first(client, case):
    dossier = case.make()

    response = client.post(address(case, dossier), case.sent(dossier))

    assert response.status_code == 302
    assert response.headers["Location"].startswith(reverse("account_login"))


@EVERY
def test_other_methods_are_not_taken(client, case):
    dossier = case.make()
    client.force_login(officer(dossier.unit, case.may))

    assert client.put(address(case, dossier)).status_code == 405


@WITH_FIELDS
def test_bad_input_stands_beside_its_field_and_nothing_is_lost(client, case):
    dossier = case.make()
    wrong = {key: value(dossier) if callable(value) else value for key, value in case.wrong.items()}
    before = Dossier.objects.values().get(pk=dossier.pk)

    response = send(client, case, dossier, officer(dossier.unit, case.may), data=wrong)

    form = response.context["form"]
    assert response.status_code == 422
    assert form.errors[case.wrong_field]
    typed = [name for name, value in wrong.items() if value == "giữ nguyên"]
    assert all(form[name].value() == "giữ nguyên" for name in typed)
    changed = Dossier.objects.values().get(pk=dossier.pk)
    assert {k: v for k, v in changed.items() if not k.startswith("locked")} == {
        k: v for k, v in before.items() if not k.startswith("locked")
    }


@EVERY
def test_without_the_key_of_its_page_nothing_is_done(client, case):
    dossier = case.make()
    client.force_login(officer(dossier.unit, case.may))
    before = Dossier.objects.values().get(pk=dossier.pk)

    response = client.post(address(case, dossier), case.sent(dossier))

    assert response.status_code == 403
    assert Dossier.objects.values().get(pk=dossier.pk) == before


@EVERY
def test_while_a_colleague_edits_the_page_says_who(client, case):
    dossier = case.make()
    colleague = everyone_of(dossier.unit)
    colleague.full_name = "Lê Thị Giữ"
    colleague.save()
    actions.hold_for_editing(dossier, by=colleague, at=NOW)
    client.force_login(officer(dossier.unit, case.may))

    response = client.get(address(case, dossier))

    assert response.status_code == 403
    assert response.context["reason"].startswith("Lê Thị Giữ đang sửa hồ sơ này, giữ đến 09:17.")

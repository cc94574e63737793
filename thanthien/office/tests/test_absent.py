"""Dossiers that fall due while the officer who holds them is away."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from thanthien.dossiers.factories import MONDAY, an_offering, officer, receive
from thanthien.dossiers.models import Dossier
from thanthien.office.queries import due_while_away
from thanthien.organisation.enums import Role
from thanthien.organisation.factories import AbsenceFactory, UnitFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def offering():
    return an_offering()


def held(offering, by, due_at):
    dossier = receive(offering=offering)
    Dossier.objects.filter(pk=dossier.pk).update(holder=by, due_at=due_at)
    return Dossier.objects.get(pk=dossier.pk)


@pytest.mark.parametrize("absences", [1, 3])
def test_what_falls_due_in_an_absence_is_named_in_one_statement(offering, absences, django_assert_num_queries):
    away = [AbsenceFactory(staff=officer(offering.unit, Role.SPECIALIST)) for _ in range(absences)]
    start, end = away[0].starts_at, away[0].ends_at
    within = [held(offering, one.staff, start + timedelta(hours=9)) for one in away]
    held(offering, away[0].staff, start - timedelta(seconds=1)), held(offering, away[0].staff, end)
    held(offering, officer(offering.unit), start)

    with django_assert_num_queries(1):
        found = due_while_away(away)

    assert [(one.absence, one.dossiers) for one in found] == [
        (one, [dossier]) for one, dossier in zip(away, within, strict=True)
    ]
    assert found[0].when == "cả ngày 25/11/2026"


def test_nothing_is_asked_when_nobody_is_away(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert due_while_away([]) == []


def test_the_page_of_absences_tells_heads_and_nobody_else(offering, client):
    absence = AbsenceFactory(staff=officer(offering.unit, Role.SPECIALIST))
    dossier = held(offering, absence.staff, absence.starts_at + timedelta(hours=9))
    readers = (
        officer(offering.unit, Role.LEADER),
        officer(offering.unit, Role.CLERK),
        officer(UnitFactory(), Role.LEADER),
    )

    shown = []
    for reader in readers:
        client.force_login(reader)
        with time_machine.travel(MONDAY):
            shown.append(dossier.code in client.get(reverse("organisation:absences")).content.decode())

    assert shown == [True, False, False]

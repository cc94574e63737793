"""R4: numbers without a gap and without a twin, under 32 clients, with roll-backs, over New Year."""

from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from random import Random

import pytest
from django.db import connection, transaction

from tests.hardening import LONG
from thanthien.dossiers import actions, factories
from thanthien.dossiers.models import Dossier
from thanthien.organisation.factories import UnitFactory

pytestmark = [pytest.mark.hardening, pytest.mark.django_db(transaction=True)]
CLIENTS = 32
DOSSIERS = 6400 if LONG else 320
LAST_MINUTE = datetime(2026, 12, 31, 23, 59, 30, tzinfo=factories.ZONE)
HAPPY_NEW_YEAR = datetime(2027, 1, 1, tzinfo=factories.ZONE)


class ChangedMyMind(Exception):
    pass


class Counters:
    """Three offices whose officers receive, and now and then something fails after the dossier was written."""

    def __init__(self):
        self.offerings = [factories.an_offering(unit=UnitFactory()) for _ in range(3)]
        self.officers = [factories.officer(offering.unit) for offering in self.offerings]

    def receive(self, job):
        office, at, fails = job
        try:
            with transaction.atomic():
                intake = factories.an_intake(self.offerings[office])
                dossier = actions.receive_dossier(intake, by=self.officers[office], at=at)
                if fails:
                    raise ChangedMyMind
                return dossier.code
        except ChangedMyMind:
            return None
        finally:
            connection.close()


@pytest.fixture
def received():
    chance = Random(4)
    moments = [LAST_MINUTE, LAST_MINUTE + timedelta(seconds=29), HAPPY_NEW_YEAR, HAPPY_NEW_YEAR + timedelta(days=3)]
    jobs = [(chance.randrange(3), chance.choice(moments), chance.random() < 0.1) for _ in range(DOSSIERS)]
    with ThreadPoolExecutor(CLIENTS) as pool:
        codes = list(pool.map(Counters().receive, jobs))
    assert sum(code is None for code in codes) == sum(fails for *_, fails in jobs) > 0
    return [code for code in codes if code]


def test_every_series_of_a_day_and_every_book_counts_from_one_without_a_gap(received):
    days, books = defaultdict(list), defaultdict(list)
    for code, unit, year, line in Dossier.objects.values_list("code", "unit", "book_year", "book_number"):
        day, _dash, serial = code.rpartition("-")
        days[day].append(int(serial))
        books[unit, year].append(line)

    assert sorted(received) == sorted(Dossier.objects.values_list("code", flat=True))
    assert (len(days), len(books)) == (9, 6)  # three offices: three days, two years
    for numbers in [*days.values(), *books.values()]:
        assert sorted(numbers) == list(range(1, len(numbers) + 1))


def test_the_first_number_of_the_new_year_is_one(received):
    unit = Dossier.objects.first().unit
    officer, offering = factories.officer(unit), factories.an_offering(unit=unit)

    first = [
        factories.receive(offering=offering, by=officer, at=at)
        for at in (HAPPY_NEW_YEAR.replace(year=2028) - timedelta(seconds=1), HAPPY_NEW_YEAR.replace(year=2028))
    ]

    assert [(d.code[-11:], d.book_year) for d in first] == [("271231-0001", 2027), ("280101-0001", 2028)]
    assert first[1].book_number == 1

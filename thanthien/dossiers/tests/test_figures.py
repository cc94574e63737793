"""Figures of the one-stop shop: half-open days of Việt Nam, and timeliness as the actions reckon it."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from thanthien.core import figures
from thanthien.core.figures import Scope, shares
from thanthien.core.working_time import TimeUnit
from thanthien.dossiers import actions
from thanthien.dossiers.actions import FeeIn, timeliness_of
from thanthien.dossiers.enums import HomeReason, ReturnChannel, Timeliness
from thanthien.dossiers.factories import (
    MONDAY,
    ZONE,
    an_offering,
    everyone_of,
    finish,
    hand_out,
    receive,
    register,
)
from thanthien.dossiers.queries.figures import finished_in, finished_so
from thanthien.organisation.factories import UnitFactory

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 23)


def scope(unit, first=DAY, last=DAY):
    return Scope(unit_codes=[unit.code], first=first, last=last)


def value(code, *args):
    return figures.get(f"dossiers.{code}").compute(scope(*args))


@pytest.fixture
def offering():
    return an_offering(committed_amount=Decimal(2))


def at(hour, minute=0, day=23, second=0):
    return datetime(2026, 11, day, hour, minute, second, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("moment", "counted"),
    [(at(23, 59, 22, 59), 0), (at(0), 1), (at(23, 59, second=59), 1), (at(0, day=24), 0)],
)
def test_day_runs_from_midnight_to_midnight_in_viet_nam(offering, moment, counted):
    receive(offering=offering, at=moment)

    assert value("received", offering.unit).value == counted


def test_dossiers_of_another_unit_and_those_only_registered_are_not_counted(offering):
    receive(offering=offering)
    register(offering=offering)
    receive()

    assert value("received", offering.unit).value == 1
    assert value("received", UnitFactory()).value == 0


@pytest.mark.parametrize(
    ("unit", "amount", "finished"),
    [
        (TimeUnit.WORKING_DAY, 2, at(16, 59, 24)),
        (TimeUnit.WORKING_DAY, 2, at(0, 0, 25)),
        (TimeUnit.WORKING_DAY, 2, at(17, 0, 25)),
        (TimeUnit.WORKING_DAY, 2, at(17, 0, 25, second=1)),
        (TimeUnit.HOUR, 4, at(11, 0, 23)),
        (TimeUnit.HOUR, 4, at(13, 42, 23)),
        (TimeUnit.HOUR, 4, at(13, 43, 23)),
        (TimeUnit.SAME_DAY, 1, at(16, 59, 23)),
        (TimeUnit.SAME_DAY, 1, at(17, 0, 23)),
    ],
)
def test_each_finished_dossier_is_early_on_time_or_late_as_the_action_said(unit, amount, finished):
    offering = an_offering(committed_amount=Decimal(amount), committed_unit=unit)
    dossier = finish(receive(offering=offering), at=finished)

    found = [
        kind
        for kind in Timeliness
        if finished_so(scope(offering.unit, last=date(2026, 11, 30)), kind).filter(pk=dossier.pk).exists()
    ]

    assert found == [timeliness_of(dossier)]


def test_shares_of_the_finished_carry_their_base_and_sum_to_one_hundred(offering):
    by = everyone_of(offering.unit)
    for finished in (at(9), at(9, day=25), at(9, day=27)):  # the 24th is a holiday: promised for the 26th
        finish(receive(offering=offering, by=by), by=by, at=finished)
    week = (offering.unit, DAY, date(2026, 11, 29))

    values = [value(code, *week) for code in ("early", "on_time", "late")]

    assert [(one.value, one.n) for one in values] == [(2, 3), (0, 3), (1, 3)]
    assert sum(shares([one.value for one in values])) == 100
    assert finished_in(scope(*week)).count() == 3


def test_what_waits_at_the_end_of_a_day_is_the_same_when_asked_later(offering):
    by = everyone_of(offering.unit)
    still, done, gone = (receive(offering=offering, by=by) for _ in range(3))
    finish(done, by=by, at=at(9, day=24))
    actions.withdraw(gone, reason="đổi ý", by=by, at=at(10, day=25))

    waiting = [value("waiting", offering.unit, DAY, date(2026, 11, day)).value for day in (22, 23, 24, 25)]

    assert waiting == [0, 3, 2, 1]
    [left] = figures.get("dossiers.waiting").records(scope(offering.unit, DAY, date(2026, 11, 25)))
    assert left == still


def test_results_brought_home_are_counted_and_also_returned(offering):
    dossier = receive(offering=offering)
    hand_out(dossier, channel=ReturnChannel.HOME, home_reason=HomeReason.ELDERLY, at=at(15))

    assert [value(code, offering.unit).value for code in ("brought_home", "returned")] == [1, 1]


def test_fees_are_summed_when_they_were_paid(offering):
    unpaid, paid = FeeIn(name="Lệ phí", amount=5000), FeeIn(name="Lệ phí", amount=8000, method="cash")
    receive(offering=offering, fees=[unpaid, paid])
    receive(offering=offering, fees=[paid], at=MONDAY + timedelta(days=1))

    collected = value("fees", offering.unit)

    assert (collected.value, collected.n) == (8000, 1)


def test_no_fee_at_all_is_zero(offering):
    collected = value("fees", offering.unit)

    assert (collected.value, collected.n) == (0, 0)


def test_apology_is_owed_until_the_day_it_is_sent_or_no_longer_needed(offering):
    dossier = receive(offering=offering)
    opened = actions.open_owed_apologies(at=at(17, 5, day=25))
    finish(dossier, at=at(9, day=26))

    owed = [value("apologies_owed", offering.unit, DAY, date(2026, 11, day)).value for day in (24, 25, 26)]

    assert (opened, owed) == (1, [0, 1, 0])


def test_every_figure_says_what_it_means_and_finds_as_many_records_as_it_counts(offering):
    receive(offering=offering, fees=[FeeIn(name="Lệ phí", amount=8000, method="cash")])
    ours = [figure for figure in figures.all_figures() if figure.code.startswith("dossiers.")]

    for figure in ours:
        counted = figure.compute(scope(offering.unit))
        number = counted.n if figure.code == "dossiers.fees" else counted.value
        assert number == figure.records(scope(offering.unit)).count(), figure.code
        assert str(figure.definition).endswith("."), figure.code

    assert len(ours) == 12

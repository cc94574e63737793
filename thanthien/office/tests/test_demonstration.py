"""Parts of the demonstration that depend on the day on which it is built (the whole of it: tests/journeys)."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from thanthien.office.management.demonstration.hall import _counter_hours
from thanthien.organisation.enums import Role
from thanthien.organisation.factories import CounterFactory, StaffFactory
from thanthien.organisation.queries import week_of
from thanthien.queue.factories import LineFactory

pytestmark = pytest.mark.django_db


def test_it_can_be_built_in_the_week_before_tet():
    """The week after is closed as a whole; the counter's own hours begin in it all the same."""
    hall = LineFactory().hall
    land = [CounterFactory(unit=hall.unit, number=number) for number in (1, 2)][1]
    admin = StaffFactory(unit=hall.unit, roles=[Role.UNIT_ADMIN])

    _counter_hours(hall, datetime(2026, 2, 13, 7, 40, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh")), by=admin)

    week = week_of(hall.unit, date(2026, 2, 16), land)
    assert [len(week.intervals.get(day, ())) for day in range(7)] == [2, 2, 1, 2, 2, 0, 0]

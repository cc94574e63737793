"""The office that somebody works for, and the first one of an installation."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from thanthien.core.rules import Refused
from thanthien.organisation import queries
from thanthien.organisation.actions import StaffFacts, UnitFacts, found_installation
from thanthien.organisation.enums import Level
from thanthien.organisation.factories import StaffFactory, UnitFactory

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 9, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
FACTS = UnitFacts(code="H56.14.18", name="Phường Quang Trung", level=Level.COMMUNE)
ADMINISTRATOR = StaffFacts(username="quantri", full_name="Lê Văn Quản")


def test_an_installation_begins_once_with_a_unit_and_its_administrator():
    unit, staff = found_installation(FACTS, ADMINISTRATOR, password="nắng ấm đầu xuân 26", at=AT)

    assert (unit.path, staff.unit, staff.is_superuser) == (f"/{unit.pk}/", unit, True)
    with pytest.raises(Refused, match="đã có đơn vị"):
        found_installation(FACTS, ADMINISTRATOR, password="nắng ấm đầu xuân 26", at=AT)


def test_people_of_a_division_belong_to_the_office_above():
    province = UnitFactory(province=True)
    unit = UnitFactory(parent=province)
    office, other = UnitFactory(division=True, parent=unit), UnitFactory(division=True, parent=unit)
    specialist = StaffFactory(unit=office, specialist=True)

    assert (queries.office_of(specialist), queries.desks_of(specialist)) == (unit, (office.pk, unit.pk))
    assert set(queries.office_units(specialist)) == {unit, office, other}
    assert set(queries.office_units(StaffFactory(unit=province, inspector=True))) == {province, unit, office, other}
    assert queries.office_units(StaffFactory(unit=unit, superuser=True)).count() == 4


def test_the_front_door_may_be_named_in_the_settings(settings):
    settings.SITE_UNIT = UnitFactory(code="H56.99.99").code
    UnitFactory(code="H56.11.11")

    assert queries.front_unit().code == "H56.99.99"

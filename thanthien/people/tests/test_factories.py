"""What other rooms' tests stand on."""

import pytest

from thanthien.organisation.factories import PASSWORD, CounterFactory, NeighbourhoodFactory, StaffFactory, UnitFactory
from thanthien.people.factories import BusinessFactory, HouseholdFactory, PersonFactory

pytestmark = pytest.mark.django_db


def test_units_of_the_factories_stand_below_each_other():
    province = UnitFactory(province=True)
    commune = UnitFactory(parent=province)
    division = UnitFactory(division=True, parent=commune)

    assert division.path == f"/{province.pk}/{commune.pk}/{division.pk}/"


def test_a_hundred_units_and_people_differ():
    units = UnitFactory.create_batch(100)
    people = PersonFactory.create_batch(3)

    assert (len({u.code for u in units}), len({p.personal_id for p in people})) == (100, 3)


def test_staff_of_the_factory_can_sign_in():
    staff = StaffFactory(roles=["leader"], unit__code="H56.14.18")

    assert staff.check_password(PASSWORD)
    assert (staff.roles, staff.unit.code) == (["leader"], "H56.14.18")
    assert StaffFactory(superuser=True).is_superuser


def test_the_other_factories_make_valid_rows():
    man = PersonFactory(man=True)
    household = HouseholdFactory(members=[man])
    for row in (household, man, BusinessFactory(), CounterFactory(), NeighbourhoodFactory()):
        row.full_clean(exclude=["plain_name"])

    assert set(household.members.all()) == {household.head, man}

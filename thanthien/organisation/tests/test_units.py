"""Units: where they stand, who sees and changes them, what they become."""

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.http import Http404

from thanthien.core.rules import Refused, allows
from thanthien.organisation import queries
from thanthien.organisation.actions import UnitFacts, change_unit, close_unit, create_unit, merge_units, split_unit
from thanthien.organisation.enums import Level
from thanthien.organisation.factories import StaffFactory, UnitFactory, UnitSuccessionFactory
from thanthien.organisation.models import Unit
from thanthien.organisation.rules import check_can_manage

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 9, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
DAY = date(2026, 7, 1)


@pytest.fixture
def house():
    """A province with two communes, each with a division, and one of the province itself."""
    province = UnitFactory(province=True)
    one, other = UnitFactory(parent=province), UnitFactory(parent=province)
    return {
        "province": province,
        "one": one,
        "other": other,
        "office": UnitFactory(division=True, parent=one),
        "other_office": UnitFactory(division=True, parent=other),
        "province_office": UnitFactory(division=True, parent=province),
        "elsewhere": UnitFactory(),
    }


def names(house, units):
    by_pk = {unit.pk: name for name, unit in house.items()}
    return {by_pk[unit.pk] for unit in units}


EVERYTHING = {"province", "one", "other", "office", "other_office", "province_office", "elsewhere"}


@pytest.mark.parametrize(
    ("where", "more", "seen"),
    [
        ("one", {"roles": ["reception"]}, {"one", "office"}),
        ("one", {"unit_admin": True}, {"one", "office"}),
        ("office", {"roles": ["specialist"]}, {"office"}),
        ("province", {"roles": ["reception"]}, {"province", "province_office"}),
        ("province", {"inspector": True}, EVERYTHING - {"elsewhere"}),
        ("province", {"province_admin": True}, EVERYTHING - {"elsewhere"}),
        ("one", {"province_admin": True}, {"one", "office"}),
        ("one", {"superuser": True}, EVERYTHING),
    ],
)
def test_everyone_sees_the_units_of_their_role(house, where, more, seen):
    staff = StaffFactory(unit=house[where], **more)

    assert names(house, queries.units_seen_by(staff)) == seen


@pytest.mark.parametrize(
    ("where", "more", "managed"),
    [
        ("one", {"roles": ["reception", "leader"]}, set()),
        ("one", {"unit_admin": True}, {"one", "office"}),
        ("province", {"unit_admin": True}, {"province", "province_office"}),
        ("province", {"inspector": True}, set()),
        ("province", {"province_admin": True}, EVERYTHING - {"elsewhere"}),
        ("one", {"superuser": True}, EVERYTHING),
    ],
)
def test_only_administrators_manage_and_rule_and_query_agree(house, where, more, managed):
    staff = StaffFactory(unit=house[where], **more)

    allowed = [unit for unit in house.values() if allows(check_can_manage, unit, by=staff)]

    assert names(house, allowed) == managed
    assert names(house, queries.units_managed_by(staff)) == managed


def test_a_unit_of_others_is_not_found(house):
    staff = StaffFactory(unit=house["one"], unit_admin=True)

    assert queries.unit_for(staff, house["office"].pk) == house["office"]
    with pytest.raises(Http404):
        queries.unit_for(staff, house["other"].pk)


def test_the_tree_stands_below_the_highest_seen_unit(house):
    staff = StaffFactory(unit=house["one"])

    rows = queries.unit_tree(staff, today=DAY)

    assert [(row.unit.pk, row.depth, row.staff_count) for row in rows] == [
        (house["one"].pk, 0, 1),
        (house["office"].pk, 1, 0),
    ]


def test_a_unit_is_created_below_another(house):
    by = StaffFactory(unit=house["one"], unit_admin=True)
    facts = UnitFacts(code="H56.77.01", name="Phòng Kinh tế", level=Level.DIVISION, parent=house["one"])

    unit = create_unit(facts, by=by, at=AT)

    assert Unit.objects.get(code="H56.77.01").path == f"{house['one'].path}{unit.pk}/"


@pytest.mark.parametrize("parent", ["other", None])
def test_a_unit_administrator_creates_no_unit_elsewhere_or_at_the_top(house, parent):
    by = StaffFactory(unit=house["one"], unit_admin=True)
    facts = UnitFacts(code="H56.77", name="Xã Mới", level=Level.COMMUNE, parent=house.get(parent))

    with pytest.raises(Refused):
        create_unit(facts, by=by, at=AT)


def facts_of(unit):
    return UnitFacts(**{name: getattr(unit, name) for name in UnitFacts.__dataclass_fields__})


def test_a_unit_moves_with_everything_below(house):
    by = StaffFactory(superuser=True)
    below = UnitFactory(division=True, parent=house["office"])
    mark = below.calendar_version

    change_unit(house["one"], replace(facts_of(house["one"]), parent=house["elsewhere"]), by=by, at=AT)

    below.refresh_from_db()
    assert below.path == f"{house['elsewhere'].path}{house['one'].pk}/{house['office'].pk}/{below.pk}/"
    assert below.calendar_version != mark
    assert Unit.objects.get(pk=house["other_office"].pk).path == house["other_office"].path


def test_a_change_of_name_leaves_the_place_alone(house):
    by = StaffFactory(unit=house["one"], unit_admin=True)

    change_unit(house["one"], replace(facts_of(house["one"]), name="Xã Đổi Tên"), by=by, at=AT)

    kept = Unit.objects.get(pk=house["one"].pk)
    assert (kept.name, kept.path, kept.calendar_version) == (
        "Xã Đổi Tên", house["one"].path, house["one"].calendar_version,
    )  # fmt: skip


@pytest.mark.parametrize("parent", ["one", "office"])
def test_a_unit_never_belongs_to_itself_or_to_one_below(house, parent):
    by = StaffFactory(superuser=True)

    with pytest.raises(Refused, match="trực thuộc chính nó"):
        change_unit(house["one"], replace(facts_of(house["one"]), parent=house[parent]), by=by, at=AT)


def test_closing_ends_the_divisions_too(house):
    close_unit(house["one"], last_day=DAY, by=StaffFactory(superuser=True), at=AT)

    assert set(Unit.objects.filter(valid_to=DAY)) == {house["one"], house["office"]}


def test_a_province_with_open_communes_is_not_closed(house):
    with pytest.raises(Refused, match="còn 2 đơn vị trực thuộc"):
        close_unit(house["province"], last_day=DAY, by=StaffFactory(superuser=True), at=AT)


def test_a_unit_does_not_end_before_it_began(house):
    with pytest.raises(Refused, match="trước ngày đơn vị bắt đầu"):
        close_unit(house["one"], last_day=date(2020, 1, 1), by=StaffFactory(superuser=True), at=AT)


def test_merged_units_go_on_in_the_new_one(house):
    by = StaffFactory(unit=house["province"], province_admin=True)
    new = UnitFactory(parent=house["province"])

    merge_units([house["one"], house["other"]], new, date=DAY, by=by, at=AT)

    assert queries.resolve_code(house["one"].code) == [new]
    assert queries.unit_on(house["one"].code, date(2026, 6, 30)) == [house["one"]]
    assert queries.unit_on(house["one"].code, DAY) == [new]
    assert {(old.code, old.is_whole) for old in queries.predecessor_codes(new)} == {
        (house["one"].code, True),
        (house["other"].code, True),
    }


@pytest.mark.parametrize("closes", [True, False])
def test_a_split_unit_goes_on_in_its_parts(house, closes):
    by = StaffFactory(superuser=True)
    parts = sorted([UnitFactory(), UnitFactory()], key=lambda unit: unit.code)

    split_unit(house["one"], parts, date=DAY, closes=closes, by=by, at=AT)

    stands_for = parts if closes else sorted([house["one"], *parts], key=lambda unit: unit.code)
    assert queries.resolve_code(house["one"].code) == stands_for
    assert [old.is_whole for old in queries.predecessor_codes(parts[0])] == [False]


def test_figures_over_several_steps_are_partly_when_one_step_is():
    oldest, middle, newest = UnitFactory(), UnitFactory(), UnitFactory()
    UnitSuccessionFactory(old=oldest, new=middle, share="partly", date=date(2020, 1, 1))
    UnitSuccessionFactory(old=middle, new=newest)

    assert [(old.code, old.is_whole) for old in queries.predecessor_codes(newest)] == [
        (middle.code, True),
        (oldest.code, False),
    ]
    assert queries.resolve_code("H99.99.99") == []


def test_a_unit_never_succeeds_what_came_out_of_it(house):
    by = StaffFactory(superuser=True)
    merge_units([house["one"]], house["other"], date=DAY, by=by, at=AT)

    with pytest.raises(Refused, match="vừa có trước vừa kế thừa"):
        merge_units([house["other"]], house["one"], date=DAY, by=by, at=AT)
    with pytest.raises(Refused):
        split_unit(house["elsewhere"], [house["elsewhere"]], date=DAY, by=by, at=AT)


def test_a_closed_unit_cannot_begin_after_its_end(house):
    by = StaffFactory(superuser=True)
    close_unit(house["one"], last_day=DAY, by=by, at=AT)

    with pytest.raises(Refused, match="trước ngày đơn vị bắt đầu"):
        change_unit(house["one"], replace(facts_of(house["one"]), valid_from=date(2027, 1, 1)), by=by, at=AT)


def test_a_division_that_begins_later_does_not_keep_its_unit_open(house):
    Unit.objects.filter(pk=house["office"].pk).update(valid_from=date(2026, 9, 1))

    close_unit(house["one"], last_day=DAY, by=StaffFactory(superuser=True), at=AT)

    assert Unit.objects.get(pk=house["office"].pk).valid_to == date(2026, 9, 1)


def test_the_front_door_is_that_of_the_highest_open_commune(house):
    assert queries.front_unit() == house["one"]
    Unit.objects.filter(level=Level.COMMUNE).update(valid_to=DAY)
    assert queries.front_unit() == house["province"]

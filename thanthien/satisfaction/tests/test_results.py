"""Counting answers: shares that sum to 100, bands, and the four yearly tables of xã Hợp Lý."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from thanthien.core.figures import Scope, get, shares
from thanthien.core.rules import Refused
from thanthien.dossiers.factories import MONDAY, officer
from thanthien.organisation.enums import Role
from thanthien.organisation.factories import UnitFactory
from thanthien.satisfaction import queries
from thanthien.satisfaction.actions import Filled, type_slip
from thanthien.satisfaction.actions.answering import About
from thanthien.satisfaction.factories import slip, typist, version_of
from thanthien.satisfaction.queries import Wish
from thanthien.satisfaction.rules import check_can_read_results

pytestmark = pytest.mark.django_db
ALL_TIME = {"first": date(2019, 1, 1), "last": date(2026, 12, 31)}

# Source 000 (xã Hợp Lý): first and last day, slips of each level, what was printed, at how many decimals.
YEARS = [
    (date(2019, 7, 1), date(2020, 7, 31), (198, 76, 6), ("70.72", "27.14", "2.14"), "97.86", 2),
    (date(2020, 8, 1), date(2021, 7, 30), (252, 26, 2), ("90.0", "9.3", "0.7"), "99.3", 1),
    (date(2021, 8, 1), date(2022, 7, 30), (254, 26, 0), ("90.7", "9.3", "0.0"), "100.0", 1),
    (date(2022, 8, 1), date(2023, 7, 30), (255, 25, 0), ("91.0", "9.0", "0.0"), "100.0", 1),
]


@pytest.fixture(scope="module")
def hop_ly(django_db_setup, django_db_blocker):
    """1,120 slips typed one by one, 280 for each of the four years."""
    with django_db_blocker.unblock(), transaction.atomic():
        unit = UnitFactory(valid_from=date(2011, 6, 1))
        clerk, leader = typist(unit), officer(unit, Role.LEADER)
        for first, last, counts, *_printed in YEARS:
            values = [value for value, count in zip((3, 2, 1), counts, strict=True) for _ in range(count)]
            for number, value in enumerate(values):
                day = first + timedelta(days=number * (last - first).days // len(values))
                slip(value, unit=unit, by=clerk, day=day, at=MONDAY)
        yield leader
        transaction.set_rollback(True)


@pytest.mark.parametrize(("first", "last", "counts", "printed", "good", "digits"), YEARS)
def test_the_yearly_tables_are_reproduced_from_the_slips(hop_ly, first, last, counts, printed, good, digits):
    found = queries.total(queries.responses_of(hop_ly, Wish(first=first, last=last)), "năm", digits=digits)

    by_label = {level.label: level.count for level in found.levels}
    recount = tuple(str(share) for share in shares(counts, digits=digits))
    assert found.n == 280
    assert [by_label.get(label, 0) for label in ("Rất hài lòng", "Hài lòng", "Chưa hài lòng")] == list(counts)
    assert str(found.share) == good
    if first.year == 2022:
        # Printed "255 phiếu, đạt 91 %" and "25 phiếu, đạt 9,0 %": both were rounded to whole per cents and then one got
        # a decimal, while the other years have one. At one decimal the shares are 91,1 and 8,9; at none 91 and 9.
        assert recount == ("91.1", "8.9", "0.0")
        assert [str(share) for share in shares(counts, digits=0)] == ["91", "9", "0"]
    else:
        # Year one printed 70,72 where plain rounding gives 70,71: the largest remainder, so that 70,72 + 27,14 + 2,14
        # is 100 and 70,72 + 27,14 the 97,86 that stands beside them.
        assert recount == printed


def test_over_all_four_years_the_slips_are_1120(hop_ly):
    by_year = queries.results_of(hop_ly, Wish(**ALL_TIME, by="year"))

    assert sum(one.n for one in by_year) == 1120
    assert sum(one.satisfied for one in by_year) == 1112


@given(st.lists(st.integers(0, 5000), min_size=1, max_size=7))
def test_the_shares_of_a_group_always_sum_to_100(counts):
    found = queries.group("x", [(str(n), n % 2 == 0, count) for n, count in enumerate(counts)])

    assert sum(level.share for level in found.levels) == (100 if any(counts) else 0)
    assert found.share + found.unsatisfied_share == (100 if any(counts) else 0)


@pytest.mark.parametrize(
    ("satisfied", "n", "band"),
    [
        (0, 0, None),
        (79, 100, 0),
        (80, 100, 1),
        (89, 100, 1),
        (9, 10, 2),
        (9999, 10000, 2),
        (10, 10, 3),
        (7999, 10000, 0),
    ],
)
def test_bands_are_of_the_counts_and_not_of_a_rounded_share(satisfied, n, band):
    assert queries.band_of(satisfied, n) == band


def test_units_are_counted_by_band():
    province = UnitFactory(province=True)
    units = [UnitFactory(parent=province) for _ in range(2)]
    for unit, values in zip(units, ([3] * 10, [3] * 8 + [1] * 2), strict=True):
        for value in values:
            slip(value, unit=unit, by=typist(unit))

    groups = queries.results_of(officer(province, Role.PROVINCE_ADMIN), Wish(**ALL_TIME, by="unit"))

    assert [(label, count) for label, count in queries.bands_of(groups) if count] == [
        ("80 đến dưới 90 %", 1),
        ("100 %", 1),
    ]


def test_fewer_than_five_answers_about_an_officer_are_not_shown():
    unit = UnitFactory()
    rated, other, clerk = officer(unit), officer(unit), typist(unit)
    for _ in range(5):
        slip(3, unit=unit, by=clerk, officer_id=rated.pk)
    for _ in range(4):
        slip(1, unit=unit, by=clerk, officer_id=other.pk)

    groups = queries.results_of(officer(unit, Role.LEADER), Wish(**ALL_TIME, by="officer"))

    told = {one.label: (one.n, one.is_hidden) for one in groups}
    assert told == {rated.full_name: (5, False), other.full_name: (0, True)}


def test_officers_see_figures_of_themselves_only():
    unit = UnitFactory()
    rated, other, clerk = officer(unit), officer(unit), typist(unit)
    for one in (rated, other):
        for _ in range(5):
            slip(3, unit=unit, by=clerk, officer_id=one.pk)

    groups = queries.results_of(rated, Wish(**ALL_TIME, by="officer"))

    assert [one.label for one in groups] == [rated.full_name]


def test_another_unit_sees_nothing_of_it():
    unit = UnitFactory()
    slip(3, unit=unit, by=typist(unit))

    found = queries.total_of(officer(UnitFactory(), Role.LEADER), Wish(**ALL_TIME))

    assert found.n == 0


def test_who_carries_mail_reads_no_results():
    with pytest.raises(Refused):
        check_can_read_results(by=officer(UnitFactory(), Role.POSTAL))


def test_elements_are_counted_and_their_mean_is_the_sipas_index():
    unit = UnitFactory()
    clerk, version = typist(unit), version_of("sipas")
    for value in (5, 4, 3):
        values = {"overall": 4, "access1": value, "officer1": 5}
        type_slip(version, Filled(values=values), About(unit_id=unit.pk), day=MONDAY.date(), by=clerk, at=MONDAY)

    elements = queries.by_subject(officer(unit, Role.LEADER), Wish(**ALL_TIME), "element")

    assert [(one.label, one.satisfied, one.n) for one in elements] == [
        ("tiếp cận dịch vụ", 2, 3), ("công chức trực tiếp giải quyết công việc", 3, 3)
    ]  # fmt: skip
    assert queries.mean_index(elements) == Decimal("83.3")


def test_figures_of_the_house_have_their_base():
    unit = UnitFactory()
    slip(3, unit=unit, by=typist(unit))
    slip(1, unit=unit, by=typist(unit))

    value = get("satisfaction.satisfied").compute(Scope(unit_codes=[unit.code], **ALL_TIME))

    assert (value.value, value.n) == (1, 2)


# ---- the page --------------------------------------------------------------------------------------------
@pytest.mark.parametrize("by", queries.BY)
def test_results_by_everything_that_can_be_chosen(by):
    unit = UnitFactory()
    slip(3, unit=unit, by=typist(unit))
    client = Client()
    client.force_login(officer(unit, Role.LEADER))

    page = client.get(reverse("satisfaction:results"), {"first": "01/11/2026", "last": "30/11/2026", "by": by})

    assert page.status_code == 200
    assert "100,0\u00a0%" in page.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_results_cost_the_same_for_few_and_many(count, django_assert_num_queries):
    unit = UnitFactory()
    leader, clerk = officer(unit, Role.LEADER), typist(unit)
    for day in range(count):
        slip(3, unit=unit, by=clerk, day=MONDAY.date() - timedelta(days=40 * day))

    with django_assert_num_queries(1):
        queries.results_of(leader, Wish(**ALL_TIME))


def test_a_period_that_runs_backwards_is_explained():
    client = Client()
    client.force_login(officer(UnitFactory(), Role.LEADER))

    page = client.get(reverse("satisfaction:results"), {"first": "30/11/2026", "last": "01/11/2026"})

    assert (page.status_code, "không thể trước ngày đầu" in page.content.decode()) == (422, True)


def test_results_leave_as_a_workbook():
    unit = UnitFactory()
    slip(3, unit=unit, by=typist(unit))
    client = Client()
    client.force_login(officer(unit, Role.LEADER))

    file = client.get(reverse("satisfaction:results"), {"first": "01/11/2026", "last": "30/11/2026", "excel": "1"})

    assert (file["Content-Type"], file.content[:2]) == (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", b"PK"
    )  # fmt: skip

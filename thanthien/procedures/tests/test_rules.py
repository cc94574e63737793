"""Comparing time limits, and what a dossier costs."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thanthien.core.rules import Refused
from thanthien.core.working_time import TimeLimit, TimeUnit
from thanthien.procedures.enums import FeeRule
from thanthien.procedures.models import Offering
from thanthien.procedures.rules import FeeLine, check_not_longer, cut_percent, fee_of, is_longer


def limit(said: str) -> TimeLimit:
    amount, unit = said.split()
    return TimeLimit(Decimal(amount), TimeUnit(unit))


@pytest.mark.parametrize(
    ("committed", "statutory", "longer"),
    [
        ("5 working_day", "10 working_day", False),
        ("10 working_day", "10 working_day", False),
        ("10.5 working_day", "10 working_day", True),
        ("40 hour", "5 working_day", False),
        ("40.5 hour", "5 working_day", True),
        ("1 working_day", "8 hour", False),
        ("1 working_day", "7 hour", True),
        ("1 same_day", "1 same_day", False),
        ("1 same_day", "1 working_day", False),
        ("1 same_day", "0.5 working_day", None),
        ("1 same_day", "15 hour", False),
        ("1 same_day", "8 hour", None),
        ("1 same_day", "1 day", False),
        ("1 working_day", "1 same_day", True),
        ("1 day", "1 same_day", True),
        ("2 hour", "1 same_day", False),
        ("3 hour", "1 same_day", None),
        ("10 day", "10 working_day", False),
        ("12 day", "10 working_day", None),
        ("10 working_day", "14 day", False),
        ("10 working_day", "13 day", None),
        ("10 working_day", "9 day", True),
        ("8 hour", "3 day", False),
        ("20 day", "20 day", False),
        ("21 day", "20 day", True),
    ],
)
def test_limits_are_compared_only_where_it_is_certain(committed, statutory, longer):
    assert is_longer(limit(committed), limit(statutory)) is longer


@given(st.integers(1, 400), st.integers(1, 400), st.sampled_from(["working_day", "day", "hour"]))
def test_within_one_unit_the_greater_amount_is_longer(mine, most, unit):
    assert is_longer(limit(f"{mine} {unit}"), limit(f"{most} {unit}")) is (mine > most)


def test_commitment_without_a_limit_in_law_passes():
    check_not_longer(limit("90 working_day"), None)


@pytest.mark.parametrize(
    ("statutory", "committed", "percent"),
    [
        ("10 working_day", "5 working_day", 50),
        ("3 working_day", "1 working_day", 67),
        ("8 working_day", "7.5 working_day", 6),
        ("3 working_day", "1 same_day", 67),
        ("2 working_day", "4 hour", 75),
        ("1 same_day", "1 same_day", 0),
        ("20 day", "15 day", 25),
        ("20 day", "10 working_day", None),
        ("10 working_day", "12 working_day", 0),
    ],
)
def test_cut_is_a_whole_per_cent_of_the_statutory_time(statutory, committed, percent):
    assert cut_percent(limit(statutory), limit(committed)) == percent


def test_no_cut_without_a_limit_in_law():
    assert cut_percent(None, limit("5 working_day")) is None


def offering(rule: str, fee: int | None = None) -> Offering:
    return Offering(fee_rule=rule, fee=fee)


@pytest.mark.parametrize(
    ("pages", "fee"), [(1, 2_000), (2, 4_000), (3, 5_000), (10, 12_000), (198, 200_000), (199, 200_000), (500, 200_000)]
)
def test_certified_copy_costs_by_pages_with_a_ceiling(pages, fee):
    line = fee_of(offering(FeeRule.CERTIFIED_COPY), pages=pages, copies=3)[0]

    assert (line.quantity, line.price, line.amount) == (3, fee, 3 * fee)
    assert line.name == f"Phí chứng thực bản sao, {pages} trang"


def test_fixed_fee_counts_once_and_fee_per_unit_by_number():
    fixed = fee_of(offering(FeeRule.FIXED, 20_000), copies=4)
    each = fee_of(offering(FeeRule.PER_UNIT, 10_000), copies=4)

    assert fixed == [FeeLine(name="Phí, lệ phí", quantity=1, price=20_000, amount=20_000)]
    assert each == [FeeLine(name="Phí, lệ phí", quantity=4, price=10_000, amount=40_000)]


def test_procedure_without_fee_has_no_line_and_an_unknown_fee_waits_for_the_cashier():
    assert fee_of(offering(FeeRule.FIXED, 0)) == []
    assert fee_of(offering(FeeRule.UNKNOWN))[0].amount is None
    assert fee_of(offering(FeeRule.UNKNOWN), amount=35_000)[0].amount == 35_000


@pytest.mark.parametrize("numbers", [{"pages": 0}, {"copies": 0}, {"pages": 10_001}, {"amount": -1}])
def test_impossible_numbers_are_refused(numbers):
    with pytest.raises(Refused, match="Số trang, số bản phải từ 1 đến 10.000"):
        fee_of(offering(FeeRule.FIXED, 1_000), **numbers)

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thanthien.core.figures import shares

COUNTS = st.lists(st.integers(0, 10**9), min_size=1, max_size=30)


@given(COUNTS, st.integers(0, 3))
def test_shares_of_something_sum_to_one_hundred(counts, digits):
    printed = shares(counts, digits=digits)

    assert sum(printed) == (100 if sum(counts) else 0)


@given(COUNTS, st.integers(0, 3))
def test_each_share_is_less_than_one_unit_off(counts, digits):
    printed = shares(counts, digits=digits)

    total = sum(counts) or 1
    off = [abs(share - Decimal(100 * count) / total) for share, count in zip(printed, counts, strict=True)]
    assert max(off) < Decimal(1).scaleb(-digits)


@given(COUNTS)
def test_larger_count_never_gets_the_smaller_share(counts):
    printed = shares(counts)

    pairs = sorted(zip(counts, printed, strict=True))
    assert all(a[1] <= b[1] for a, b in zip(pairs, pairs[1:], strict=False) if a[0] < b[0])


@given(COUNTS, st.integers(0, 3))
def test_shares_are_written_with_as_many_places_as_asked(counts, digits):
    printed = shares(counts, digits=digits)

    assert {-share.as_tuple().exponent for share in printed} == {digits}


def test_thirds_are_filled_up_from_the_first():
    assert shares([1, 1, 1]) == [Decimal("33.4"), Decimal("33.3"), Decimal("33.3")]


def test_nothing_counted_gives_zeros_and_not_one_hundred():
    assert shares([0, 0]) == [Decimal("0.0"), Decimal("0.0")]


def test_negative_count_is_refused():
    with pytest.raises(ValueError, match="never negative"):
        shares([3, -1])

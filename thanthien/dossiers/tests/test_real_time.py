"""How long it really took: counted as the promise is, without the time in which the clock stood still."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thanthien.core.working_time import TimeUnit
from thanthien.dossiers import actions
from thanthien.dossiers.factories import MONDAY, ZONE, an_offering, everyone_of, finish, receive
from thanthien.dossiers.queries import real_time_of
from thanthien.dossiers.queries.real_time import FEWEST, at_most

# From Monday 23 to Friday 27: the 24th is a day off.
FRIDAY = datetime(2026, 11, 27, 15, 0, tzinfo=ZONE)
TODAY = date(2026, 11, 30)
times = st.lists(st.integers(0, 400).map(Decimal), min_size=1, max_size=200)


@given(times)
def test_nine_in_ten_stay_within_the_time_and_no_smaller_measured_time_would_do(taken):
    limit = at_most(taken, 9)

    within = sum(one <= limit for one in taken)
    below = sum(one < limit for one in taken)
    assert limit in taken
    assert within * 10 >= 9 * len(taken)
    assert below * 10 < 9 * len(taken)


@given(times, st.randoms())
def test_the_order_of_the_dossiers_does_not_matter(taken, random):
    shuffled = list(taken)
    random.shuffle(shuffled)

    assert at_most(shuffled, 9) == at_most(taken, 9)


def test_of_nothing_there_is_no_time():
    with pytest.raises(ValueError, match="nothing was measured"):
        at_most([], 9)


def ten_finished(offering, end, count=FEWEST, begin=MONDAY):
    for _ in range(count):
        finish(receive(offering=offering, at=begin), at=end)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("unit", "end", "words"),
    [
        (TimeUnit.WORKING_DAY, FRIDAY, "3 ngày làm việc"),
        (TimeUnit.WORKING_DAY, MONDAY + timedelta(hours=2), "ngày nhận hồ sơ"),
        (TimeUnit.DAY, datetime(2026, 11, 30, 9, 0, tzinfo=ZONE), "7 ngày"),
        (TimeUnit.HOUR, MONDAY + timedelta(minutes=50), "1 giờ làm việc"),
        (TimeUnit.HOUR, MONDAY, "chưa đầy nửa giờ"),
        (TimeUnit.SAME_DAY, MONDAY + timedelta(minutes=70), "1,5 giờ làm việc"),
    ],
)
def test_it_is_counted_in_the_unit_of_the_promise(unit, end, words):
    offering = an_offering(committed_unit=unit)
    ten_finished(offering, end)

    real = real_time_of(offering, today=TODAY)

    assert (real.n, real.words) == (10, words)


@pytest.mark.django_db
def test_too_few_dossiers_give_no_number():
    offering = an_offering()
    ten_finished(offering, FRIDAY, count=FEWEST - 1)

    real = real_time_of(offering, today=TODAY)

    assert (real.n, real.amount, real.words) == (9, None, "")


@pytest.mark.django_db
def test_waiting_for_papers_is_not_counted():
    offering = an_offering()
    by = everyone_of(offering.unit)
    for _ in range(FEWEST):
        dossier = receive(offering=offering, at=MONDAY, by=by)
        words = {"papers": ["Tờ khai"], "reason": "thiếu", "legal_basis": "Luật"}
        actions.request_supplement(dossier, **words, by=by, at=MONDAY + timedelta(hours=1))
        actions.resume(dossier, answer="đủ", by=by, at=MONDAY + timedelta(days=2))
        finish(dossier, by=by, at=FRIDAY)

    assert real_time_of(offering, today=TODAY).words == "2 ngày làm việc"


@pytest.mark.django_db
def test_only_this_unit_this_procedure_and_the_last_ninety_days_count():
    offering = an_offering()
    ten_finished(offering, FRIDAY)
    ten_finished(an_offering(procedure=offering.procedure, version={"number": 2, "valid_to": TODAY}), FRIDAY, count=2)
    ten_finished(an_offering(unit=offering.unit), FRIDAY, count=2)

    assert real_time_of(offering, today=TODAY).n == 10
    assert real_time_of(offering, today=date(2027, 2, 24)).n == 10
    assert real_time_of(offering, today=date(2027, 2, 25)).n == 0


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [1, 3])
def test_it_costs_one_statement(rows, django_assert_num_queries):
    offering = an_offering()
    ten_finished(offering, FRIDAY, count=rows)
    real_time_of(offering, today=TODAY)

    with django_assert_num_queries(1):
        real_time_of(offering, today=TODAY)

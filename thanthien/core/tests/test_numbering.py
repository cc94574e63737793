from concurrent.futures import ThreadPoolExecutor
from random import Random

import pytest
from django.db import close_old_connections, connection, transaction

from thanthien.core.numbering import next_number, next_numbers


@pytest.mark.django_db
def test_a_series_counts_from_one_and_series_do_not_disturb_each_other():
    taken = [next_number("a"), next_number("a"), next_number("b"), next_number("a")]

    assert taken == [1, 2, 1, 3]


@pytest.mark.django_db
def test_several_series_answer_in_the_order_asked():
    next_number("y")

    assert next_numbers("y", "x") == [2, 1]


@pytest.mark.django_db
def test_two_numbers_cost_one_statement(django_assert_num_queries):
    with django_assert_num_queries(1):
        next_numbers("y", "x")


@pytest.mark.django_db(transaction=True)
def test_a_number_outside_a_transaction_is_refused():
    with pytest.raises(RuntimeError):
        next_number("a")


@pytest.mark.django_db(transaction=True)
def test_a_rolled_back_number_goes_to_the_next():
    with transaction.atomic():
        next_number("a")
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        next_number("a")
        raise ZeroDivisionError

    with transaction.atomic():
        assert next_number("a") == 2


@pytest.mark.django_db(transaction=True)
@pytest.mark.hardening
def test_a_thousand_parallel_takers_with_roll_backs_leave_no_gap_and_no_twin():
    chance = Random(7)
    fails = [chance.random() < 0.1 for _ in range(1000)]

    with ThreadPoolExecutor(max_workers=16) as pool:
        taken = list(pool.map(take_or_fail, fails))

    numbers = sorted(number for number in taken if number)
    assert numbers == list(range(1, fails.count(False) + 1))


def take_or_fail(fails: bool) -> int | None:
    try:
        with transaction.atomic():
            number = next_number("race")
            if fails:
                raise ZeroDivisionError
        return number
    except ZeroDivisionError:
        return None
    finally:
        connection.close()
        close_old_connections()

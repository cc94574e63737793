from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone, translation

from thanthien.ui import words

FRIDAY = datetime(2026, 11, 27, 10, 0, tzinfo=UTC)  # 17:00 in Hà Nội


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (0, "0\u00a0đ"),
        (999, "999\u00a0đ"),
        (1234567, "1.234.567\u00a0đ"),
        (-50000, "−50.000\u00a0đ"),
        (Decimal("1500.4"), "1.500\u00a0đ"),
        ("75000", "75.000\u00a0đ"),
        (None, ""),
        ("", ""),
        ("miễn phí", "miễn phí"),
        (float("nan"), "nan"),
    ],
)
def test_money_has_dots_between_thousands_and_the_sign_of_the_coin(value, shown):
    assert words.money(value) == shown


@pytest.mark.parametrize(
    ("value", "digits", "shown"),
    [(1774, None, "1.774"), (7.5, None, "7,5"), (Decimal("1234567.50"), 1, "1.234.567,5"), (True, None, "True")],
)
def test_number_has_the_comma_of_vietnamese(value, digits, shown):
    assert words.number(value, digits) == shown


def test_percent_is_shown_with_one_digit_and_never_broken_over_lines():
    assert words.percent(99.21) == "99,2\u00a0%"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (date(2026, 2, 5), "05/02/2026"),
        (FRIDAY, "27/11/2026"),
        (datetime(2026, 11, 27, 17, 30, tzinfo=UTC), "28/11/2026"),
        ("2026-11-27", "27/11/2026"),
        (None, ""),
        ("hôm qua", ""),
    ],
)
def test_date_is_day_month_year_of_hanoi(value, shown):
    assert words.vndate(value) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (FRIDAY, "thứ Sáu, 27/11/2026, 17:00"),
        ("2026-11-27T17:00:00+07:00", "thứ Sáu, 27/11/2026, 17:00"),
        (date(2026, 11, 29), "Chủ nhật, 29/11/2026"),
        ("", ""),
    ],
)
def test_promised_moment_names_its_weekday(value, shown):
    assert words.vndatetime(value) == shown


def test_moment_is_as_short_as_it_can_be():
    now = timezone.localtime()
    this_year = now.replace(month=1, day=1) if now.month > 6 else now.replace(month=12, day=31)
    long_ago = datetime(2019, 3, 4, 7, 30, tzinfo=now.tzinfo)

    shown = [words.moment(now), words.moment(this_year), words.moment(long_ago), words.moment(None)]

    assert shown == [f"{now:%H:%M}", f"{this_year:%d/%m, %H:%M}", "04/03/2019, 07:30", ""]


def test_day_without_a_time_stays_a_day_even_today():
    today = timezone.localdate()

    assert words.moment(today) == f"{today:%d/%m}"
    assert words.moment(today - timedelta(days=800)).endswith(str((today - timedelta(days=800)).year))


@pytest.mark.parametrize(("language", "letters"), [("vi", "H B T N S B C"), ("en", "M T W T F S S")])
def test_each_day_of_the_week_has_its_own_letter_in_each_language(language, letters):
    with translation.override(language):
        assert " ".join(map(str, words.WEEKDAY_LETTERS)) == letters

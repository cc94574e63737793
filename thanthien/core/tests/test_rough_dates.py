"""Days of which only the month or the year is known."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from thanthien.core import rough_dates


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("1940", "1940"), (" 1940 ", "1940"), ("5/1940", "1940-05"), ("05/1940", "1940-05"), ("12-1940", "1940-12"),
        ("tháng 5 năm 1940", "1940-05"), ("Tháng 5/1940", "1940-05"), ("năm 1940", "1940"), ("13/1940", ""),
        ("0/1940", ""), ("940", ""), ("3940", ""), ("01/05/1940", ""), ("1940-05", ""), ("", ""), ("hồi 1940", ""),
    ],
)  # fmt: skip
def test_people_write_a_year_or_a_month_and_a_year(typed, kept):
    assert rough_dates.kept(typed) == kept


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("1940", date(1940, 1, 1), date(1940, 12, 31)), ("1940-02", date(1940, 2, 1), date(1940, 2, 29)),
        ("1941-02", date(1941, 2, 1), date(1941, 2, 28)),
    ],
)  # fmt: skip
def test_a_rough_date_spans_every_day_that_it_may_mean(text, first, last):
    assert rough_dates.span(text) == (first, last)


@pytest.mark.parametrize("text", ["", "1940-13", "1940-05-01", "0940", "abc"])
def test_what_is_no_rough_date_spans_nothing(text):
    assert rough_dates.span(text) is None


@given(some.dates(date(1850, 1, 1), date(2100, 12, 31)))
def test_every_day_lies_in_the_span_of_its_month_and_year(day):
    for text in (f"{day:%Y}", f"{day:%Y-%m}"):
        first, last = rough_dates.span(text)
        assert first <= day <= last
        assert rough_dates.kept(rough_dates.words(text)) == text


@pytest.mark.parametrize(
    ("kept", "said"),
    [
        ("1940-04", "tháng tư năm một nghìn chín trăm bốn mươi"),
        ("1940", "năm một nghìn chín trăm bốn mươi"),
        ("1940-05-03", ""), ("khoảng 1940", ""), ("", ""), ("1940-13", ""),
    ],
)  # fmt: skip
def test_rough_date_in_words(kept, said):
    assert rough_dates.in_words(kept) == said

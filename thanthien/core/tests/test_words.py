from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thanthien.core.words import (
    day_in_words,
    document_number,
    long_date,
    long_moment,
    money,
    money_in_words,
    number_in_words,
    short_date,
    short_moment,
)

VALUES = {
    "không": 0, "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "sáu": 6, "bảy": 7,
    "tám": 8, "chín": 9,
}  # fmt: skip


def read_back(words: str) -> int:
    """The number that a reader hears: an independent reading of the words."""
    billions, _, rest = words.rpartition(" tỷ") if " tỷ" in words else ("", "", words)
    total = read_back(billions) * 10**9 if billions else 0
    group = 0
    for word in rest.split():
        if word in ("triệu", "nghìn"):
            total, group = total + group * {"triệu": 10**6, "nghìn": 10**3}[word], 0
        elif word == "trăm":
            group = group * 100
        elif word == "mươi":
            group = group // 10 * 10 + group % 10 * 10 if group >= 100 else group * 10
        elif word == "mười":
            group += 10
        elif word != "linh":
            group += VALUES[word]
    return total + group


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (0, "không đồng"),
        (5, "năm đồng"),
        (10, "mười đồng"),
        (11, "mười một đồng"),
        (14, "mười bốn đồng"),
        (15, "mười lăm đồng"),
        (20, "hai mươi đồng"),
        (21, "hai mươi mốt đồng"),
        (24, "hai mươi tư đồng"),
        (25, "hai mươi lăm đồng"),
        (55, "năm mươi lăm đồng"),
        (100, "một trăm đồng"),
        (101, "một trăm linh một đồng"),
        (105, "một trăm linh năm đồng"),
        (110, "một trăm mười đồng"),
        (115, "một trăm mười lăm đồng"),
        (1_000, "một nghìn đồng"),
        (1_005, "một nghìn không trăm linh năm đồng"),
        (1_050, "một nghìn không trăm năm mươi đồng"),
        (2_000, "hai nghìn đồng"),
        (16_000, "mười sáu nghìn đồng"),
        (75_000, "bảy mươi lăm nghìn đồng"),
        (200_000, "hai trăm nghìn đồng"),
        (1_000_001, "một triệu không trăm linh một đồng"),
        (1_021_315, "một triệu không trăm hai mươi mốt nghìn ba trăm mười lăm đồng"),
        (1_000_005_000, "một tỷ không trăm linh năm nghìn đồng"),
        (10**12, "một nghìn tỷ đồng"),
        (10**15, "một triệu tỷ đồng"),
        (10**15 + 1, "một triệu tỷ không trăm linh một đồng"),
        (-75_000, "âm bảy mươi lăm nghìn đồng"),
    ],
)
def test_amounts_are_said_as_at_school(amount, words):
    assert money_in_words(amount) == words


def test_the_south_says_le_for_an_empty_tens_place():
    assert money_in_words(1_005, zero_word="lẻ") == "một nghìn không trăm lẻ năm đồng"


def test_the_setting_chooses_the_word_for_an_empty_tens_place(settings):
    settings.AMOUNT_ZERO_WORD = "lẻ"

    assert money_in_words(105) == "một trăm lẻ năm đồng"


@given(st.integers(min_value=0, max_value=10**15))
def test_every_amount_is_heard_as_it_was_said(amount):
    assert read_back(number_in_words(amount)) == amount


@given(st.integers(min_value=0, max_value=10**15))
def test_money_in_figures_has_a_dot_after_each_three_digits(amount):
    groups = money(amount).split(".")

    assert int("".join(groups)) == amount
    assert all(len(group) == 3 for group in groups[1:])


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 2, 5), "ngày 05 tháng 02 năm 2026"),
        (date(2026, 1, 10), "ngày 10 tháng 01 năm 2026"),
        (date(2026, 3, 9), "ngày 09 tháng 3 năm 2026"),
        (date(2026, 12, 31), "ngày 31 tháng 12 năm 2026"),
        (datetime(2026, 2, 4, 18, 0, tzinfo=UTC), "ngày 05 tháng 02 năm 2026"),
    ],
)
def test_days_below_ten_and_the_first_two_months_have_a_leading_zero(day, words):
    assert long_date(day) == words


def test_moments_are_told_in_vietnamese_time():
    moment = datetime(2026, 2, 5, 1, 30, tzinfo=UTC)

    assert long_moment(moment) == "08 giờ 30 phút, ngày 05 tháng 02 năm 2026"
    assert short_moment(moment) == "08:30 05/02/2026"
    assert short_date(datetime(2026, 2, 5, 20, 0, tzinfo=UTC)) == "06/02/2026"


@pytest.mark.parametrize(("number", "text"), [(5, "05/TNHS"), (10, "10/TNHS"), (1234, "1234/TNHS")])
def test_numbers_of_documents_below_ten_have_a_leading_zero(number, text):
    assert document_number(number, "TNHS") == text


# ---- days in words -------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("day", "words"),
    [
        ((2026, 3, 15), "ngày mười lăm tháng ba năm hai nghìn không trăm hai mươi sáu"),
        ((2026, 1, 1), "ngày một tháng một năm hai nghìn không trăm hai mươi sáu"),
        ((2005, 4, 4), "ngày bốn tháng tư năm hai nghìn không trăm linh năm"),
        ((1994, 5, 5), "ngày năm tháng năm năm một nghìn chín trăm chín mươi tư"),
        ((2000, 12, 10), "ngày mười tháng mười hai năm hai nghìn"),
        ((2021, 10, 21), "ngày hai mươi mốt tháng mười năm hai nghìn không trăm hai mươi mốt"),
        ((2010, 11, 24), "ngày hai mươi tư tháng mười một năm hai nghìn không trăm mười"),
        ((1955, 7, 31), "ngày ba mươi mốt tháng bảy năm một nghìn chín trăm năm mươi lăm"),
        ((1940, 5), "tháng năm năm một nghìn chín trăm bốn mươi"),
        ((1940,), "năm một nghìn chín trăm bốn mươi"),
    ],
)
def test_day_is_said_as_civil_status_papers_write_it(day, words):
    assert day_in_words(*day) == words


def test_empty_tens_of_a_year_are_said_as_the_office_says_them(settings):
    settings.AMOUNT_ZERO_WORD = "lẻ"

    assert day_in_words(2005) == "năm hai nghìn không trăm lẻ năm"


def heard(words: str) -> tuple[int, int, int]:
    """Day, month and year that a reader hears; the unit "năm" and the five "năm" are told apart by their place."""
    day, rest = words.removeprefix("ngày ").split(" tháng ")
    month, year = rest.split(" năm ", 1) if not rest.startswith("năm năm ") else ("năm", rest.removeprefix("năm năm "))
    return read_back(year), VALUES["bốn"] if month == "tư" else read_back(month), read_back(day)


@given(st.dates(min_value=date(1800, 1, 1), max_value=date(2199, 12, 31)))
def test_every_day_is_heard_again_from_its_words(day):
    words = day_in_words(day.year, day.month, day.day)

    assert heard(words) == (day.year, day.month, day.day)
    assert words == " ".join(words.split()) and words.islower()


@given(st.dates(), st.dates())
def test_two_days_are_never_said_alike(one, other):
    assert (one == other) == (
        day_in_words(one.year, one.month, one.day) == day_in_words(other.year, other.month, other.day)
    )

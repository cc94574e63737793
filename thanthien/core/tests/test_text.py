"""Search keys, the order of the Vietnamese alphabet, masks."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thanthien.core.text import (
    clean,
    mask_email,
    mask_number,
    mask_phone,
    name_sort_key,
    plain,
    sort_key,
    sort_key_beginnings,
)

VIETNAMESE = st.text(alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyàảãáạằầđĐÂ ỜƯ", max_size=30)


def test_plain_takes_marks_and_both_tone_placements_off():
    assert plain("Đặng  Thị THUỶ") == "dang thi thuy"
    assert plain("hoà") == plain("hòa") == "hoa"


@given(VIETNAMESE)
def test_plain_does_not_care_how_letters_are_composed(text):
    assert plain(unicodedata.normalize("NFD", text)) == plain(unicodedata.normalize("NFC", text))
    assert plain(plain(text)) == plain(text)


@given(st.text(max_size=60))
def test_clean_text_is_composed_and_stays_as_it_is(text):
    cleaned = clean(text)

    assert clean(cleaned) == cleaned == unicodedata.normalize("NFC", cleaned)


def test_letters_order_as_in_the_vietnamese_alphabet():
    letters = list("aăâbcdđeêghiklmnoôơpqrstuưvxy")

    assert sorted(reversed(letters), key=sort_key) == letters


def test_tones_order_after_letters_and_syllable_by_syllable():
    words = ["ma", "ma quỷ", "mà", "mả", "mã", "má", "mạ", "mai", "măng", "mâm"]

    assert sorted(reversed(words), key=sort_key) == words


def test_both_tone_placements_and_compositions_are_equal_in_order():
    assert sort_key("hoà") == sort_key("hòa") == sort_key(unicodedata.normalize("NFD", "HÒA"))


def test_numbers_order_by_value():
    assert sorted(["Thôn 10", "Thôn 9", "Thôn 02"], key=sort_key) == ["Thôn 02", "Thôn 9", "Thôn 10"]


def test_people_order_by_given_name_then_middle_then_family():
    people = ["Trần Thị Ánh", "Lê Văn Ánh", "Nguyễn Văn Ánh", "Nguyễn An", "Đỗ Bình", "Dương Đức", "Vũ Ơn", "Y"]

    assert sorted(people, key=name_sort_key) == [
        "Nguyễn An", "Trần Thị Ánh", "Lê Văn Ánh", "Nguyễn Văn Ánh", "Đỗ Bình", "Dương Đức", "Vũ Ơn", "Y",
    ]  # fmt: skip


@given(st.text(max_size=300))
def test_any_text_has_a_sort_key_of_digits(text):
    key = name_sort_key(text)

    assert len(key) <= 200
    assert key == "" or key.isdecimal()


@given(VIETNAMESE, VIETNAMESE)
def test_words_that_differ_in_letters_differ_in_key(one, other):
    if sort_key(one) == sort_key(other):
        assert plain(one).split() == plain(other).split()


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("035190001234", "035*****1234"),
        ("012345678", "01*****78"),
        ("C1234567", "C1****67"),
        ("12345", "*****"),
        ("", ""),
    ],
)
def test_numbers_of_papers_are_masked(number, masked):
    assert mask_number(number) == masked


@pytest.mark.parametrize(
    ("phone", "masked"),
    [
        ("+84912345567", "091* *** 567"),
        ("0912345567", "091* *** 567"),
        ("+842438251234", "024* **** 234"),
        ("1022", "****"),
        ("", ""),
    ],
)
def test_phones_are_masked(phone, masked):
    assert mask_phone(phone) == masked


def test_addresses_of_mail_are_masked():
    assert (mask_email("lan.nguyen@example.vn"), mask_email("")) == ("l***@example.vn", "***")


@given(st.text(alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyàảãáạằầ", min_size=1, max_size=7), st.integers(1, 7))
def test_the_beginnings_of_a_word_without_marks_find_the_word(word, length):
    typed = plain(word)[:length]

    beginnings = sort_key_beginnings(typed)

    assert not beginnings or any(sort_key(word).startswith(beginning) for beginning in beginnings)


def test_a_word_with_too_many_spellings_has_no_beginnings():
    assert len(sort_key_beginnings("lan")) == 3
    assert sort_key_beginnings("aaaaa") == sort_key_beginnings("?") == []

"""The QR code of ID cards, as cards and scanners really give it. The people are invented."""

import unicodedata
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from thanthien.people.outside import IdCard, parse_id_card

SCAN = "038190001234|172345678|Lê Thị Ánh|12051990|Nữ|Thôn 1, Xã Mẫu, Thanh Hóa|25042021"
CARD = IdCard(
    personal_id="038190001234", old_id="172345678", full_name="Lê Thị Ánh", birth_date=date(1990, 5, 12),
    birth_year=1990, sex="female", address="Thôn 1, Xã Mẫu, Thanh Hóa", issued_date=date(2021, 4, 25),
)  # fmt: skip


@pytest.mark.parametrize(
    "scan",
    [
        SCAN,
        f"  {SCAN}\r\n",
        f"\ufeff{SCAN}",
        unicodedata.normalize("NFD", SCAN),
        f"{SCAN}|Cha|Mẹ||",
        SCAN.replace("Nữ", "NỮ "),
    ],
)
def test_a_scan_is_read_whatever_the_scanner_adds(scan):
    assert parse_id_card(scan) == CARD


@pytest.mark.parametrize(
    "scan", [SCAN.replace("172345678", ""), SCAN.replace("172345678|", ""), SCAN.replace("172345678", "-")]
)
def test_the_old_number_may_be_missing(scan):
    card = parse_id_card(scan)

    assert (card.old_id, card.full_name, card.issued_date) == ("", "Lê Thị Ánh", date(2021, 4, 25))


@pytest.mark.parametrize("birth", ["1950", "00001950", "00051950"])
def test_a_card_may_know_only_the_year_of_birth(birth):
    card = parse_id_card(SCAN.replace("12051990", birth))

    assert (card.birth_date, card.birth_year) == (None, 1950)


def test_a_birth_date_of_zeros_is_none():
    card = parse_id_card(SCAN.replace("12051990", "00000000"))

    assert (card.birth_date, card.birth_year) == (None, None)


def test_a_card_may_say_nothing_of_birth_sex_and_issue():
    card = parse_id_card("038190001234||Lê Thị Ánh||||")

    assert card == IdCard(personal_id="038190001234", full_name="Lê Thị Ánh")


@pytest.mark.parametrize(
    ("scan", "complaint"),
    [
        ("", "không phải mã QR"),
        ("0912345678", "không phải mã QR"),
        ("https://example.vn/?a=1|2|3|4|5|6|7", "không phải mã QR"),
        ("1|2|3|4|5|6|7", "không phải mã QR"),
        ("038190001234||||||", "thiếu họ và tên"),
        (SCAN.replace("12051990", "31021990"), "Ngày sinh"),
        (SCAN.replace("12051990", "abc"), "Ngày sinh"),
        (SCAN.replace("25042021", "99992021"), "Ngày cấp"),
    ],
)
def test_another_code_is_refused_with_a_sentence(scan, complaint):
    with pytest.raises(ValidationError, match=complaint):
        parse_id_card(scan)


@given(st.text(alphabet=st.sampled_from("|0123456789aĐ/ \r\n\x00"), max_size=200))
def test_no_scan_breaks_the_reader(text):
    try:
        card = parse_id_card(f"038190001234|{text}")
    except ValidationError as error:
        assert error.messages[0].endswith(".")
    else:
        assert card.full_name

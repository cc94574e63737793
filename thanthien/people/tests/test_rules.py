"""What is accepted, what is an error, what only a warning."""

import unicodedata
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from thanthien.people import rules
from thanthien.people.enums import Sex


@pytest.mark.parametrize("text", ["038190001234", " 038 190 001 234 ", "038.190.001.234", "038190001234\r\n"])
def test_a_personal_number_may_be_written_with_gaps(text):
    assert rules.clean_personal_id(text) == "038190001234"


@pytest.mark.parametrize("text", ["12345678901", "1234567890123", "03819000123a", "٠٣٨١٩٠٠٠١٢٣٤"])
def test_a_personal_number_that_has_not_twelve_digits_is_an_error(text):
    with pytest.raises(ValidationError, match="12 chữ số"):
        rules.clean_personal_id(text)


def test_no_number_is_no_error():
    assert (rules.clean_personal_id(" "), rules.clean_old_id(""), rules.clean_phone(""), rules.clean_email("")) == (
        "", "", "", "",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "number"), [("172 345 678", "172345678"), ("c1234567", "C1234567"), ("0" * 12, "0" * 12)]
)
def test_older_papers_are_accepted(text, number):
    assert rules.clean_old_id(text) == number


@pytest.mark.parametrize("text", ["1234567890", "CC123456", "một"])
def test_other_numbers_of_papers_are_an_error(text):
    with pytest.raises(ValidationError, match="CMND"):
        rules.clean_old_id(text)


@pytest.mark.parametrize(
    ("number", "birth", "sex", "fields"),
    [
        ("038190001234", date(1990, 5, 12), Sex.FEMALE, []),
        ("038090001234", date(1990, 5, 12), Sex.MALE, []),
        ("001305001234", date(2005, 1, 1), Sex.FEMALE, []),
        ("038190001234", date(1991, 5, 12), Sex.FEMALE, ["birth_date"]),
        ("038190001234", date(1990, 5, 12), Sex.MALE, ["sex"]),
        ("003190001234", None, "", ["personal_id"]),
        ("999190001234", date(2090, 5, 12), Sex.MALE, ["personal_id", "birth_date", "sex"]),
        ("12", date(2090, 5, 12), Sex.MALE, []),
    ],
)
def test_what_does_not_fit_a_personal_number_is_a_warning(number, birth, sex, fields):
    assert [warning.field for warning in rules.check_personal_id(number, birth, sex)] == fields


@given(st.dates(date(1900, 1, 1), date(2399, 12, 31)), st.sampled_from(Sex), st.integers(0, 999_999))
def test_a_number_tells_the_year_and_sex_it_was_made_from(birth, sex, rest):
    century = (birth.year - 1900) // 100 * 2 + (sex == Sex.FEMALE)
    number = f"038{century}{birth.year % 100:02d}{rest:06d}"

    assert (rules.birth_year_in(number), rules.sex_in(number)) == (birth.year, sex)
    assert rules.check_personal_id(number, birth, sex) == []


@pytest.mark.parametrize(
    ("text", "phone"),
    [
        ("0912345678", "+84912345678"),
        ("0912 345 678", "+84912345678"),
        ("(+84) 912-345-678", "+84912345678"),
        ("84912345678", "+84912345678"),
        ("0084912345678", "+84912345678"),
        ("+840912345678", "+84912345678"),
        ("912345678", "+84912345678"),
        ("0841234567", "+84841234567"),
        ("841234567", "+84841234567"),
        ("0169 123 4567", "+84391234567"),
        ("01201234567", "+84701234567"),
        ("01991234567", "+84591234567"),
        ("024 3825 1234", "+842438251234"),
        ("0237 3852 123", "+842373852123"),
    ],
)
def test_phones_are_kept_in_one_form(text, phone):
    assert rules.clean_phone(text) == phone


@pytest.mark.parametrize(
    "text", ["123", "0112345678", "09123456789", "01512345678", "abc", "113", "+1 202 555 0101", "٠٩١٢٣٤٥٦٧٨"]
)
def test_what_is_no_phone_is_an_error(text):
    with pytest.raises(ValidationError, match="Số điện thoại chưa đúng"):
        rules.clean_phone(text)


@given(st.from_regex(r"0[35789][0-9]{8}|02[0-9]{9}", fullmatch=True))
def test_a_phone_shown_can_be_typed_again(text):
    phone = rules.clean_phone(text)

    assert rules.clean_phone(rules.show_phone(phone)) == phone
    assert rules.clean_phone(phone) == phone


@pytest.mark.parametrize(
    ("phone", "shown"),
    [
        ("+84912345678", "0912 345 678"),
        ("+842438251234", "024 3825 1234"),
        ("+842373852123", "0237 385 2123"),
        ("1022", "1022"),
        ("", ""),
    ],
)
def test_phones_are_shown_in_groups(phone, shown):
    assert rules.show_phone(phone) == shown


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("  nguyễn   thị LAN ", "nguyễn thị LAN"),
        ("NGUYỄN THỊ LAN", "Nguyễn Thị Lan"),
        ("trần văn đạt", "Trần Văn Đạt"),
        ("H'HEN NIÊ", "H'Hen Niê"),
        (unicodedata.normalize("NFD", "Đỗ Thị Thuỷ"), "Đỗ Thị Thuỷ"),
        ("", ""),
    ],
)
def test_names_are_cleaned(text, name):
    assert rules.clean_full_name(text) == name


@pytest.mark.parametrize("text", ["12345", "Lan 2", "---", "Lan" * 100])
def test_what_is_no_name_is_an_error(text):
    with pytest.raises(ValidationError, match="Họ và tên"):
        rules.clean_full_name(text)


@given(st.text(max_size=80))
def test_any_text_is_cleaned_or_refused_with_a_sentence(text):
    for clean in (
        rules.clean_full_name,
        rules.clean_phone,
        rules.clean_personal_id,
        rules.clean_old_id,
        rules.clean_email,
    ):
        try:
            assert clean(clean(text)) == clean(text)
        except ValidationError as error:
            assert error.messages[0].endswith(".")


def test_names_stand_in_capitals_on_forms():
    assert rules.name_on_forms(" Đặng  Thị Ước ") == "ĐẶNG THỊ ƯỚC"


def test_addresses_of_mail_are_checked():
    assert rules.clean_email(" Lan@Example.VN ") == "lan@example.vn"
    with pytest.raises(ValidationError, match="Thư điện tử chưa đúng"):
        rules.clean_email("lan@")


def test_tax_codes_have_ten_digits_a_branch_or_the_personal_number():
    codes = ["2801234567", "2801234567-001", "038190001234"]

    assert [rules.clean_tax_code(code) for code in codes] == codes
    with pytest.raises(ValidationError, match="Mã số thuế"):
        rules.clean_tax_code("123")


def test_a_birth_date_is_neither_in_the_future_nor_too_long_ago():
    today = date(2026, 5, 1)

    assert rules.clean_birth_date(date(2026, 5, 1), today=today) == date(2026, 5, 1)
    for day in (date(2026, 5, 2), date(1890, 1, 1)):
        with pytest.raises(ValidationError, match="Ngày sinh"):
            rules.clean_birth_date(day, today=today)

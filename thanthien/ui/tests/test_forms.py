import re
from datetime import date

import pytest
from django import forms
from hypothesis import given
from hypothesis import strategies as st

from thanthien.ui.forms import BirthDateField, MoneyField, VnDateField


class Form(forms.Form):
    name = forms.CharField(label="Họ tên", help_text="Như trên căn cước")
    note = forms.CharField(label="Ghi chú", required=False, widget=forms.Textarea)
    way = forms.ChoiceField(label="Cách nhận", choices=[("a", "Tại quầy")], widget=forms.RadioSelect)
    agreed = forms.BooleanField(label="Đồng ý")
    key = forms.CharField(widget=forms.HiddenInput)


def test_field_says_its_label_hint_and_error_to_everyone():
    html = str(Form({})["name"].as_field_group())

    assert '<label class="field-label" for="id_name">Họ tên</label>' in html
    assert '<div class="field-hint" id="id_name_helptext">Như trên căn cước</div>' in html
    assert '<ul class="field-error errorlist" id="id_name_error">' in html
    assert 'aria-invalid="true" aria-describedby="id_name_helptext id_name_error" aria-required="true"' in html


def test_the_browser_says_nothing_of_its_own_about_what_is_missing():
    html = str(Form())

    assert not re.search(r"\srequired[\s>]", html)
    assert html.count('aria-required="true"') == 1  # the name; choices and ticks may not carry it


def test_only_what_is_not_needed_is_marked():
    html = str(Form())

    assert html.count("(không bắt buộc)") == 1
    assert 'Ghi chú <span class="field-optional">(không bắt buộc)</span>' in html


def test_quiet_form_such_as_a_filter_marks_nothing():
    class Filter(forms.Form):
        quiet = True
        q = forms.CharField(label="Tìm", required=False)

    assert "không bắt buộc" not in str(Filter())


def test_choices_are_a_group_with_a_legend():
    html = str(Form()["way"].as_field_group())

    assert '<legend class="field-label">Cách nhận</legend>' in html
    assert '<label class="form-check-label" for="id_way_0">Tại quầy</label>' in html


def test_hidden_field_stays_hidden():
    assert str(Form()["key"].as_field_group()).strip() == '<input type="hidden" name="key" id="id_key">'


@pytest.mark.parametrize("text", ["27/11/2026", "27-11-2026", "27.11.2026", "27112026", "2026-11-27", " 27/11/2026 "])
def test_date_may_be_written_as_people_do(text):
    assert VnDateField().clean(text) == date(2026, 11, 27)


@pytest.mark.parametrize(
    "text",
    [
        "1/2/1950",
        "01-02-1950",
        "1 2 1950",
        "1 / 2 / 1950",
        "1,2,1950",
        "ngày 1 tháng 2 năm 1950",
        "Ngày 01 tháng 02 năm 1950",
    ],
)
def test_date_may_be_written_with_other_marks_and_in_words(text):
    assert VnDateField().clean(text) == date(1950, 2, 1)


@given(st.dates(date(1900, 1, 1)), st.sampled_from("/-. "), st.booleans())
def test_any_day_is_read_back_as_it_was_typed(day, mark, padded):
    typed = f"{day:%d}{mark}{day:%m}{mark}{day.year}" if padded else f"{day.day}{mark}{day.month}{mark}{day.year}"

    assert VnDateField().clean(typed) == BirthDateField().clean(typed) == day


@pytest.mark.parametrize(("text", "kept"), [("1940", "1940"), ("5/1940", "1940-05"), ("năm 1940", "1940")])
def test_day_of_birth_of_the_elderly_may_be_a_year_or_a_month(text, kept):
    assert BirthDateField().clean(text) == kept


@pytest.mark.parametrize("text", ["2010", "5/2010"])
def test_year_alone_is_not_taken_of_the_young(text):
    with pytest.raises(forms.ValidationError, match="chỉ người cao tuổi"):
        BirthDateField().clean(text)


@pytest.mark.parametrize("text", ["31/02/2026", "27/13/2026", "27/11", "ngày mai", "29/02/2026"])
def test_day_that_is_not_in_the_calendar_is_refused_with_an_example(text):
    with pytest.raises(forms.ValidationError) as refused:
        VnDateField().clean(text)

    assert refused.value.messages == ["Ngày này không có trên lịch. Xin nhập ngày/tháng/năm, ví dụ 27/11/2026."]


def test_date_outside_its_bounds_says_the_bound():
    field = VnDateField(first=date(1900, 1, 1), last=date(2026, 11, 27))

    said = []
    for text in ("31/12/1899", "28/11/2026"):
        with pytest.raises(forms.ValidationError) as refused:
            field.clean(text)
        said += refused.value.messages

    assert said == [
        "Ngày này sớm quá. Xin nhập từ ngày 01/01/1900 trở đi.",
        "Ngày này muộn quá. Xin nhập đến ngày 27/11/2026 là muộn nhất.",
    ]


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1.234.567", 1234567),
        ("1234567", 1234567),
        ("1,234,567 đ", 1234567),
        ("50 000 đồng", 50000),
        ("0", 0),
        ("75.000VNĐ", 75000),
    ],
)
def test_money_may_be_written_as_people_do(text, amount):
    assert MoneyField().clean(text) == amount


@pytest.mark.parametrize("text", ["1.2", "năm mươi", "1.2345", "-5", "1.234.56", "9" * 30])
def test_money_that_could_be_misread_is_refused(text):
    with pytest.raises(forms.ValidationError):
        MoneyField().clean(text)


def test_money_keeps_what_was_typed_and_shows_amounts_with_dots():
    class Fee(forms.Form):
        fee = MoneyField(label="Lệ phí")

    assert 'value="năm mươi"' in str(Fee({"fee": "năm mươi"})["fee"])
    assert 'value="75.000"' in str(Fee(initial={"fee": 75000})["fee"])

"""Somebody of whom only the year of birth is known: asked, checked, compared, said, shown again."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from thanthien.declarations.actions.starting import built_in
from thanthien.declarations.rules import Invalid, check, cleaned, content_from, people, said
from thanthien.ui.declared import GroupForm
from thanthien.ui.declared_inputs import kept_value, shown_value

TODAY = date(2026, 3, 1)
FIELDS = [
    {"code": "old", "kind": "person", "label": "Cụ", "role": "deceased", "rough_dates": True,
     "parts": [{"code": "full_name", "need": "required"}, {"code": "birth_date", "need": "required"},
               {"code": "personal_id"}]},
    {"code": "child", "kind": "person", "label": "Cháu", "role": "child",
     "parts": [{"code": "full_name"}, {"code": "birth_date"}]},
    {"code": "moved", "kind": "date", "label": "Về ở từ", "rough_dates": True, "first": "1900-01-01", "last": "today"},
]  # fmt: skip
OLD_ENOUGH = {
    "code": "TU-80", "field": "old.birth_date", "message": "Chưa đủ 80 tuổi.", "remedy": "Xin xem lại.",
    "must": {"clauses": [{"field": "old.birth_date", "op": "most", "other": "today", "years": 80}]},
}  # fmt: skip
FORM = content_from({
    "title": "Thử", "groups": [{"code": "all", "title": "Tất cả", "fields": FIELDS}], "rules": [OLD_ENOUGH],
})  # fmt: skip


def of(born="1940", **other):
    return {"old": {"full_name": "Lê Văn Tám", "birth_date": born}} | other


def problems(answers):
    return [str(one) for one in check(FORM, answers, TODAY) if one.blocks]


@pytest.mark.parametrize("born", ["1940", "1940-05", "1940-05-02"])
def test_a_year_a_month_or_a_day_will_do_where_the_form_says_so(born):
    assert problems(of(born, moved=born)) == []


def test_elsewhere_a_year_is_no_day():
    assert problems(of(child={"full_name": "Lê An", "birth_date": "2025"})) == ["SAI-DANG child.birth_date"]


@pytest.mark.parametrize("born", ["2027", "1840", "1940-13", "thuở xưa"])
def test_what_cannot_be_is_said(born):
    assert problems(of(born))[0].endswith(" old.birth_date")


def test_a_rough_date_has_its_bounds_too():
    assert problems(of(moved="2027")) == ["NGOAI-KHOANG moved"]
    assert problems(of(moved="1899")) == ["NGOAI-KHOANG moved"]
    assert problems(of(moved="2026")) == []


def test_a_rule_is_broken_only_by_what_is_sure():
    assert problems(of("1950")) == ["TU-80 old.birth_date"]
    assert problems(of("1946")) == []  # perhaps 80, perhaps not: nobody is turned away
    assert problems(of("1946-04")) == ["TU-80 old.birth_date"]


@given(some.dates(date(1920, 1, 1), date(2020, 12, 31)))
def test_a_rule_that_every_day_keeps_is_kept_by_its_month_and_year(day):
    exact = problems(of(day.isoformat()))
    for rough in (f"{day:%Y-%m}", f"{day:%Y}"):
        assert problems(of(rough)) in ([], exact)


def test_the_year_must_still_fit_the_personal_number():
    answers = {"old": {"full_name": "Lê Văn Tám", "birth_date": "1941", "personal_id": "038040000456"}}

    assert [str(one) for one in check(FORM, answers, TODAY)] == ["SO-DINH-DANH old.birth_date"]


def test_who_is_named_keeps_what_is_known():
    one = people(FORM, of("1940-05"))[0]

    assert (one.birth_date, one.born, one.born_words, one.born_by) == (None, "1940-05", "05/1940", date(1940, 5, 31))


def test_who_has_a_day_of_birth_keeps_it():
    one = people(FORM, of("1940-05-02"))[0]

    assert (one.birth_date, one.born_words, one.born_by) == (date(1940, 5, 2), "02/05/1940", date(1940, 5, 2))


@pytest.mark.parametrize(("kept", "shown"), [("1940", "1940"), ("1940-05", "05/1940"), ("1940-05-02", "02/05/1940")])
def test_it_reads_on_the_sheet_and_in_its_box_as_people_write_it(kept, shown):
    lines = {line.label: line.value for line in said(FORM, of(kept))[0].lines}

    assert lines["Ngày sinh"] == shown
    assert shown_value(kept, "date") == shown
    assert kept_value("date", shown) == kept
    assert GroupForm(FORM.groups[0], of(kept), asked={"old"})["old.birth_date"].value() == shown


def test_built_in_forms_take_the_year_of_an_elderly_person():
    forms = [content_from(raw) for _code, raw in built_in()]
    rough = [field.code for content in forms for field in content.fields.values() if field.rough_dates]

    assert sorted(rough) == ["deceased", "deceased", "own", "subject"]


def test_other_boxes_are_left_alone():
    assert shown_value("1940-05", "text") == "1940-05"
    assert cleaned(FORM, of("1940"))["old"]["birth_date"] == "1940"


def test_only_days_and_persons_may_be_rough():
    raw = {"title": "Thử", "groups": [{"code": "all", "title": "Tất cả", "fields": [
        {"code": "name", "kind": "text", "label": "Tên", "rough_dates": True}]}]}  # fmt: skip

    with pytest.raises(Invalid, match="tháng năm"):
        content_from(raw)

"""The pure engine: what is asked, what is wrong, who is named."""

from copy import deepcopy
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from thanthien.declarations.actions.starting import built_in
from thanthien.declarations.enums import PersonRole
from thanthien.declarations.factories import small_content
from thanthien.declarations.rules import (
    Invalid,
    as_json,
    broken,
    check,
    cleaned,
    confirmers,
    content_from,
    fingerprint_of,
    groups_shown,
    people,
    recorded,
    run_tests,
    said,
    shown,
    started_with,
)

TODAY = date(2026, 3, 1)
FORMS = dict(built_in())
BIRTH = content_from(FORMS["1.001193"])
SMALL = content_from(small_content())
NAMED = {"full_name": "Trần Thị Lan", "personal_id": "035195001234"}


def problems(content, answers, today=TODAY, **more):
    return [str(problem) for problem in check(content, answers, today, **more)]


# ---- what is built in --------------------------------------------------------------------------------------
@pytest.mark.parametrize("code", FORMS)
def test_built_in_form_passes_its_own_tests_and_survives_the_round_trip(code):
    content = content_from(FORMS[code])

    assert broken(content) == []
    assert content_from(as_json(content)) == content
    assert as_json(content) == FORMS[code]


@pytest.mark.parametrize("code", FORMS)
def test_every_built_in_form_has_at_least_three_tests(code):
    assert len(content_from(FORMS[code]).tests) >= 3


# ---- what is asked -----------------------------------------------------------------------------------------
def test_question_comes_up_with_the_answer_before_it():
    assert "place" not in shown(SMALL, {"way": "desk"})
    assert "place" in shown(SMALL, {"way": "home"})
    assert "place" not in shown(SMALL, {})


def test_answer_to_a_question_that_is_not_asked_counts_for_nothing():
    answers = {"way": "desk", "place": "Thôn 2", "person": NAMED}

    assert cleaned(SMALL, answers) == {"way": "desk", "person": NAMED}
    assert problems(SMALL, answers) == []


def test_group_is_left_out_when_nothing_in_it_is_asked():
    raw = small_content()
    raw["groups"][1]["shown_if"] = {"clauses": [{"field": "way", "op": "is", "value": "home"}]}

    assert [group.code for group in groups_shown(content_from(raw), {"way": "desk"})] == ["first"]


def test_requester_who_is_the_mother_is_not_asked_again_and_stands_in_both_roles():
    answers = {"mother_known": "yes", "mother": NAMED, "relation": "mother"}

    named = people(BIRTH, answers)

    assert "requester" not in shown(BIRTH, answers)
    assert [(person.role, person.full_name) for person in named] == [
        (PersonRole.MOTHER, "Trần Thị Lan"),
        (PersonRole.REQUESTER, "Trần Thị Lan"),
    ]


def test_people_carry_days_and_what_else_was_said():
    child = {"full_name": "Lê Minh An", "birth_date": "2026-02-10", "sex": "female", "ethnicity": "Kinh"}

    (person,) = people(BIRTH, {"child": child})

    assert (person.role, person.birth_date, person.sex) == (PersonRole.CHILD, date(2026, 2, 10), "female")
    assert person.more == {"ethnicity": "Kinh"}


def test_what_is_known_of_the_applicant_stands_in_the_requesters_fields():
    known = {"full_name": "Trần Thị Lan", "phone": "+84912345678", "hometown": "Xã Minh Khai", "email": ""}

    assert started_with(SMALL, known) == {"person": {"full_name": "Trần Thị Lan", "phone": "+84912345678"}}


# ---- what is wrong -----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({}, ["THIEU way", "THIEU person.full_name", "NEN-CO person.personal_id"]),
        ({"way": "home", "person": NAMED}, ["THIEU place"]),
        ({"way": "bay", "person": NAMED}, ["NGOAI-DANH-SACH way"]),
        ({"way": ["desk"], "person": NAMED}, ["NGOAI-DANH-SACH way"]),
        ({"way": {"a": "b"}, "person": NAMED}, ["NGOAI-DANH-SACH way"]),
        ({"way": "desk", "amount": "hai", "person": NAMED}, ["SAI-DANG amount"]),
        ({"way": "desk", "amount": "1.5", "person": NAMED}, ["SAI-DANG amount"]),
        ({"way": "desk", "amount": "0", "person": NAMED}, ["NGOAI-KHOANG amount"]),
        ({"way": "desk", "amount": "10", "person": NAMED}, ["NGOAI-KHOANG amount"]),
        ({"way": "home", "place": "x" * 2001, "person": NAMED}, ["NGOAI-KHOANG place"]),
        ({"way": "home", "place": ["x"], "person": NAMED}, ["SAI-DANG place"]),
        ({"way": "desk", "person": "Lan"}, ["SAI-DANG person", "THIEU person.full_name", "NEN-CO person.personal_id"]),
        ({"way": "desk", "person": NAMED | {"personal_id": "12"}}, ["SAI-DANG person.personal_id"]),
        ({"way": "desk", "person": NAMED | {"phone": "12"}}, ["SAI-DANG person.phone"]),
        ({"way": "desk", "person": NAMED | {"sex": "x"}}, ["NGOAI-DANH-SACH person.sex"]),
        ({"way": "desk", "person": NAMED | {"sex": "male"}}, ["SO-DINH-DANH person.sex"]),
        ({"way": "desk", "person": NAMED | {"birth_date": "2026-02-31"}}, ["SAI-DANG person.birth_date"]),
        ({"way": "desk", "person": {"full_name": "Lan", "birth_date": "2026-03-02"}},
         ["NEN-CO person.personal_id", "NGOAI-KHOANG person.birth_date"]),
        ({"way": "desk", "person": NAMED | {"address": "x" * 301}}, ["NGOAI-KHOANG person.address"]),
        ({"way": "desk", "person": NAMED, "papers": [{"count": "1"}]}, ["THIEU papers"]),
        ({"way": "desk", "person": NAMED, "papers": [{"name": "Sổ", "count": "một"}]}, ["SAI-DANG papers"]),
        ({"way": "desk", "person": NAMED, "papers": ["Sổ"]}, ["THIEU papers"]),
        ({"way": "desk", "person": NAMED, "papers": [{"name": "Sổ"}] * 51}, ["NGOAI-KHOANG papers"]),
    ],
)  # fmt: skip
def test_precheck_names_each_problem_by_code_and_place(answers, expected):
    assert problems(SMALL, answers) == expected


def test_every_problem_says_how_to_mend_it():
    for content in (SMALL, BIRTH):
        assert all(problem.message and problem.remedy for problem in check(content, {}, TODAY))


def test_recommended_and_odd_numbers_warn_and_never_block():
    found = check(SMALL, {"way": "desk", "person": {"full_name": "Lan"}}, TODAY)

    assert [(str(problem), problem.blocks) for problem in found] == [("NEN-CO person.personal_id", False)]


def test_one_group_is_checked_for_itself():
    assert problems(SMALL, {}, group="first") == ["THIEU way"]


def test_rule_between_days_waits_until_both_are_known():
    child = {"full_name": "An", "birth_date": "2026-02-10", "sex": "female", "birth_place": "Bệnh viện"}

    early = problems(BIRTH, {"child": child, "mother_known": "yes", "mother": {"full_name": "Lan"}})
    late = problems(
        BIRTH, {"child": child, "mother_known": "yes", "mother": {"full_name": "Lan", "birth_date": "2026-02-10"}}
    )

    assert "KS-03 mother.birth_date" not in early
    assert "KS-03 mother.birth_date" in late


@pytest.mark.parametrize(("day", "late"), [("2025-12-31", False), ("2025-12-30", False), ("2025-12-29", True)])
def test_sixty_days_are_counted_from_the_birth(day, late):
    assert ("KS-02 child.birth_date" in problems(BIRTH, {"child": {"birth_date": day}}, date(2026, 2, 28))) == late


def test_birthday_on_the_29th_of_february_falls_on_the_first_of_march():
    raw = small_content(rules=[{
        "code": "T-01", "field": "person.birth_date", "message": "Chưa đủ tuổi.", "remedy": "Xin đợi.",
        "must": {"clauses": [{"field": "person.birth_date", "op": "most", "other": "today", "years": 18}]},
    }])  # fmt: skip
    content, born = content_from(raw), {"way": "desk", "person": {"full_name": "An", "birth_date": "2008-02-29"}}

    assert "T-01 person.birth_date" in problems(content, born, date(2026, 2, 28))
    assert "T-01 person.birth_date" not in problems(content, born, date(2026, 3, 1))


# ---- tidying -----------------------------------------------------------------------------------------------
def test_what_is_kept_is_tidied_and_what_cannot_be_read_stays_as_typed():
    typed = {
        "way": "home", "place": "  Thôn   2 ", "amount": "",
        "person": {"full_name": "TRẦN THỊ LAN", "personal_id": "035 195 001 234", "phone": "0912", "address": ""},
        "papers": [{"name": " Sổ  hộ "}, {"name": ""}], "stranger": "x",
    }  # fmt: skip

    assert cleaned(SMALL, typed) == {
        "way": "home",
        "place": "Thôn 2",
        "person": {"full_name": "Trần Thị Lan", "personal_id": "035195001234", "phone": "0912"},
        "papers": [{"name": "Sổ hộ"}],
    }


JSONISH = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=9) | st.floats(allow_nan=True),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["full_name", "name", "x"]), inner),
    max_leaves=5,
)


PATIENT = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])


@PATIENT
@given(st.dictionaries(st.sampled_from([*SMALL.fields, "other"]), JSONISH))
def test_whatever_is_answered_the_engine_answers_and_always_the_same(answers):
    before = deepcopy(answers)
    kept = cleaned(SMALL, answers)

    assert check(SMALL, answers, TODAY) == check(SMALL, answers, TODAY)
    assert cleaned(SMALL, kept) == kept
    assert shown(SMALL, kept) == shown(SMALL, answers)
    assert people(SMALL, answers) is not None
    assert repr(answers) == repr(before)


# ---- reading a content -------------------------------------------------------------------------------------
def faults(**change):
    with pytest.raises(Invalid) as refused:
        content_from(small_content(**change))
    return [str(fault) for fault in refused.value.faults]


def field_with(**change):
    raw = small_content()
    raw["groups"][0]["fields"][1] |= change
    return {"groups": raw["groups"]}


def clause(**said):
    return {"shown_if": {"clauses": [said]}}


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"title": ""}, "title: còn thiếu."),
        ({"title": 5}, "title: phải là chữ, không để trống."),
        ({"colour": "red"}, "colour: không có mục này trong mẫu."),
        ({"groups": []}, "groups: tờ khai phải có ít nhất một nhóm."),
        ({"groups": "x"}, "groups: phải là danh sách, nhiều nhất 200 dòng."),
        ({"groups": ["x"]}, "groups › 1: phải là một mục có tên và giá trị."),
        (field_with(code="Nơi"), "groups › 1 › fields › 2 › code: mã chỉ gồm chữ thường không dấu, chữ số và dấu gạch"
         " dưới, ví dụ birth_place."),
        (field_with(code="way"), "way: hai mục trùng mã."),
        (field_with(code="a.b"), "a.b: mã này không dùng được."),
        (field_with(kind="colour"), "groups › 1 › fields › 2 › kind: phải là một trong: text, number, date, choice,"
         " person, address, file, table."),
        (field_with(kind="choice"), "place: mục chọn phải có ít nhất một lựa chọn."),
        (field_with(kind="person"), "place: mục về người phải có vai trò và hỏi họ tên."),
        (field_with(kind="table"), "place: bảng phải có ít nhất một cột."),
        (field_with(lines="2"), "groups › 1 › fields › 2 › lines: phải là số nguyên."),
        (field_with(whole=1), "groups › 1 › fields › 2 › whole: chỉ nhận đúng (true) hoặc sai (false)."),
        (field_with(least=3, most=2), "place: giới hạn dưới lớn hơn giới hạn trên."),
        (field_with(first="mai"), "place: giới hạn ngày phải viết như 2026-03-01 hoặc today."),
        (field_with(**clause(field="person", op="filled")),
         "place: điều kiện hiện chỉ được xét mục đứng trước: person."),
        (field_with(**clause(field="today", op="filled")),
         "place: điều kiện hiện chỉ được xét mục đứng trước: today."),
        (field_with(**clause(field="way", op="is")), "place: điều kiện thiếu giá trị để so sánh."),
        (field_with(**clause(field="way", op="is", value="air")), "place: «Cách nhận» không có lựa chọn air."),
        (field_with(**clause(field="way", op="least", value="1")),
         "place: chỉ so sánh lớn nhỏ được hai ngày hoặc hai số."),
        (field_with(shown_if={"clauses": []}), "place: điều kiện phải có ít nhất một dòng."),
        (field_with(borrowed=[{"field": "nowhere", "answer": "a", "person": "b"}]),
         "place: «cũng là người» chỉ được xét mục đứng trước."),
    ],
)  # fmt: skip
def test_content_that_does_not_hang_together_is_refused_with_its_place(change, expected):
    assert expected in faults(**change)


def test_rules_and_tests_may_only_name_what_is_there():
    must = {"clauses": [{"field": "nobody.birth_date", "op": "most", "value": "x"}]}
    rule = {"code": "T-01", "field": "nothing", "message": "a", "remedy": "b", "must": must}
    test = {"name": "Thử", "on": "2026-02-31", "answers": {"else": "x"}}

    assert faults(rules=[rule], tests=[test]) == [
        "T-01: nhắc đến mục không có: nothing.",
        "T-01: nhắc đến mục không có: nobody.birth_date.",
        "T-01: chỉ so sánh lớn nhỏ được hai ngày hoặc hai số.",
        "Thử: nhắc đến mục không có: else.",
        "Thử: ngày của bài kiểm tra phải viết như 2026-03-01.",
    ]


@PATIENT
@given(JSONISH)
def test_nothing_that_is_no_content_is_read(raw):
    with pytest.raises(Invalid):
        content_from(raw)


def test_fingerprint_does_not_depend_on_the_order_of_the_json():
    raw = small_content()
    turned = dict(reversed(raw.items()))

    assert fingerprint_of(content_from(raw)) == fingerprint_of(content_from(turned))
    assert fingerprint_of(content_from(raw)) != fingerprint_of(content_from(small_content(title="Khác")))


# ---- the tests that travel ---------------------------------------------------------------------------------
def test_form_that_does_not_do_what_its_test_says_is_told_so():
    test = {"name": "Thử", "on": "2026-03-01", "answers": {"way": "desk"}, "shown": ["place"], "hidden": ["amount"],
            "problems": ["THIEU place"]}  # fmt: skip

    (outcome,) = run_tests(content_from(small_content(tests=[test])))

    assert outcome.faults == (
        "mục «Nơi mang đến» lẽ ra phải hiện.",
        "mục «Số bản» lẽ ra phải ẩn.",
        "lẽ ra phải báo lỗi THIEU (mục bắt buộc còn trống) – Nơi mang đến.",
        "báo lỗi không mong đợi THIEU (mục bắt buộc còn trống) – Người yêu cầu: Họ, chữ đệm, tên.",
    )


def test_recorded_test_holds_for_the_form_that_it_was_taken_from():
    test = recorded(SMALL, "Ghi lại", {"way": "home"}, TODAY)

    content = content_from(small_content(tests=[as_json(test)]))

    assert broken(content) == []
    assert test.problems == ("THIEU place", "THIEU person.full_name")


# ---- what was declared, in words ---------------------------------------------------------------------------
def test_declaration_is_said_in_words_and_masked_on_a_page():
    answers = {
        "way": "home", "place": "Thôn 2", "amount": "3",
        "person": NAMED | {"birth_date": "1995-04-12", "sex": "female", "phone": "+84912345678"},
        "papers": [{"name": "Sổ", "count": "1.5"}],
    }  # fmt: skip

    first, second = said(SMALL, answers)

    assert [(line.label, line.value) for line in first.lines] == [
        ("Cách nhận", "tại nhà"), ("Nơi mang đến", "Thôn 2"), ("Số bản", "3"),
    ]  # fmt: skip
    assert [line.value for line in second.lines] == [
        "TRẦN THỊ LAN", "035195001234", "12/04/1995", "nữ", "0912 345 678",
    ]  # fmt: skip
    assert second.tables[0].rows == (("Sổ", "1,5"),)
    assert [line.value for line in said(SMALL, answers, masked=True)[1].lines][1:5:3] == [
        "035*****1234",
        "091* *** 678",
    ]


def test_who_is_meant_twice_is_named_by_the_other_place():
    answers = {"mother_known": "yes", "mother": NAMED, "relation": "mother"}

    lines = said(BIRTH, answers)[-1].lines

    assert [(line.label, line.value) for line in lines][-1] == ("Người yêu cầu", "Người mẹ")


# ---- who must confirm by themselves ----------------------------------------------------------------------
def test_both_spouses_must_confirm_and_parents_of_a_child_need_not():
    marriage = content_from(FORMS["1.000894"])

    assert [field.code for field in confirmers(marriage, {})] == ["husband", "wife"]
    assert confirmers(BIRTH, {}) == []


def test_nobody_confirms_what_is_not_asked():
    raw = small_content()
    raw["groups"][1]["fields"][0] |= {
        "confirms": True, "shown_if": {"clauses": [{"field": "way", "op": "is", "value": "home"}]}
    }  # fmt: skip
    content = content_from(raw)

    assert confirmers(content, {"way": "desk"}) == []
    assert [field.code for field in confirmers(content, {"way": "home"})] == ["person"]


def test_only_a_person_can_confirm():
    raw = small_content()
    raw["groups"][0]["fields"][0]["confirms"] = True

    with pytest.raises(Invalid, match="chính người ấy xác nhận"):
        content_from(raw)

"""Changing a form piece by piece: codes stay, nothing is lost, whatever the order of the steps."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thanthien.core.rules import Refused
from thanthien.declarations.actions.starting import built_in
from thanthien.declarations.enums import Kind, Need
from thanthien.declarations.factories import small_content
from thanthien.declarations.rules import (
    as_json,
    broken,
    check,
    content_from,
    draft_from,
    faults_of,
    recorded,
    recorded_again,
    shown,
)
from thanthien.declarations.rules.content import Choice, CrossRule, Field, Group
from thanthien.declarations.rules.editing import (
    choices_from,
    first_content,
    moved_field,
    new_code,
    new_rule_code,
    users_of,
    with_field,
    with_rule,
    without_field,
)
from thanthien.declarations.rules.orders import carried_out
from thanthien.declarations.rules.telling import changes, condition_words
from thanthien.declarations.tests.test_versions import TODAY

SMALL = content_from(small_content())
BIRTH = content_from(dict(built_in())["1.001193"])


def codes_of(content):
    return [[field.code for field in group.fields] for group in content.groups]


# ---- codes -------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("words", "taken", "code"),
    [
        ("Số bản sao", (), "so_ban_sao"),
        ("Số bản sao", ("so_ban_sao", "so_ban_sao_2"), "so_ban_sao_3"),
        ("Đường, ngõ?", (), "duong_ngo"),
        ("12 tháng", (), "muc_12_thang"),
        ("？", (), "muc"),
        ("Today", (), "today_2"),
        ("Đỗ", (), "do_2"),
    ],
)
def test_code_comes_from_the_words(words, taken, code):
    assert new_code(words, taken) == code


@given(st.lists(st.text(max_size=60), min_size=1, max_size=8))
def test_codes_of_any_words_are_good_codes_and_each_its_own(words):
    taken = []
    for word in words:
        taken.append(new_code(word, taken))

    field = Field(code="x", kind=Kind.CHOICE, label="X", choices=tuple(Choice(code=code, label="c") for code in taken))
    assert len(set(taken)) == len(words)
    assert faults_of(draft_from(as_json(with_field(SMALL, field, "first")))) == []


def test_rule_takes_the_next_number_of_the_form():
    assert (new_rule_code(BIRTH), new_rule_code(SMALL)) == ("KS-10", "QT-01")


def test_reworded_choice_keeps_its_code_and_a_new_one_gets_its_own():
    before = (Choice(code="home", label="tại nhà"), Choice(code="desk", label="tại quầy"))

    reworded = choices_from(["tại nhà riêng", "tại quầy"], before)
    swapped = choices_from(["tại quầy", "tại nhà", "qua bưu điện"], before)
    shorter = choices_from(["tại quầy"], before)

    assert [one.code for one in reworded] == ["home", "desk"]
    assert [one.code for one in swapped] == ["desk", "home", "qua_buu_dien"]
    assert [one.code for one in shorter] == ["desk"]


@given(st.lists(st.sampled_from("abcde"), unique=True), st.lists(st.sampled_from("abcdef"), unique=True))
def test_choices_with_the_same_words_keep_their_codes_in_any_order(before, after):
    old = tuple(Choice(code=f"c{label}", label=label) for label in before)

    new = choices_from(after, old)

    assert [one.label for one in new] == after
    assert len({one.code for one in new}) == len(new)
    assert all(one.code == f"c{one.label}" for one in new if one.label in before)


# ---- moving and removing -----------------------------------------------------------------------------------
def test_question_moves_within_its_group_and_at_the_end_into_the_next():
    assert codes_of(moved_field(SMALL, "way", 1)) == [["place", "way", "amount"], ["person", "papers"]]
    assert codes_of(moved_field(SMALL, "amount", 1)) == [["way", "place"], ["amount", "person", "papers"]]
    assert codes_of(moved_field(SMALL, "person", -1)) == [["way", "place", "amount", "person"], ["papers"]]
    assert moved_field(SMALL, "way", -1) == moved_field(SMALL, "papers", 1) == moved_field(SMALL, "x", 1) == SMALL


@given(st.lists(st.tuples(st.sampled_from(list(BIRTH.fields)), st.sampled_from([-1, 1])), max_size=20))
def test_moves_lose_no_question(moves):
    content = BIRTH
    for code, step in moves:
        content = moved_field(content, code, step)

    assert sorted(content.fields) == sorted(BIRTH.fields)
    assert all(content.fields[code] == BIRTH.fields[code] for code in BIRTH.fields)


def test_condition_on_a_question_that_now_stands_behind_is_named_as_a_fault():
    faults = faults_of(moved_field(SMALL, "way", 1))

    assert [str(fault) for fault in faults] == ["place: điều kiện hiện chỉ được xét mục đứng trước: way."]


ORDERS = ["up field:{0}", "down field:{0}", "remove field:{0}", "up group:{1}", "down group:{1}", "remove group:{1}"]


@given(st.lists(st.tuples(st.sampled_from(ORDERS), st.integers(0, 30)), max_size=12))
def test_after_any_steps_the_form_can_still_be_looked_at_and_kept(steps):
    content, fields, groups = BIRTH, list(BIRTH.fields), [group.code for group in BIRTH.groups]
    for order, number in steps:
        try:
            content, said = carried_out(
                content, order.format(fields[number % len(fields)], groups[number % len(groups)])
            )
            assert said.endswith(".")
        except Refused:
            pass  # gone already

    assert draft_from(as_json(content)) == content
    assert shown(content, {}) <= set(content.fields)
    assert [
        problem.field for problem in check(content, {}, TODAY) if problem.field.partition(".")[0] not in content.fields
    ] == []


@pytest.mark.parametrize(
    ("order", "said"),
    [
        ("up field:person", "chuyển mục «Người yêu cầu»."),
        ("down group:first", "chuyển nhóm «Việc»."),
        ("remove group:second", "xóa nhóm «Người»."),
        ("remove rule:QT-01", "xóa quy tắc «Nhiều quá.»."),
        ("remove test:1", "xóa bài kiểm tra «Thử»."),
        ("record test:1", "ghi lại bài kiểm tra «Thử»."),
        ("record failing:all", "ghi lại 1 bài kiểm tra."),
    ],
)
def test_each_button_says_what_it_did(order, said):
    rule = {"code": "QT-01", "field": "amount", "message": "Nhiều quá.", "remedy": "Ghi ít hơn.",
            "must": {"clauses": [{"field": "amount", "op": "most", "value": "5"}]}}  # fmt: skip
    content = content_from(small_content(rules=[rule], tests=[{"name": "Thử", "on": "2026-03-01", "answers": {}}]))

    assert carried_out(content, order)[1] == said


@pytest.mark.parametrize(
    "order", ["", "x", "up field:x", "remove group:x", "remove rule:x", "remove test:9", "record test:x"]
)
def test_button_for_what_is_gone_is_refused(order):
    with pytest.raises(Refused):
        carried_out(SMALL, order)


def test_who_looks_at_a_question_is_named():
    assert users_of(BIRTH, ["birth_proof"])[:1] == ["Vì sao không có Giấy chứng sinh"]
    assert "KS-06" in users_of(BIRTH, ["mother_known"])
    assert users_of(SMALL, ["amount"]) == []


# ---- tests that travel with the form -----------------------------------------------------------------------
def test_answers_kept_as_a_test_hold_and_tell_when_a_later_change_asks_more():
    content = replace(
        SMALL, tests=(recorded(SMALL, "Tại quầy", {"way": "desk", "person": {"full_name": "Lan"}}, TODAY),)
    )
    new = Field(code="job", kind=Kind.TEXT, label="Nghề nghiệp", need=Need.REQUIRED)

    asked_more = with_field(content, new, "second")

    assert broken(content) == []
    assert broken(asked_more) == ["Tại quầy: báo lỗi không mong đợi THIEU (mục bắt buộc còn trống) – Nghề nghiệp."]
    assert broken(carried_out(asked_more, "record test:1")[0]) == []


def test_test_recorded_again_looks_at_the_same_questions_as_far_as_there_are_any():
    test = replace(BIRTH.tests[0], shown=("child", "mother"), hidden=("no_certificate",))
    rest = without_field(BIRTH, "no_certificate")

    again = recorded_again(rest, test)

    assert (again.shown, again.hidden, again.name) == (("child", "mother"), (), test.name)


# ---- in words ----------------------------------------------------------------------------------------------
def test_conditions_are_told_in_words():
    assert condition_words(BIRTH, BIRTH.fields["no_certificate"].shown_if) == (
        "«Giấy tờ chứng minh việc sinh» không phải là «Giấy chứng sinh»"
    )
    rules = {rule.code: condition_words(BIRTH, rule.must) for rule in BIRTH.rules}
    assert rules["KS-02"] == "«Trẻ: Ngày sinh, cộng 60 ngày» không trước hôm nay"
    assert rules["KS-05"] == "«Người mẹ: Ngày sinh, cộng 12 năm» không sau «Trẻ: Ngày sinh»"
    assert condition_words(BIRTH, None) == ""


@pytest.mark.parametrize("code", dict(built_in()))
def test_every_condition_of_a_built_in_form_is_told_without_a_code(code):
    content = content_from(dict(built_in())[code])
    conditions = [field.shown_if for field in content.fields.values()] + [rule.must for rule in content.rules]

    said = " ".join(condition_words(content, condition) for condition in conditions)

    assert "_" not in said


def test_what_changed_is_told_by_name():
    rule = CrossRule(code="QT-01", field="amount", message="Sai", remedy="Sửa", must=SMALL.fields["place"].shown_if)
    after = with_rule(without_field(SMALL, "amount"), rule)
    after = with_field(after, replace(after.fields["way"], label="Cách trả", need=Need.OPTIONAL), "first")
    after = with_field(after, Field(code="job", kind=Kind.TEXT, label="Nghề"), "second")

    assert [(one.kind, one.text) for one in changes(SMALL, after)] == [
        ("changed", "Sửa – Mục «Cách trả»: lời hỏi, bắt buộc hay không."),
        ("added", "Thêm – Mục «Nghề»."),
        ("removed", "Bỏ – Mục «Số bản»."),
        ("added", "Thêm – Quy tắc «QT-01»."),
    ]
    assert changes(SMALL, SMALL) == []
    assert [one.kind for one in changes(None, SMALL)] == ["added"]


def test_order_that_changed_is_told_once():
    assert [one.text for one in changes(SMALL, moved_field(SMALL, "papers", -1))] == [
        "Đổi thứ tự hoặc nhóm của các mục."
    ]


def test_new_form_asks_who_asks_and_hangs_together():
    content = first_content("Tờ khai thử")

    assert (faults_of(content), list(content.fields)) == ([], ["requester"])


def test_empty_group_is_kept_in_a_draft_and_named_as_a_fault():
    content = replace(SMALL, groups=(*SMALL.groups, Group(code="empty", title="Trống", fields=())))

    assert draft_from(as_json(content)) == content
    assert [str(fault) for fault in faults_of(content)] == ["empty: nhóm phải có ít nhất một mục."]

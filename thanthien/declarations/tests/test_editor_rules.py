"""Conditions and rules on the pages of the editor: chosen from lists, told in words."""

import pytest
from django.urls import reverse

from thanthien.declarations.queries import working_on
from thanthien.declarations.rules.telling import condition_words
from thanthien.declarations.tests.test_editor import QUESTION, content_of, send, text_of

pytestmark = pytest.mark.django_db


# ---- conditions and rules ----------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("what", "sense", "words"),
    [
        ("way|is|home", "yes", "«Cách nhận» là «tại nhà»"),
        ("way|is|home", "no", "«Cách nhận» không phải là «tại nhà»"),
        ("way|filled|", "yes", "«Cách nhận» đã được trả lời"),
        ("way|filled|", "no", "«Cách nhận» còn để trống"),
    ],
)
def test_question_is_asked_when_another_was_answered_so(editor, staff, code, what, sense, words):
    told = QUESTION | {"own_lines": "1", "when-0-what": what, "when-0-sense": sense}

    send(editor, staff, "add_field", code, "second", "text", **told)

    content = content_of(staff, code)
    assert condition_words(content, content.fields["nghe_nghiep"].shown_if) == words


def test_condition_is_taken_away_by_leaving_it_empty(editor, staff, code):
    told = {"label": "Nơi", "need": "required", "help": "", "group": "first", "own_lines": "1", "when-0-what": ""}

    send(editor, staff, "change_field", code, "place", **told)

    assert content_of(staff, code).fields["place"].shown_if is None


RULE = {"message": "Nhiều bản quá.", "remedy": "Xin ghi ít hơn.", "place": "amount", "blocks": "no"}


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"left": "amount", "op": "most", "text": "5"}, "«Số bản» nhiều nhất là 5"),
        ({"left": "person.birth_date", "op": "most", "right": "today", "years": "18"},
         "«Người yêu cầu: Ngày sinh, cộng 18 năm» không sau hôm nay"),
        ({"left": "person.birth_date", "op": "less", "text": "1/3/2026", "days": "60"},
         "«Người yêu cầu: Ngày sinh, cộng 60 ngày» trước 01/03/2026"),
        ({"left": "way", "op": "is_not", "right": "way|is|desk"}, "«Cách nhận» không phải là «tại quầy»"),
        ({"left": "place", "op": "is", "right": "person.address"}, "«Nơi mang đến» là «Người yêu cầu: Nơi cư trú»"),
        ({"left": "place", "op": "filled"}, "«Nơi mang đến» đã được trả lời"),
    ],
)  # fmt: skip
def test_rule_is_added_from_lists(editor, staff, code, row, words):
    answer = send(editor, staff, "add_rule", code, **RULE, **{f"must-0-{name}": value for name, value in row.items()})

    content = content_of(staff, code)
    assert (answer.status_code, [rule.code for rule in content.rules]) == (302, ["QT-01"])
    assert (condition_words(content, content.rules[0].must), content.rules[0].blocks) == (words, False)
    assert not working_on(staff, code).faults


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"place": ""}, "Xin chọn mục để báo bên cạnh."),
        ({"must-0-left": ""}, "Xin chọn mục để so sánh"),
        ({"must-0-left": "", "must-0-text": ""}, "Xin ghi ít nhất một điều phải đúng."),
        ({"must-0-text": ""}, "Xin chọn câu trả lời hoặc mục để so sánh"),
        ({"must-0-text": "", "must-0-right": "way|is|desk"}, "không phải câu trả lời của «Số bản»"),
        ({"must-0-left": "place"}, "Chỉ so sánh lớn nhỏ, trước sau được"),
        ({"must-0-years": "x"}, "Xin ghi một số, ví dụ 18."),
        ({"must-0-years": "999"}, "Nhiều nhất 200."),
        ({"when-0-text": "5"}, "Xin chọn mục để so sánh"),
    ],
)
def test_wrong_rule_is_told_beside_its_box(editor, staff, code, told, words):
    row = {"must-0-left": "amount", "must-0-op": "most", "must-0-text": "5"}

    answer = send(editor, staff, "add_rule", code, **RULE | row | told)

    assert (answer.status_code, words in text_of(answer)) == (422, True)
    assert "Nhiều bản quá." in text_of(answer)


# ---- one of several answers ----------------------------------------------------------------------------------
ONE_OF = {"when-0-what": "way|is|home", "when-0-sense": "or", "when-1-what": "way|is|desk", "when-1-sense": "yes"}


def test_question_is_asked_after_one_of_several_answers(editor, staff, code):
    send(editor, staff, "add_field", code, "second", "text", **QUESTION, own_lines="1", **ONE_OF)

    content = content_of(staff, code)
    words = condition_words(content, content.fields["nghe_nghiep"].shown_if)
    page = text_of(editor.get(reverse("declarations:change_field", args=[code, "nghe_nghiep"])))
    assert words == "«Cách nhận» là một trong: «tại nhà», «tại quầy»"
    assert page.count('<option value="or" selected>') == 1
    assert [page.count(f'<option value="way|is|{one}" selected>') for one in ("home", "desk")] == [1, 1]


def test_one_of_several_answers_stays_as_it_is_when_the_question_is_sent_again(editor, staff, code):
    send(editor, staff, "add_field", code, "second", "text", **QUESTION, own_lines="1", **ONE_OF)
    before = content_of(staff, code).fields["nghe_nghiep"].shown_if

    send(editor, staff, "change_field", code, "nghe_nghiep", **QUESTION, own_lines="1", **ONE_OF)

    assert content_of(staff, code).fields["nghe_nghiep"].shown_if == before


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"when-1-what": ""}, "Không có dòng dưới để nối"),
        ({"when-1-what": "place|filled|"}, "cùng một câu hỏi"),
        ({"when-1-sense": "no"}, "cùng một câu hỏi"),
    ],
)
def test_or_that_joins_nothing_or_two_questions_is_told_beside_its_box(editor, staff, code, told, words):
    answer = send(editor, staff, "add_field", code, "second", "text", **QUESTION | {"own_lines": "1"} | ONE_OF | told)

    assert (answer.status_code, words in text_of(answer)) == (422, True)


def test_same_answer_twice_is_that_answer(editor, staff, code):
    told = QUESTION | {"own_lines": "1"} | ONE_OF | {"when-1-what": "way|is|home"}

    send(editor, staff, "add_field", code, "second", "text", **told)

    content = content_of(staff, code)
    assert condition_words(content, content.fields["nghe_nghiep"].shown_if) == "«Cách nhận» là «tại nhà»"


def test_rule_compares_with_one_of_several_answers_line_by_line(editor, staff, code):
    lines = {"must-0-left": "way", "must-0-op": "in", "must-0-right": "way|is|home",
             "must-1-left": "way", "must-1-op": "in", "must-1-right": "way|is|desk",
             "must-2-left": "place", "must-2-op": "filled"}  # fmt: skip

    send(editor, staff, "add_rule", code, **RULE, **lines)
    content = content_of(staff, code)
    page = text_of(editor.get(reverse("declarations:change_rule", args=[code, "QT-01"])))
    send(editor, staff, "change_rule", code, "QT-01", **RULE, **lines)

    assert condition_words(content, content.rules[0].must) == (
        "«Cách nhận» là một trong: «tại nhà», «tại quầy» và «Nơi mang đến» đã được trả lời"
    )
    assert page.count('<option value="in" selected>') == 2
    assert content_of(staff, code).rules == content.rules


def test_alone_one_of_is_a_plain_is(editor, staff, code):
    send(editor, staff, "add_rule", code, **RULE, **{
        "must-0-left": "way", "must-0-op": "in", "must-0-right": "way|is|home",
    })  # fmt: skip

    content = content_of(staff, code)
    assert condition_words(content, content.rules[0].must) == "«Cách nhận» là «tại nhà»"


# ---- rough dates ---------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("told", "is_rough"), [({"own_rough_dates": "on"}, True), ({}, False)])
def test_date_question_says_whether_a_year_alone_is_enough(editor, staff, code, told, is_rough):
    send(editor, staff, "add_field", code, "second", "date", **QUESTION, **told)

    assert content_of(staff, code).fields["nghe_nghiep"].rough_dates is is_rough


@pytest.mark.parametrize(("told", "is_ticked"), [({"own_in_words": "on", "off_sheet": "on"}, True), ({}, False)])
def test_date_question_says_whether_it_is_printed_and_in_words(editor, staff, code, told, is_ticked):
    send(editor, staff, "add_field", code, "second", "date", **QUESTION, **told)

    made = content_of(staff, code).fields["nghe_nghiep"]
    assert (made.in_words, made.off_sheet) == (is_ticked, is_ticked)

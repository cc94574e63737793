"""The sheet on paper: in the order of the law's form, days in words, nobody named only by "như người mẹ"."""

from collections import Counter

import pytest

from thanthien.declarations.actions.starting import built_in
from thanthien.declarations.enums import Kind
from thanthien.declarations.factories import small_content
from thanthien.declarations.queries import sheet_of
from thanthien.declarations.rules import Invalid, content_from, printed, said

FORMS = {code: content_from(raw) for code, raw in built_in()}
BIRTH, DEATH, MARRIAGE, STATUS, HOUSE = (
    FORMS[code] for code in ("1.001193", "1.000656", "1.000894", "1.004873", "1.013225")
)
MOTHER = {"full_name": "Trần Thị Lan", "personal_id": "035195001234", "birth_date": "1995-04-12", "address": "Thôn 2"}
CHILD = {"full_name": "Lê Minh An", "birth_date": "2026-03-15", "sex": "female", "ethnicity": "Kinh"}
TOLD = {"child": CHILD, "mother_known": "yes", "mother": MOTHER, "father_known": "no", "relation": "mother"}


def lines(groups, title):
    (group,) = [one for one in groups if one.title == title]
    return [(line.label, line.value) for line in group.lines]


def test_birth_is_printed_in_the_order_of_the_form_of_the_law():
    groups = printed(BIRTH, TOLD)

    assert [group.title for group in groups] == [
        "Người yêu cầu", "Đề nghị đăng ký khai sinh cho người dưới đây", "Người mẹ",
    ]  # fmt: skip
    assert lines(groups, "Đề nghị đăng ký khai sinh cho người dưới đây") == [
        ("Họ, chữ đệm, tên", "LÊ MINH AN"),
        (
            "Ngày sinh",
            "15/03/2026 (ghi bằng chữ: Ngày mười lăm tháng ba năm hai nghìn không trăm hai mươi sáu)",
        ),
        ("Giới tính", "nữ"),
        ("Dân tộc", "Kinh"),
    ]


def test_requester_who_is_the_mother_is_told_in_full_on_paper_and_by_her_role_on_the_page():
    assert lines(printed(BIRTH, TOLD), "Người yêu cầu") == [
        ("Họ, chữ đệm, tên", "TRẦN THỊ LAN"),
        ("Số định danh cá nhân", "035195001234"),
        ("Ngày sinh", "12/04/1995"),
        ("Nơi cư trú", "Thôn 2"),
        ("Quan hệ với trẻ được khai sinh", "Mẹ của trẻ"),
    ]
    assert ("Người yêu cầu", "Người mẹ") in lines(said(BIRTH, TOLD), "Người yêu cầu")


def test_day_is_said_in_words_on_the_page_too_where_it_can_still_be_mended():
    page = dict(lines(said(BIRTH, TOLD, masked=True), "Trẻ được khai sinh"))

    assert page["Ngày sinh"].startswith("15/03/2026 (ghi bằng chữ: Ngày mười lăm tháng ba")


@pytest.mark.parametrize(
    ("content", "told", "words"),
    [
        (DEATH, {"died_on": "2026-04-04"}, "Ngày bốn tháng tư năm hai nghìn không trăm hai mươi sáu"),
        (MARRIAGE, {"wife": {"birth_date": "2000-06-01"}}, "Ngày một tháng sáu năm hai nghìn"),
        (MARRIAGE, {"husband": {"birth_date": "1998-01-10"}}, "Ngày mười tháng một năm một nghìn chín trăm chín mươi"),
    ],
)
def test_days_that_go_into_the_registers_are_said_in_words(content, told, words):
    told_lines = [line.value for group in printed(content, told) for line in group.lines]

    assert [words in value for value in told_lines] == [True]


@pytest.mark.parametrize("born", ["", "hôm qua", "31/02/2026", None, 5])
def test_what_is_no_day_is_not_said_in_words(born):
    told = [line.value for group in printed(BIRTH, {"child": {"birth_date": born}}) for line in group.lines]

    assert [value for value in told if "bằng chữ" in value] == []


def test_year_alone_is_said_in_words():
    raw = {"title": "Thử", "groups": [{"code": "all", "title": "Tất cả", "fields": [
        {"code": "day", "kind": "date", "label": "Ngày", "rough_dates": True, "in_words": True}]}]}  # fmt: skip

    (group,) = printed(content_from(raw), {"day": "1940"})

    assert group.lines[0].value == "1940 (ghi bằng chữ: Năm một nghìn chín trăm bốn mươi)"


def test_only_days_and_persons_are_said_in_words():
    raw = small_content()
    field = next(one for group in raw["groups"] for one in group["fields"] if one["kind"] == "number")
    field["in_words"] = True

    with pytest.raises(Invalid, match="bằng chữ"):
        content_from(raw)


def test_questions_that_only_lead_the_way_are_asked_and_not_printed():
    labels = [line.label for group in printed(BIRTH, TOLD) for line in group.lines]
    asked = [line.label for group in said(BIRTH, TOLD) for line in group.lines]

    assert "Có ghi phần khai về người mẹ không" in asked
    assert "Có ghi phần khai về người mẹ không" not in labels


def test_certificate_for_oneself_says_both_who_asks_and_whom_it_is_about():
    own = {"full_name": "Vũ Thị Hoa", "birth_date": "2000-06-15", "sex": "female", "ethnicity": "Tày"}

    groups = printed(STATUS, {"for_whom": "self", "own": own})

    assert [dict(lines(groups, group.title))["Họ, chữ đệm, tên"] for group in groups] == ["VŨ THỊ HOA"] * 2
    assert dict(lines(groups, groups[1].title))["Dân tộc"] == "Tày"


def test_place_stands_on_one_line():
    place = {"detail": "Thôn 3", "commune": "xã Minh Khai", "province": "tỉnh Ninh Bình"}

    assert lines(printed(HOUSE, {"place": place}), "2. Thông tin công trình") == [
        ("Địa điểm xây dựng", "Thôn 3, xã Minh Khai, tỉnh Ninh Bình")
    ]


def test_form_that_names_no_order_is_printed_as_it_is_asked():
    content = content_from(small_content())
    told = {"way": "home", "amount": "2", "person": {"full_name": "Lê An"}}

    assert [group.title for group in printed(content, told)] == [group.title for group in said(content, told)]
    assert [group.lines for group in printed(content, told)] == [group.lines for group in said(content, told)]


def test_question_that_the_order_does_not_name_is_still_printed():
    raw = small_content() | {"sheet": [{"title": "Trước hết", "fields": ["amount", "gone"]}]}

    groups = printed(content_from(raw), {"way": "home", "amount": "2"})  # "gone" is a question that was taken out

    assert [group.title for group in groups][0] == "Trước hết"
    assert len(groups) == 2


@pytest.mark.parametrize("code", FORMS)
def test_sheet_of_each_built_in_form_names_every_question_once_or_leaves_it_out_on_purpose(code):
    content = FORMS[code]
    named = Counter(field for part in content.sheet for field in part.fields)
    left_out = {field.code for field in content.fields.values() if field.off_sheet}

    assert {field for field, count in named.items() if count > 1} == set()
    assert not content.sheet or set(named) | left_out == set(content.fields)
    assert left_out & set(named) == set()
    assert content.basis


@pytest.mark.parametrize("code", FORMS)
def test_nothing_that_was_stated_is_lost_on_paper(code):
    for test in FORMS[code].tests:
        content, answers = FORMS[code], dict(test.answers)
        paper = [line.value for group in printed(content, answers) for line in group.lines]
        page = [
            line.value for group in said(content, answers) for line in group.lines
            if not any(field.label == line.label and field.off_sheet for field in content.fields.values())
        ]  # fmt: skip
        roles = {field.label for field in content.fields.values() if field.kind == Kind.PERSON}

        whole = " ".join(paper)
        assert [value for value in page if value not in whole and value not in roles] == []


def test_row_is_shared_by_short_answers_alone():
    told = {"child": CHILD | {"nationality": "Việt Nam " * 9}}

    rows = {line.label: line.row for group in sheet_of(BIRTH, told)["groups"] for line in group.lines}

    assert (rows["Giới tính"], rows["Dân tộc"], rows["Quốc tịch"], rows["Ngày sinh"]) == ("kind", "kind", "", "")

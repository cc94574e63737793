"""The pages of the editor: what is typed comes into the draft, wrong input is told beside it, nothing is lost."""

import pytest
from django.urls import reverse

from thanthien.core.idempotency import new_key
from thanthien.declarations.actions import load_starting_forms
from thanthien.declarations.actions.starting import built_in
from thanthien.declarations.enums import Kind
from thanthien.declarations.queries import working_on
from thanthien.declarations.rules.telling import changes, condition_words
from thanthien.declarations.tests.test_versions import AT
from thanthien.procedures.factories import ProcedureFactory

pytestmark = pytest.mark.django_db


def send(client, staff, name, code, *args, query="", **told):
    token = told.pop("token", None) or working_on(staff, code).token
    address = reverse(f"declarations:{name}", args=[code, *args]) + query
    return client.post(address, {"token": token, "idempotency_key": new_key()} | told)


def content_of(staff, code):
    return working_on(staff, code).content


def text_of(answer):
    return answer.content.decode()


QUESTION = {"label": "Nghề  nghiệp", "need": "required", "help": "", "group": "second"}


# ---- one question of each kind -----------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("kind", "told", "found"),
    [
        ("text", {"own_lines": "2", "own_most": "200"}, {"lines": 2, "most": 200}),
        ("number", {"own_least": "1", "own_most": "9", "own_whole": "on", "own_unit": "bản"},
         {"least": 1, "most": 9, "whole": True, "unit": "bản"}),
        ("date", {"own_first": "01/07/2025", "own_last": "Hôm nay"}, {"first": "2025-07-01", "last": "today"}),
        ("address", {}, {}),
        ("file", {}, {}),
        ("choice", {"own_choices": "Có\n\n Không \nCó", "own_several": "on"}, {"several": True}),
        ("person", {"own_role": "spouse", "part-full_name-need": "required", "part-birth_date-need": "optional",
                    "part-birth_date-words": "Sinh ngày"}, {"role": "spouse"}),
        ("table", {"column-0-label": "Tên giấy", "column-0-kind": "text", "column-0-need": "required",
                   "column-1-label": "", "own_most": "5"}, {"most": 5}),
    ],
)  # fmt: skip
def test_question_of_each_kind_is_added_to_its_group(editor, staff, code, kind, told, found):
    answer = send(editor, staff, "add_field", code, "second", kind, **QUESTION | told)

    field = content_of(staff, code).fields["nghe_nghiep"]
    assert (answer.status_code, answer.url.endswith("/soan/#field-nghe_nghiep")) == (302, True)
    assert (field.kind, field.label, {name: getattr(field, name) for name in found}) == (kind, "Nghề nghiệp", found)
    assert not working_on(staff, code).faults


def test_choices_stand_one_per_line(editor, staff, code):
    send(editor, staff, "add_field", code, "second", "choice", **QUESTION, own_choices="Có\n\n Không \nCó")

    choices = content_of(staff, code).fields["nghe_nghiep"].choices
    assert [(one.code, one.label) for one in choices] == [("co", "Có"), ("khong", "Không")]


@pytest.mark.parametrize(
    ("kind", "told", "words"),
    [
        ("text", {"label": ""}, "Trường này là bắt buộc"),
        ("text", {"label": "x" * 301}, "300"),
        ("text", {"need": "x"}, "Hãy chọn"),
        ("text", {"group": "x"}, "Hãy chọn"),
        ("text", {"own_most": "nhiều"}, "Xin ghi một số nguyên"),
        ("text", {"own_most": "0"}, "Không nhỏ hơn 1."),
        ("text", {"own_most": "999999"}, "Nhiều nhất 2000."),
        ("number", {"own_least": "9", "own_most": "1"}, "Số lớn nhất phải từ số nhỏ nhất"),
        ("date", {"own_first": "31/02/2026"}, "Ngày này không có trên lịch"),
        ("choice", {"own_choices": " \n "}, "Xin ghi ít nhất một lựa chọn."),
        ("choice", {"own_choices": "\n".join(map(str, range(201)))}, "Nhiều nhất 200 lựa chọn."),
        ("choice", {"own_choices": "x" * 301}, "Mỗi lựa chọn dài nhất 300 ký tự."),
        ("person", {"own_role": "child"}, "Mục về người phải hỏi họ tên."),
        ("person", {"own_role": "x", "part-full_name-need": "required"}, "Hãy chọn"),
        ("table", {"column-0-label": ""}, "Bảng phải có ít nhất một cột."),
        ("text", {"when-0-what": "x|is|y"}, "Hãy chọn"),
    ],
)
def test_wrong_input_is_told_beside_its_field_and_nothing_typed_is_lost(editor, staff, code, kind, told, words):
    answer = send(editor, staff, "add_field", code, "second", kind, **QUESTION | {"help": "Giữ lại tôi"} | told)

    assert (answer.status_code, "Giữ lại tôi" in text_of(answer)) == (422, True)
    assert "field-error" in text_of(answer)
    if not words.startswith(("Trường", "Hãy")):
        assert words in text_of(answer)
    assert not working_on(staff, code).is_begun


def test_question_is_changed_in_its_place_and_its_choices_keep_their_codes(editor, staff, code):
    told = {"label": "Cách trả", "need": "required", "help": "", "group": "first"}

    send(editor, staff, "change_field", code, "way", **told, own_choices="tại nhà riêng\ntại quầy")

    content = content_of(staff, code)
    assert [one.code for one in content.groups[0].fields] == ["way", "place", "amount"]
    assert [(one.code, one.label) for one in content.fields["way"].choices] == [
        ("home", "tại nhà riêng"), ("desk", "tại quầy"),
    ]  # fmt: skip
    assert condition_words(content, content.fields["place"].shown_if) == "«Cách trả» là «tại nhà riêng»"


@pytest.mark.parametrize("code", dict(built_in()))
def test_pages_of_a_built_in_form_sent_as_they_are_change_nothing(editor, staff, code):
    ProcedureFactory(code=code)
    load_starting_forms(by="thử", at=AT)
    before = content_of(staff, code)
    pages = [("change_field", [field]) for field in before.fields] + [("frame", [])]
    pages += [("change_rule", [rule.code]) for rule in before.rules]
    pages += [("change_group", [group.code]) for group in before.groups]

    for name, args in pages:
        page = editor.get(reverse(f"declarations:{name}", args=[code, *args]))
        answer = send(editor, staff, name, code, *args, **as_sent(page.context["form"]))
        assert (args, answer.status_code) == (args, 302)

    after = content_of(staff, code)
    assert changes(before, after) == []
    assert after == before


def as_sent(form):
    """What a browser sends of a form that nobody touched."""
    values = {name: form[name].value() for name in form.fields}
    shown = {name: form.fields[name].prepare_value(value) for name, value in values.items()}
    return {name: value for name, value in shown.items() if value is not None and value is not False}


def test_question_can_get_another_kind(editor, staff, code):
    told = {"label": "Số bản", "need": "optional", "help": "", "group": "first", "own_choices": "một\nhai"}

    page = editor.get(reverse("declarations:other_kind", args=[code, "amount"]))
    send(editor, staff, "change_field", code, "amount", query="?kind=choice", **told)

    assert "?kind=choice" in text_of(page)
    assert content_of(staff, code).fields["amount"].kind == Kind.CHOICE


def test_question_is_looked_at_before_it_is_kept(editor, staff, code):
    answer = send(editor, staff, "add_field", code, "second", "text", **QUESTION, own_lines="1", do="look")

    assert (answer.status_code, "Người dân sẽ thấy, chưa lưu" in text_of(answer)) == (200, True)
    assert 'name="nghe_nghiep"' in text_of(answer)
    assert not working_on(staff, code).is_begun


def test_another_row_is_brought_without_losing_or_judging_anything(editor, staff, code):
    told = QUESTION | {"label": "", "column-0-label": "Tên giấy", "column-1-label": "", "more": "column"}

    answer = send(editor, staff, "add_field", code, "second", "table", **told)

    assert (answer.status_code, 'value="Tên giấy"' in text_of(answer)) == (200, True)
    assert ('name="column-2-label"' in text_of(answer), "field-error" in text_of(answer)) == (True, False)

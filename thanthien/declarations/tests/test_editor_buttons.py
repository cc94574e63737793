"""Head, groups, buttons, two people at once, trying out, tests and publishing, on the pages of the editor."""

import pytest
from django.urls import reverse

from thanthien.core.idempotency import new_key
from thanthien.declarations.models import DeclarationVersion
from thanthien.declarations.queries import working_on
from thanthien.declarations.rules.telling import condition_words
from thanthien.declarations.tests.test_editor import QUESTION, content_of, send, text_of
from thanthien.procedures.factories import ProcedureFactory

pytestmark = pytest.mark.django_db


# ---- head, groups, buttons ---------------------------------------------------------------------------------
def test_head_and_groups_are_changed(editor, staff, code):
    send(editor, staff, "frame", code, title=" Tờ khai  mới ", basis="Nghị định 1", pledge="Tôi cam đoan.\n")
    send(editor, staff, "add_group", code, title="Giấy tờ", help="Mang bản chính.")
    send(editor, staff, "change_group", code, "giay_to", title="Giấy", help="", **{"when-0-what": "way|is|home"})

    content = content_of(staff, code)
    assert (content.title, content.basis, content.pledge) == ("Tờ khai mới", "Nghị định 1", "Tôi cam đoan.")
    assert (content.groups[2].title, content.groups[2].fields) == ("Giấy", ())
    assert condition_words(content, content.groups[2].shown_if) == "«Cách nhận» là «tại nhà»"


@pytest.mark.parametrize(("name", "args"), [("frame", []), ("add_group", []), ("change_group", ["first"])])
def test_title_is_needed(editor, staff, code, name, args):
    answer = send(editor, staff, name, code, *args, title="  ", help="Giữ", basis="Giữ")

    assert (answer.status_code, "Giữ" in text_of(answer)) == (422, True)


def test_button_moves_and_leads_back_to_itself(editor, staff, code):
    answer = send(editor, staff, "act", code, do="down field:way")

    assert answer.url.endswith("/soan/#down-field-way")
    assert list(content_of(staff, code).fields)[:2] == ["place", "way"]


def test_removed_question_comes_back_by_undo(editor, staff, code):
    send(editor, staff, "act", code, do="remove field:amount")
    page = editor.get(reverse("declarations:edit", args=[code]))
    send(editor, staff, "act", code, do="undo")

    assert ("xóa mục «Số bản»" in text_of(page), "Hoàn tác bước này" in text_of(page)) == (True, True)
    assert "amount" in content_of(staff, code).fields


@pytest.mark.parametrize("order", ["", "x", "remove field:x", "up field:<script>", "undo", "record test:9"])
def test_order_that_cannot_be_is_told_and_does_nothing(editor, staff, code, order):
    answer = send(editor, staff, "act", code, do=order)

    assert answer.status_code == 302
    assert "<script>" not in answer.url
    assert content_of(staff, code).title == "Tờ khai thử"


def test_discarding_leads_to_what_is_in_use(editor, staff, code):
    send(editor, staff, "act", code, do="remove field:amount")
    answer = send(editor, staff, "act", code, do="discard")

    assert (answer.status_code, working_on(staff, code).is_begun) == (302, False)


# ---- two at once -------------------------------------------------------------------------------------------
def test_second_of_two_keeps_what_they_typed_and_saves_it_with_the_next_click(editor, staff, code):
    old = working_on(staff, code).token
    send(editor, staff, "act", code, do="remove field:amount")
    told = QUESTION | {"own_lines": "1"}

    late = send(editor, staff, "add_field", code, "second", "text", **told, token=old)
    again = send(editor, staff, "add_field", code, "second", "text", **told, token=late.context["working"].token)

    assert (late.status_code, "xóa mục «Số bản»" in text_of(late), "Nghề" in text_of(late)) == (422, True, True)
    assert again.status_code == 302
    assert ("amount" in content_of(staff, code).fields, "nghe_nghiep" in content_of(staff, code).fields) == (
        False,
        True,
    )


def test_second_of_two_who_presses_a_button_is_told(editor, staff, code):
    old = working_on(staff, code).token
    send(editor, staff, "act", code, do="remove field:amount")

    answer = send(editor, staff, "act", code, do="remove field:way", token=old)

    assert "way" in content_of(staff, code).fields
    assert "xóa mục «Số bản»" in text_of(editor.get(answer.url))


# ---- trying, tests, publishing -----------------------------------------------------------------------------
ASKED = {"asked": ["way", "amount", "person", "papers"], "way": "desk", "amount": "2", "person.full_name": "Lan"}


def test_draft_is_tried_printed_and_kept_as_a_test(editor, staff, code):
    send(editor, staff, "frame", code, title="Tờ khai mới", basis="", pledge="")

    right = send(editor, staff, "try", code, **ASKED, do="check")
    wrong = send(editor, staff, "try", code, **ASKED | {"amount": "mười"}, do="check")
    paper = send(editor, staff, "try", code, **ASKED, do="print")
    kept = send(editor, staff, "try", code, **ASKED, do="keep", test_name="Lan lấy tại quầy")

    assert ("qua được mọi bước kiểm tra" in text_of(right), 'value="mười"' in text_of(wrong)) == (True, True)
    assert (paper.status_code, paper.content[:4]) == (200, b"%PDF")
    assert (kept.status_code, content_of(staff, code).tests[0].name) == (302, "Lan lấy tại quầy")
    assert [outcome.faults for outcome in working_on(staff, code).outcomes] == [()]


def test_answers_with_null_characters_are_kept_without_them(editor, staff, code):
    answer = send(editor, staff, "try", code, **ASKED | {"way": "de\x00sk"}, do="keep", test_name="Lạ")

    assert (answer.status_code, content_of(staff, code).tests[0].answers["way"]) == (302, "desk")


def test_title_of_invisible_letters_is_refused_and_the_draft_stays_readable(editor, staff, code):
    answer = send(editor, staff, "frame", code, title="\u200b", basis="Giữ", pledge="", afterwards="")

    assert (answer.status_code, "Chưa lưu được. title: còn thiếu." in text_of(answer)) == (422, True)
    assert ("Giữ" in text_of(answer), working_on(staff, code).is_begun) == (True, False)


def test_test_without_a_name_is_told(editor, staff, code):
    answer = send(editor, staff, "try", code, **ASKED, do="keep", test_name=" ")

    assert ('value="2"' in text_of(answer), "field-error" in text_of(answer)) == (True, True)
    assert not content_of(staff, code).tests


def test_answers_of_a_test_are_filled_in(editor, staff, code):
    send(editor, staff, "try", code, **ASKED, do="keep", test_name="Lan")

    pages = [editor.get(reverse("declarations:try", args=[code]), {"test": place}) for place in ("1", "2", "x", "٣")]

    assert ['value="Lan"' in text_of(page) for page in pages] == [True, False, False, False]


def test_publishing_says_what_changed_and_makes_the_version_of_tomorrow(editor, staff, code):
    send(editor, staff, "act", code, do="remove field:amount")

    page = editor.get(reverse("declarations:publish", args=[code]))
    answer = send(editor, staff, "publish", code, valid_from="03/03/2026", note="Bỏ số bản")

    last = DeclarationVersion.objects.order_by("number").last()
    assert "Bỏ – Mục «Số bản»." in text_of(page)
    assert (answer.status_code, last.number, f"{last.valid_from}", last.note) == (302, 2, "2026-03-03", "Bỏ số bản")


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"valid_from": "02/03/2026", "note": "x"}, "Ngày này sớm quá"),
        ({"valid_from": "32/03/2026", "note": "x"}, "Ngày này không có trên lịch"),
        ({"valid_from": "03/03/2099", "note": "x"}, "Ngày này muộn quá"),
        ({"valid_from": "03/03/2026", "note": ""}, "Xin ghi đã sửa gì"),
    ],
)
def test_wrong_day_or_note_is_told_and_the_draft_stays(editor, staff, code, told, words):
    send(editor, staff, "act", code, do="remove field:amount")

    answer = send(editor, staff, "publish", code, **told)

    assert (answer.status_code, words in text_of(answer), working_on(staff, code).is_begun) == (422, True, True)


def test_what_does_not_hang_together_is_named_on_the_page_of_publishing(editor, staff, code):
    send(editor, staff, "act", code, do="remove field:way")

    page = text_of(editor.get(reverse("declarations:publish", args=[code])))
    answer = send(editor, staff, "publish", code, valid_from="03/03/2026", note="x")

    assert ("Còn phải sửa" in page, "Nơi mang đến</a>: nhắc đến mục không có: «Cách nhận»" in page) == (True, True)
    assert (answer.status_code, DeclarationVersion.objects.count()) == (422, 1)


def test_test_that_names_a_removed_question_fails_and_is_recorded_again(editor, staff, code):
    send(editor, staff, "try", code, **ASKED, do="keep", test_name="Lan")
    send(editor, staff, "act", code, do="remove field:amount")

    failing = working_on(staff, code).outcomes
    send(editor, staff, "act", code, do="record test:1")

    assert [outcome.faults for outcome in failing] == [("nhắc đến mục không có: amount.",)]
    assert (working_on(staff, code).failing, working_on(staff, code).may_publish) == (0, True)


def test_new_form_is_begun_for_a_procedure_that_was_found(editor, staff):
    ProcedureFactory(code="8.77", name="Đăng ký nuôi con nuôi", is_active=True)

    page = editor.get(reverse("declarations:begin"), {"q": "nuoi con"})
    answer = editor.post(reverse("declarations:begin"), {"code": "8.77", "idempotency_key": new_key()})

    assert ("Đăng ký nuôi con nuôi" in text_of(page), answer.url) == (True, reverse("declarations:edit", args=["8.77"]))
    assert "chưa công bố" in text_of(editor.get(reverse("declarations:list")))
    assert editor.post(reverse("declarations:begin"), {"code": "9.9", "idempotency_key": new_key()}).status_code == 404


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("change_group", ["x"]), ("kinds", ["x"]), ("add_field", ["x", "text"]), ("add_field", ["first", "x"]),
        ("change_field", ["x"]), ("other_kind", ["x"]), ("change_rule", ["x"]),
    ],
)  # fmt: skip
def test_thing_that_is_not_there_is_404(editor, code, name, args):
    assert editor.get(reverse(f"declarations:{name}", args=[code, *args])).status_code == 404


def test_every_page_of_the_editor_opens_also_for_an_empty_form(editor, staff, code):
    for order in ("remove group:first", "remove group:second"):
        send(editor, staff, "act", code, do=order)

    names = ["edit", "frame", "add_group", "rules", "add_rule", "tests", "try", "publish"]
    assert [editor.get(reverse(f"declarations:{name}", args=[code])).status_code for name in names] == [200] * len(
        names
    )

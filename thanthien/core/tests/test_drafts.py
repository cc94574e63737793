"""Drafts: step by step, back step by step, and two people at once."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from thanthien.core import drafts
from thanthien.core.models import DraftStep

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 9, 5, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
SUBJECT = "form:1"


def take(content, said="sửa.", by="Lan", base="1"):
    drafts.take_step(SUBJECT, content, said=said, draft=drafts.draft_of(SUBJECT, base=base), by=by, at=AT)


def test_what_nobody_works_on_has_no_content_and_nothing_to_undo():
    found = drafts.draft_of(SUBJECT, base="1")

    assert (found.content, found.undoes, found.steps, found.token) == (None, "", 0, "1-0")


def test_last_step_is_the_draft_and_undoing_brings_the_one_before_back():
    take({"a": 1}, "thêm a.")
    take({"a": 2}, "sửa a.")

    assert drafts.undo_step(SUBJECT) == "sửa a."
    assert drafts.draft_of(SUBJECT, base="1").content == {"a": 1}
    assert [drafts.undo_step(SUBJECT) for _ in range(2)] == ["thêm a.", ""]


def test_draft_stays_with_what_it_was_begun_from():
    take({"a": 1}, base="1")
    take({"a": 2}, base="2")

    assert drafts.draft_of(SUBJECT, base="2").base == "1"


def test_token_of_an_older_page_is_refused_with_who_and_what():
    before = drafts.draft_of(SUBJECT, base="1")
    take({"a": 1}, "xóa mục «Số bản».", by="Mai")

    with pytest.raises(drafts.Stale, match="Mai lúc 09:05 – xóa mục «Số bản»"):
        drafts.check_not_stale(drafts.draft_of(SUBJECT, base="1"), before.token)
    drafts.check_not_stale(drafts.draft_of(SUBJECT, base="1"), drafts.draft_of(SUBJECT, base="1").token)


def test_token_of_a_draft_that_is_gone_is_refused():
    take({"a": 1})
    token = drafts.draft_of(SUBJECT, base="1").token
    drafts.forget(SUBJECT)

    with pytest.raises(drafts.Stale, match="công bố hoặc bỏ đi"):
        drafts.check_not_stale(drafts.draft_of(SUBJECT, base="2"), token)


def test_token_is_never_the_same_again_after_an_undo():
    take({"a": 1})
    take({"a": 2})
    token = drafts.draft_of(SUBJECT, base="1").token
    drafts.undo_step(SUBJECT)
    take({"a": 3})

    with pytest.raises(drafts.Stale):
        drafts.check_not_stale(drafts.draft_of(SUBJECT, base="1"), token)


def test_oldest_steps_are_let_go(monkeypatch):
    monkeypatch.setattr(drafts, "MOST_STEPS", 3)
    for number in range(5):
        take({"a": number})

    assert [step.content["a"] for step in DraftStep.objects.all()] == [2, 3, 4]


def test_list_of_what_is_worked_on_names_the_last_step_of_each():
    take({"a": 1}, by="Lan")
    take({"a": 2}, by="Mai")

    assert {subject: step.by for subject, step in drafts.subjects_in_work("form:").items()} == {SUBJECT: "Mai"}
    assert drafts.subjects_in_work("flow:") == {}

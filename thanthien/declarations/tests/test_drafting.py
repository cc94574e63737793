"""Working on the next version: who may, two at once, publishing, and that what is in use never changes by it."""

from dataclasses import replace
from datetime import date

import pytest

from thanthien.core.drafts import Stale
from thanthien.core.models import DraftStep
from thanthien.core.rules import Refused
from thanthien.declarations.actions import (
    Step,
    begin_form,
    change_draft,
    discard_draft,
    import_form,
    publish_draft,
    undo_change,
)
from thanthien.declarations.enums import Need
from thanthien.declarations.factories import DeclarationVersionFactory, small_content
from thanthien.declarations.models import DeclarationForm, DeclarationVersion
from thanthien.declarations.queries import exported, forms_for, procedures_without_form, version_for, working_on
from thanthien.declarations.rules import recorded
from thanthien.declarations.rules.editing import with_field, without_field
from thanthien.declarations.tests.test_versions import AT, TODAY
from thanthien.organisation.enums import Role
from thanthien.organisation.factories import StaffFactory
from thanthien.procedures.factories import ProcedureFactory

pytestmark = pytest.mark.django_db
TOMORROW = date(2026, 3, 3)


@pytest.fixture
def admin():
    return StaffFactory(superuser=True, full_name="Trần Quản Trị")


@pytest.fixture
def code():
    return DeclarationVersionFactory().form.procedure.code


def retitled(admin, code, title="Tờ khai mới", token=None):
    working = working_on(admin, code)
    step = Step(replace(working.content, title=title), f"đổi tên thành {title}.", token or working.token)
    change_draft(working.form, step, by=admin, at=AT)
    return working_on(admin, code)


def publish(admin, code, **more):
    working = working_on(admin, code)
    told = {"valid_from": TOMORROW, "note": "Thử", "token": working.token, "by": admin, "at": AT} | more
    return publish_draft(working.form, **told)


def test_looking_at_a_form_begins_no_draft(admin, code):
    working = working_on(admin, code)

    assert (working.is_begun, working.content.title, working.changes) == (False, "Tờ khai thử", [])
    assert not DraftStep.objects.exists()


def test_change_is_seen_in_the_draft_only(admin, code):
    working = retitled(admin, code)

    assert (working.content.title, working.draft.by) == ("Tờ khai mới", str(admin))
    assert version_for(working.form.procedure, on=TOMORROW).content.title == "Tờ khai thử"


def test_published_draft_is_the_next_version_and_leaves_nothing_to_undo(admin, code):
    procedure = retitled(admin, code).form.procedure

    version = publish(admin, code)

    found = [version_for(procedure, on=day) for day in (TODAY, TOMORROW)]
    assert [one.content.title for one in found] == ["Tờ khai thử", "Tờ khai mới"]
    assert (version.number, version.note, working_on(admin, code).is_begun) == (2, "Thử", False)


def test_nothing_begun_is_nothing_to_publish(admin, code):
    with pytest.raises(Refused, match="Chưa có thay đổi nào"):
        publish(admin, code)


def test_draft_that_does_not_hang_together_is_not_published(admin, code):
    working = working_on(admin, code)
    change_draft(working.form, Step(without_field(working.content, "way"), "xóa.", working.token), by=admin, at=AT)

    with pytest.raises(Refused, match="chưa dùng được"):
        publish(admin, code)
    assert (working_on(admin, code).outcomes, DeclarationVersion.objects.count()) == (None, 1)


def test_draft_that_fails_a_test_is_not_published(admin, code):
    working = working_on(admin, code)
    test = recorded(working.content, "Tại quầy", {"way": "desk", "person": {"full_name": "Lan"}}, TODAY)
    more = replace(working.content.fields["amount"], need=Need.REQUIRED)
    content = replace(with_field(working.content, more, "first"), tests=(test,))
    change_draft(working.form, Step(content, "sửa.", working.token), by=admin, at=AT)

    with pytest.raises(Refused, match="không qua được bài kiểm tra"):
        publish(admin, code)
    assert (working_on(admin, code).failing, working_on(admin, code).may_publish) == (1, False)


def test_version_begins_tomorrow_at_the_earliest_and_the_draft_stays(admin, code):
    retitled(admin, code)

    with pytest.raises(Refused, match="sớm nhất từ ngày mai"):
        publish(admin, code, valid_from=TODAY)
    assert working_on(admin, code).is_begun


def test_undoing_goes_back_step_by_step(admin, code):
    retitled(admin, code, "Một")
    working = retitled(admin, code, "Hai")

    said = undo_change(working.form, token=working.token, by=admin, at=AT)

    assert (said, working_on(admin, code).content.title) == ("đổi tên thành Hai.", "Một")


def test_discarded_draft_leaves_what_is_in_use(admin, code):
    working = retitled(admin, code)

    assert discard_draft(working.form, token=working.token, by=admin, at=AT) is True
    assert working_on(admin, code).content.title == "Tờ khai thử"


# ---- two at once -------------------------------------------------------------------------------------------
def test_second_of_two_is_told_who_was_quicker_and_nothing_is_lost(admin, code):
    other, token = StaffFactory(superuser=True, full_name="Lê Thị Mai"), working_on(admin, code).token
    retitled(other, code, "Của Mai")

    with pytest.raises(Stale, match="đổi tên thành Của Mai"):
        retitled(admin, code, "Của tôi", token=token)
    assert working_on(admin, code).content.title == "Của Mai"


@pytest.mark.parametrize("act", [undo_change, discard_draft])
def test_nobody_undoes_or_discards_what_they_have_not_seen(admin, code, act):
    token = retitled(admin, code, "Một").token
    working = retitled(admin, code, "Hai")

    with pytest.raises(Stale):
        act(working.form, token=token, by=admin, at=AT)
    with pytest.raises(Stale):
        publish(admin, code, token=token)
    assert working_on(admin, code).content.title == "Hai"


def test_draft_knows_that_a_file_overtook_it(admin, code):
    retitled(admin, code)
    procedure = working_on(admin, code).form.procedure
    told = {"procedure": procedure.code, "content": small_content(title="Từ tệp")}
    import_form(told, valid_from=TOMORROW, by=admin, at=AT)

    working = working_on(admin, code)

    assert (working.is_overtaken, working.content.title) == (True, "Tờ khai mới")
    assert [change.text for change in working.changes] == ["Phần đầu: tên."]


# ---- a new form --------------------------------------------------------------------------------------------
def test_new_form_is_seen_by_nobody_before_it_is_published(admin):
    procedure = ProcedureFactory(name="Đăng ký nuôi con nuôi")
    begin_form(procedure, by=admin, at=AT)

    assert version_for(procedure, on=TOMORROW) is None
    assert [(card.last, card.draft.by) for card in forms_for(admin)] == [(None, str(admin))]
    assert publish(admin, procedure.code, valid_from=TODAY).number == 1
    assert version_for(procedure, on=TODAY).content.title == "Tờ khai đăng ký nuôi con nuôi"


def test_first_step_of_a_new_form_is_not_undone_but_the_form_can_be_given_up(admin):
    procedure = ProcedureFactory()
    form = begin_form(procedure, by=admin, at=AT)
    token = working_on(admin, procedure.code).token

    with pytest.raises(Refused, match="bước đầu"):
        undo_change(form, token=token, by=admin, at=AT)
    assert discard_draft(form, token=token, by=admin, at=AT) is False
    assert (DeclarationForm.objects.count(), DraftStep.objects.count()) == (0, 0)


def test_procedure_has_one_form(admin, code):
    procedure = working_on(admin, code).form.procedure

    with pytest.raises(Refused, match="đã có tờ khai"):
        begin_form(procedure, by=admin, at=AT)


def test_only_procedures_without_a_form_are_found(admin, code):
    free = ProcedureFactory(name="Nhận nuôi con nuôi", is_active=True)

    assert [one.pk for one in procedures_without_form(admin, "con nuôi")] == [free.pk]
    assert procedures_without_form(admin, "") == []


# ---- others ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("role", [Role.UNIT_ADMIN, Role.LEADER])
def test_others_neither_see_nor_change_a_draft(admin, code, role):
    other, working = StaffFactory(roles=[role]), retitled(admin, code)
    acts = [
        lambda: working_on(other, code),
        lambda: procedures_without_form(other, "x"),
        lambda: begin_form(ProcedureFactory(), by=other, at=AT),
        lambda: change_draft(working.form, Step(working.content, "x", working.token), by=other, at=AT),
        lambda: undo_change(working.form, token=working.token, by=other, at=AT),
        lambda: discard_draft(working.form, token=working.token, by=other, at=AT),
        lambda: publish(other, code),
    ]

    for act in acts:
        with pytest.raises(Refused, match="chỉ quản trị hệ thống hoặc quản trị tỉnh"):
            act()


@pytest.mark.parametrize("steps", [1, 3])
def test_editor_takes_the_same_statements_for_any_number_of_steps(admin, code, steps, django_assert_num_queries):
    for number in range(steps):
        retitled(admin, code, f"Lần {number}")

    with django_assert_num_queries(4):
        working_on(admin, code)


def test_exported_form_does_not_carry_the_draft(admin, code):
    retitled(admin, code)

    assert exported(DeclarationVersion.objects.get())["content"]["title"] == "Tờ khai thử"

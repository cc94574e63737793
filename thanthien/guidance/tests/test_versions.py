"""A flow keeps what it was: versions, what changed, the way back; its place among the others and its picture."""

from datetime import datetime
from importlib import import_module
from zoneinfo import ZoneInfo

import pytest
from django.apps import apps
from django.urls import reverse

from thanthien.core.drafts import draft_of
from thanthien.core.idempotency import new_key
from thanthien.core.rules import Refused
from thanthien.guidance import actions
from thanthien.guidance.factories import FlowFactory, small_flow
from thanthien.guidance.models import Flow, FlowVersion
from thanthien.guidance.queries import flows, versions_of, working_on
from thanthien.guidance.rules import draft_from
from thanthien.organisation.factories import StaffFactory

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 9, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


@pytest.fixture
def staff():
    return StaffFactory(superuser=True, full_name="Trần Quản Trị")


@pytest.fixture
def editor(client, staff):
    client.force_login(staff)
    return client


def address(name, *args):
    return reverse(f"guidance:{name}", args=args)


def working_token(flow):
    return draft_of(flow.subject, base=flow.base).token


def publish(code, staff, **more):
    """Another content in use: what an administrator changed and brought into use."""
    working = working_on(staff, code)
    step = actions.Step(draft_from(small_flow(**more)), "sửa.", working.token)
    actions.change_draft(working.flow, step, by=staff, at=AT)
    actions.publish_draft(working.flow, token=working_on(staff, code).token, by=staff, at=AT)


def bring(raw, staff):
    return actions.import_flow({"format": 1, "code": "thu", "flow": raw}, by=staff, at=AT)


def test_each_content_in_use_is_a_version_with_what_it_changed(staff):
    bring(small_flow(), staff)
    publish("thu", staff, title="Tên mới", icon="shop")

    new, first = versions_of(working_on(staff, "thu"))

    assert [(one.number, one.by, one.is_in_use) for one in (new, first)] == [
        (2, str(staff), True), (1, str(staff), False),
    ]  # fmt: skip
    assert [one.text for one in new.changes] == ["Đổi tên, lời dẫn hoặc việc của đời người.", "Đổi hình bên cạnh tên."]
    assert [one.text for one in first.changes] == ["Luồng mới."]


def test_same_content_brought_again_is_no_version(staff):
    bring(small_flow(), staff)
    bring(small_flow(), staff)

    assert FlowVersion.objects.count() == 1


def test_built_in_flows_begin_with_their_first_version():
    count = actions.load_starting_flows(by="hệ thống", at=AT)

    assert set(FlowVersion.objects.values_list("number", flat=True)) == {1}
    assert FlowVersion.objects.count() == count == 6


def test_flows_that_were_in_use_before_get_their_first_version():
    FlowFactory(code="cu")
    FlowFactory(code="moi", content={})

    import_module("thanthien.guidance.migrations.0003_first_versions").keep_what_is_in_use(apps, None)

    assert list(FlowVersion.objects.values_list("flow__code", "number")) == [("cu", 1)]


def test_earlier_version_comes_back_as_a_draft_and_into_use(editor, staff):
    bring(small_flow(), staff)
    publish("thu", staff, title="Tên mới")
    token = working_on(staff, "thu").token

    page = editor.get(address("versions", "thu")).content.decode()
    answer = editor.post(
        address("act", "thu"), {"do": "return 1", "page": "publish", "token": token, "idempotency_key": new_key()}
    )
    working = working_on(staff, "thu")
    actions.publish_draft(working.flow, token=working.token, by=staff, at=AT)

    assert (page.count("Quay lại phiên bản này"), "Đổi tên, lời dẫn" in page) == (1, True)
    assert answer.headers["Location"] == address("publish", "thu")
    assert (working.content.title, working.draft.undoes) == ("Luồng thử", "quay lại phiên bản 1.")
    assert [one.content["title"] for one in FlowVersion.objects.all()] == ["Luồng thử", "Tên mới", "Luồng thử"]


def test_flow_that_was_never_in_use_has_no_version(editor, staff):
    flow = FlowFactory(code="thu", content={})
    actions.change_draft(flow, actions.Step(draft_from(small_flow()), "sửa.", working_token(flow)), by=staff, at=AT)

    page = editor.get(address("versions", "thu")).content.decode()

    assert "Chưa có phiên bản nào" in page


@pytest.mark.parametrize("order", ["return 9", "return x", "return", "return ١"])
def test_version_that_is_not_there_changes_nothing(editor, staff, order):
    bring(small_flow(), staff)
    token = working_on(staff, "thu").token

    editor.post(address("act", "thu"), {"do": order, "page": "versions", "token": token, "idempotency_key": new_key()})

    assert not working_on(staff, "thu").is_begun


def test_version_in_an_older_shape_is_shown_but_cannot_come_back(editor, staff):
    flow = bring(small_flow(), staff)
    FlowVersion.objects.filter(flow=flow).update(content={"shape": "old"})

    page = editor.get(address("versions", "thu")).content.decode()

    assert ("do bản phần mềm cũ ghi" in page, "Quay lại phiên bản này" in page) == (True, False)
    with pytest.raises(Refused, match="phần mềm cũ"):
        actions.return_to_version(flow, 1, token="", by=staff, at=AT)


@pytest.mark.parametrize("count", [1, 3])
def test_list_of_versions_takes_the_same_statements_for_any_number(editor, staff, count, django_assert_num_queries):
    bring(small_flow(), staff)
    for number in range(count):
        publish("thu", staff, title=f"Lần {number}")
    editor.get(address("versions", "thu"))

    with django_assert_num_queries(7):
        editor.get(address("versions", "thu"))


def test_old_address_still_leads_somewhere_after_its_answers_are_gone(client, staff):
    bring(small_flow(), staff)
    other = {"code": "kind", "text": "Việc gì?", "answers": [{"code": "c", "label": "C"}]}
    outcome = {"procedure": "8.1", "why": "vì c"}
    bring(small_flow(questions=[other], outcomes=[outcome]), staff)

    answer = client.get(address("flow", "thu") + "?kind=a&more=yes")

    assert answer.status_code == 200
    assert "Việc gì?" in answer.content.decode()


# ---- the place and the picture -------------------------------------------------------------------------------
def test_flow_is_moved_in_the_list_of_citizens(editor):
    for code in ("mot", "hai", "ba"):
        FlowFactory(code=code)
    order = [one.code for one in flows()]

    editor.post(address("show", order[2]), {"move": "up", "idempotency_key": new_key()})
    editor.post(address("show", order[0]), {"move": "down", "idempotency_key": new_key()})
    moved = [one.code for one in flows()]
    refused = editor.post(address("show", moved[0]), {"move": "up", "idempotency_key": new_key()})

    assert moved == [order[2], order[0], order[1]]
    assert (refused.status_code, "đã ở đầu hoặc cuối danh sách" in refused.content.decode()) == (403, True)
    assert set(Flow.objects.values_list("is_shown", flat=True)) == {True}


def test_who_may_not_manage_moves_nothing():
    flow = FlowFactory()

    with pytest.raises(Refused, match="chỉ quản trị"):
        actions.move_flow(flow, is_up=True, by=StaffFactory(), at=AT)


def test_picture_is_chosen_and_one_from_a_file_stays(editor, staff):
    bring(small_flow(icon="rocket"), staff)
    told = {"title": "Luồng thử", "lead": "", "life_event": "other", "idempotency_key": new_key()}

    page = editor.get(address("frame", "thu")).content.decode()
    editor.post(address("frame", "thu"), told | {"icon": "shop", "token": working_on(staff, "thu").token})
    chosen = working_on(staff, "thu").content.icon
    wrong = editor.post(address("frame", "thu"), told | {"icon": "<b>", "token": "", "idempotency_key": new_key()})

    assert '<option value="rocket" selected>' in page
    assert (chosen, wrong.status_code) == ("shop", 422)

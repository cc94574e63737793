"""The editor of a flow: its pages and steps, who may, two at once, and that citizens see nothing before it is used."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from thanthien.core.drafts import Stale
from thanthien.core.idempotency import new_key
from thanthien.core.models import DraftStep
from thanthien.core.rules import Refused
from thanthien.guidance import actions, rules
from thanthien.guidance.factories import FlowFactory, small_flow
from thanthien.guidance.models import Flow
from thanthien.guidance.queries import fault_lines, flow_for, flows, working_on
from thanthien.guidance.tests.test_flows import BUILT_IN
from thanthien.organisation.enums import Role
from thanthien.organisation.factories import StaffFactory
from thanthien.procedures.enums import LifeEvent
from thanthien.procedures.factories import ProcedureFactory, ProcedureVersionFactory

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 9, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


@pytest.fixture
def staff():
    return StaffFactory(superuser=True, full_name="Trần Quản Trị")


@pytest.fixture
def editor(client, staff):
    client.force_login(staff)
    return client


@pytest.fixture
def code():
    return FlowFactory(code="thu").code


def address(name, *args):
    return reverse(f"guidance:{name}", args=args)


def send(editor, staff, name, code, *args, query="", **told):
    token = told.pop("token", None) or working_on(staff, code).token
    return editor.post(address(name, code, *args) + query, {"token": token, "idempotency_key": new_key()} | told)


def content_of(staff, code):
    return working_on(staff, code).content


def text_of(answer):
    return answer.content.decode()


QUESTION = {"text": " Có  giấy chưa? ", "help": "", "answer-0-label": "Có rồi", "answer-1-label": "Chưa",
            "answer-1-help": "không sao"}  # fmt: skip


# ---- questions, procedures, advice -------------------------------------------------------------------------
def test_question_is_added_after_an_answer(editor, staff, code):
    page = editor.get(address("add_question", code), {"sau": "kind.b"})
    answer = send(editor, staff, "add_question", code, **QUESTION, **{"when-kind": ["b"]})

    question = content_of(staff, code).questions[2]
    assert page.context["form"]["when-kind"].value() == ["b"]
    assert (answer.status_code, question.code, question.text) == (302, "co_giay_chua", "Có giấy chưa?")
    assert [(one.code, one.label, one.help) for one in question.answers] == [
        ("co_roi", "Có rồi", ""), ("chua", "Chưa", "không sao"),
    ]  # fmt: skip
    assert [(when.question, when.answers) for when in question.when] == [("kind", ("b",))]


def test_reworded_answer_keeps_what_it_leads_to(editor, staff, code):
    told = {"text": "Việc gì?", "help": "", "answer-0-label": "Việc A", "answer-1-label": "B"}

    send(editor, staff, "change_question", code, "kind", **told)

    assert [one.code for one in content_of(staff, code).questions[0].answers] == ["a", "b"]
    assert not working_on(staff, code).faults


@pytest.mark.parametrize("code", sorted(BUILT_IN))
def test_pages_of_a_built_in_flow_sent_as_they_are_change_nothing(editor, staff, code):
    flow = rules.flow_from(BUILT_IN[code])
    FlowFactory(code=code, content=BUILT_IN[code])
    pages = [("change_question", [question.code]) for question in flow.questions] + [("frame", [])]
    pages += [("outcome", [place]) for place in range(1, len(flow.outcomes) + 1)]
    pages += [("advice", [place]) for place in range(1, len(flow.advice) + 1)]

    for name, args in pages:
        form = editor.get(address(name, code, *args)).context["form"]
        told = {field: form[field].value() for field in form.fields}
        answer = send(editor, staff, name, code, *args, **{k: v for k, v in told.items() if v is not None})
        assert (name, args, answer.status_code) == (name, args, 302)

    assert content_of(staff, code) == flow


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"text": ""}, ""),
        ({"answer-1-label": " "}, "Câu hỏi phải có ít nhất hai câu trả lời"),
        ({"answer-1-label": "x" * 301}, ""),
        ({"when-kind": ["z"]}, ""),
    ],
)
def test_wrong_question_is_told_and_nothing_typed_is_lost(editor, staff, code, told, words):
    answer = send(editor, staff, "add_question", code, **QUESTION | {"help": "Giữ lại tôi"} | told)

    assert (answer.status_code, "field-error" in text_of(answer), "Giữ lại tôi" in text_of(answer)) == (422, True, True)
    assert words in text_of(answer)
    assert not working_on(staff, code).is_begun


def test_another_row_is_brought_without_judging(editor, staff, code):
    answer = send(editor, staff, "add_question", code, text="", help="", more="answer", **{"answer-1-label": "Chưa"})

    assert (answer.status_code, 'name="answer-2-label"' in text_of(answer)) == (200, True)
    assert ('value="Chưa"' in text_of(answer), "field-error" in text_of(answer)) == (True, False)


def test_procedure_is_found_by_code_or_words_and_chosen_when_several_fit(editor, staff, code):
    for number in (1, 2):
        ProcedureFactory(code=f"9.{number}", name=f"Đăng ký nuôi con nuôi {number}", is_active=True)

    many = send(editor, staff, "outcome", code, 0, procedure="con nuoi", why="Giữ lại tôi")
    one = send(editor, staff, "outcome", code, 0, procedure="con nuôi 2", why="vì thế", **{"when-kind": ["b"]})
    by_code = send(editor, staff, "outcome", code, 1, procedure="9.1", why="vì thế")
    none = send(editor, staff, "outcome", code, 0, procedure="máy bay", why="x")

    assert ('<option value="9.1">' in text_of(many), "Giữ lại tôi" in text_of(many)) == (True, True)
    assert [answer.status_code for answer in (many, one, by_code, none)] == [422, 302, 302, 422]
    assert [outcome.procedure for outcome in content_of(staff, code).outcomes] == ["9.1", "8.1", "8.2", "9.2"]


def test_advice_is_added_changed_and_removed(editor, staff, code):
    send(editor, staff, "advice", code, 0, text="Đến sớm.", **{"when-more": ["no"]})
    send(editor, staff, "advice", code, 1, text="Mang bút xanh.")
    send(editor, staff, "act", code, do="remove advice:2", page="endings")

    assert [one.text for one in content_of(staff, code).advice] == ["Mang bút xanh."]


def test_page_of_endings_shows_procedures_and_advice_with_their_conditions(editor, code):
    page = text_of(editor.get(address("endings", code)))

    assert ["Nhớ mang bút." in page, "vì thêm" in page, page.count('value="remove advice:')] == [True, True, 1]
    assert "khi «Thêm?» trả lời «Có»" in page


def test_name_and_lead_are_changed(editor, staff, code):
    wrong = send(editor, staff, "frame", code, title="", lead="Giữ", life_event="other")
    send(editor, staff, "frame", code, title="Đi học", lead="Vài câu", life_event="study")

    flow = content_of(staff, code)
    assert (wrong.status_code, "Giữ" in text_of(wrong)) == (422, True)
    assert (flow.title, flow.lead, flow.life_event) == ("Đi học", "Vài câu", LifeEvent.STUDY)


# ---- pages -------------------------------------------------------------------------------------------------
def test_outline_says_where_each_answer_leads_and_what_is_wrong(editor, staff, code):
    ProcedureVersionFactory(procedure=ProcedureFactory(code="8.1", name="Khai sinh"), name="Khai sinh")

    page = text_of(editor.get(address("edit", code)))

    assert ["hỏi tiếp: Thêm?" in page, "Khai sinh" in page, "8.2" in page] == [True] * 3
    assert "không có trong danh mục thủ tục." in page


def test_faults_name_loops_and_unknown_procedures(staff):
    waits = [{"question": "more", "answers": ["yes"]}]
    content = small_flow()
    content["questions"][0]["when"] = waits
    FlowFactory(code="vong", content=small_flow())
    working = working_on(staff, "vong")
    step = actions.Step(rules.draft_from(content), "x.", working.token)
    actions.change_draft(working.flow, step, by=staff, at=AT)

    found = [(fault.where, fault.text, fault.blocks) for fault in fault_lines(working_on(staff, "vong"))]

    assert found[0] == ("Việc gì?", "vòng lặp: câu này chờ «Thêm?», mà câu ấy lại chờ câu này.", True)
    assert ("8.1", "không có trong danh mục thủ tục.", False) in found


@pytest.mark.parametrize("name", ["edit", "frame", "add_question", "endings", "tree", "try", "tests", "publish"])
def test_each_page_opens_also_when_nothing_is_left(editor, staff, code, name):
    for order in ("remove question:1", "remove question:1", "remove outcome:1", "remove outcome:1", "remove outcome:1"):
        send(editor, staff, "act", code, do=order)

    assert editor.get(address(name, code)).status_code == 200


@pytest.mark.parametrize(("name", "args"), [("change_question", ["x"]), ("outcome", [9]), ("advice", [9])])
def test_thing_that_is_not_there_is_404(editor, code, name, args):
    assert editor.get(address(name, code, *args)).status_code == 404
    assert editor.get(address("edit", "khong-co")).status_code == 404


def test_draft_is_walked_and_kept_as_a_test(editor, staff, code):
    send(editor, staff, "frame", code, title="Mới", lead="", life_event="other")

    first = editor.get(address("try", code))
    end = editor.get(address("try", code), {"kind": "a", "more": "no"})
    wrong = send(editor, staff, "try", code, query="?kind=a&more=no", test_name=" ")
    answer = send(editor, staff, "try", code, query="?kind=a&more=no", test_name="Chỉ A")

    assert ('href="?kind=a"' in text_of(first), "Nhớ mang bút." in text_of(end)) == (True, True)
    assert (wrong.status_code, answer.status_code) == (422, 302)
    assert [(test.name, test.procedures) for test in content_of(staff, code).tests] == [("Chỉ A", ("8.1",))]


def test_draft_comes_into_use_with_what_changed_told_before(editor, staff, code):
    send(editor, staff, "act", code, do="remove advice:1")

    page = text_of(editor.get(address("publish", code)))
    before = flow_for(code).content
    answer = send(editor, staff, "publish", code)

    assert ("Bỏ – Lời dặn «Nhớ mang bút.»." in page, len(before.advice), answer.status_code) == (True, 1, 302)
    assert (flow_for(code).content.advice, working_on(staff, code).is_begun) == ((), False)


@pytest.mark.parametrize("order", ["remove outcome:1", "remove question:1"])
def test_draft_that_fails_comes_not_into_use(editor, staff, order):
    tests = [{"name": "A", "answers": {"kind": "b"}, "asked": ["kind"], "procedures": ["8.1"]}]
    outcomes = [{"procedure": "8.1", "why": "x"}, {"procedure": "8.2", "why": "x",
                "when": [{"question": "kind", "answers": ["a"]}]}]  # fmt: skip
    FlowFactory(code="thu", content=small_flow(tests=tests, outcomes=outcomes))
    send(editor, staff, "act", "thu", do=order)

    answer = send(editor, staff, "publish", "thu")

    assert (answer.status_code, flow_for("thu").content.tests[0].name) == (422, "A")
    assert len(flow_for("thu").content.outcomes) == 2


def test_removed_question_comes_back_by_undo(editor, staff, code):
    send(editor, staff, "act", code, do="remove question:2")
    send(editor, staff, "act", code, do="undo")

    assert [one.code for one in content_of(staff, code).questions] == ["kind", "more"]


# ---- a new flow --------------------------------------------------------------------------------------------
def test_new_flow_is_seen_by_nobody_before_it_is_used(editor, staff, client):
    ProcedureFactory(code="8.5", is_active=True)
    answer = editor.post(address("begin"), {"title": "Đi học", "life_event": "study", "idempotency_key": new_key()})

    flow = Flow.objects.get()
    assert (answer.url, flow.code, flows()) == (address("edit", "di_hoc"), "di_hoc", [])
    assert client.get(address("flow", "di_hoc")).status_code == 404
    assert client.get(address("export", "di_hoc")).status_code == 403
    assert editor.post(address("show", "di_hoc"), {"shown": "1", "idempotency_key": new_key()}).status_code == 403
    assert "chưa đưa ra dùng" in text_of(editor.get(address("manage")))

    send(editor, staff, "outcome", "di_hoc", 0, procedure="8.5", why="vì thế")
    send(editor, staff, "publish", "di_hoc")

    assert [card.code for card in flows()] == ["di_hoc"]


def test_new_flow_wants_a_name_and_an_own_one(editor, staff):
    FlowFactory(code="di_hoc")
    empty = editor.post(address("begin"), {"title": " ", "life_event": "study", "idempotency_key": new_key()})

    second = actions.begin_flow("Đi học", LifeEvent.STUDY, by=staff, at=AT)

    assert (empty.status_code, second.code) == (422, "di_hoc_2")


def test_name_of_invisible_letters_is_refused(editor, staff, code):
    new = editor.post(address("begin"), {"title": "\u200b", "life_event": "study", "idempotency_key": new_key()})
    old = send(editor, staff, "frame", code, title="\u200b", lead="", life_event="other")

    assert (new.status_code, old.status_code, Flow.objects.count()) == (422, 422, 1)
    assert not working_on(staff, code).is_begun


def test_first_step_of_a_new_flow_is_not_undone_but_it_can_be_given_up(staff):
    flow = actions.begin_flow("Đi học", LifeEvent.STUDY, by=staff, at=AT)
    token = working_on(staff, flow.code).token

    with pytest.raises(Refused, match="bước đầu"):
        actions.undo_change(flow, token=token, by=staff, at=AT)
    assert actions.discard_draft(flow, token=token, by=staff, at=AT) is False
    assert (Flow.objects.count(), DraftStep.objects.count()) == (0, 0)


# ---- two at once, others -----------------------------------------------------------------------------------
def test_second_of_two_keeps_what_they_typed(editor, staff, code):
    old = working_on(staff, code).token
    send(editor, staff, "act", code, do="remove advice:1")

    late = send(editor, staff, "add_question", code, **QUESTION, token=old)
    again = send(editor, staff, "add_question", code, **QUESTION, token=late.context["working"].token)

    assert (late.status_code, "xóa «Nhớ mang bút.»" in text_of(late), again.status_code) == (422, True, 302)
    assert (len(content_of(staff, code).advice), len(content_of(staff, code).questions)) == (0, 3)


def test_nobody_undoes_discards_or_publishes_what_they_have_not_seen(editor, staff, code):
    old = working_on(staff, code).token
    send(editor, staff, "act", code, do="remove advice:1")
    flow = working_on(staff, code).flow

    for act in (actions.undo_change, actions.discard_draft, actions.publish_draft):
        with pytest.raises(Stale):
            act(flow, token=old, by=staff, at=AT)


def test_draft_knows_that_a_file_overtook_it(editor, staff, code):
    send(editor, staff, "act", code, do="remove advice:1")
    actions.import_flow({"code": code, "flow": small_flow(title="Từ tệp")}, by=staff, at=AT)

    assert working_on(staff, code).is_overtaken
    assert "nhận lại từ tệp" in text_of(editor.get(address("edit", code)))


def test_discarding_leaves_what_is_in_use(editor, staff, code):
    send(editor, staff, "act", code, do="remove advice:1")
    send(editor, staff, "act", code, do="discard")

    assert (working_on(staff, code).is_begun, len(flow_for(code).content.advice)) == (False, 1)


@pytest.mark.parametrize("role", [Role.UNIT_ADMIN, Role.LEADER])
def test_others_neither_see_nor_change_a_draft(staff, code, role):
    other, working = StaffFactory(roles=[role]), working_on(staff, code)
    told = {"token": working.token, "by": other, "at": AT}
    acts = [
        lambda: working_on(other, code),
        lambda: actions.begin_flow("x", LifeEvent.OTHER, by=other, at=AT),
        lambda: actions.change_draft(working.flow, actions.Step(working.content, "x", working.token), by=other, at=AT),
        lambda: actions.undo_change(working.flow, **told),
        lambda: actions.discard_draft(working.flow, **told),
        lambda: actions.publish_draft(working.flow, **told),
    ]

    for act in acts:
        with pytest.raises(Refused, match="chỉ quản trị hệ thống hoặc quản trị tỉnh"):
            act()


@pytest.mark.parametrize("count", [1, 3])
def test_outline_takes_the_same_statements_for_any_number_of_steps(
    editor, staff, code, count, django_assert_num_queries
):
    for number in range(count):
        send(editor, staff, "frame", code, title=f"Lần {number}", lead="", life_event="other")
    editor.get(address("edit", code))

    with django_assert_num_queries(STATEMENTS):
        editor.get(address("edit", code))


STATEMENTS = 9

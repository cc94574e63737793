"""Changing a flow piece by piece; where its answers lead; what is never reached."""

from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thanthien.core.rules import Refused
from thanthien.guidance import rules
from thanthien.guidance.factories import small_flow
from thanthien.guidance.rules.content import Answer, Outcome, Question, When
from thanthien.guidance.rules.editing import carried_out, first_flow, with_item, with_question, with_test
from thanthien.guidance.rules.reaching import Node, leads, tree, unreached, waits_in_vain, ways
from thanthien.guidance.rules.telling import changes, when_words
from thanthien.guidance.tests.test_flows import BUILT_IN
from thanthien.procedures.enums import LifeEvent

SMALL = rules.flow_from(small_flow())
YES_NO = (Answer(code="yes", label="Có"), Answer(code="no", label="Không"))


def question(code, *when, answers=YES_NO):
    waits = tuple(When(question=name, answers=("yes",)) for name in when)
    return Question(code=code, text=f"{code.upper()}?", answers=answers, when=waits)


# ---- steps -------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("order", "said"),
    [
        ("down question:1", "chuyển «Việc gì?»."),
        ("up outcome:2", "chuyển «vì mọi điều»."),
        ("remove question:2", "xóa «Thêm?»."),
        ("remove outcome:1", "xóa «vì a»."),
        ("remove advice:1", "xóa «Nhớ mang bút.»."),
        ("record failing:all", "ghi lại 0 bài kiểm tra."),
    ],
)
def test_each_button_says_what_it_did(order, said):
    assert carried_out(SMALL, order)[1] == said


@pytest.mark.parametrize("order", ["", "x", "up question:", "up question:9", "up x:1", "up question:٣"])
def test_button_for_what_is_gone_is_refused(order):
    with pytest.raises(Refused):
        carried_out(SMALL, order)


STEPS = [f"{verb} {kind}:{place}" for verb in ("up", "down", "remove")
         for kind in ("question", "outcome", "advice", "test") for place in (1, 2, 3)]  # fmt: skip


@given(st.sampled_from(sorted(BUILT_IN)), st.lists(st.sampled_from(STEPS), max_size=10))
def test_after_any_steps_the_flow_can_still_be_walked_and_kept(code, steps):
    flow = rules.flow_from(BUILT_IN[code])
    for order in steps:
        with suppress(Refused):  # not there (any more)
            flow = carried_out(flow, order)[0]

    assert rules.draft_from(rules.flow_as_json(flow)) == flow
    found = ways(flow)
    assert found is not None
    list(unreached(flow, found)), list(waits_in_vain(flow)), leads(flow, found), rules.run_tests(flow)
    assert isinstance(tree(flow, {}), Node)


def test_question_is_put_in_its_place_and_a_new_one_at_the_end():
    reworded = replace(SMALL.questions[0], text="Việc nào?")

    assert [one.text for one in with_question(SMALL, reworded).questions] == ["Việc nào?", "Thêm?"]
    assert [one.code for one in with_question(SMALL, question("new")).questions] == ["kind", "more", "new"]


def test_item_is_changed_in_its_place_and_added_at_the_end():
    new = Outcome(procedure="8.9", why="x")

    assert [one.procedure for one in with_item(SMALL, "outcomes", 1, new).outcomes] == ["8.9", "8.1", "8.2"]
    assert [one.procedure for one in with_item(SMALL, "outcomes", 0, new).outcomes] == ["8.1", "8.1", "8.2", "8.9"]


def test_way_kept_as_a_test_tells_when_a_later_change_leads_elsewhere():
    flow = with_test(SMALL, rules.recorded(SMALL, "A và thêm", {"kind": "a", "more": "yes"}))

    changed, _said = carried_out(flow, "remove outcome:3")

    assert rules.broken(flow) == []
    assert rules.broken(changed) == ["A và thêm: ra thủ tục 8.1, lẽ ra 8.1, 8.2."]
    assert rules.broken(carried_out(changed, "record test:1")[0]) == []
    assert len(with_test(flow, rules.recorded(SMALL, "A và thêm", {})).tests) == 1


# ---- where it leads ----------------------------------------------------------------------------------------
def test_answers_say_what_comes_next_and_where_they_end():
    found = leads(SMALL, ways(SMALL))

    assert (found["kind", "a"].questions, found["kind", "a"].may_end) == (("Thêm?",), False)
    assert (found["kind", "b"].procedures, found["kind", "b"].may_end) == (("8.1",), True)
    assert found["more", "yes"].procedures == ("8.1", "8.2")


def test_tree_has_a_branch_for_each_answer_and_ends_in_procedures():
    node = tree(SMALL, {"8.1": "Khai sinh"})

    assert [label for label, _below in node.branches] == ["A", "B"]
    assert node.branches[1][1].procedures == (("8.1", "Khai sinh"),)


def test_too_many_ways_are_not_walked():
    many = replace(SMALL, questions=tuple(question(f"q{number}") for number in range(15)))

    assert ways(many) is None


@pytest.mark.parametrize("code", BUILT_IN)
def test_built_in_flow_has_nothing_that_is_never_reached(code):
    flow = rules.flow_from(BUILT_IN[code])

    assert list(waits_in_vain(flow)) == []
    assert list(unreached(flow, ways(flow))) == []


@pytest.mark.parametrize(
    ("questions", "found"),
    [
        ([question("a", "b"), question("b")], [("a", "chờ «B?» nhưng câu ấy đứng sau, nên không bao giờ được hỏi.")]),
        ([question("a", "b"), question("b", "a")],
         [("a", "vòng lặp: câu này chờ «B?», mà câu ấy lại chờ câu này.")]),
        ([question("a", "a")], [("a", "vòng lặp: câu này chờ «A?», mà câu ấy lại chờ câu này.")]),
        ([question("a", "gone")], [("a", "chờ một câu hỏi đã bị xóa.")]),
    ],
)  # fmt: skip
def test_question_that_waits_in_vain_is_named(questions, found):
    flow = replace(SMALL, questions=tuple(questions), outcomes=(), advice=())

    assert list(waits_in_vain(flow)) == found


def test_what_is_never_reached_and_dead_ends_are_named():
    never = (When(question="kind", answers=("b",)), When(question="more", answers=("yes",)))
    flow = replace(
        SMALL, questions=(*SMALL.questions, replace(question("last"), when=never)),
        outcomes=(replace(SMALL.outcomes[0], when=never),), advice=(replace(SMALL.advice[0], when=never),),
    )  # fmt: skip

    assert list(unreached(flow, ways(flow))) == [
        ("last", "không có cách trả lời nào dẫn đến câu hỏi này."),
        ("outcome:1", "không có cách trả lời nào dẫn đến thủ tục này."),
        ("advice:1", "không có cách trả lời nào dẫn đến lời dặn này."),
        ("", "ngõ cụt: Việc gì? B – không ra thủ tục hay lời dặn nào."),
        ("", "ngõ cụt: Việc gì? A → Thêm? Không – không ra thủ tục hay lời dặn nào."),
        ("", "ngõ cụt: Việc gì? A → Thêm? Có – không ra thủ tục hay lời dặn nào."),
    ]


def test_many_dead_ends_are_counted():
    flow = replace(SMALL, questions=tuple(question(code) for code in "abc"), outcomes=(), advice=())

    assert list(unreached(flow, ways(flow)))[-1] == ("", "còn 3 ngõ cụt nữa.")


# ---- in words ----------------------------------------------------------------------------------------------
def test_conditions_are_told_in_words():
    both = (When(question="kind", answers=("a", "b")), When(question="more", answers=("yes",)))

    assert when_words(SMALL, both) == "«Việc gì?» trả lời «A» hoặc «B» và «Thêm?» trả lời «Có»"
    assert when_words(SMALL, ()) == ""


def test_what_changed_is_told_by_name():
    after = with_question(SMALL, replace(SMALL.questions[0], text="Việc nào?"))
    after = with_item(carried_out(after, "remove advice:1")[0], "outcomes", 0, Outcome(procedure="8.9", why="x"))
    after = replace(carried_out(after, "down question:1")[0], title="Khác")

    assert [one.text for one in changes(SMALL, after)] == [
        "Đổi tên, lời dẫn hoặc việc của đời người.",
        "Sửa – Câu hỏi «Việc nào?».",
        "Thêm – Thủ tục «8.9».",
        "Bỏ – Lời dặn «Nhớ mang bút.».",
        "Đổi thứ tự các câu hỏi.",
    ]
    assert changes(SMALL, SMALL) == []
    assert [one.text for one in changes(None, SMALL)] == ["Luồng mới."]


def test_new_flow_still_wants_a_procedure():
    flow = first_flow("Đi học", LifeEvent.STUDY)

    assert [str(fault) for fault in rules.faults_of(flow)] == [
        "questions: luồng phải có ít nhất một câu hỏi và một thủ tục."
    ]

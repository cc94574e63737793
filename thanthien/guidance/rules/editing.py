"""Changing a flow piece by piece, as the editor does. Pure: each gives a new flow, which may not hang together yet.
Questions have codes that nobody sees; what a flow ends in, advice and tests are named by their place, from 1."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from thanthien.core.reading import code_from
from thanthien.core.rules import Refused
from thanthien.guidance.rules.content import Answer, FlowContent, FlowTest, Question
from thanthien.guidance.rules.walking import recorded, run_tests
from thanthien.procedures.enums import LifeEvent

Done = tuple[FlowContent, str]


def first_flow(title: str, life_event: LifeEvent) -> FlowContent:
    """What a new flow begins with: a question to be worded."""
    answers = (Answer(code="co", label="Có"), Answer(code="khong", label="Không"))
    question = Question(code="cau_1", text="Ông/bà cần làm việc gì?", answers=answers)
    return FlowContent(title=title, life_event=life_event, questions=(question,), outcomes=())


def new_question_code(flow: FlowContent, text: str) -> str:
    return code_from(text, [question.code for question in flow.questions], "cau")


def with_question(flow: FlowContent, question: Question) -> FlowContent:
    """In the place of the one of its code; a new one comes last."""
    codes = [one.code for one in flow.questions]
    if question.code in codes:
        return replace(flow, questions=tuple(question if one.code == question.code else one for one in flow.questions))
    return replace(flow, questions=(*flow.questions, question))


def with_item(flow: FlowContent, kind: str, place: int, item: Any) -> FlowContent:
    """`kind` is "outcomes", "advice" or "tests"; place 0 adds a new one at the end."""
    items = list(getattr(flow, kind))
    items[place - 1 : place] = [item]
    return _with(flow, kind, items if place else [*getattr(flow, kind), item])


def with_test(flow: FlowContent, test: FlowTest) -> FlowContent:
    names = [one.name for one in flow.tests]
    return with_item(flow, "tests", names.index(test.name) + 1 if test.name in names else 0, test)


# ---- what the buttons do -------------------------------------------------------------------------------------
def carried_out(flow: FlowContent, order: str) -> Done:
    """`order` is a verb and what it is about: "up question:2". Raises `Refused` when there is no such (any more)."""
    verb, _space, thing = order.partition(" ")
    kind, _colon, place = thing.partition(":")
    if verb == "record" and kind == "failing":
        return _record_failing(flow)
    if verb not in VERBS or kind not in KINDS:
        raise Refused(_("Trang này đã cũ hoặc gửi thiếu. Ông/bà vui lòng mở lại trang và thử lần nữa."))
    items = getattr(flow, KINDS[kind])
    if not (place.isascii() and place.isdigit() and 0 < int(place[:6]) <= len(items)):
        raise Refused(_("Mục này không còn trong bản đang soạn. Xin xem lại."))
    return VERBS[verb](flow, kind, int(place))


def _move(step: int) -> Callable[[FlowContent, str, int], Done]:
    def move(flow: FlowContent, kind: str, place: int) -> Done:
        items = list(getattr(flow, KINDS[kind]))
        item = items[place - 1]
        if 0 <= place - 1 + step < len(items):
            items.insert(place - 1 + step, items.pop(place - 1))
        return _with(flow, KINDS[kind], items), _("chuyển «%(words)s».") % {"words": _words(item)}

    return move


def _remove(flow: FlowContent, kind: str, place: int) -> Done:
    items = list(getattr(flow, KINDS[kind]))
    item = items.pop(place - 1)
    return _with(flow, KINDS[kind], items), _("xóa «%(words)s».") % {"words": _words(item)}


def _record(flow: FlowContent, kind: str, place: int) -> Done:
    test = flow.tests[place - 1]
    said = _("ghi lại bài kiểm tra «%(words)s».") % {"words": test.name}
    return with_item(flow, "tests", place, recorded(flow, test.name, test.answers)), said


def _record_failing(flow: FlowContent) -> Done:
    failing = [place for place, outcome in enumerate(run_tests(flow), 1) if outcome.faults]
    for place in failing:
        flow = _record(flow, "test", place)[0]
    return flow, _("ghi lại %(count)s bài kiểm tra.") % {"count": len(failing)}


def _with(flow: FlowContent, kind: str, items: list[Any]) -> FlowContent:
    changed: FlowContent = replace(flow, **{kind: tuple(items)})
    return changed


def _words(item: Any) -> str:
    return str(next(getattr(item, name) for name in ("text", "why", "name") if hasattr(item, name)))[:120]


KINDS = {"question": "questions", "outcome": "outcomes", "advice": "advice", "test": "tests"}
VERBS: dict[str, Callable[[FlowContent, str, int], Done]] = {
    "up": _move(-1),
    "down": _move(1),
    "remove": _remove,
    "record": _record,
}

"""Where a flow leads: what each answer opens, which ways end in nothing, what can never be reached."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from django.utils.translation import gettext as _

from thanthien.guidance.rules.content import FlowContent, Question, When
from thanthien.guidance.rules.walking import advice, answered, every_end, next_question, outcomes

MOST_WAYS, MOST_NAMED = 2000, 5


@dataclass(frozen=True, kw_only=True)
class Node:
    """A question of the drawn overview; without one, an end: its procedures (code, name), and how many words of
    advice."""

    question: Question | None
    branches: "tuple[tuple[str, Node], ...]" = ()
    procedures: tuple[tuple[str, str], ...] = ()
    words: int = 0


def tree(flow: FlowContent, names: Mapping[str, str], answers: dict[str, str] | None = None) -> Node:
    """The whole flow as a tree. Only for a flow with few ways (`ways`)."""
    kept = answers or {}
    question = next_question(flow, kept)
    if question is None:
        codes = [outcome.procedure for outcome in outcomes(flow, kept)]
        found = tuple((code, names.get(code, "")) for code in codes)
        return Node(question=None, procedures=found, words=len(advice(flow, kept)))
    below = tuple((one.label, tree(flow, names, kept | {question.code: one.code})) for one in question.answers)
    return Node(question=question, branches=below)


def ways(flow: FlowContent) -> list[dict[str, str]] | None:
    """Every way through; None when there are too many to look at."""
    found = list(islice(every_end(flow), MOST_WAYS + 1))
    return found if len(found) <= MOST_WAYS else None


@dataclass(frozen=True, kw_only=True)
class Leads:
    """What comes after an answer, over all ways: next questions, and procedures where it may end."""

    questions: tuple[str, ...]
    procedures: tuple[str, ...]
    may_end: bool


def leads(flow: FlowContent, found: list[dict[str, str]]) -> dict[tuple[str, str], Leads]:
    """By code of the question and of the answer."""
    texts = {question.code: question.text for question in flow.questions}
    after: dict[tuple[str, str], dict[str, None]] = {}
    ends: dict[tuple[str, str], dict[str, None]] = {}
    for way in found:
        steps = list(way.items())
        for step, following in zip(steps, steps[1:], strict=False):
            after.setdefault(step, {})[texts[following[0]]] = None
        if steps:
            named = dict.fromkeys(outcome.procedure for outcome in outcomes(flow, way))
            ends.setdefault(steps[-1], {}).update(named)
    return {
        key: Leads(questions=tuple(after.get(key, ())), procedures=tuple(ends.get(key, ())), may_end=key in ends)
        for key in {**after, **ends}
    }


def waits_in_vain(flow: FlowContent) -> Iterator[tuple[str, str]]:
    """Questions that wait for one that stands behind them, or for each other in a circle."""
    waits = {question.code: {when.question for when in question.when} for question in flow.questions}
    texts = {question.code: question.text for question in flow.questions}
    before: set[str] = set()
    for question in flow.questions:
        for code in sorted(waits[question.code] - before):
            words = {"other": texts.get(code, code)}
            if code not in texts:
                yield question.code, _("chờ một câu hỏi đã bị xóa.")
            elif question.code == code or question.code in _all_waits(code, waits):
                yield question.code, _("vòng lặp: câu này chờ «%(other)s», mà câu ấy lại chờ câu này.") % words
            else:
                yield question.code, _("chờ «%(other)s» nhưng câu ấy đứng sau, nên không bao giờ được hỏi.") % words
        before.add(question.code)


def _all_waits(code: str, waits: dict[str, set[str]]) -> set[str]:
    found, open_ = set(), [code]
    while open_:
        for one in waits.get(open_.pop(), set()) - found:
            found.add(one)
            open_.append(one)
    return found


def unreached(flow: FlowContent, found: list[dict[str, str]]) -> Iterator[tuple[str, str]]:
    """What nobody ever gets to, and ways that end in nothing. Named, not forbidden."""
    asked = {code for way in found for code in way}
    for question in flow.questions:
        if question.code not in asked:
            yield question.code, _("không có cách trả lời nào dẫn đến câu hỏi này.")
    for place, outcome in enumerate(flow.outcomes, 1):
        if not any(_fits(outcome.when, way) for way in found):
            yield f"outcome:{place}", _("không có cách trả lời nào dẫn đến thủ tục này.")
    for place, one in enumerate(flow.advice, 1):
        if not any(_fits(one.when, way) for way in found):
            yield f"advice:{place}", _("không có cách trả lời nào dẫn đến lời dặn này.")
    yield from _dead_ends(flow, found)


def _dead_ends(flow: FlowContent, found: list[dict[str, str]]) -> Iterator[tuple[str, str]]:
    silent = [way for way in found if not outcomes(flow, way) and not advice(flow, way)]
    for way in silent[:MOST_NAMED]:
        yield "", _("ngõ cụt: %(way)s – không ra thủ tục hay lời dặn nào.") % {"way": way_words(flow, way)}
    if len(silent) > MOST_NAMED:
        yield "", _("còn %(count)s ngõ cụt nữa.") % {"count": len(silent) - MOST_NAMED}


def _fits(conditions: tuple[When, ...], way: dict[str, str]) -> bool:
    return all(way.get(when.question) in when.answers for when in conditions)


def way_words(flow: FlowContent, way: dict[str, str]) -> str:
    labels = {(q.code, a.code): f"{q.text} {a.label}" for q in flow.questions for a in q.answers}
    return " → ".join(labels.get(step, "") for step in answered(flow, way).items())

"""The draft of a flow as lists: questions with where each answer leads, what it ends in, tests, faults."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from thanthien.guidance.queries.drafts import Working
from thanthien.guidance.rules import FlowContent, TestOutcome
from thanthien.guidance.rules.content import FlowTest
from thanthien.guidance.rules.reaching import Node, leads, tree, unreached, waits_in_vain, ways
from thanthien.guidance.rules.telling import when_words
from thanthien.procedures.queries import versions_by_code

MOST_DRAWN = 120


@dataclass(frozen=True, kw_only=True)
class AnswerLine:
    """`questions`: what may be asked next; `procedures`: names, where it may end; `is_end`: it may end here."""

    code: str
    label: str
    questions: tuple[str, ...]
    procedures: tuple[str, ...]
    is_end: bool


@dataclass(frozen=True, kw_only=True)
class QuestionLine:
    place: int
    code: str
    text: str
    condition: str
    answers: list[AnswerLine]
    is_first: bool
    is_last: bool


def names_of(flow: FlowContent) -> dict[str, str]:
    """Names by code, of the procedures that the flow ends in and the catalogue has (one statement)."""
    codes = list(dict.fromkeys(outcome.procedure for outcome in flow.outcomes))
    return {code: version.name for code, version in versions_by_code(codes).items()}


def question_lines(flow: FlowContent) -> list[QuestionLine]:
    names, last = names_of(flow), len(flow.questions)
    after = leads(flow, ways(flow) or [])
    lines = []
    for place, question in enumerate(flow.questions, 1):
        answers = [_answer(after.get((question.code, one.code)), one, names) for one in question.answers]
        lines.append(
            QuestionLine(
                place=place, code=question.code, text=question.text, condition=when_words(flow, question.when),
                answers=answers, is_first=place == 1, is_last=place == last,
            )
        )  # fmt: skip
    return lines


def _answer(found: Any, answer: Any, names: dict[str, str]) -> AnswerLine:
    return AnswerLine(
        code=answer.code, label=answer.label, questions=found.questions if found else (),
        procedures=tuple(names.get(code, code) for code in found.procedures) if found else (),
        is_end=bool(found and found.may_end),
    )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class EndLine:
    """A procedure (`name` is "" when the catalogue does not have it) or a word of advice."""

    place: int
    code: str
    name: str
    text: str
    condition: str
    is_first: bool
    is_last: bool


def outcome_lines(flow: FlowContent) -> list[EndLine]:
    names = names_of(flow)
    return [
        EndLine(
            place=place, code=one.procedure, name=names.get(one.procedure, ""), text=one.why,
            condition=when_words(flow, one.when), is_first=place == 1, is_last=place == len(flow.outcomes),
        )
        for place, one in enumerate(flow.outcomes, 1)
    ]  # fmt: skip


def advice_lines(flow: FlowContent) -> list[EndLine]:
    return [
        EndLine(
            place=place, code="", name="", text=one.text, condition=when_words(flow, one.when), is_first=place == 1,
            is_last=place == len(flow.advice),
        )
        for place, one in enumerate(flow.advice, 1)
    ]  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class TestLine:
    __test__ = False  # for pytest: no test of ours
    place: int
    test: FlowTest
    outcome: TestOutcome


def test_lines(working: Working) -> list[TestLine]:
    pairs = zip(working.content.tests, working.outcomes, strict=True)
    return [TestLine(place=place, test=test, outcome=outcome) for place, (test, outcome) in enumerate(pairs, 1)]


test_lines.__test__ = False  # type: ignore[attr-defined]


def missing_procedures(flow: FlowContent) -> list[str]:
    """Codes that the catalogue does not have."""
    names = names_of(flow)
    return [code for code in dict.fromkeys(one.procedure for one in flow.outcomes) if code not in names]


def tree_of(flow: FlowContent) -> Node | None:
    """The drawn overview; None when it has too many ways to be read."""
    found = ways(flow)
    return tree(flow, names_of(flow)) if found is not None and len(found) <= MOST_DRAWN else None


@dataclass(frozen=True, kw_only=True)
class FaultLine:
    """`blocks`: it cannot be brought into use like this; else it is only named."""

    where: str
    text: str
    blocks: bool


def fault_lines(working: Working) -> list[FaultLine]:
    """What does not hang together, what is never reached, ways that end in nothing, procedures that are unknown."""
    flow = working.content
    vain = list(waits_in_vain(flow))
    told = {code for code, _text in vain}
    structure = [(fault.where, fault.text) for fault in working.faults if fault.where not in told]
    found = ways(flow)
    soft = list(unreached(flow, found)) if found is not None else [("", _("nhiều đường đi quá, không soát hết được."))]
    soft = [(where, text) for where, text in soft if where not in told]
    soft += [(code, _("không có trong danh mục thủ tục.")) for code in missing_procedures(flow)]
    lines = [FaultLine(where=_place(flow, where), text=text, blocks=True) for where, text in [*vain, *structure]]
    return lines + [FaultLine(where=_place(flow, where), text=text, blocks=False) for where, text in soft]


def _place(flow: FlowContent, where: str) -> str:
    texts = {question.code: question.text for question in flow.questions}
    kind, _colon, place = where.partition(":")
    if kind == "outcome" and place:
        return flow.outcomes[int(place) - 1].procedure
    if kind == "advice" and place:
        return flow.advice[int(place) - 1].text[:80]
    return texts.get(where, "" if where == "questions" else where)

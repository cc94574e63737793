"""A flow as plain data: questions with ready answers, what they end in, tests that travel with it."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from thanthien.core import reading as a
from thanthien.core.reading import Fault, Invalid, of, read, written
from thanthien.procedures.enums import LifeEvent


@dataclass(frozen=True, kw_only=True)
class When:
    """The question was answered with one of these."""

    question: str = of(a.code)
    answers: tuple[str, ...] = of(a.paths)


@dataclass(frozen=True, kw_only=True)
class Answer:
    code: str = of(a.code)
    label: str = of(a.line)
    help: str = of(a.text, "")


@dataclass(frozen=True, kw_only=True)
class Question:
    """Asked when all of `when` hold."""

    code: str = of(a.code)
    text: str = of(a.line)
    help: str = of(a.text, "")
    when: tuple[When, ...] = of(a.each(When), ())
    answers: tuple[Answer, ...] = of(a.each(Answer))


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """A procedure (by its national code) that somebody needs when all of `when` hold, and why."""

    procedure: str = of(a.line)
    why: str = of(a.text)
    when: tuple[When, ...] = of(a.each(When), ())


@dataclass(frozen=True, kw_only=True)
class Advice:
    """A word that goes with the end: a deadline, where else to go."""

    text: str = of(a.text)
    when: tuple[When, ...] = of(a.each(When), ())


@dataclass(frozen=True, kw_only=True)
class FlowTest:
    """These answers, given one after the other, ask exactly `asked` and end in exactly `procedures`."""

    name: str = of(a.line)
    answers: dict[str, Any] = of(a.answers)
    asked: tuple[str, ...] = of(a.paths)
    procedures: tuple[str, ...] = of(a.lines)


@dataclass(frozen=True, kw_only=True)
class FlowContent:
    title: str = of(a.line)
    lead: str = of(a.line, "")
    icon: str = of(a.line, "signpost-split")
    life_event: LifeEvent = of(a.one_of(LifeEvent))
    questions: tuple[Question, ...] = of(a.each(Question))
    outcomes: tuple[Outcome, ...] = of(a.each(Outcome))
    advice: tuple[Advice, ...] = of(a.each(Advice), ())
    tests: tuple[FlowTest, ...] = of(a.each(FlowTest), ())


def flow_from(raw: Any) -> FlowContent:
    """Reads and looks through a flow. Raises `Invalid` with every fault, each with its place."""
    content = draft_from(raw)
    if faults := faults_of(content):
        raise Invalid(faults)
    return content


def draft_from(raw: Any) -> FlowContent:
    """A flow that somebody still works on: of the right shape, yet it may not hang together (`faults_of`). Raises
    `Invalid`."""
    faults: list[Fault] = []
    content = read(FlowContent, raw, "", faults)
    if content is None:
        raise Invalid(faults)
    return content


def faults_of(content: FlowContent) -> list[Fault]:
    return [Fault(where, text) for where, text in _faults(content)]


def flow_as_json(content: FlowContent) -> dict[str, Any]:
    told: dict[str, Any] = written(content)
    return told


def _faults(content: FlowContent) -> Iterator[tuple[str, str]]:
    if not content.questions or not content.outcomes:
        yield "questions", _("luồng phải có ít nhất một câu hỏi và một thủ tục.")
    yield from _twice(question.code for question in content.questions)
    known: dict[str, set[str]] = {}
    for question in content.questions:
        yield from ((question.code, text) for text in _unknown(question.when, known))
        yield from _twice(answer.code for answer in question.answers)
        if not question.answers:
            yield question.code, _("câu hỏi phải có câu trả lời để chọn.")
        known[question.code] = {answer.code for answer in question.answers}
    for outcome in content.outcomes:
        yield from ((outcome.procedure, text) for text in _unknown(outcome.when, known))
    for advice in content.advice:
        yield from ((advice.text[:40], text) for text in _unknown(advice.when, known))
    for test in content.tests:
        wrong = [code for code, answer in test.answers.items() if answer not in known.get(code, ())]
        yield from ((test.name, _("câu trả lời không có trong luồng: %(code)s.") % {"code": code}) for code in wrong)


def _twice(codes: Iterable[str]) -> Iterator[tuple[str, str]]:
    return ((code, _("mã này có hai lần.")) for code, count in Counter(codes).items() if count > 1)


def _unknown(conditions: tuple[When, ...], known: dict[str, set[str]]) -> Iterator[str]:
    """A condition looks only at questions that stand before, and at answers that they have."""
    for when in conditions:
        if when.question not in known:
            yield _("điều kiện nhắc đến câu hỏi không đứng trước: %(code)s.") % {"code": when.question}
        elif missing := [code for code in when.answers if code not in known[when.question]]:
            yield _("câu hỏi %(question)s không có câu trả lời %(code)s.") % {
                "question": when.question,
                "code": ", ".join(missing),
            }

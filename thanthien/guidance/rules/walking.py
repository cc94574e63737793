"""Walking through a flow: what is asked next, where the answers end. Pure: the same answers, the same way."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from thanthien.guidance.rules.content import FlowContent, FlowTest, Outcome, Question, When

Answers = Mapping[str, object]


def answered(flow: FlowContent, answers: Answers) -> dict[str, str]:
    """The answers that count, in the order in which they were asked: each to a question that is asked, and one of its
    own. What else stands in an address is not looked at."""
    return _walked(flow, answers)[0]


def next_question(flow: FlowContent, answers: Answers) -> Question | None:
    """None: the end is reached."""
    return _walked(flow, answers)[1]


def _walked(flow: FlowContent, answers: Answers) -> tuple[dict[str, str], Question | None]:
    """From the first question to the last: one that waits for a later one is never asked, so that every way ends."""
    kept: dict[str, str] = {}
    for question in flow.questions:
        given = answers.get(question.code)
        if not _hold(question.when, kept):
            continue
        if not any(given == answer.code for answer in question.answers):
            return kept, question
        kept[question.code] = str(given)
    return kept, None


def outcomes(flow: FlowContent, answers: Answers) -> list[Outcome]:
    """Each procedure once, with the first reason that fits."""
    kept, found = answered(flow, answers), {}
    for outcome in flow.outcomes:
        if _hold(outcome.when, kept):
            found.setdefault(outcome.procedure, outcome)
    return list(found.values())


def advice(flow: FlowContent, answers: Answers) -> list[str]:
    kept = answered(flow, answers)
    return [one.text for one in flow.advice if _hold(one.when, kept)]


def _hold(conditions: tuple[When, ...], kept: Mapping[str, str]) -> bool:
    return all(kept.get(when.question) in when.answers for when in conditions)


@dataclass(frozen=True, kw_only=True)
class TestOutcome:
    """`faults` are empty when the flow did what its test says."""

    __test__ = False  # for pytest: no test of ours
    name: str
    faults: tuple[str, ...]


def run_tests(flow: FlowContent) -> list[TestOutcome]:
    return [TestOutcome(name=test.name, faults=tuple(_faults(flow, test))) for test in flow.tests]


def broken(flow: FlowContent) -> list[str]:
    """Every fault of every test, as sentences; none when all hold."""
    return [f"{outcome.name}: {fault}" for outcome in run_tests(flow) for fault in outcome.faults]


def _faults(flow: FlowContent, test: FlowTest) -> Iterator[str]:
    texts = {question.code: f"«{question.text}»" for question in flow.questions}
    kept = answered(flow, test.answers)
    if question := next_question(flow, test.answers):
        yield _("còn hỏi «%(text)s».") % {"text": question.text}
    if tuple(kept) != test.asked:
        got, wanted = (", ".join(texts.get(code, code) for code in codes) or "–" for codes in (kept, test.asked))
        yield _("hỏi %(got)s, lẽ ra hỏi %(wanted)s.") % {"got": got, "wanted": wanted}
    ends = sorted(outcome.procedure for outcome in outcomes(flow, test.answers))
    if ends != sorted(test.procedures):
        words = {"got": ", ".join(ends) or "–", "wanted": ", ".join(test.procedures) or "–"}
        yield _("ra thủ tục %(got)s, lẽ ra %(wanted)s.") % words


def recorded(flow: FlowContent, name: str, answers: Answers) -> FlowTest:
    """What the flow does now with these answers, as a test."""
    kept = answered(flow, answers)
    ends = tuple(outcome.procedure for outcome in outcomes(flow, kept))
    return FlowTest(name=name, answers=dict(kept), asked=tuple(kept), procedures=ends)


def every_end(flow: FlowContent) -> Iterator[dict[str, str]]:
    """All ways through the flow, for tests and for a look before it is used."""
    waiting: list[dict[str, str]] = [{}]
    while waiting:
        answers = waiting.pop()
        question = next_question(flow, answers)
        if question is None or not question.answers:
            yield answers
        else:
            waiting += [answers | {question.code: answer.code} for answer in question.answers]

"""Walking through a flow: what is asked next, where the answers end. Pure: the same answers, the same way."""

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _

from thanthien.guidance.rules.content import FlowContent, FlowTest, Outcome, Question, When

Answers = Mapping[str, object]


def answered(flow: FlowContent, answers: Answers) -> dict[str, str]:
    """The answers that count, in the order in which they were asked: each to a question that is asked, and one of its
    own. What else stands in an address is not looked at."""
    kept: dict[str, str] = {}
    for question in flow.questions:
        given = answers.get(question.code)
        if not _hold(question.when, kept):
            continue
        if not any(given == answer.code for answer in question.answers):
            break
        kept[question.code] = str(given)
    return kept


def next_question(flow: FlowContent, answers: Answers) -> Question | None:
    """None: the end is reached."""
    kept = answered(flow, answers)
    return next((one for one in flow.questions if one.code not in kept and _hold(one.when, kept)), None)


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


def broken(flow: FlowContent) -> list[str]:
    """Every fault of every test, as sentences; none when all hold."""
    return [f"{test.name}: {fault}" for test in flow.tests for fault in _faults(flow, test)]


def _faults(flow: FlowContent, test: FlowTest) -> Iterator[str]:
    kept = answered(flow, test.answers)
    if question := next_question(flow, test.answers):
        yield _("còn hỏi «%(text)s».") % {"text": question.text}
    if tuple(kept) != test.asked:
        yield _("hỏi %(got)s, lẽ ra hỏi %(wanted)s.") % {"got": ", ".join(kept), "wanted": ", ".join(test.asked)}
    ends = sorted(outcome.procedure for outcome in outcomes(flow, test.answers))
    if ends != sorted(test.procedures):
        words = {"got": ", ".join(ends) or "–", "wanted": ", ".join(test.procedures) or "–"}
        yield _("ra thủ tục %(got)s, lẽ ra %(wanted)s.") % words


def every_end(flow: FlowContent) -> Iterator[dict[str, str]]:
    """All ways through the flow, for tests and for a look before it is used."""
    waiting: list[dict[str, str]] = [{}]
    while waiting:
        answers = waiting.pop()
        question = next_question(flow, answers)
        if question is None:
            yield answers
        else:
            waiting += [answers | {question.code: answer.code} for answer in question.answers]

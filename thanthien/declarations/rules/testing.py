"""The tests that travel with a form: answers on a day → what is asked, what is wrong."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from thanthien.declarations.enums import Code
from thanthien.declarations.rules.asking import shown
from thanthien.declarations.rules.checking import check
from thanthien.declarations.rules.conditions import Answers
from thanthien.declarations.rules.content import Content, LogicTest
from thanthien.declarations.rules.telling import path_words


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """`faults` are empty when the form did what its test says."""

    name: str
    faults: tuple[str, ...]


def run_tests(content: Content) -> list[Outcome]:
    return [Outcome(name=test.name, faults=tuple(_faults(content, test))) for test in content.tests]


def broken(content: Content) -> list[str]:
    """Every fault of every test, as sentences; none when all hold."""
    return [f"{outcome.name}: {fault}" for outcome in run_tests(content) for fault in outcome.faults]


def _faults(content: Content, test: LogicTest) -> Iterator[str]:
    for unknown in sorted({*test.shown, *test.hidden, *test.answers} - set(content.fields)):
        yield _("nhắc đến mục không có: %(code)s.") % {"code": unknown}
    asked = shown(content, test.answers)
    problems = [str(one) for one in check(content, test.answers, date.fromisoformat(test.on)) if _counts(one, test)]
    label = {code: field.label for code, field in content.fields.items()}
    for code in test.shown:
        if code in label and code not in asked:
            yield _("mục «%(label)s» lẽ ra phải hiện.") % {"label": label[code]}
    for code in test.hidden:
        if code in asked:
            yield _("mục «%(label)s» lẽ ra phải ẩn.") % {"label": label[code]}
    for missing in sorted(set(test.problems) - set(problems)):
        yield _("lẽ ra phải báo lỗi %(problem)s.") % {"problem": problem_words(content, missing)}
    for extra in sorted(set(problems) - set(test.problems)):
        yield _("báo lỗi không mong đợi %(problem)s.") % {"problem": problem_words(content, extra)}


def problem_words(content: Content, problem: str) -> str:
    """ "THIEU child.full_name" → "THIEU (mục bắt buộc còn trống): Trẻ: Họ, chữ đệm, tên"."""
    code, _space, path = problem.partition(" ")
    own = {rule.code: rule.message for rule in content.rules}
    words = own.get(code) or dict(Code.choices).get(code, "")
    return f"{code} ({words}) – {path_words(content, path)}" if words else problem


def _counts(problem: object, test: LogicTest) -> bool:
    return test.warnings or bool(getattr(problem, "blocks", True))


def recorded(content: Content, name: str, answers: Answers, on: date) -> LogicTest:
    """What the form does now with these answers, as a test: an administrator fills the preview in and keeps it."""
    asked = shown(content, answers)
    return LogicTest(
        name=name,
        on=on.isoformat(),
        answers={code: said for code, said in answers.items() if code in content.fields},
        shown=tuple(code for code in content.fields if code in asked),
        hidden=tuple(code for code in content.fields if code not in asked),
        problems=_problems(content, answers, on, warnings=False),
    )


def recorded_again(content: Content, test: LogicTest) -> LogicTest:
    """The test with what the form does now. It goes on to look at the same fields, as far as there are any."""
    now = recorded(content, test.name, test.answers, date.fromisoformat(test.on))
    looked_at = {*test.shown, *test.hidden}
    return replace(
        now,
        shown=tuple(code for code in now.shown if code in looked_at),
        hidden=tuple(code for code in now.hidden if code in looked_at),
        problems=_problems(content, now.answers, date.fromisoformat(test.on), warnings=test.warnings),
        warnings=test.warnings,
    )


def _problems(content: Content, answers: Answers, on: date, *, warnings: bool) -> tuple[str, ...]:
    return tuple(dict.fromkeys(str(one) for one in check(content, answers, on) if one.blocks or warnings))

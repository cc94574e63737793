"""The tests that travel with a form: answers on a day → what is asked, what is wrong."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from thanthien.declarations.rules.asking import shown
from thanthien.declarations.rules.checking import check
from thanthien.declarations.rules.content import Content, LogicTest


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
    asked = shown(content, test.answers)
    problems = [str(one) for one in check(content, test.answers, date.fromisoformat(test.on)) if _counts(one, test)]
    label = {code: field.label for code, field in content.fields.items()}
    for code in test.shown:
        if code not in asked:
            yield _("mục «%(label)s» lẽ ra phải hiện.") % {"label": label[code]}
    for code in test.hidden:
        if code in asked:
            yield _("mục «%(label)s» lẽ ra phải ẩn.") % {"label": label[code]}
    for missing in sorted(set(test.problems) - set(problems)):
        yield _("lẽ ra phải báo lỗi %(problem)s.") % {"problem": missing}
    for extra in sorted(set(problems) - set(test.problems)):
        yield _("báo lỗi không mong đợi %(problem)s.") % {"problem": extra}


def _counts(problem: object, test: LogicTest) -> bool:
    return test.warnings or bool(getattr(problem, "blocks", True))


def recorded(content: Content, name: str, answers: dict[str, object], on: date) -> LogicTest:
    """What the form does now with these answers, as a test: an administrator fills the preview in and keeps it."""
    asked = shown(content, answers)
    return LogicTest(
        name=name,
        on=on.isoformat(),
        answers=answers,
        shown=tuple(code for code in content.fields if code in asked),
        hidden=tuple(code for code in content.fields if code not in asked),
        problems=tuple(dict.fromkeys(str(one) for one in check(content, answers, on) if one.blocks)),
    )

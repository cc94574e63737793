"""The last look before sending: what still blocks, what only should be looked at again, and what will be sent."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from thanthien.declarations.rules import check
from thanthien.filing.actions import Application, Contact
from thanthien.filing.forms.base import StepForm
from thanthien.filing.forms.steps import FORMS
from thanthien.filing.queries import (
    DECLARED,
    Step,
    declaration_of,
    facts_of_group,
    group_of_step,
    papers_of_draft,
    steps_of,
    told_of,
    typed,
    typed_in,
)
from thanthien.filing.rules import AUTHORISATION

UNFINISHED = gettext_lazy("Trang này ông/bà chưa khai xong.")


@dataclass(frozen=True, kw_only=True)
class Problem:
    """Something about one page: what is wrong, and how to mend it. `blocks`: nothing is sent before it is mended."""

    step: Step
    what: str
    text: str
    blocks: bool = True


@dataclass(frozen=True, kw_only=True)
class Section:
    """What one page says, to be read over once more."""

    step: Step
    facts: list[tuple[str, str]]


class Whole:
    """All pages of a draft together. `application` is there once nothing blocks."""

    def __init__(self, draft: Any, *, today: date) -> None:
        self.draft = draft
        self.problems: list[Problem] = []
        self.sections: list[Section] = []
        self.forms: dict[str, StepForm] = {}
        for step in steps_of(draft):
            if step.code in FORMS:
                self._look_at(step, today)
            elif step.code.startswith(DECLARED):
                self._look_at_declared(step, today)
            elif step.code == "giay-to":
                self._look_at_papers(step)

    def _look_at(self, step: Step, today: date) -> None:
        if step.code not in self.draft.sent_steps:
            self.problems.append(Problem(step=step, what=step.label, text=str(UNFINISHED)))
            return
        form = self.forms[step.code] = FORMS[step.code](self.draft, typed(self.draft, step.code), today=today)
        if form.is_valid():
            self.sections.append(Section(step=step, facts=form.facts()))
        for name, errors in form.errors.items():
            what = str(form.fields[name].label) if name in form.fields else step.label
            self.problems += [Problem(step=step, what=what, text=str(error)) for error in errors]
        for warning in getattr(form, "warnings", []):
            self.problems.append(
                Problem(step=step, what=str(form.fields[warning.field].label), text=warning.text, blocks=False)
            )

    def _look_at_declared(self, step: Step, today: date) -> None:
        """The pre-check of the form, with its codes and remedies, as the counter makes it again."""
        declaration, group, told = declaration_of(self.draft), group_of_step(self.draft, step.code), told_of(self.draft)
        if declaration is None or group is None:
            return
        if step.code not in self.draft.sent_steps:
            self.problems.append(Problem(step=step, what=step.label, text=str(UNFINISHED)))
            return
        for found in check(declaration.content, told, today, group=group.code):
            what = _label_of(declaration.content, found.field)
            text = f"{found.message} {found.remedy}".strip()
            self.problems.append(Problem(step=step, what=what, text=text, blocks=found.blocks))
        self.sections.append(Section(step=step, facts=facts_of_group(declaration, group, told)))

    def _look_at_papers(self, step: Step) -> None:
        lines = [line for line in papers_of_draft(self.draft) if not line.asked.is_shown]
        for line in lines:
            if line.lacks:
                self.problems.append(Problem(step=step, what=line.asked.name, text=_how_to_mend(line)))
            elif line.is_absent and not line.files:
                text = _("Ông/bà báo không có giấy này. Nếu pháp luật yêu cầu, cán bộ sẽ đề nghị bổ sung một lần.")
                self.problems.append(Problem(step=step, what=line.asked.name, text=text, blocks=False))
        sent = [(line.asked.name, _("%(count)s tệp") % {"count": len(line.files)}) for line in lines if line.files]
        self.sections.append(Section(step=step, facts=sent))

    @property
    def blocking(self) -> list[Problem]:
        return [problem for problem in self.problems if problem.blocks]

    @property
    def to_look_at(self) -> list[Problem]:
        return [problem for problem in self.problems if not problem.blocks]

    def contacts(self) -> dict[str, Contact]:
        """Where those are asked who must confirm, by their field's code."""
        form: Any = self.forms.get("xac-nhan")
        return form.contacts() if form else {}

    def application(self) -> Application:
        """Only when nothing blocks."""
        person: Any = self.forms["nguoi-nop"]
        way: Any = self.forms["nhan-ket-qua"]
        owner = self.forms["chu-ho-so"].cleaned_data if "chu-ho-so" in self.forms else {}
        return Application(
            person=person.person(),
            way=way.way(person.cleaned_data["address"]),
            consents=self.forms["dong-y"].cleaned_data,
            is_for_other=bool(owner),
            request=typed_in(self.draft, "cho-ai", "case"),
            **owner,
        )


def _label_of(content: Any, path: str) -> str:
    code = path.partition(".")[0]
    return str(content.fields[code].label) if code in content.fields else path


def _how_to_mend(line: Any) -> str:
    if line.asked.key == AUTHORISATION:
        return _("Nộp thay người khác cần giấy ủy quyền. Xin chụp giấy ấy và tải lên.")
    return _("Xin chụp giấy này và tải lên, hoặc đánh dấu “Tôi không có giấy này”.")

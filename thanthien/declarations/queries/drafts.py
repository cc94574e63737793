"""The form that somebody works on, as the pages of the editor show it."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.http import Http404

from thanthien.core import drafts
from thanthien.core.reading import Fault, Invalid
from thanthien.declarations.models import DeclarationForm
from thanthien.declarations.queries.versions import Declaration, as_declaration
from thanthien.declarations.rules import (
    Content,
    Outcome,
    check_can_manage,
    draft_from,
    faults_of,
    run_tests,
)
from thanthien.declarations.rules.telling import Change, changes
from thanthien.procedures.queries import catalogue_rows, search_procedures

if TYPE_CHECKING:
    from thanthien.organisation.models import Staff


MOST_FOUND = 20


@dataclass(frozen=True, kw_only=True)
class Working:
    """`content` is the draft, or what is in use when nobody works on it. `token` goes with every change. `outcomes` are
    None while there are `faults` outside of its tests: a content that does not hang together is not tested."""

    form: DeclarationForm
    last: Declaration | None
    content: Content
    draft: drafts.Draft
    faults: tuple[Fault, ...]
    outcomes: tuple[Outcome, ...] | None

    @property
    def code(self) -> str:
        return self.form.procedure.code

    @property
    def token(self) -> str:
        return self.draft.token

    @property
    def is_begun(self) -> bool:
        """Whether there is anything to undo, publish or discard."""
        return self.draft.content is not None

    @property
    def failing(self) -> int:
        return sum(1 for one in self.outcomes or () if one.faults)

    @property
    def is_overtaken(self) -> bool:
        """Another version came (from a file) since this draft was begun."""
        return self.is_begun and self.draft.base != (str(self.last.number) if self.last else "")

    @property
    def changes(self) -> list[Change]:
        return changes(self.last.content if self.last else None, self.content)

    @property
    def may_publish(self) -> bool:
        return self.is_begun and not self.faults and not self.failing and bool(self.changes)


def working_on(staff: "Staff", code: str) -> Working:
    """The form of a procedure for who may change it; 404 when there is none. Raises `Refused`. Five statements."""
    check_can_manage(by=staff)
    form = DeclarationForm.objects.select_related("procedure").filter(procedure__code=code).first()
    if form is None:
        raise Http404
    row = form.versions.select_related("form__procedure").order_by("-number").first()
    last = as_declaration(row) if row else None
    draft = drafts.draft_of(form.subject, base=str(last.number) if last else "")
    content = _content(draft, last)
    faults = tuple(faults_of(replace(content, tests=())))
    outcomes = None if faults else tuple(run_tests(content))
    return Working(form=form, last=last, content=content, draft=draft, faults=faults, outcomes=outcomes)


def _content(draft: drafts.Draft, last: Declaration | None) -> Content:
    """A draft that an older release wrote in another shape gives way to what is in use."""
    try:
        if draft.content is not None:
            return draft_from(draft.content)
    except Invalid:
        if last is None:
            raise
    if last is None:
        raise Http404
    return last.content


def procedures_without_form(staff: "Staff", text: str) -> list[Any]:
    """Of the catalogue, found by words or code: for which a form may be begun."""
    check_can_manage(by=staff)
    rows: Any = catalogue_rows("", "")
    return search_procedures(text, rows.filter(declaration_form=None))[:MOST_FOUND]

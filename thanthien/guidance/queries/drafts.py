"""The flow that somebody works on, as the pages of the editor show it."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.http import Http404

from thanthien.core import drafts
from thanthien.core.reading import Fault, Invalid
from thanthien.guidance.models import Flow
from thanthien.guidance.queries.walking import stored_flow
from thanthien.guidance.rules import FlowContent, TestOutcome, draft_from, faults_of, run_tests
from thanthien.guidance.rules.telling import Change, changes

if TYPE_CHECKING:
    from thanthien.organisation.models import Staff


@dataclass(frozen=True, kw_only=True)
class Working:
    """`content` is the draft, or what is in use when nobody works on it. `token` goes with every change."""

    flow: Flow
    in_use: FlowContent | None
    content: FlowContent
    draft: drafts.Draft
    faults: tuple[Fault, ...]
    outcomes: tuple[TestOutcome, ...]

    @property
    def code(self) -> str:
        return self.flow.code

    @property
    def token(self) -> str:
        return self.draft.token

    @property
    def is_begun(self) -> bool:
        return self.draft.content is not None

    @property
    def failing(self) -> int:
        return sum(1 for one in self.outcomes if one.faults)

    @property
    def is_overtaken(self) -> bool:
        """Another content came (from a file) since this draft was begun."""
        return self.is_begun and self.draft.base != self.flow.base

    @property
    def changes(self) -> list[Change]:
        return changes(self.in_use, self.content)

    @property
    def may_publish(self) -> bool:
        return self.is_begun and not self.faults and not self.failing and bool(self.changes)


def working_on(staff: "Staff", code: str) -> Working:
    """A flow for who may change it; 404 when there is none. Raises `Refused`. Three statements."""
    flow = stored_flow(code, seen_by=staff)
    in_use = draft_from(flow.content) if flow.content else None
    draft = drafts.draft_of(flow.subject, base=flow.base)
    content = _content(draft, in_use)
    faults = tuple(faults_of(replace(content, tests=())))
    return Working(
        flow=flow, in_use=in_use, content=content, draft=draft, faults=faults, outcomes=tuple(run_tests(content))
    )  # fmt: skip


def _content(draft: drafts.Draft, in_use: FlowContent | None) -> FlowContent:
    """A draft that an older release wrote in another shape gives way to what is in use."""
    try:
        if draft.content is not None:
            return draft_from(draft.content)
    except Invalid:
        if in_use is None:
            raise
    if in_use is None:
        raise Http404
    return in_use

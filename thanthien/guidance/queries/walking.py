"""Flows for the citizen's door, and where the answers end: procedures, papers without doubles, fees, time."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import Http404

from thanthien.core.drafts import subjects_in_work
from thanthien.core.rules import allows
from thanthien.core.said import is_said_otherwise, said_in
from thanthien.core.text import plain
from thanthien.core.working_time import TimeLimit
from thanthien.guidance import rules
from thanthien.guidance.models import Flow
from thanthien.guidance.rules.editing import first_flow
from thanthien.procedures import queries as procedures
from thanthien.procedures.enums import LifeEvent

if TYPE_CHECKING:
    from thanthien.organisation.models import Staff, Unit


@dataclass(frozen=True, kw_only=True)
class FlowCard:
    """A flow in a list; its page is `guidance:flow` with `code`."""

    code: str
    content: rules.FlowContent
    is_shown: bool = True
    faults: tuple[str, ...] = ()
    is_used: bool = True  # False: begun and never brought into use; `content` is then the draft
    draft: Any = None  # the last step, when somebody works on it


def flows() -> list[FlowCard]:
    """What citizens may walk through, in order (one statement)."""
    return [_card(row) for row in Flow.objects.filter(is_shown=True)]


def flow_for(code: str) -> FlowCard:
    """404 when there is none that is shown."""
    row = Flow.objects.filter(code=code, is_shown=True).first()
    if row is None:
        raise Http404
    return _card(row)


def _card(row: Flow) -> FlowCard:
    content = rules.flow_from(row.content)
    return FlowCard(code=row.code, content=said_in(content) if is_said_otherwise() else content, is_shown=row.is_shown)


def flows_for(staff: "Staff") -> list[FlowCard]:
    """All of them with what fails in their tests. Raises `Refused`."""
    rules.check_can_manage(by=staff)
    steps = subjects_in_work("flow:")
    return [_managed(row, steps.get(row.subject)) for row in Flow.objects.all()]


def _managed(row: Flow, step: Any) -> FlowCard:
    raw = row.content or (step.content if step else None) or rules.flow_as_json(first_flow(row.code, LifeEvent.OTHER))
    content = rules.draft_from(raw)
    faults = tuple(rules.broken(content)) if row.content else ()
    return FlowCard(
        code=row.code, content=content, is_shown=row.is_shown, faults=faults, is_used=bool(row.content), draft=step
    )  # fmt: skip


def stored_flow(code: str, *, seen_by: "Staff") -> Flow:
    """A row, for who may change it."""
    rules.check_can_manage(by=seen_by)
    row = Flow.objects.filter(code=code).first()
    if row is None:
        raise Http404
    return row


def may_manage(staff: "Staff") -> bool:
    return allows(rules.check_can_manage, by=staff)


# ---- the way -----------------------------------------------------------------------------------------------
@dataclass(frozen=True, kw_only=True)
class Turn:
    """A question that was answered: `back` is the query string of the page that asks it again."""

    text: str
    answer: str
    back: str


def turns(flow: rules.FlowContent, answers: Mapping[str, Any]) -> list[Turn]:
    kept = rules.answered(flow, answers)
    questions = {question.code: question for question in flow.questions}
    found, before = [], ""
    for code, given in kept.items():
        label = next(answer.label for answer in questions[code].answers if answer.code == given)
        found.append(Turn(text=questions[code].text, answer=label, back=before))
        before += f"{'&' if before else ''}{code}={given}"
    return found


def address_of(answers: Mapping[str, str]) -> str:
    """The query string: codes only, so that it may be sent to somebody, and says nothing about anyone."""
    return "&".join(f"{code}={given}" for code, given in answers.items())


# ---- the end -----------------------------------------------------------------------------------------------
@dataclass(frozen=True, kw_only=True)
class Needed:
    """A procedure and why. Without `offered` the unit does not take it in; times are None when nobody knows them."""

    code: str
    name: str
    why: str
    offered: Any
    statutory: TimeLimit | None
    fee: str


@dataclass(frozen=True, kw_only=True)
class MergedPaper:
    """A paper that is wanted for these procedures: brought once. Where they want different numbers, the most."""

    name: str
    originals: int
    copies: int
    is_shown_only: bool
    used_for: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Ending:
    needed: list[Needed]
    papers: list[MergedPaper]
    advice: list[str]
    missing: list[str]  # codes that the catalogue does not have


def ending(flow: rules.FlowContent, answers: Mapping[str, Any], unit: "Unit | None") -> Ending:
    """Where the answers end; two statements, however many procedures."""
    found = rules.outcomes(flow, answers)
    codes = [outcome.procedure for outcome in found]
    versions = procedures.versions_by_code(codes)
    offered = {one.procedure.code: one for one in procedures.offerings_by_code(unit, codes)} if unit else {}
    needed = [_needed(one, versions[one.procedure], offered) for one in found if one.procedure in versions]
    papers = _merged([(versions[one.code], one.name) for one in needed])
    missing = [code for code in codes if code not in versions]
    return Ending(needed=needed, papers=papers, advice=rules.advice(flow, answers), missing=missing)


def _needed(outcome: rules.Outcome, version: Any, offered: Mapping[str, Any]) -> Needed:
    offering, record = offered.get(outcome.procedure), procedures.record_of(version)
    row = procedures.offered_row(offering) if offering else None
    fees = "; ".join(dict.fromkeys(words for line in record.times for words in line.fees))
    fee = row.fee if row else fees
    return Needed(
        code=outcome.procedure, name=version.name, why=outcome.why, offered=row,
        statutory=(row.statutory if row else None) or record.limit, fee=fee,
    )  # fmt: skip


def _merged(versions: list[tuple[Any, str]]) -> list[MergedPaper]:
    merged: dict[str, MergedPaper] = {}
    for version, name in versions:
        for paper in procedures.papers_of(version):
            key = "".join(c for c in plain(paper.name) if c.isalnum())
            before = merged.get(key)
            merged[key] = MergedPaper(
                name=before.name if before else paper.name,
                originals=max(paper.originals, before.originals if before else 0),
                copies=max(paper.copies, before.copies if before else 0),
                is_shown_only=paper.kind == "show" and (before is None or before.is_shown_only),
                used_for=tuple(dict.fromkeys((*(before.used_for if before else ()), name))),
            )
    return sorted(merged.values(), key=lambda paper: paper.is_shown_only)

"""A unit takes a procedure into its list, changes its terms, takes it out. Old dossiers keep the row they stand on."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from thanthien.core import timeline
from thanthien.core.text import clean
from thanthien.procedures.models import Offering, Procedure, ProcedureVersion, ProcessStep
from thanthien.procedures.rules import (
    OfferingTerms,
    StepDraft,
    check_can_change_offering,
    check_can_offer,
    check_can_set_policy,
    check_can_withdraw,
    check_steps,
    check_terms,
)

if TYPE_CHECKING:
    from thanthien.organisation.models import Staff, Unit

Steps = Sequence[StepDraft]


def subject_of(offering: Offering) -> str:
    """The timeline that tells how a unit's offering of a procedure changed."""
    return f"offering:{offering.unit_id}:{offering.procedure_id}"


@transaction.atomic
def offer_procedure(
    unit: "Unit", procedure: Procedure, terms: OfferingTerms, steps: Steps, *, by: "Staff", at: datetime
) -> Offering:
    """Takes a procedure into the unit's list from today. Raises `Refused`: not the administrator, closed or offered
    already, time longer than the law's, steps that do not add up."""
    check_can_offer(unit, procedure, by=by)
    offering = _stored(unit, procedure, terms, steps, localdate(at))
    _note(offering, "offered", _("Đưa thủ tục vào danh mục, cam kết %(time)s.") % {"time": terms.committed}, by, at)
    return offering


@transaction.atomic
def change_offering(offering: Offering, terms: OfferingTerms, steps: Steps, *, by: "Staff", at: datetime) -> Offering:
    """A new row valid from today with these terms and steps; the old one ends. The same row when nothing differs."""
    old = Offering.objects.select_for_update(of=("self",)).select_related("unit", "procedure").get(pk=offering.pk)
    check_can_change_offering(old, by=by)
    check_terms(terms)
    check_steps(steps, terms.committed)
    if _said(old) == _wanted(terms, steps):
        return old
    _end(old, localdate(at))
    new = _stored(old.unit, old.procedure, terms, steps, localdate(at))
    _note(new, "offering_changed", _("Đổi cam kết và quy trình: %(time)s.") % {"time": terms.committed}, by, at)
    return new


@transaction.atomic
def withdraw_offering(offering: Offering, *, by: "Staff", at: datetime) -> None:
    """Takes the procedure out of the list from today; dossiers under way go on."""
    old = Offering.objects.select_for_update(of=("self",)).select_related("unit").get(pk=offering.pk)
    check_can_withdraw(old, by=by)
    _end(old, localdate(at))
    _note(old, "offering_withdrawn", _("Đưa thủ tục ra khỏi danh mục."), by, at)


@transaction.atomic
def set_version_policy(
    version: ProcedureVersion, *, supplement_policy: str, is_immediate: bool, by: "Staff", at: datetime
) -> None:
    """How time counts after a supplement, and whether the result is given at once: for what is received from now on."""
    check_can_set_policy(version, by=by)
    if (version.supplement_policy, version.is_immediate) == (supplement_policy, is_immediate):
        return
    version.supplement_policy, version.is_immediate = supplement_policy, is_immediate
    version.save(update_fields=["supplement_policy", "is_immediate"])
    text = _("Khi bổ sung: %(policy)s. Trả kết quả ngay: %(at_once)s.") % {
        "policy": version.get_supplement_policy_display(),
        "at_once": _("có") if is_immediate else _("không"),
    }
    note = timeline.Note(kind="version_policy_set", text=text, data={"version": version.number})
    timeline.append(f"procedure:{version.procedure_id}", note, by=str(by), at=at)


def _stored(unit: "Unit", procedure: Procedure, terms: OfferingTerms, steps: Steps, day: date) -> Offering:
    check_terms(terms)
    check_steps(steps, terms.committed)
    facts = asdict(terms) | {"channels": [str(channel) for channel in terms.channels]}
    offering = Offering.objects.create(unit=unit, procedure=procedure, valid_from=day, **facts)
    ProcessStep.objects.bulk_create(
        ProcessStep(
            offering=offering, position=position, name=clean(step.name), role=step.role, amount=step.amount,
            unit=step.unit if step.unit and step.unit.pk != unit.pk else None,
        )
        for position, step in enumerate(steps, 1)
    )  # fmt: skip
    return offering


def _end(offering: Offering, day: date) -> None:
    offering.valid_to = max(offering.valid_from, day - timedelta(days=1))
    offering.save(update_fields=["valid_to"])


def _said(offering: Offering) -> tuple[Any, ...]:
    """Terms and steps of a stored row, to compare with what is wanted."""
    terms = {name: getattr(offering, name) for name in OfferingTerms.__dataclass_fields__}
    steps = [(step.name, step.role, step.amount, step.unit_id) for step in offering.steps.order_by("position")]
    return _plain(terms), steps


def _wanted(terms: OfferingTerms, steps: Steps) -> tuple[Any, ...]:
    rows = [(clean(step.name), str(step.role), step.amount, step.unit and step.unit.pk) for step in steps]
    return _plain(asdict(terms)), rows


def _plain(terms: dict[str, Any]) -> dict[str, Any]:
    return terms | {
        "channels": sorted(map(str, terms["channels"])),
        "committed_amount": Decimal(terms["committed_amount"]).normalize(),
    }


def _note(offering: Offering, kind: str, text: str, by: "Staff", at: datetime) -> None:
    note = timeline.Note(kind=kind, text=text, data={"offering": offering.pk})
    timeline.append(subject_of(offering), note, by=str(by), at=at)

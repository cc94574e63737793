"""Who is away. Times are aware; an absence counts when somebody who leads the officer wrote it down or agreed."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from thanthien.organisation import rules
from thanthien.organisation.enums import AbsenceKind
from thanthien.organisation.models import Absence, Staff
from thanthien.organisation.outside import recording


@dataclass(frozen=True, kw_only=True)
class AbsenceFacts:
    """From `starts_at` up to, not including, `ends_at`."""

    kind: AbsenceKind
    starts_at: datetime
    ends_at: datetime
    stand_in: Staff | None = None
    note: str = ""


@transaction.atomic
def enter_absence(staff: Staff, facts: AbsenceFacts, *, by: Staff, at: datetime) -> Absence:
    """By who leads the officer: agreed at once. By the officer: proposed."""
    rules.check_can_enter_absence(staff, by=by)
    absence = Absence(staff=_locked(staff), entered_by=by.full_name, entered_at=at)
    if rules.leads(staff, by=by):
        absence.agreed_by, absence.agreed_at = by.full_name, at
    return _keep(absence, facts, by=by, at=at)


def _locked(staff: Staff) -> Staff:
    """Held, so that two absences of one officer written at the same moment see each other."""
    rows = Staff.objects.select_for_update(of=("self",)).select_related("unit__parent")
    return rows.get(pk=staff.pk)


def _keep(absence: Absence, facts: AbsenceFacts, *, by: Staff, at: datetime) -> Absence:
    for name, value in vars(facts).items():
        setattr(absence, name, value)
    rules.check_absence(absence)
    with recording(by=by, at=at):
        absence.save()
    return absence


@transaction.atomic
def change_absence(absence: Absence, facts: AbsenceFacts, *, by: Staff, at: datetime) -> Absence:
    absence = _held(absence)
    rules.check_can_change_absence(absence, by=by)
    rules.check_stands(absence)
    return _keep(absence, facts, by=by, at=at)


def _held(absence: Absence) -> Absence:
    staff = _locked(absence.staff)
    found = Absence.objects.select_related("stand_in__unit__parent").get(pk=absence.pk)
    found.staff = staff
    return found


@transaction.atomic
def agree_absence(absence: Absence, *, by: Staff, at: datetime) -> Absence:
    absence = _held(absence)
    rules.check_can_agree(absence, by=by)
    absence.agreed_by, absence.agreed_at = by.full_name, at
    with recording(by=by, at=at):
        absence.save(update_fields=["agreed_by", "agreed_at"])
    return absence


@transaction.atomic
def cancel_absence(absence: Absence, *, by: Staff, at: datetime) -> Absence:
    """The officer is there after all; twice is once."""
    absence = _held(absence)
    rules.check_can_change_absence(absence, by=by)
    if absence.cancelled_at is None:
        absence.cancelled_by, absence.cancelled_at = by.full_name, at
        with recording(by=by, at=at):
            absence.save(update_fields=["cancelled_by", "cancelled_at"])
    return absence


@transaction.atomic
def restore_absence(absence: Absence, *, by: Staff, at: datetime) -> Absence:
    """Takes a cancellation back, unless another absence has come in its place."""
    absence = _held(absence)
    rules.check_can_change_absence(absence, by=by)
    if absence.cancelled_at:
        rules.check_absence(absence)
        absence.cancelled_by, absence.cancelled_at = "", None
        with recording(by=by, at=at):
            absence.save(update_fields=["cancelled_by", "cancelled_at"])
    return absence

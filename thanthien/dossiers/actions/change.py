"""How every change of a dossier goes: lock the row, ask the rule, change, write it down, announce."""

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from functools import wraps
from typing import Any

from django.db import transaction

from thanthien.core import promises, timeline
from thanthien.core.models import Promise
from thanthien.core.prepared import Given, Prepared
from thanthien.core.working_time import Calendar, TimeLimit, TimeUnit, add_working_hours, working_hours_between
from thanthien.dossiers import rules
from thanthien.dossiers.models import Dossier
from thanthien.organisation.queries import calendar_for
from thanthien.procedures.enums import Channel

HOURS_A_DAY = Decimal(8)  # one working day (DOMAIN 1.6)
EDIT_LOCK = timedelta(minutes=5)
CHECK, CHECK_AGAIN = "check", "check_again"  # promises to look at what was filed online, and at its supplement


def changes_dossier(action: Callable[..., Any]) -> Callable[..., Dossier]:
    """The action gets the dossier afresh under its row lock, unless a colleague is editing it, and hands it back."""

    @wraps(action)
    def wrapper(dossier: Dossier, *args: Any, by: Any, at: datetime, **kwargs: Any) -> Dossier:
        with transaction.atomic(savepoint=False):
            fresh = locked(dossier.pk)
            rules.check_not_locked(fresh, by=by, at=at)
            action(fresh, *args, by=by, at=at, **kwargs)
        return fresh

    return wrapper


RELATED = "unit", "receiving_unit", "desk_unit", "offering", "version", "locked_by"
_locked = Prepared(
    lambda: Dossier.objects.select_for_update(of=("self",)).select_related(*RELATED).filter(pk=Given("pk")).order_by()
)


def locked(dossier_id: int) -> Dossier:
    dossier = _locked.first(pk=dossier_id)
    if dossier is None:
        raise Dossier.DoesNotExist
    return dossier


def write_down(dossier: Dossier, note: timeline.Note, *, by: Any, at: datetime) -> None:
    timeline.append(dossier.subject, note, by=str(by), at=at)


def keep_check(dossier: Dossier, *, at: datetime) -> None:
    """What was filed online has been looked at: accepted, refused, or something was asked for."""
    if dossier.channel == Channel.ONLINE:
        made = Promise.objects.filter(subject=dossier.subject, kind__in=(CHECK, CHECK_AGAIN), kept_at=None)
        for promise in made:
            promises.keep(promise, at=at)


def save(dossier: Dossier, *fields: str, at: datetime) -> None:
    """Saves these fields, notes that the dossier was touched, and lets go of an editor's lock."""
    dossier.touched_at, dossier.locked_by, dossier.locked_until = at, None, None
    dossier.save(update_fields=[*fields, "touched_at", "locked_by", "locked_until"])


def calendar_of(dossier: Dossier) -> Calendar:
    return calendar_for(dossier.unit)


STEP_FIELDS = (
    "desk_unit", "desk_role", "holder", "step_position", "step_name", "step_started_at", "step_due_at", "silent_at",
)  # fmt: skip


def put_on_desk(dossier: Dossier, step: Any, *, at: datetime) -> None:
    """The dossier comes to the desk of this step of its process; computes when the step should be done."""
    dossier.desk_unit = step.unit or dossier.unit
    dossier.desk_role, dossier.holder = step.role, None
    dossier.step_position, dossier.step_name, dossier.step_started_at = step.position, step.name, at
    set_step_times(dossier, step.amount, at=at)


def set_step_times(dossier: Dossier, amount: Decimal, *, at: datetime) -> None:
    calendar, due = calendar_of(dossier), dossier.due_at
    hours = amount if dossier.offering.committed_unit == TimeUnit.HOUR else amount * HOURS_A_DAY
    if dossier.offering.committed_unit == TimeUnit.SAME_DAY or not hours:
        hours = working_hours_between(calendar, at, due) if due else HOURS_A_DAY
    step_due = add_working_hours(calendar, at, hours)
    dossier.step_due_at = min(step_due, due) if due else step_due
    dossier.silent_at = add_working_hours(calendar, at, hours / 2)


def set_apology_time(dossier: Dossier) -> None:
    """One working day before the date (NĐ 61/2018 Đ19.9); for limits of a day or less, when a fifth of it is left."""
    calendar, start = calendar_of(dossier), dossier.received_at
    total = working_hours_between(calendar, start, dossier.due_at)
    left = HOURS_A_DAY if total > HOURS_A_DAY else total / 5
    dossier.apology_at = max(start, add_working_hours(calendar, start, total - left))


def limit_of(dossier: Dossier) -> TimeLimit:
    """The committed time that holds for this dossier: that of the offering it was received under."""
    return TimeLimit(dossier.offering.committed_amount, TimeUnit(dossier.offering.committed_unit))

"""Small things at the desk: who is editing, who looked, who was only guided, which list to keep."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from thanthien.core import timeline
from thanthien.core.numbering import next_number
from thanthien.dossiers import rules
from thanthien.dossiers.actions.change import EDIT_LOCK, locked
from thanthien.dossiers.models import Dossier, Guidance, SavedFilter, Viewing
from thanthien.organisation.queries import office_of

VIEWED_AGAIN_AFTER = timedelta(hours=1)


@transaction.atomic
def hold_for_editing(dossier: Dossier, *, by: Any, at: datetime) -> Dossier:
    """Keeps the dossier for this person for five minutes; others are told who has it."""
    fresh = locked(dossier.pk)
    rules.check_not_locked(fresh, by=by, at=at)
    fresh.locked_by, fresh.locked_until = by, at + EDIT_LOCK
    fresh.save(update_fields=["locked_by", "locked_until"])
    return fresh


def let_go(dossier: Dossier, *, by: Any) -> None:
    Dossier.objects.filter(pk=dossier.pk, locked_by=by).update(locked_by=None, locked_until=None)


def log_viewing(dossier: Dossier, *, by: Any, at: datetime) -> None:
    """Writes down who looked, once for each person and hour."""
    seen = Viewing.objects.filter(dossier=dossier, staff=by, what="view", at__gt=at - VIEWED_AGAIN_AFTER)
    if not seen.exists():
        Viewing.objects.create(dossier=dossier, staff=by, at=at)


@transaction.atomic
def reveal_numbers(dossier: Dossier, *, by: Any, at: datetime) -> None:
    """Somebody unmasked the identity number and phone: written down for ever (DESIGN 3)."""
    rules.check_in_office(dossier, by=by)
    Viewing.objects.create(dossier=dossier, staff=by, what="reveal", at=at)
    note = timeline.Note(kind="revealed", text=_("Xem số định danh và điện thoại đầy đủ."))
    timeline.append(dossier.subject, note, by=str(by), at=at)


@dataclass(frozen=True, kw_only=True)
class GuidanceFacts:
    procedure: Any
    full_name: str
    text: str
    phone: str = ""
    address: str = ""
    missing: Sequence[str] = ()


@transaction.atomic
def record_guidance(facts: GuidanceFacts, *, by: Any, at: datetime) -> Guidance:
    """Writes down that somebody was guided and filed nothing."""
    rules.check_can_receive(by=by)
    unit, year = office_of(by), timezone.localdate(at).year
    number = f"{next_number(f'guidance:{unit.code}:{year}'):02d}/HD"
    values = vars(facts) | {"missing": list(facts.missing)}
    return Guidance.objects.create(unit=unit, number=number, by=str(by), at=at, **values)


def lock_guidance(record: Guidance) -> None:
    """Until the end of the transaction nobody else does anything about this guidance."""
    Guidance.objects.select_for_update().get(pk=record.pk)


def keep_filter(name: str, query: str, *, by: Any) -> SavedFilter:
    saved, _new = SavedFilter.objects.update_or_create(staff=by, name=name, defaults={"query": query})
    return saved


def forget_filter(filter_id: int, *, by: Any) -> None:
    SavedFilter.objects.filter(pk=filter_id, staff=by).delete()


def move_applicant(*, dropped_id: int, kept_id: int) -> int:
    """Puts the dossiers of one record of a person under another; how many there were. What the dossiers say of the
    applicant stays as it was on their day."""
    return Dossier.objects.filter(applicant_id=dropped_id).update(applicant_id=kept_id)

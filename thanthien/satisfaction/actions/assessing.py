"""Indices are reckoned and frozen; the officer sees first, may note and contest; a head answers."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from thanthien.core.rules import Refused
from thanthien.core.working_time import TimeLimit, TimeUnit, compute_deadline
from thanthien.dossiers.queries import Handled
from thanthien.organisation.queries import calendar_for, office_of
from thanthien.satisfaction import rules
from thanthien.satisfaction.enums import RemarkKind
from thanthien.satisfaction.models import Assessment, Remark
from thanthien.satisfaction.queries.indices import handled_by, officer_indices, unit_indices
from thanthien.satisfaction.rules.indices import Index, grade_of, total_of

if TYPE_CHECKING:
    from thanthien.organisation.models import Staff

SEEN_WITHIN = TimeLimit(Decimal(5), TimeUnit.WORKING_DAY)


@transaction.atomic
def assess(first: date, last: date, *, by: "Staff", at: datetime) -> Assessment:
    """The indices of the person's office and of each of its officers over these days; answers that of the office.
    What was reckoned before for the same days stays, with its remarks."""
    unit = office_of(by)
    rules.check_can_assess(unit, by=by)
    if last < first:
        raise Refused(_("Ngày cuối của kỳ không thể trước ngày đầu."))
    if last >= timezone.localdate(at):
        raise Refused(_("Kỳ này chưa hết: tính chỉ số khi đã qua ngày cuối."))
    handled = handled_by(unit, first, last)
    days = {"unit": unit, "first": first, "last": last}
    shown_from = compute_deadline(SEEN_WITHIN, received_at=at, calendar=calendar_for(unit)).due
    for staff_id, own in _by_officer(handled).items():
        facts = _frozen(officer_indices(own), len(own), is_officer=True, at=at) | {"shown_from": shown_from}
        Assessment.objects.get_or_create(staff_id=staff_id, **days, defaults=facts)
    facts = _frozen(unit_indices(unit, handled), len(handled), is_officer=False, at=at)
    made: Assessment = Assessment.objects.get_or_create(staff=None, **days, defaults=facts)[0]
    return made


def _by_officer(handled: Sequence[Handled]) -> dict[int, list[Handled]]:
    found: defaultdict[int, list[Handled]] = defaultdict(list)
    for one in handled:
        if one.officer_id:
            found[one.officer_id].append(one)
    return found


def _frozen(indices: Sequence[Index], dossiers: int, *, is_officer: bool, at: datetime) -> dict[str, Any]:
    total, maximum = total_of(indices)
    return {
        "dossiers": dossiers, "indices": [one.as_json() for one in indices], "total": total, "maximum": maximum,
        "grade": grade_of(total, maximum, is_officer=is_officer) or "", "made_at": at,
    }  # fmt: skip


def note_seen(assessment: Assessment, *, by: "Staff", at: datetime) -> None:
    """The officer has opened their own page; others may see it from now on."""
    Assessment.objects.filter(pk=assessment.pk, staff=by.pk, seen_at=None).update(seen_at=at)


@transaction.atomic
def remark(assessment: Assessment, kind: RemarkKind, text: str, *, by: "Staff", at: datetime) -> Remark:
    rules.check_can_remark(assessment, by=by)
    made: Remark = Remark.objects.create(assessment=assessment, kind=kind, text=text.strip(), by=str(by), at=at)
    return made


@transaction.atomic
def answer_remark(given: Remark, answer: str, *, by: "Staff", at: datetime) -> Remark:
    given = Remark.objects.select_for_update(of=("self",)).select_related("assessment").get(pk=given.pk)
    rules.check_can_answer_remark(given, by=by)
    given.answer, given.answered_by, given.answered_at = answer.strip(), str(by), at
    given.save(update_fields=["answer", "answered_by", "answered_at"])
    return given

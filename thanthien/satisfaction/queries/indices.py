"""The nine indices over a period, from the dossiers themselves."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.http import Http404

from thanthien.core.figures import Scope
from thanthien.dossiers.enums import Timeliness
from thanthien.dossiers.queries import Handled, handled_in
from thanthien.organisation.queries import office_units, predecessor_codes
from thanthien.procedures.queries import online_share_of
from thanthien.satisfaction.enums import CaseOutcome
from thanthien.satisfaction.models import Assessment, Remark, UnhappyCase
from thanthien.satisfaction.rules import KEEPERS
from thanthien.satisfaction.rules.indices import OF_OFFICERS, Facts, Index, index_of, left_out, online_index, points

if TYPE_CHECKING:
    from thanthien.organisation.models import Staff, Unit


def handled_by(unit: "Unit", first: date, last: date) -> list[Handled]:
    """Every dossier of the unit, and of those that became it, that was finished in these days."""
    earlier = [old.code for old in predecessor_codes(unit) if old.is_whole]
    return list(handled_in(Scope(unit_codes=[unit.code, *earlier], first=first, last=last)))


def with_complaints(handled: Sequence[Handled]) -> list[Facts]:
    """Complaints that were found false do not count (Điều 13)."""
    keys = [one.dossier_id for one in handled]
    told = UnhappyCase.objects.filter(dossier__in=keys).exclude(outcome=CaseOutcome.UNFOUNDED)
    complained = set(told.values_list("dossier_id", flat=True))
    return [
        Facts(
            timeliness=one.timeliness, steps=one.steps, late_steps=one.late_steps, early_steps=one.early_steps,
            supplements=one.supplements, needs_no_visit=one.needs_no_visit, complaint=one.dossier_id in complained,
        )
        for one in handled
    ]  # fmt: skip


def officer_indices(handled: Sequence[Handled]) -> list[Index]:
    facts = with_complaints(handled)
    return [index_of(number, facts) for number in OF_OFFICERS]


def unit_indices(unit: "Unit", handled: Sequence[Handled]) -> list[Index]:
    facts = with_complaints(handled)
    online = [one for one in handled if one.is_online]
    offered, offered_online = online_share_of(unit)
    ninth = online_index(
        offered=offered, offered_online=offered_online, dossiers=len(handled), online=len(online),
        late_online=sum(one.timeliness == Timeliness.LATE for one in online),
    )  # fmt: skip
    counted = {number: index_of(number, facts) for number in OF_OFFICERS}
    return [counted.get(number) or (ninth if number == 9 else left_out(number)) for number in range(1, 10)]


def points_of_dossiers(handled: Sequence[Handled]) -> list[tuple[str, list[int | None]]]:
    """Each dossier with its points: what the mean was made of."""
    facts = with_complaints(handled)
    return [(one.code, [points(n, fact) for n in OF_OFFICERS]) for one, fact in zip(handled, facts, strict=True)]


# ---- what was frozen -----------------------------------------------------------------------------------------
def assessments_seen_by(staff: "Staff", *, at: datetime) -> QuerySet[Assessment]:
    """One's own; those of the unit for everybody in it; those of officers for heads, once the officer has seen them or
    has had five working days to."""
    found = Assessment.objects.filter(unit__in=office_units(staff)).select_related("unit", "staff")
    mine = Q(staff=staff.pk) if staff.pk else Q(pk__in=[])
    others = Q(pk__in=[])
    if staff.is_superuser or staff.has_role(*KEEPERS):
        others = Q(seen_at__isnull=False) | Q(shown_from__lte=at)
    return found.filter(Q(staff=None) | mine | others)


def assessment_for(staff: "Staff", assessment_id: int, *, at: datetime) -> Assessment:
    found = assessments_seen_by(staff, at=at).prefetch_related("remarks").filter(pk=assessment_id).first()
    if found is None:
        raise Http404
    return found


def remark_of(assessment: Assessment, remark_id: int) -> Remark:
    found = assessment.remarks.filter(pk=remark_id).first()
    if found is None:
        raise Http404
    return found


def indices_of(assessment: Assessment) -> list[Index]:
    return [Index.from_json(one) for one in assessment.indices]

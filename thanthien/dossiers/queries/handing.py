"""Hand-overs on paper: what went out and stands on no list yet, and the lists."""

from typing import TYPE_CHECKING

from django.db.models import Count, Q, QuerySet
from django.shortcuts import get_object_or_404

from thanthien.dossiers.models import HandOver, HandOverList
from thanthien.organisation.queries import desks_of, office_units

if TYPE_CHECKING:
    from thanthien.organisation.models import Staff


def hand_overs_to_list(staff: "Staff") -> QuerySet[HandOver]:
    """Dossiers that went out from this person's desks, stand on no list and wait for the other side to sign."""
    found = HandOver.objects.filter(acknowledged_at=None, list=None, from_unit__in=desks_of(staff)).exclude(to_role="")
    return found.select_related("dossier", "from_unit", "to_unit").order_by("to_unit", "given_at", "pk")


def hand_over_lists_of(staff: "Staff") -> QuerySet[HandOverList]:
    """The lists that this person's office made or got, the newest first, each with how many stand on it (`size`)."""
    units = office_units(staff).values("pk")
    rows = HandOverList.objects.filter(Q(unit__in=units) | Q(to_unit__in=units)).select_related("unit", "to_unit")
    return rows.annotate(size=Count("hand_overs")).order_by("-at", "-pk")


def hand_over_list_for(staff: "Staff", list_id: int) -> HandOverList:
    return get_object_or_404(hand_over_lists_of(staff), pk=list_id)

"""Unhappy answers: what is open, whose it is."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet
from django.http import Http404

from thanthien.organisation.queries import office_units, staff_with_role
from thanthien.satisfaction.models import UnhappyCase
from thanthien.satisfaction.rules import SETTLERS, check_can_read_cases

if TYPE_CHECKING:
    from thanthien.dossiers.models import Dossier
    from thanthien.organisation.models import Staff, Unit

AROUND = (
    "unit",
    "owner",
    "dossier",
    "again",
    "response__version",
    "response__sector",
    "response__procedure",
    "response__officer",
)


def cases_seen_by(staff: "Staff") -> QuerySet[UnhappyCase]:
    """Of the person's office, never those about themselves. Raises `Refused` for who has nothing to do with them."""
    check_can_read_cases(by=staff)
    about_me = Q(response__officer=staff.pk) if staff.pk else Q(pk__in=[])
    found = UnhappyCase.objects.filter(unit__in=office_units(staff)).exclude(about_me)
    return found.select_related(*AROUND)


def open_cases(staff: "Staff") -> QuerySet[UnhappyCase]:
    return cases_seen_by(staff).filter(answered_at=None).order_by("due_at", "pk")


def answered_cases(staff: "Staff") -> QuerySet[UnhappyCase]:
    return cases_seen_by(staff).exclude(answered_at=None).order_by("-answered_at", "-pk")


def reviews_for(staff: "Staff") -> QuerySet[UnhappyCase]:
    """Dossiers whose owners asked to have them looked at again and wait for a decision: to who may decide, and to who
    worked on them (without what was answered). The first promised comes first."""
    waiting = UnhappyCase.objects.filter(unit__in=office_units(staff), wants_review=True, answered_at=None)
    if not (staff.is_superuser or staff.has_role(*SETTLERS)):
        waiting = waiting.filter(Q(response__officer=staff.pk) | Q(dossier__received_by=staff.pk))
    return waiting.select_related("dossier", "owner").order_by("due_at", "pk")


def review_of(dossier: "Dossier | Any") -> UnhappyCase | None:
    """The latest that was asked for a dossier, decided or not."""
    asked = UnhappyCase.objects.filter(dossier=dossier, wants_review=True)
    return asked.select_related("owner", "again", "dossier", "response").order_by("-pk").first()


def case_for(staff: "Staff", case_id: int) -> UnhappyCase:
    found = cases_seen_by(staff).filter(pk=case_id).first()
    if found is None:
        raise Http404
    return found


def case_by_id(case_id: int) -> UnhappyCase:
    """For who answers an event about it."""
    return UnhappyCase.objects.select_related(*AROUND).get(pk=case_id)


def possible_owners(unit: "Unit", officer_id: int | None) -> list["Staff"]:
    """Who may see to an unhappy answer of the unit: not who was rated; heads of division first."""
    settlers = [one for one in staff_with_role(unit, *SETTLERS) if one.pk != officer_id]
    return sorted(settlers, key=lambda one: next(i for i, role in enumerate(SETTLERS) if one.has_role(role)))


def all_case_keys() -> Iterator[int]:
    """For the audit, in constant memory."""
    return UnhappyCase.objects.order_by("pk").values_list("pk", flat=True).iterator(chunk_size=5000)

"""Unhappy answers: what is open, whose it is."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.http import Http404

from thanthien.organisation.queries import office_units, staff_with_role
from thanthien.satisfaction.models import UnhappyCase
from thanthien.satisfaction.rules import SETTLERS, check_can_read_cases

if TYPE_CHECKING:
    from thanthien.organisation.models import Staff, Unit

AROUND = (
    "unit",
    "owner",
    "dossier",
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

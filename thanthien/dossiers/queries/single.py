"""One dossier, by somebody who may see it."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.shortcuts import get_object_or_404

from thanthien.dossiers.models import Consultation, Dossier, HandOver
from thanthien.organisation.enums import Role
from thanthien.organisation.queries import office_units
from thanthien.procedures.queries import step_after, steps_of

if TYPE_CHECKING:
    from thanthien.core.models import IssuedDocument
    from thanthien.organisation.models import Staff
    from thanthien.procedures.models import ProcessStep


def dossiers_seen_by(staff: "Staff") -> QuerySet[Dossier]:
    """Dossiers that the person's office decides, received or has on a desk. Others: as if they did not exist."""
    if staff.is_superuser:
        return Dossier.objects.all()
    units = office_units(staff).values("pk")
    return Dossier.objects.filter(Q(unit__in=units) | Q(receiving_unit__in=units) | Q(desk_unit__in=units))


def dossier_for(staff: "Staff", code: str) -> Dossier:
    """404 for a stranger. An office that once had it on its desk, or was asked for its opinion, sees it too."""
    related = "unit", "receiving_unit", "desk_unit", "offering", "version", "holder", "received_by", "locked_by"
    parts = "unit__parent", "supplement", "apology", "result_return"
    seen = Q(pk__in=dossiers_seen_by(staff).values("pk"))
    if not staff.is_superuser:
        units = office_units(staff).values("pk")
        seen |= Exists(HandOver.objects.filter(dossier=OuterRef("pk"), to_unit__in=units))
        seen |= Exists(Consultation.objects.filter(dossier=OuterRef("pk"), unit__in=units))
    return get_object_or_404(Dossier.objects.select_related(*related, *parts).filter(seen), code=code)


def may_read_document(staff: "Staff", document: "IssuedDocument") -> bool:
    """Papers about a dossier are read by everyone who sees the dossier."""
    pk = document.subject.partition(":")[2]
    return pk.isdecimal() and dossiers_seen_by(staff).filter(pk=int(pk)).exists()


def hand_overs_of(dossier: Dossier) -> QuerySet[HandOver]:
    return dossier.hand_overs.select_related("from_unit", "to_unit").order_by("pk")


def next_step(dossier: Dossier) -> "ProcessStep | None":
    """The step after the one on whose desk it lies; None at the last one. Returning the result ("không tính thời
    gian", DOMAIN 1.6) is none: it follows when the result is signed."""
    step = step_after(dossier.offering, dossier.step_position)
    return None if step is None or is_return(step) else step


def is_return(step: "ProcessStep") -> bool:
    return step.role == Role.RETURN


def process_of(dossier: Dossier) -> list["ProcessStep"]:
    """The steps of the process that the dossier was received under."""
    return list(steps_of(dossier.offering))


def all_dossier_keys() -> Iterator[int]:
    """The primary key of every dossier, in constant memory: for the audit."""
    return Dossier.objects.order_by("pk").values_list("pk", flat=True).iterator(chunk_size=5000)

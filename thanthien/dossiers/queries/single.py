"""One dossier, by somebody who may see it."""

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404

from thanthien.core.prepared import Given, Prepared
from thanthien.dossiers.enums import RUNNING
from thanthien.dossiers.models import Consultation, Dossier, HandOver
from thanthien.organisation.enums import Role
from thanthien.organisation.queries import commune_units, office_units, plain_office_of
from thanthien.procedures.queries import step_after, steps_of

if TYPE_CHECKING:
    from thanthien.core.models import IssuedDocument
    from thanthien.organisation.models import Staff
    from thanthien.procedures.models import ProcessStep

Units = QuerySet[Any, dict[str, Any]]


def dossiers_seen_by(staff: "Staff") -> QuerySet[Dossier]:
    """Dossiers that the person's office decides, received or has on a desk. Others: as if they did not exist."""
    return Dossier.objects.filter(Q() if staff.is_superuser else _of(office_units(staff).values("pk")))


def _of(units: Units) -> Q:
    return Q(unit__in=units) | Q(receiving_unit__in=units) | Q(desk_unit__in=units)


def _of_or_once_with(units: Units) -> Q:
    """An office that once had it on its desk, or was asked for its opinion, sees it too."""
    had = HandOver.objects.filter(dossier=OuterRef("pk"), to_unit__in=units)
    asked = Consultation.objects.filter(dossier=OuterRef("pk"), unit__in=units)
    return _of(units) | Exists(had) | Exists(asked)


RELATED = (
    "unit__parent", "receiving_unit", "desk_unit", "offering", "version", "holder", "received_by", "locked_by",
    "supplement", "apology", "result_return",
)  # fmt: skip
_of_commune = Prepared(
    lambda: (
        Dossier.objects.select_related(*RELATED)
        .filter(_of_or_once_with(commune_units(Given("office"), Given("path")).values("pk")), code=Given("code"))
        .order_by()
    )
)


def dossier_for(staff: "Staff", code: str) -> Dossier:
    """404 for a stranger."""
    if office := plain_office_of(staff):
        found = _of_commune.first(code=code, office=office.pk, path=office.path)
    else:
        seen = Q() if staff.is_superuser else _of_or_once_with(office_units(staff).values("pk"))
        found = Dossier.objects.select_related(*RELATED).filter(seen, code=code).first()
    if found is None:
        raise Http404
    return found


def dossier_of_key(pk: int) -> Dossier:
    """For listeners, which ask for nobody: whom an event is about."""
    return Dossier.objects.select_related(*RELATED, "offering__procedure", "applicant").get(pk=pk)


def late_again(*, at: datetime) -> QuerySet[Dossier]:
    """Running past the new date too, for which somebody has apologised already."""
    return Dossier.objects.filter(status__in=sorted(RUNNING), due_at__lt=at, apology__sent_at__isnull=False)


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

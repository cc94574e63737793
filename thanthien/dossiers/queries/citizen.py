"""What citizens see of dossiers: their own by their phone, and of those behind a public figure nothing personal."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Count, QuerySet

from thanthien.dossiers.enums import FileKind
from thanthien.dossiers.models import Dossier, DossierFile
from thanthien.dossiers.queries.book import day_bounds
from thanthien.dossiers.queries.real_time import LOOK_BACK_DAYS

if TYPE_CHECKING:
    from thanthien.organisation.models import Unit

MOST_OWN = 50


def dossiers_reached_at(contact: str) -> QuerySet[Dossier]:
    """Those in which this phone (+84…) or e-mail address was given, of every unit, the newest first."""
    found = Dossier.objects.filter(**({"email__iexact": contact} if "@" in contact else {"phone": contact}))
    return (found if contact else found.none()).order_by("-registered_at", "-pk")


def own_dossiers(contact: str) -> list[Dossier]:
    """For who has proved that the phone or mailbox is theirs; one statement."""
    return list(dossiers_reached_at(contact).select_related("receiving_unit", "offering", "apology")[:MOST_OWN])


def is_known_contact(contact: str) -> bool:
    return dossiers_reached_at(contact).exists()


def result_files_of(dossier: Dossier) -> list[DossierFile]:
    """The signed result as files, once it has been signed; none before."""
    if dossier.finished_at is None or not getattr(dossier, "has_results", True):
        return []
    return list(DossierFile.objects.filter(dossier=dossier, kind=FileKind.RESULT).order_by("pk"))


@dataclass(frozen=True, kw_only=True)
class CountedLine:
    """A dossier behind a public figure: its field and its days. Neither its code nor whose it is nor what for, since a
    neighbour who knows the day could tell."""

    sector: str
    promised: datetime | None
    finished: datetime | None
    is_late: bool


def counted(records: QuerySet[Any]) -> QuerySet[Any] | None:
    """The dossiers behind the records of a figure, with their sector; None when they are no dossiers."""
    if records.model is Dossier:
        return records.select_related("offering__procedure__sector")
    if any(field.name == "dossier" for field in records.model._meta.fields):
        return records.select_related("dossier__offering__procedure__sector")
    return None


def counted_lines(records: Iterable[Any]) -> list[CountedLine]:
    """Of a page of `counted`."""
    return [_line(getattr(record, "dossier", record)) for record in records]


def _line(dossier: Dossier) -> CountedLine:
    late = bool(dossier.finished_at and dossier.due_at and dossier.finished_at > dossier.due_at)
    sector = dossier.offering.procedure.sector.name
    return CountedLine(sector=sector, promised=dossier.due_at, finished=dossier.finished_at, is_late=late)


def asked_for_most(unit: "Unit", *, today: date, most: int) -> list[tuple[str, str]]:
    """Code and name of the procedures of which most dossiers were received in the last 90 days; one statement."""
    start, end = day_bounds(today - timedelta(days=LOOK_BACK_DAYS - 1), today)
    lately = Dossier.objects.filter(unit=unit, received_at__gte=start, received_at__lt=end).order_by()
    offered = lately.filter(offering__valid_to=None)
    named = offered.values_list("offering__procedure__code", "offering__procedure__name")
    return [
        (code, name) for code, name, _n in named.annotate(n=Count("pk")).order_by("-n", "offering__procedure")[:most]
    ]

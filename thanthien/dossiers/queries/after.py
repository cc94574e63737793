"""What rooms above ask about dossiers that have ended: one of them, those of a period, and how each was handled."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from thanthien.core.figures import Scope
from thanthien.core.working_time import TimeUnit
from thanthien.dossiers.enums import ReturnChannel, Timeliness
from thanthien.dossiers.models import Dossier
from thanthien.dossiers.queries.figures import finished_in
from thanthien.procedures.enums import Channel

AROUND = ("unit", "receiving_unit", "offering__procedure__sector", "received_by", "applicant__neighbourhood")


def dossier_after(dossier_id: int) -> Dossier:
    """A dossier with what surrounds it, for who answers an event about it."""
    return Dossier.objects.select_related(*AROUND).get(pk=dossier_id)


def dossiers_after(dossier_ids: Sequence[int]) -> dict[int, Dossier]:
    """Several of them, by their keys."""
    return Dossier.objects.select_related(*AROUND).in_bulk(list(dossier_ids))


def finished_frame(
    scope: Scope, *, sectors: Sequence[int] = (), neighbourhoods: Sequence[int] = ()
) -> QuerySet[Dossier]:
    """Dossiers finished in the period, of these fields and of applicants from these villages (empty: of all)."""
    chosen = Q()
    if sectors:
        chosen &= Q(offering__procedure__sector__in=sectors)
    if neighbourhoods:
        chosen &= Q(applicant__neighbourhood__in=neighbourhoods)
    return finished_in(scope).filter(chosen).select_related(*AROUND)


@dataclass(frozen=True, kw_only=True)
class Handled:
    """How one finished dossier was handled, as the indices of TT 01/2018/TT-VPCP Điều 13 ask.

    `timeliness` of the whole; `late_steps`, `early_steps` of `steps` finished ones; `supplements` asked for;
    `needs_no_visit`: it came in and went out without anybody having to come.
    """

    dossier_id: int
    code: str
    officer_id: int | None
    timeliness: Timeliness
    steps: int
    late_steps: int
    early_steps: int
    supplements: int
    needs_no_visit: bool
    is_online: bool


def handled_in(scope: Scope) -> Iterator[Handled]:
    """Every dossier finished in the period; one statement."""
    counted = {
        "steps": Count("hand_overs", filter=~Q(hand_overs__timeliness="")),
        "late_steps": Count("hand_overs", filter=Q(hand_overs__timeliness=Timeliness.LATE)),
        "early_steps": Count("hand_overs", filter=Q(hand_overs__timeliness=Timeliness.EARLY)),
        "asked": Exists(_supplements()),
    }
    found = finished_in(scope).select_related("offering").annotate(**counted)
    return (_handled(dossier) for dossier in found)


def timeliness_of(dossier: Dossier) -> Timeliness:
    """Trước hạn, đúng hạn, quá hạn (DOMAIN 1.6): limits in days compare days, limits in hours compare minutes."""
    finished, due = timezone.localtime(dossier.finished_at), timezone.localtime(dossier.due_at)
    if finished > due:
        return Timeliness.LATE
    by_day = dossier.offering.committed_unit in (TimeUnit.DAY, TimeUnit.WORKING_DAY)
    early = finished.date() < due.date() if by_day else finished.replace(second=0, microsecond=0) < due
    return Timeliness.EARLY if early else Timeliness.ON_TIME


def _supplements() -> QuerySet[Dossier]:
    return Dossier.objects.filter(pk=OuterRef("pk"), supplement__isnull=False)


def _handled(dossier: Dossier) -> Handled:
    away = dossier.channel != Channel.COUNTER and dossier.return_channel != ReturnChannel.COUNTER
    return Handled(
        dossier_id=dossier.pk, code=dossier.code, officer_id=dossier.received_by_id, timeliness=timeliness_of(dossier),
        steps=dossier.steps, late_steps=dossier.late_steps, early_steps=dossier.early_steps,  # type: ignore[attr-defined]
        supplements=int(dossier.asked), needs_no_visit=away, is_online=dossier.channel == Channel.ONLINE,  # type: ignore[attr-defined]
    )  # fmt: skip

"""The records behind each figure of the one-stop shop, over units and days (half-open, in local time)."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import F, Q, QuerySet
from django.db.models.functions import TruncDate

from thanthien.core.figures import Scope
from thanthien.core.working_time import TimeUnit
from thanthien.dossiers.enums import ResultKind, ReturnChannel, Status, Timeliness
from thanthien.dossiers.models import Apology, Dossier, Fee, Guidance, ResultReturn
from thanthien.dossiers.queries.book import day_bounds

BY_DAY = (TimeUnit.DAY, TimeUnit.WORKING_DAY)


def received_in(scope: Scope) -> QuerySet[Dossier]:
    start, end = _bounds(scope)
    return _of(scope).filter(received_at__gte=start, received_at__lt=end).order_by("received_at", "pk")


def returned_in(scope: Scope) -> QuerySet[Dossier]:
    start, end = _bounds(scope)
    found = _of(scope).filter(status=Status.RETURNED, returned_at__gte=start, returned_at__lt=end)
    return found.order_by("returned_at", "pk")


def finished_in(scope: Scope) -> QuerySet[Dossier]:
    """Dossiers whose result was signed in the period: the base of early, on time and late."""
    start, end = _bounds(scope)
    return _of(scope).filter(finished_at__gte=start, finished_at__lt=end).order_by("finished_at", "pk")


def granted_in(scope: Scope, procedure_codes: Collection[str]) -> QuerySet[Dossier]:
    """Of those finished in the period what was granted of these procedures: births, marriages, deaths registered."""
    granted = finished_in(scope).filter(result_kind=ResultKind.GRANTED)
    return granted.filter(offering__procedure__code__in=procedure_codes)


def finished_so(scope: Scope, timeliness: Timeliness) -> QuerySet[Dossier]:
    """Of those finished in the period the early, punctual or late ones (DOMAIN 1.6; as `actions.timeliness_of`)."""
    late = Q(finished_at__gt=F("due_at"))
    early = Q(offering__committed_unit__in=BY_DAY, finished_day__lt=F("due_day")) | (
        ~Q(offering__committed_unit__in=BY_DAY) & Q(finished_at__lt=F("due_at"))
    )
    found = finished_in(scope).annotate(finished_day=TruncDate("finished_at"), due_day=TruncDate("due_at"))
    chosen = {Timeliness.LATE: late, Timeliness.EARLY: ~late & early, Timeliness.ON_TIME: ~late & ~early}
    return found.filter(chosen[timeliness])


def waiting_at_end_of(scope: Scope) -> QuerySet[Dossier]:
    """Received and not yet finished, withdrawn or stopped when the last day ended."""
    _start, end = _bounds(scope)
    unfinished = Q(finished_at=None) | Q(finished_at__gte=end)
    not_closed = Q(closed_at=None) | Q(closed_at__gte=end)
    return _of(scope).filter(unfinished, not_closed, received_at__lt=end).order_by("due_at", "pk")


def apologies_owed_at_end_of(scope: Scope) -> QuerySet[Apology]:
    _start, end = _bounds(scope)
    unsent, still_needed = Q(sent_at=None) | Q(sent_at__gte=end), Q(not_needed_at=None) | Q(not_needed_at__gte=end)
    return _apologies(scope).filter(unsent, still_needed, owed_at__lt=end).order_by("owed_at", "pk")


def apologies_sent_in(scope: Scope) -> QuerySet[Apology]:
    start, end = _bounds(scope)
    return _apologies(scope).filter(sent_at__gte=start, sent_at__lt=end).order_by("sent_at", "pk")


def guidance_in(scope: Scope) -> QuerySet[Guidance]:
    start, end = _bounds(scope)
    found = Guidance.objects.filter(unit__code__in=scope.unit_codes, at__gte=start, at__lt=end)
    return found.select_related("procedure").order_by("at", "pk")


def brought_home_in(scope: Scope) -> QuerySet[ResultReturn]:
    start, end = _bounds(scope)
    brought = ResultReturn.objects.filter(
        dossier__unit__code__in=scope.unit_codes, channel=ReturnChannel.HOME, at__gte=start, at__lt=end
    )
    return brought.select_related("dossier").order_by("at", "pk")


def fees_paid_in(scope: Scope) -> QuerySet[Fee]:
    start, end = _bounds(scope)
    paid = Fee.objects.filter(dossier__unit__code__in=scope.unit_codes, paid_at__gte=start, paid_at__lt=end)
    return paid.select_related("dossier").order_by("paid_at", "pk")


def _of(scope: Scope) -> QuerySet[Dossier]:
    return Dossier.objects.filter(unit__code__in=scope.unit_codes)


def _apologies(scope: Scope) -> QuerySet[Apology]:
    return Apology.objects.filter(unit__code__in=scope.unit_codes).select_related("dossier")


def _bounds(scope: Scope) -> tuple[datetime, datetime]:
    return day_bounds(scope.first, scope.last)

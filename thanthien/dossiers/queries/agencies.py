"""Which other agency a dossier waits for, and since when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from thanthien.dossiers.enums import Status
from thanthien.dossiers.models import AgencyRequest, Dossier
from thanthien.organisation.queries import office_units

if TYPE_CHECKING:
    from thanthien.organisation.models import Staff


@dataclass(frozen=True, kw_only=True)
class Awaited:
    """An agency that has not answered yet; `days` since it was asked, `over` those past the day it should have."""

    request: AgencyRequest
    days: int
    over: int

    @property
    def waited(self) -> str:
        """ "đã chờ 5 ngày"."""
        if not self.days:
            return _("hỏi hôm nay")
        return ngettext("đã chờ %(n)s ngày", "đã chờ %(n)s ngày", self.days) % {"n": self.days}

    @property
    def until(self) -> str:
        """ "dự kiến trả lời 30/11", or by how much that has passed."""
        if self.over:
            return ngettext("quá ngày trả lời %(n)s ngày", "quá ngày trả lời %(n)s ngày", self.over) % {"n": self.over}
        return _("dự kiến trả lời %(day)s") % {"day": f"{self.request.expected_on:%d/%m}"}


def awaited_by(dossiers: Iterable[Dossier], *, at: datetime) -> dict[int, Awaited]:
    """By primary key of the dossier; one statement, none when no dossier of these waits for an agency."""
    waiting = [dossier.pk for dossier in dossiers if dossier.status == Status.OTHER_AGENCY]
    if not waiting:
        return {}
    open_ones = AgencyRequest.objects.filter(dossier__in=waiting, answered_at=None, cancelled_at=None)
    return {request.dossier_id: awaited(request, at=at) for request in open_ones}


def unanswered(staff: "Staff", *, at: datetime) -> QuerySet[AgencyRequest]:
    """Agencies past the day of their answer, the longest first: for those who answer for the office."""
    units, today = office_units(staff).values("pk"), timezone.localdate(at)
    found = AgencyRequest.objects.filter(answered_at=None, cancelled_at=None, expected_on__lt=today)
    found = found.filter(dossier__desk_unit__in=units, dossier__closed_at=None)
    return found.select_related("dossier__holder", "dossier__desk_unit").order_by("expected_on", "pk")


def awaited(request: AgencyRequest, *, at: datetime) -> Awaited:
    today = timezone.localdate(at)
    since = (today - timezone.localdate(request.asked_at)).days
    return Awaited(request=request, days=since, over=max(0, (today - request.expected_on).days))

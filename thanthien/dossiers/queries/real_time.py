"""How long dossiers of a procedure really took, so that a citizen need not trust the promise alone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_CEILING, Decimal
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _

from thanthien.core.working_time import Calendar, Pause, TimeUnit, working_days_between, working_hours_between
from thanthien.core.working_time.units import time_in_words
from thanthien.dossiers.models import Dossier
from thanthien.dossiers.queries.book import day_bounds
from thanthien.organisation.queries import calendar_for

if TYPE_CHECKING:
    from thanthien.procedures.models import Offering

LOOK_BACK_DAYS = 90
FEWEST = 10  # below this nine of ten cannot be told from all
OF_TEN = 9
HALF = Decimal("0.5")
BY_DAY = (TimeUnit.WORKING_DAY, TimeUnit.DAY)


@dataclass(frozen=True, kw_only=True)
class RealTime:
    """Nine of ten of the `n` dossiers that were finished in the last `days` days took at most `amount` of `unit`;
    None when there are too few to say so."""

    n: int
    amount: Decimal | None
    unit: TimeUnit
    days: int = LOOK_BACK_DAYS

    @property
    def words(self) -> str:
        """ "3 ngày làm việc", "ngày nhận hồ sơ", as it follows on "xong trong"; "" when there are too few."""
        if self.amount is None:
            return ""
        if self.amount:
            return time_in_words(self.amount, self.unit)
        return _("chưa đầy nửa giờ") if self.unit == TimeUnit.HOUR else _("ngày nhận hồ sơ")


def real_time_of(offering: "Offering", *, today: date) -> RealTime:
    """Over the dossiers of this unit and procedure whose result was signed in the last 90 days (one statement).

    Counted as the promise is: in working days or calendar days after the day of receipt, or in working hours; while
    the clock stood still (waiting for papers, payment, another agency) nothing is counted.
    """
    promised = TimeUnit(offering.committed_unit)
    unit = promised if promised in BY_DAY else TimeUnit.HOUR
    calendar = calendar_for(offering.unit)
    taken = [_taken(times, unit, calendar) for times in _finished(offering, today)]
    amount = at_most(taken, OF_TEN) if len(taken) >= FEWEST else None
    return RealTime(n=len(taken), amount=amount, unit=unit)


def at_most(taken: Sequence[Decimal], of_ten: int) -> Decimal:
    """The smallest of these times within which so many of ten stay (the nearest rank). Raises `ValueError` for none."""
    if not taken:
        raise ValueError("nothing was measured")
    rank = -(-len(taken) * of_ten // 10)
    return sorted(taken)[max(rank, 1) - 1]


@dataclass(frozen=True)
class _Times:
    received: datetime
    finished: datetime
    pauses: list[Pause]


def _finished(offering: "Offering", today: date) -> Iterable[_Times]:
    start, end = day_bounds(today - timedelta(days=LOOK_BACK_DAYS - 1), today)
    done = Dossier.objects.filter(
        unit=offering.unit, offering__procedure=offering.procedure, finished_at__gte=start, finished_at__lt=end
    )
    names = "pk", "received_at", "finished_at", "pauses__started_at", "pauses__ended_at"
    found: dict[int, _Times] = {}
    for pk, received, finished, begun, ended in done.order_by().values_list(*names):
        times = found.setdefault(pk, _Times(received, finished, []))
        if begun and begun < finished:
            times.pauses.append(Pause(begun, min(ended or finished, finished), "–"))
    return found.values()


def _taken(times: _Times, unit: TimeUnit, calendar: Calendar) -> Decimal:
    if unit == TimeUnit.HOUR:
        hours = working_hours_between(calendar, times.received, times.finished, times.pauses)
        return (hours / HALF).to_integral_value(ROUND_CEILING) * HALF
    count = _working_days if unit == TimeUnit.WORKING_DAY else _days
    days = count(calendar, times.received, times.finished)
    return Decimal(max(0, days - sum(count(calendar, pause.start, pause.end or pause.start) for pause in times.pauses)))


def _working_days(calendar: Calendar, start: datetime, end: datetime) -> int:
    return working_days_between(calendar, _day(start), _day(end))


def _days(_calendar: Any, start: datetime, end: datetime) -> int:
    return (_day(end) - _day(start)).days


def _day(moment: datetime) -> date:
    return timezone.localdate(moment)

"""Who is away: what colleagues see of it, and whom somebody may write down."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from thanthien.core.rules import allows
from thanthien.core.text import name_sort_key
from thanthien.organisation.enums import HalfDay
from thanthien.organisation.models import Absence, Staff
from thanthien.organisation.queries.office import office_units
from thanthien.organisation.rules import check_can_agree, check_can_change_absence, leads

LOOK_BACK = timedelta(days=60)  # absences that are over stay on the page so long
MOST = 200
NOON = 12


@dataclass(frozen=True)
class AbsenceRow:
    """A line of the page; `tells_why`: the reader leads the officer, or is that officer."""

    absence: Absence
    tells_why: bool
    may_change: bool
    may_agree: bool

    @property
    def when(self) -> str:
        return halves_of(self.absence).words


@dataclass(frozen=True)
class AbsencePage:
    """Those that somebody must agree to, those of now and to come, cancelled ones, and those that are over."""

    proposed: list[AbsenceRow]
    agreed: list[AbsenceRow]
    cancelled: list[AbsenceRow]
    past: list[AbsenceRow]

    @property
    def standing(self) -> list[Absence]:
        """Of now and to come, agreed to or not: what rooms above are asked about."""
        return [row.absence for row in (*self.proposed, *self.agreed)]

    @property
    def is_empty(self) -> bool:
        return not (self.proposed or self.agreed or self.cancelled or self.past)


@dataclass(frozen=True)
class Halves:
    """The same in days and halves of a day, both ends included."""

    first_day: date
    first_half: HalfDay
    last_day: date
    last_half: HalfDay

    @property
    def words(self) -> str:
        """ "cả ngày 27/11/2026", "chiều 27/11/2026", "từ sáng 27/11/2026 đến hết chiều 30/11/2026"."""
        facts = {
            "first": f"{self.first_day:%d/%m/%Y}", "last": f"{self.last_day:%d/%m/%Y}",
            "first_half": self.first_half.label, "last_half": self.last_half.label,
        }  # fmt: skip
        if self.first_day != self.last_day:
            return _("%(first_half)s %(first)s đến hết %(last_half)s %(last)s") % facts
        whole = self.first_half != self.last_half
        return (_("cả ngày %(first)s") if whole else _("%(first_half)s %(first)s")) % facts


def halves_of(absence: Absence) -> Halves:
    start, end = timezone.localtime(absence.starts_at), timezone.localtime(absence.ends_at - timedelta(seconds=1))
    first, last = (HalfDay.MORNING if moment.hour < NOON else HalfDay.AFTERNOON for moment in (start, end))
    return Halves(start.date(), first, end.date(), last)


def absences_seen_by(staff: Staff) -> QuerySet[Absence]:
    rows = Absence.objects.filter(staff__unit__in=office_units(staff))
    return rows.select_related("staff__unit__parent", "stand_in")


def absence_for(staff: Staff, absence_id: int) -> Absence:
    found = absences_seen_by(staff).filter(pk=absence_id).first()
    if found is None:
        raise Http404
    return found


def absence_page(staff: Staff, *, at: datetime) -> AbsencePage:
    latest = absences_seen_by(staff).filter(ends_at__gt=at - LOOK_BACK).order_by("-starts_at", "-pk")[:MOST]
    rows = [_row(one, staff) for one in reversed(list(latest))]
    ahead = [row for row in rows if row.absence.ends_at > at]
    standing = [row for row in ahead if row.absence.cancelled_at is None]
    return AbsencePage(
        proposed=[row for row in standing if row.absence.agreed_at is None],
        agreed=[row for row in standing if row.absence.agreed_at],
        cancelled=[row for row in ahead if row.absence.cancelled_at and row.tells_why],
        past=[row for row in reversed(rows) if row.absence.ends_at <= at and row.absence.cancelled_at is None],
    )


def _row(absence: Absence, staff: Staff) -> AbsenceRow:
    return AbsenceRow(
        absence,
        tells_why=absence.staff_id == staff.pk or leads(absence.staff, by=staff),
        may_change=allows(check_can_change_absence, absence, by=staff),
        may_agree=allows(check_can_agree, absence, by=staff),
    )


def people_led_by(staff: Staff) -> list[Staff]:
    """Whose absence this person may write down: themselves, and those they lead, by given name."""
    rows = Staff.objects.filter(unit__in=office_units(staff), is_active=True).select_related("unit__parent")
    found = [one for one in rows if one.pk == staff.pk or leads(one, by=staff)]
    return sorted(found, key=lambda one: name_sort_key(one.full_name))


def colleagues_seen_by(staff: Staff) -> QuerySet[Staff]:
    """Who may be named as standing in (the same office, a rule says): at work where this person sees the affairs."""
    rows = Staff.objects.filter(unit__in=office_units(staff), is_active=True)
    return rows.select_related("unit__parent").order_by("full_name")

"""Who helped whom to file online, on which machine; and how much was filed with and without help."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Count, QuerySet
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from thanthien.core.figures import Record, Scope
from thanthien.dossiers.queries import day_bounds, dossiers_seen_by
from thanthien.filing.enums import FilingKind
from thanthien.filing.models import Consent, Filing, Party
from thanthien.organisation.enums import Role
from thanthien.organisation.queries import staff_with_role

if TYPE_CHECKING:
    from thanthien.organisation.models import Staff, Unit

HELPERS = tuple(role for role in Role if role not in (Role.INSPECTOR, Role.POSTAL, Role.PROVINCE_ADMIN))


def helping_code(staff: "Staff", *, at: datetime) -> str:
    """The eight digits by which this officer says, on a citizens' machine, that it is them; good for one day."""
    day = timezone.localdate(at).isoformat()
    digest = salted_hmac("thanthien.filing.helper", f"{staff.pk}:{day}", algorithm="sha256").hexdigest()
    return f"{int(digest[:12], 16) % 100_000_000:08d}"


def helper_of_code(unit: "Unit", code: str, *, at: datetime) -> "Staff | None":
    """The officer of this office whose code it is today."""
    digits = "".join(character for character in code if character.isdecimal())
    colleagues = staff_with_role(unit, *HELPERS)
    return next((one for one in colleagues if constant_time_compare(helping_code(one, at=at), digits)), None)


def filings_of(staff: "Staff", first: date, last: date) -> QuerySet[Filing]:
    """What was sent online in the period to the offices that this person sees."""
    start, end = day_bounds(first, last)
    seen = dossiers_seen_by(staff).values("pk")
    found = Filing.objects.filter(at__gte=start, at__lt=end, dossier__in=seen)
    return found.select_related("dossier", "helper")


def assisted_rows(staff: "Staff", first: date, last: date) -> QuerySet[Filing]:
    return filings_of(staff, first, last).exclude(helper=None)


@dataclass(frozen=True)
class HelpedShare:
    """How many filed alone and with help, of how many."""

    alone: int
    helped: int

    @property
    def whole(self) -> int:
        return self.alone + self.helped


def helped_of(staff: "Staff", first: date, last: date) -> HelpedShare:
    filed = filings_of(staff, first, last).filter(kind=FilingKind.FILING).order_by()
    counted = filed.aggregate(whole=Count("pk"), helped=Count("helper"))
    return HelpedShare(alone=counted["whole"] - counted["helped"], helped=counted["helped"])


@dataclass(frozen=True, kw_only=True)
class AboutFiling:
    """For the dossier's page: what was sent online, what was agreed to last for each purpose."""

    filings: list[Filing]
    consents: list[Consent]
    parties: list[Party]


def filing_about(dossier_id: int) -> AboutFiling:
    filings = list(Filing.objects.filter(dossier=dossier_id).select_related("helper"))
    last = {consent.purpose: consent for consent in Consent.objects.filter(dossier=dossier_id)}
    parties = list(Party.objects.filter(dossier=dossier_id))
    return AboutFiling(filings=filings, consents=[one for one in last.values() if one.is_given], parties=parties)


def last_consents(dossier: Any) -> dict[str, bool]:
    """Purpose → what was said last."""
    return {consent.purpose: consent.is_given for consent in Consent.objects.filter(dossier=dossier)}


# ---- figures -----------------------------------------------------------------------------------------------
def filed_in(scope: Scope) -> QuerySet[Filing]:
    return _in(scope).order_by("at", "pk")


def helped_in(scope: Scope) -> QuerySet[Filing]:
    return filed_in(scope).exclude(helper=None)


def alone_in(scope: Scope) -> QuerySet[Filing]:
    return filed_in(scope).filter(helper=None)


def _in(scope: Scope) -> QuerySet[Filing]:
    start, end = day_bounds(scope.first, scope.last)
    units: Sequence[str] = scope.unit_codes
    found = Filing.objects.filter(kind=FilingKind.FILING, dossier__unit__code__in=units, at__gte=start, at__lt=end)
    return found.select_related("dossier", "helper")


def filing_record(filing: Filing) -> Record:
    """The dossier that was filed, and whether an officer helped; the citizen's name stands in the dossier."""
    how = _("có cán bộ giúp") if filing.helper_id else _("tự nộp")
    dossier = filing.dossier
    return Record(number=dossier.code, who=how, what=dossier.procedure_name, at=filing.at, code=dossier.code)

"""What an officer meets in the morning: how much there is, and the rows of the work list in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from textwrap import shorten
from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.db.models import F, Func, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from thanthien.core.working_time import working_hours_between
from thanthien.dossiers.enums import Status
from thanthien.dossiers.queries import (
    Awaited,
    Band,
    WorkFilter,
    apologies_owed,
    awaited_by,
    band_of,
    open_hand_overs,
    waiting_for_return,
    work_of,
)
from thanthien.office.queries.silence import forgotten_by, is_watcher
from thanthien.organisation.enums import Role
from thanthien.organisation.queries import calendar_for
from thanthien.procedures.enums import Channel
from thanthien.satisfaction.queries import reviews_for

if TYPE_CHECKING:
    from thanthien.dossiers.models import Dossier
    from thanthien.organisation.models import Staff

MEMO = "_desk_summary"
LONGEST_NAME = 140
MOST_REVIEWS = 10


@dataclass(frozen=True, kw_only=True)
class DeskSummary:
    """How many: on my desk; of them promised for today, late; apologies my office owes; results that wait for their
    owners; dossiers to sign for; reviews that people asked for; for those who answer for the office (else 0) dossiers
    nobody touched, hand-overs nobody signed for, and agencies past the day of their answer."""

    work: int
    today: int
    late: int
    owed: int
    to_return: int
    to_sign: int
    reviews: int
    silent: int
    unsigned: int
    unanswered: int

    @property
    def forgotten(self) -> int:
        """What stands behind the door "Hồ sơ im lặng"."""
        return self.silent + self.unsigned + self.unanswered


def summary_of(staff: "Staff", *, at: datetime) -> DeskSummary:
    """In one statement, kept on this request's `staff`: the menu and the desk ask for the same numbers."""
    known: DeskSummary = staff.__dict__.get(MEMO) or _summary(staff, at)
    staff.__dict__[MEMO] = known
    return known


def _summary(staff: "Staff", at: datetime) -> DeskSummary:
    midnight = timezone.localtime(at).replace(hour=23, minute=59, second=59, microsecond=999999)
    desk = work_of(staff, WorkFilter(), at=at)
    running = desk.filter(status__in=[Status.RECEIVED, Status.PROCESSING])
    counted: dict[str, QuerySet[Any]] = {
        "work": desk,
        "today": running.filter(due_at__gte=at, due_at__lte=midnight),
        "late": running.filter(due_at__lt=at),
        "owed": apologies_owed(staff),
        "to_return": waiting_for_return(staff),
        "to_sign": open_hand_overs(staff),
        "reviews": reviews_for(staff),
    }
    if is_watcher(staff):
        counted |= forgotten_by(staff, at=at)
    numbers = {f"n_{name}": _number_of(rows) for name, rows in counted.items()}
    found: Any = get_user_model().objects.values(**numbers).get(pk=staff.pk)
    values: dict[str, int] = {name.removeprefix("n_"): number for name, number in found.items()}
    return DeskSummary(**{"silent": 0, "unsigned": 0, "unanswered": 0} | values)


def _number_of(rows: QuerySet[Any]) -> Coalesce:
    """The count of these rows as a part of another statement (an aggregate would group)."""
    return Coalesce(Subquery(rows.order_by().annotate(how_many=Func(F("pk"), function="COUNT")).values("how_many")), 0)


def reviews_on(staff: "Staff", summary: DeskSummary, *, at: datetime) -> list[tuple[Any, bool]]:
    """What people ask to have looked at again, and whether its promised answer is late; no statement when there is
    none."""
    found = reviews_for(staff)[:MOST_REVIEWS] if summary.reviews else []
    return [(review, review.due_at < at) for review in found]


def can_receive(staff: "Staff") -> bool:
    return staff.has_role(Role.RECEPTION)


@dataclass(frozen=True)
class Choices:
    """What the work on the desk can be narrowed to: sectors (primary key, name) and names of steps."""

    sectors: list[tuple[str, str]]
    steps: list[tuple[str, str]]


def choices_of(staff: "Staff", whose: str, *, at: datetime) -> Choices:
    """Only what there is, in one statement."""
    sector = "offering__procedure__sector"
    rows = work_of(staff, WorkFilter(whose=whose), at=at).order_by()
    found = rows.values_list("step_name", sector, f"{sector}__name").distinct()[:500]
    sectors = {str(key): name for _step, key, name in found}
    steps = sorted({step for step, _key, _name in found if step})
    return Choices(sorted(sectors.items(), key=lambda pair: pair[1]), [(step, step) for step in steps])


STATES = {
    Band.LATE: "late",
    Band.SOON: "soon",
    Band.TODAY: "today",
    Band.ONTIME: "ontime",
    Band.NEW: "plain",
    Band.AGENCY: "paused",
    Band.PAUSED: "paused",
}


STANDING = (Band.AGENCY, Band.PAUSED)  # their clock stands


@dataclass(frozen=True, kw_only=True)
class WorkRow:
    """A line of the work list: `percent` of the step's working time that is gone (None: not counted now)."""

    dossier: "Dossier"
    state: str
    code: str
    came: str
    what: str
    where: str
    percent: int | None
    when: str
    owes_apology: bool


NEEDED = (
    "code", "applicant_name", "procedure_name", "status", "channel", "registered_at", "received_at", "due_at",
    "unit_id", "desk_role", "step_name", "step_started_at", "step_due_at", "touched_at", "apology_at",
    "desk_unit__name", "desk_unit__path", "desk_unit__calendar_version", "holder__full_name",
    "supplement__papers", "supplement__requested_at", "apology__sent_at", "apology__not_needed_at",
)  # fmt: skip


def for_work_rows(work: QuerySet["Dossier"]) -> QuerySet["Dossier"]:
    """With what a row shows and nothing else: most columns are for the dossier's own page."""
    return work.select_related(None).select_related("desk_unit", "holder", "supplement", "apology").only(*NEEDED)


def bands_of_rows(dossiers: Sequence["Dossier"], *, at: datetime) -> list[tuple[str, Band, str, list[WorkRow]]]:
    """The page's rows under their bands: (state, band, "4 hồ sơ", rows), the most urgent first; empty ones left out."""
    grouped: dict[Band, list[WorkRow]] = {band: [] for band in Band}
    awaited = awaited_by(dossiers, at=at)
    for dossier in dossiers:
        grouped[band_of(dossier, at=at)].append(_row(dossier, at, awaited.get(dossier.pk)))
    return [(STATES[band], band, _how_many(band, len(rows)), rows) for band, rows in grouped.items() if rows]


def _how_many(band: Band, number: int) -> str:
    text = _("%(number)s hồ sơ, đồng hồ dừng") if band in STANDING else _("%(number)s hồ sơ")
    return text % {"number": number}


def _row(dossier: "Dossier", at: datetime, awaited: Awaited | None) -> WorkRow:
    band = band_of(dossier, at=at)
    return WorkRow(
        dossier=dossier,
        state="soon" if awaited and awaited.over else STATES[band],
        code=short_code(dossier.code),
        came=_came(dossier, at),
        what=shorten(dossier.procedure_name, LONGEST_NAME, placeholder="…"),
        where=_awaiting(awaited) if awaited else _where(dossier, band),
        percent=_percent(dossier, band, at),
        when=(awaited.until if awaited.over else awaited.waited) if awaited else _when(dossier, band, at),
        owes_apology=_owes_apology(dossier),
    )


def short_code(code: str) -> str:
    """ "…-261109-0017": the unit's part is the same on the whole page."""
    parts = code.rsplit("-", 2)
    return f"…-{parts[1]}-{parts[2]}" if len(parts) == 3 else code


def _came(dossier: "Dossier", at: datetime) -> str:
    words = {
        "when": _moment(dossier.received_at or dossier.registered_at, at),
        "how": CHANNELS[Channel(dossier.channel)],
    }
    return (_("nhận %(when)s, %(how)s") if dossier.received_at else _("đăng ký %(when)s, %(how)s")) % words


CHANNELS = {
    Channel.COUNTER: gettext_lazy("tại quầy"),
    Channel.ONLINE: gettext_lazy("trực tuyến"),
    Channel.POST: gettext_lazy("bưu chính"),
}


def _moment(moment: datetime, at: datetime) -> str:
    """ "08:12" today, "09/11" this year, "09/11/2025" before."""
    local, now = timezone.localtime(moment), timezone.localtime(at)
    if local.date() == now.date():
        return f"{local:%H:%M}"
    return f"{local:%d/%m}" if local.year == now.year else f"{local:%d/%m/%Y}"


def _where(dossier: "Dossier", band: Band) -> str:
    supplement = getattr(dossier, "supplement", None)
    if dossier.status == Status.SUPPLEMENT and supplement:
        return _("Thiếu: %(papers)s") % {"papers": "; ".join(supplement.papers)}
    who = dossier.holder.full_name if dossier.holder else _desk_name(dossier)
    return f"{dossier.step_name} · {who}" if dossier.step_name else who


def _awaiting(awaited: Awaited) -> str:
    since = awaited.waited if awaited.over else awaited.until
    return _("Chờ %(agency)s, %(until)s") % {"agency": awaited.request.agency, "until": since}


def _desk_name(dossier: "Dossier") -> str:
    if dossier.desk_unit_id != dossier.unit_id:
        return dossier.desk_unit.name
    return str(Role(dossier.desk_role).label) if dossier.desk_role else dossier.desk_unit.name


def _percent(dossier: "Dossier", band: Band, at: datetime) -> int | None:
    start, due = dossier.step_started_at, dossier.step_due_at
    if band in (*STANDING, Band.NEW) or not start or not due:
        return None
    calendar = calendar_for(dossier.desk_unit)
    whole = working_hours_between(calendar, start, due)
    return min(100, int(100 * working_hours_between(calendar, start, at) / whole)) if whole else 100


def _when(dossier: "Dossier", band: Band, at: datetime) -> str:
    supplement, due = getattr(dossier, "supplement", None), dossier.due_at
    if band == Band.PAUSED:
        day = supplement.requested_at if dossier.status == Status.SUPPLEMENT and supplement else dossier.touched_at
        return _("dừng từ %(day)s") % {"day": f"{timezone.localtime(day):%d/%m}"}
    if due is None:
        return _("chờ tiếp nhận")
    local, now = timezone.localtime(due), timezone.localtime(at)
    if local.date() != now.date():
        return _("hẹn %(day)s, %(time)s") % {"day": _moment(due, at), "time": f"{local:%H:%M}"}
    if band == Band.LATE:
        return _("hẹn %(time)s, đã quá") % {"time": f"{local:%H:%M}"}
    hours, minutes = divmod(int((due - at).total_seconds() // 60), 60)
    if hours >= 4:
        return _("hẹn %(time)s hôm nay") % {"time": f"{local:%H:%M}"}
    left = {"hours": hours, "minutes": minutes}
    return (_("còn %(hours)s giờ %(minutes)s phút") if hours else _("còn %(minutes)s phút")) % left


def _owes_apology(dossier: "Dossier") -> bool:
    apology = getattr(dossier, "apology", None)
    return bool(apology and not apology.sent_at and not apology.not_needed_at)


def greeting_of(staff: "Staff", work: int, *, at: datetime) -> str:
    """ "Chào Lê Thị Mai, sáng nay có 12 việc"."""
    hour = timezone.localtime(at).hour
    part = _("sáng nay") if hour < 11 else _("trưa nay") if hour < 13 else _("chiều nay") if hour < 18 else _("tối nay")
    words = {"name": staff.full_name, "part": part, "work": work}
    if not work:
        return _("Chào %(name)s, %(part)s bàn làm việc đã gọn") % words
    return _("Chào %(name)s, %(part)s có %(work)s việc") % words

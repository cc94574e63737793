"""Figures of the one-stop shop over a day, a week or any days, each with the records behind it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from thanthien.core import figures
from thanthien.core.figures import Figure, Record, Scope, Value, shares
from thanthien.organisation.queries import predecessor_codes

if TYPE_CHECKING:
    from thanthien.organisation.models import Unit

DOSSIERS = "dossiers."
ROOMS = {
    "queue": _("Sảnh chờ"), "filing": _("Nộp trực tuyến"), "satisfaction": _("Mức hài lòng"),
    "letters": _("Thư gửi dân"), "notifications": _("Tin báo cho dân"),
}  # fmt: skip
PARTS = ("dossiers.early", "dossiers.on_time", "dossiers.late")


def scope_of(unit: "Unit", first: date, last: date) -> Scope:
    """The unit with the units that became it wholly; both days included."""
    earlier = [old.code for old in predecessor_codes(unit) if old.is_whole]
    return Scope(unit_codes=[unit.code, *earlier], first=first, last=last)


def week_of_day(day: date) -> tuple[date, date]:
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)


@dataclass(frozen=True)
class Shown:
    """A figure with its value; `share` is its percentage of `value.n` where it is a part of a whole."""

    figure: Figure
    value: Value
    share: Decimal | None = None

    @property
    def slug(self) -> str:
        """In an address; empty where nothing is opened."""
        return self.figure.code.removeprefix(DOSSIERS).replace(".", "-") if may_be_opened(self.figure) else ""


def numbers_of(scope: Scope) -> dict[str, Shown]:
    """The figures of dossiers by the last part of their code ("received"); the parts of the whole sum to 100."""
    ours = [figure for figure in figures.all_figures() if figure.code.startswith(DOSSIERS)]
    values = {figure.code: figure.compute(scope) for figure in ours}
    parts = shares([values[code].value for code in PARTS])
    percent = dict(zip(PARTS, parts, strict=True))
    return {
        figure.code.rpartition(".")[2]: Shown(figure, values[figure.code], percent.get(figure.code)) for figure in ours
    }


def numbers_of_other_rooms(scope: Scope) -> list[tuple[str, list[Shown]]]:
    """What every other room has registered: its name in words and its figures, in the order of `ROOMS`; a room that is
    not named there comes last, under its own name."""
    found: dict[str, list[Shown]] = {room: [] for room in ROOMS}
    for figure in figures.all_figures():
        room = figure.code.partition(".")[0]
        if not figure.code.startswith(DOSSIERS):
            found.setdefault(room, []).append(Shown(figure, figure.compute(scope)))
    return [
        (str(ROOMS.get(room) or apps.get_app_config(room).verbose_name), shown)
        for room, shown in found.items()
        if shown
    ]


def may_be_opened(figure: Figure) -> bool:
    """Whether the records behind it can be shown one by one: dossiers, and what its room says how to show."""
    return figure.record is not None or figure.code.startswith(DOSSIERS)


def records_of(figure: Figure, records: QuerySet[Any], shown: Iterable[Any]) -> list[Record]:
    """Of `shown`, a part of `records`. Of dossiers the moment is the one that they are ordered by."""
    if figure.record:
        return [figure.record(one) for one in shown]
    moment = str(records.query.order_by[0])
    return [_of_dossier(one, getattr(one, moment)) for one in shown]


def _of_dossier(record: Any, moment: datetime) -> Record:
    dossier = record if hasattr(record, "applicant_name") else getattr(record, "dossier", None)
    if dossier is None:
        return Record(number=record.number, who=record.full_name, what=record.procedure.name, at=moment)
    what = getattr(record, "name", "") or dossier.procedure_name
    return Record(
        number=dossier.code,
        who=dossier.applicant_name,
        what=what,
        at=moment,
        amount=getattr(record, "amount", None),
        code=dossier.code,
    )


def period_in_words(first: date, last: date) -> str:
    if first == last:
        return gettext("ngày %(day)s") % {"day": f"{first:%d/%m/%Y}"}
    return gettext("từ %(first)s đến hết %(last)s") % {"first": f"{first:%d/%m/%Y}", "last": f"{last:%d/%m/%Y}"}

"""Figures of the one-stop shop over a day, a week or any days, each with the records behind it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from thanthien.core import figures
from thanthien.core.figures import Figure, Scope, Value, shares
from thanthien.organisation.queries import predecessor_codes

if TYPE_CHECKING:
    from thanthien.organisation.models import Unit

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


def numbers_of(scope: Scope) -> dict[str, Shown]:
    """All figures by the last part of their code ("received"); the parts of the whole sum to 100."""
    ours = [figure for figure in figures.all_figures() if figure.code.startswith("dossiers.")]
    values = {figure.code: figure.compute(scope) for figure in ours}
    parts = shares([values[code].value for code in PARTS])
    percent = dict(zip(PARTS, parts, strict=True))
    return {
        figure.code.rpartition(".")[2]: Shown(figure, values[figure.code], percent.get(figure.code)) for figure in ours
    }


@dataclass(frozen=True, kw_only=True)
class RecordRow:
    """One record behind a figure, whatever it is: its number, who it concerns, what, when, and its dossier's code."""

    number: str
    who: str
    what: str
    at: datetime
    amount: int | None = None
    code: str = ""


def record_rows(records: QuerySet[Any], shown: Iterable[Any]) -> list[RecordRow]:
    """Of `shown`, a part of `records`: their moment is the one that they are ordered by."""
    moment = str(records.query.order_by[0])
    return [_record_row(record, getattr(record, moment)) for record in shown]


def _record_row(record: Any, moment: datetime) -> RecordRow:
    dossier = record if hasattr(record, "applicant_name") else getattr(record, "dossier", None)
    if dossier is None:
        return RecordRow(number=record.number, who=record.full_name, what=record.procedure.name, at=moment)
    what = getattr(record, "name", "") or dossier.procedure_name
    return RecordRow(
        number=dossier.code,
        who=dossier.applicant_name,
        what=what,
        at=moment,
        amount=getattr(record, "amount", None),
        code=dossier.code,
    )


def period_in_words(first: date, last: date) -> str:
    if first == last:
        return _("ngày %(day)s") % {"day": f"{first:%d/%m/%Y}"}
    return _("từ %(first)s đến hết %(last)s") % {"first": f"{first:%d/%m/%Y}", "last": f"{last:%d/%m/%Y}"}

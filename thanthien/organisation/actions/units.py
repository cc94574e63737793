"""Units come, change, end, and go on in others."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Concat, Substr

from thanthien.organisation.actions.calendar import touch_calendars
from thanthien.organisation.enums import CountFrom, Level, SuccessionShare
from thanthien.organisation.models import Staff, Unit, UnitSuccession
from thanthien.organisation.outside import recording
from thanthien.organisation.queries import units_below
from thanthien.organisation.rules import (
    check_can_be_parent,
    check_can_close,
    check_can_manage,
    check_can_place,
    check_can_succeed,
    check_life,
)


@dataclass(frozen=True, kw_only=True)
class UnitFacts:
    """What is written down about a unit; `parent` None puts it at the top."""

    code: str
    name: str
    level: Level
    kind: str = ""
    parent: Unit | None = None
    governing_body: str = ""
    one_stop_name: str = ""
    place: str = ""
    head_title: str = ""
    address: str = ""
    phone: str = ""
    hotline: str = ""
    email: str = ""
    count_from: CountFrom = CountFrom.NEXT_DAY
    valid_from: date | None = None
    valid_to: date | None = None

    @property
    def fields(self) -> dict[str, object]:
        return dict(vars(self))


@transaction.atomic
def create_unit(facts: UnitFacts, *, by: Staff, at: datetime) -> Unit:
    check_can_place(facts.parent, by=by)
    check_life(facts.valid_from, facts.valid_to)
    with recording(by=by, at=at):
        unit = Unit.objects.create(**facts.fields)
    unit.path = f"{facts.parent.path if facts.parent else '/'}{unit.pk}/"
    Unit.objects.filter(pk=unit.pk).update(path=unit.path)
    return unit


@transaction.atomic
def change_unit(unit: Unit, facts: UnitFacts, *, by: Staff, at: datetime) -> None:
    """Also moves it, with everything below, when `parent` is another."""
    check_can_manage(unit, by=by)
    check_life(facts.valid_from, facts.valid_to)
    if facts.parent != unit.parent:
        check_can_place(unit.parent, by=by)
        check_can_place(facts.parent, by=by)
        check_can_be_parent(unit, facts.parent)
    for name, value in facts.fields.items():
        setattr(unit, name, value)
    with recording(by=by, at=at):
        unit.save()
    _move(unit, f"{facts.parent.path if facts.parent else '/'}{unit.pk}/")


def _move(unit: Unit, path: str) -> None:
    """Everything below keeps its place under the unit; hours and holidays of the new unit above hold from now on."""
    if path == unit.path:
        return
    below = Concat(Value(path), Substr(F("path"), len(unit.path) + 1))
    units_below(unit).update(path=below)
    unit.path = path
    touch_calendars(unit)


@transaction.atomic
def close_unit(unit: Unit, *, last_day: date, by: Staff, at: datetime) -> None:
    """Ends the unit, and its divisions with it, after this day."""
    check_can_close(unit, last_day, by=by)
    with recording(by=by, at=at):
        for row in units_below(unit).filter(valid_to=None):
            row.valid_to = max(last_day, row.valid_from or last_day)
            row.save(update_fields=["valid_to"])
    unit.valid_to = last_day


@transaction.atomic
def merge_units(olds: Sequence[Unit], new: Unit, *, date: date, by: Staff, at: datetime) -> None:
    """From this day on `new` stands for all of `olds`, which end the day before."""
    for old in olds:
        _succeed(old, new, SuccessionShare.WHOLE, date, by=by, at=at)
        close_unit(old, last_day=date - timedelta(days=1), by=by, at=at)


@transaction.atomic
def split_unit(old: Unit, news: Sequence[Unit], *, date: date, closes: bool = True, by: Staff, at: datetime) -> None:
    """From this day on each of `news` stands for a part of `old`, which ends the day before unless it keeps a part."""
    for new in news:
        _succeed(old, new, SuccessionShare.PARTLY, date, by=by, at=at)
    if closes:
        close_unit(old, last_day=date - timedelta(days=1), by=by, at=at)


def succeed_unit(unit: Unit, *, kind: str, successors: Sequence[Unit], date: date, by: Staff, at: datetime) -> None:
    """What a decision says of one unit: "merge" into another, "split" into several, or "cede" a part and go on."""
    if kind == "merge":
        for new in successors:
            merge_units([unit], new, date=date, by=by, at=at)
    else:
        split_unit(unit, successors, date=date, closes=kind == "split", by=by, at=at)


def _succeed(old: Unit, new: Unit, share: SuccessionShare, day: date, *, by: Staff, at: datetime) -> None:
    check_can_succeed(old, new, by=by)
    with recording(by=by, at=at):
        UnitSuccession.objects.update_or_create(old=old, new=new, defaults={"date": day, "share": share})

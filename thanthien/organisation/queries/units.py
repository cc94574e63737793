"""Units: what lies below, who sees which, what an old code became."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Count, Q, QuerySet
from django.http import Http404

from thanthien.core.rules import allows
from thanthien.organisation.enums import Level, Role, SuccessionShare
from thanthien.organisation.models import Counter, Neighbourhood, Staff, Unit, UnitSuccession
from thanthien.organisation.rules import check_can_place

DIVISIONS_DEEP = 3


def units_below(unit: Unit) -> QuerySet[Unit]:
    """The unit itself and everything below it."""
    return Unit.objects.filter(path__startswith=unit.path)


def units_seen_by(staff: Staff) -> QuerySet[Unit]:
    """Everyone: their own unit and its divisions. Province administrators and inspectors: everything below their unit.
    The administrator of the installation: all."""
    if staff.is_superuser:
        return Unit.objects.all()
    if staff.has_role(Role.PROVINCE_ADMIN, Role.INSPECTOR):
        return units_below(staff.unit)
    return Unit.objects.filter(_own(staff.unit_id))


def units_managed_by(staff: Staff) -> QuerySet[Unit]:
    """Where this person may change things (`rules.check_can_manage` for one unit)."""
    if staff.is_superuser:
        return Unit.objects.all()
    if staff.has_role(Role.PROVINCE_ADMIN):
        return units_below(staff.unit)
    return Unit.objects.filter(_own(staff.unit_id)) if staff.has_role(Role.UNIT_ADMIN) else Unit.objects.none()


def highest_managed_by(staff: Staff) -> Unit | None:
    """Below which unit this person's own work begins; None: the administrator of all, at the top."""
    return None if staff.is_superuser else staff.unit


def may_add_units(staff: Staff) -> bool:
    return allows(check_can_place, highest_managed_by(staff), by=staff)


def _own(unit_id: int) -> Q:
    """The unit and its divisions, some levels deep, without the agencies below (a province's communes)."""
    own = [Q(pk=unit_id)]
    for depth in range(1, DIVISIONS_DEEP + 1):
        steps = ["parent__" * above + "level" for above in range(depth)]
        own.append(Q(**{"__".join(["parent"] * depth): unit_id}, **dict.fromkeys(steps, Level.DIVISION)))
    return reduce(or_, own)


def own_units(unit_id: int) -> QuerySet[Unit]:
    """A unit with its divisions."""
    return Unit.objects.filter(_own(unit_id))


def unit_for(staff: Staff, unit_id: int) -> Unit:
    return _only(units_seen_by(staff).select_related("parent"), unit_id)


def _only(rows: QuerySet, pk: int):  # type: ignore[type-arg, no-untyped-def]
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def counter_for(staff: Staff, counter_id: int) -> Counter:
    return _only(Counter.objects.filter(unit__in=units_seen_by(staff)).select_related("unit"), counter_id)


def neighbourhood_for(staff: Staff, neighbourhood_id: int) -> Neighbourhood:
    rows = Neighbourhood.objects.filter(unit__in=units_seen_by(staff)).select_related("unit")
    return _only(rows, neighbourhood_id)


def new_counter(unit: Unit) -> Counter:
    """A counter to be filled in, with the next free number."""
    last = Counter.objects.filter(unit=unit).order_by("-number").first()
    return Counter(unit=unit, number=last.number + 1 if last else 1)


def new_neighbourhood(unit: Unit) -> Neighbourhood:
    return Neighbourhood(unit=unit)


def counters_of(unit: Unit) -> QuerySet[Counter]:
    return Counter.objects.filter(unit=unit).order_by("number")


def neighbourhoods_of(unit: Unit) -> QuerySet[Neighbourhood]:
    return Neighbourhood.objects.filter(unit=unit).order_by("name")


@dataclass(frozen=True)
class TreeRow:
    """A line of the tree: the unit, how deep it stands below the highest shown, how many work there."""

    unit: Unit
    depth: int
    staff_count: int
    is_closed: bool

    @property
    def steps(self) -> range:
        return range(self.depth)


def unit_tree(staff: Staff, *, today: date) -> list[TreeRow]:
    """The units that this person sees, each below the one it belongs to."""
    working = Count("staff", filter=Q(staff__is_active=True))
    units = units_seen_by(staff).select_related("parent").annotate(working=working).order_by("path")
    shown = {unit.pk: unit for unit in units}
    children: dict[int | None, list[Unit]] = {}
    for unit in units:
        children.setdefault(unit.parent_id if unit.parent_id in shown else None, []).append(unit)
    return list(_rows(children, None, 0, today))


def _rows(children: dict[int | None, list[Unit]], above: int | None, depth: int, today: date) -> Iterable[TreeRow]:
    for unit in sorted(children.get(above, []), key=lambda unit: unit.code):
        is_closed = bool(unit.valid_to and unit.valid_to < today)
        yield TreeRow(unit, depth, unit.working, is_closed)  # type: ignore[attr-defined]
        yield from _rows(children, unit.pk, depth + 1, today)


# ---- successions -----------------------------------------------------------------------------------------
def resolve_code(code: str) -> list[Unit]:
    """The units of today that this code, perhaps an old one, stands for; empty when nobody knows it."""
    return _follow(code, None)


def unit_on(code: str, day: date) -> list[Unit]:
    """The units that this code stood for on a day: itself, or what it had become by then."""
    return _follow(code, day)


def _follow(code: str, day: date | None) -> list[Unit]:
    front = list(Unit.objects.filter(code=code))
    found: dict[int, Unit] = {}
    seen: set[int] = set()
    while front:
        unit = front.pop()
        seen.add(unit.pk)
        rows = UnitSuccession.objects.filter(old=unit).select_related("new")
        later = [row.new for row in rows if day is None or row.date <= day]
        if not later or _is_open(unit, day):
            found[unit.pk] = unit
        front += [new for new in later if new.pk not in seen]
    return sorted(found.values(), key=lambda unit: unit.code)


def _is_open(unit: Unit, day: date | None) -> bool:
    """A unit that gave only a part away goes on beside its successors."""
    return unit.valid_to is None if day is None else (unit.valid_to or date.max) >= day


@dataclass(frozen=True)
class Predecessor:
    """A code whose figures belong to a later unit: wholly, or only partly (then they cannot be added as they are)."""

    code: str
    name: str
    date: date
    is_whole: bool


def predecessor_codes(unit: Unit) -> list[Predecessor]:
    """All units that this one came out of, also over several steps; the latest first."""
    found: dict[int, Predecessor] = {}
    front = [(unit.pk, True)]
    while front:
        new_id, is_whole = front.pop()
        for row in UnitSuccession.objects.filter(new=new_id).select_related("old"):
            if row.old_id not in found:
                whole = is_whole and row.share == SuccessionShare.WHOLE
                found[row.old_id] = Predecessor(row.old.code, row.old.name, row.date, whole)
                front.append((row.old_id, whole))
    return sorted(found.values(), key=lambda old: (old.date, old.code), reverse=True)


def successions_of(unit: Unit) -> QuerySet[UnitSuccession]:
    """What this unit became and what it came from, by date."""
    rows = UnitSuccession.objects.filter(Q(old=unit) | Q(new=unit))
    return rows.select_related("old", "new").order_by("date", "pk")

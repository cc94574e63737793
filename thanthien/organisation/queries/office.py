"""The office that somebody works for, and the one that greets the public."""

from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet

from thanthien.core.prepared import Given, Prepared
from thanthien.organisation.enums import Level, Role
from thanthien.organisation.models import Staff, Unit
from thanthien.organisation.queries.units import own_units, units_below


def office_of(staff: Staff) -> Unit:
    """A division's people belong to the office above it; `unit__parent` comes with who is signed in."""
    unit = staff.unit
    return unit.parent if unit.level == Level.DIVISION and unit.parent else unit


def desks_of(staff: Staff) -> tuple[int, ...]:
    """The units at whose desks this person works: their own, and their office as a whole."""
    return staff.unit_id, office_of(staff).pk


def office_units(staff: Staff) -> QuerySet[Unit]:
    """Whose affairs this person sees: the whole office with its divisions; for a province administrator or an inspector
    also everything below; for the administrator of the installation all."""
    if staff.is_superuser:
        return Unit.objects.all()
    if staff.has_role(Role.PROVINCE_ADMIN, Role.INSPECTOR):
        return units_below(office_of(staff))
    office = office_of(staff)
    return commune_units(office.pk, office.path) if is_commune(office) else own_units(office.pk)


def plain_office_of(staff: Staff) -> Unit | None:
    """The commune whose affairs, and no others, this person sees; None for people who see more, or another kind."""
    sees_more = staff.is_superuser or staff.has_role(Role.PROVINCE_ADMIN, Role.INSPECTOR)
    office = None if sees_more else office_of(staff)
    return office if office and is_commune(office) else None


def is_commune(office: Unit) -> bool:
    return bool(office.level == Level.COMMUNE and office.path)


def commune_units(office: Any, path: Any) -> QuerySet[Unit]:
    """The commune and its divisions. No communes are below it: a prefix instead of joins, much cheaper."""
    return Unit.objects.filter(Q(pk=office) | Q(path__startswith=path, level=Level.DIVISION))


def front_unit() -> Unit | None:
    """The unit whose door the public site is: `SITE_UNIT` of the settings, else the first commune, else the first."""
    if settings.SITE_UNIT:
        return _open_unit.first(code=settings.SITE_UNIT)
    return _first_commune.first() or Unit.objects.filter(valid_to=None).order_by("path").first()


_open_unit = Prepared(lambda: Unit.objects.filter(valid_to=None, code=Given("code")).order_by())
_first_commune = Prepared(lambda: Unit.objects.filter(valid_to=None, level=Level.COMMUNE).order_by("code")[:1])

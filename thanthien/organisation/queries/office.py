"""The office that somebody works for, and the one that greets the public."""

from django.conf import settings
from django.db.models import Q, QuerySet

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
    if office.level == Level.COMMUNE and office.path:  # no communes below it: a prefix instead of joins, much cheaper
        return Unit.objects.filter(Q(pk=office.pk) | Q(path__startswith=office.path, level=Level.DIVISION))
    return own_units(office.pk)


def front_unit() -> Unit | None:
    """The unit whose door the public site is: `SITE_UNIT` of the settings, else the first commune, else the first."""
    units = Unit.objects.filter(valid_to=None)
    if settings.SITE_UNIT:
        return units.filter(code=settings.SITE_UNIT).first()
    return units.filter(level=Level.COMMUNE).order_by("code").first() or units.order_by("path").first()

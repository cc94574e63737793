"""The first unit of an installation, with its administrator: before anybody is there who could be asked."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from thanthien.core.rules import Refused
from thanthien.organisation.actions.staff import StaffFacts, make_administrator
from thanthien.organisation.actions.units import UnitFacts
from thanthien.organisation.models import Staff, Unit


@transaction.atomic
def found_installation(
    facts: UnitFacts, administrator: StaffFacts, *, password: str, at: datetime
) -> tuple[Unit, Staff]:
    """Makes the highest unit and the account that may make everything else. Refused once any unit exists."""
    if Unit.objects.exists():
        raise Refused(_("Hệ thống đã có đơn vị. Quản trị hệ thống thêm đơn vị mới trong trang Tổ chức."))
    unit = Unit.objects.create(**facts.fields)
    unit.path = f"/{unit.pk}/"
    unit.save(update_fields=["path"])
    return unit, make_administrator(administrator, unit, password=password, at=at)

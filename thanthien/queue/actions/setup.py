"""Setting a hall up: lines, priorities, kiosks."""

import hashlib
import secrets
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from thanthien.organisation.rules import check_can_manage
from thanthien.queue.models import Hall, Kiosk, Line, Priority
from thanthien.queue.models.hall import new_door_code

# What law and custom of one-stop shops put first; a hall may change each of them.
CUSTOMARY = (
    ("Người từ đủ 75 tuổi", "75 years and older", 2, "Luật Người cao tuổi 2009; nội quy bộ phận Một cửa"),
    ("Người khuyết tật", "Person with a disability", 2, "Luật Người khuyết tật 2010"),
    ("Phụ nữ mang thai, có con nhỏ đi cùng", "Pregnant, or with a small child", 2, "Nội quy bộ phận Một cửa"),
    ("Người có công với cách mạng", "Person of merit", 2, "Pháp lệnh Ưu đãi người có công 2020"),
)


@transaction.atomic
def save_hall(hall: Hall, *, by: Any, at: datetime) -> Hall:
    """A new hall begins with the customary priorities."""
    check_can_manage(hall.unit, by=by)
    is_new = hall.pk is None
    hall.save()
    if is_new:
        for name, name_en, rank, basis in CUSTOMARY:
            Priority.objects.create(hall=hall, name=name, name_en=name_en, rank=rank, legal_basis=basis)
    return hall


@transaction.atomic
def save_line(line: Line, *, sectors: Any = None, counters: Any = None, by: Any, at: datetime) -> Line:
    """`sectors`, `counters` stay as they are when they are None."""
    check_can_manage(line.hall.unit, by=by)
    line.save()
    if sectors is not None:
        line.sectors.set(sectors)
    if counters is not None:
        line.counters.set(counters)
    return line


@transaction.atomic
def save_priority(priority: Priority, *, by: Any, at: datetime) -> Priority:
    check_can_manage(priority.hall.unit, by=by)
    priority.save()
    return priority


@transaction.atomic
def make_kiosk(hall: Hall, name: str, *, by: Any, at: datetime) -> tuple[Kiosk, str]:
    """The machine and its token, which is shown once and never kept."""
    check_can_manage(hall.unit, by=by)
    token = secrets.token_urlsafe(24)
    kiosk = Kiosk.objects.create(
        hall=hall, name=name or _("Máy lấy số"), token_hash=hashed(token), made_by=str(by), made_at=at
    )
    return kiosk, token


def hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def revoke_kiosk(kiosk: Kiosk, *, by: Any, at: datetime) -> Kiosk:
    """From the next press on, this machine hands nothing out."""
    check_can_manage(kiosk.hall.unit, by=by)
    if kiosk.revoked_at is None:
        kiosk.revoked_at, kiosk.revoked_by = at, str(by)
        kiosk.save(update_fields=["revoked_at", "revoked_by"])
    return kiosk


@transaction.atomic
def renew_door_code(hall: Hall, *, by: Any, at: datetime) -> Hall:
    """The old poster at the door no longer counts as being there."""
    check_can_manage(hall.unit, by=by)
    hall.door_code = new_door_code()
    hall.save(update_fields=["door_code"])
    return hall

"""Two records that are one person become one; nothing is lost."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from thanthien.core import timeline
from thanthien.core.events import publish
from thanthien.core.text import mask_number
from thanthien.core.timeline import Note
from thanthien.people.actions.person import FACTS
from thanthien.people.events import PeopleMerged
from thanthien.people.models import Business, Household, Person
from thanthien.people.rules import check_can_merge, check_can_see_people

if TYPE_CHECKING:
    from thanthien.organisation.models import Staff

FILLED_IN = tuple(name for name in FACTS if name != "full_name")


@transaction.atomic
def merge_people(keep: Person, drop: Person, *, by: "Staff", at: datetime) -> None:
    """`keep` takes what only `drop` knew; `drop` stays as an empty pointer to it. Rooms above move what is theirs."""
    rows = {row.pk: row for row in Person.objects.select_for_update().filter(pk__in=[keep.pk, drop.pk]).order_by("pk")}
    keep, drop = rows[keep.pk], rows[drop.pk]
    check_can_merge(keep, drop, by=by)
    taken = {name: getattr(drop, name) for name in FILLED_IN if getattr(drop, name) and not getattr(keep, name)}
    drop.personal_id, drop.merged_into, drop.updated_at, drop.updated_by = None, keep, at, by.full_name
    drop.save()
    for name, value in taken.items():
        setattr(keep, name, value)
    keep.updated_at, keep.updated_by = at, by.full_name
    keep.save()
    _move(keep, drop)
    _tell(keep, drop, by=by, at=at)
    publish(PeopleMerged(kept_id=keep.pk, dropped_id=drop.pk))


def _move(keep: Person, drop: Person) -> None:
    Person.objects.filter(merged_into=drop).update(merged_into=keep)
    Household.objects.filter(head=drop).update(head=keep)
    Business.objects.filter(representative=drop).update(representative=keep)
    for household in drop.households.all():
        household.members.remove(drop)
        household.members.add(keep)


def _tell(keep: Person, drop: Person, *, by: "Staff", at: datetime) -> None:
    told = {"kept": keep.pk, "dropped": drop.pk}
    text = _("Gộp bản ghi trùng của %(name)s") % {"name": drop.full_name}
    timeline.append(f"person:{keep.pk}", Note(kind="merged", text=text, data=told), by=by.full_name, at=at)
    text = _("Được gộp vào bản ghi của %(name)s") % {"name": keep.full_name}
    timeline.append(f"person:{drop.pk}", Note(kind="merged", text=text, data=told), by=by.full_name, at=at)


@transaction.atomic
def reveal_person(person: Person, *, by: "Staff", at: datetime) -> None:
    """Writes down that somebody looked at the whole numbers: before they are shown."""
    check_can_see_people(by=by)
    masked = mask_number(person.personal_id or person.old_id)
    text = _("Xem đầy đủ số giấy tờ, điện thoại (%(number)s)") % {"number": masked or "–"}
    timeline.append(f"person:{person.pk}", Note(kind="revealed", text=text), by=by.full_name, at=at)

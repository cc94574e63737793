"""What officers correct on the pages of people, households and businesses."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from thanthien.core import timeline
from thanthien.core.rules import Refused
from thanthien.core.text import name_sort_key, plain
from thanthien.core.timeline import Note
from thanthien.people.actions.person import FACTS, PersonFacts
from thanthien.people.models import Business, Household, Person
from thanthien.people.rules import check_can_change_people

if TYPE_CHECKING:
    from thanthien.organisation.models import Staff


@transaction.atomic
def add_person(facts: PersonFacts, *, by: "Staff", at: datetime) -> Person:
    """A record written by hand; refused when the personal number is another's."""
    check_can_change_people(by=by)
    person = Person(created_at=at)
    _write(person, facts, by=by, at=at)
    _note(person, "added", _("Thêm thông tin người dân"), by=by, at=at)
    return person


@transaction.atomic
def change_person(person: Person, facts: PersonFacts, *, by: "Staff", at: datetime) -> None:
    """The record as told, also where something is taken out; which fields changed stands in its story."""
    check_can_change_people(by=by)
    changed = [name for name in FACTS if (getattr(person, name) or None) != (getattr(facts, name) or None)]
    _write(person, facts, by=by, at=at)
    if changed:
        labels = ", ".join(str(Person._meta.get_field(_field(name)).verbose_name) for name in changed)
        _note(person, "changed", _("Sửa: %(fields)s") % {"fields": labels}, by=by, at=at)


def _field(name: str) -> str:
    return "neighbourhood" if name == "neighbourhood_id" else name


def _write(person: Person, facts: PersonFacts, *, by: "Staff", at: datetime) -> None:
    if facts.personal_id:
        other = Person.objects.filter(personal_id=facts.personal_id).exclude(pk=person.pk).first()
        if other:
            raise Refused(
                _("Số định danh này là của %(name)s. Xin tìm người ấy, hoặc gộp hai bản ghi.") % {"name": other}
            )
    for name in FACTS:
        setattr(person, name, getattr(facts, name))
    person.personal_id = facts.personal_id or None
    person.plain_name, person.sort_name = plain(person.full_name), name_sort_key(person.full_name)
    person.updated_at, person.updated_by = at, by.full_name
    person.save()


def _note(person: Person, kind: str, text: str, *, by: "Staff", at: datetime) -> None:
    timeline.append(f"person:{person.pk}", Note(kind=kind, text=text), by=by.full_name, at=at)


@dataclass(frozen=True, kw_only=True)
class HouseholdFacts:
    """The head belongs to the members, told or not."""

    head: Person
    kind: str
    address: str = ""
    neighbourhood_id: int | None = None
    members: Sequence[Person] = ()


@transaction.atomic
def save_household(household: Household, facts: HouseholdFacts, *, by: "Staff", at: datetime) -> Household:
    """Writes a household (`queries.new_household`), or what was changed in one; its head's story tells it."""
    check_can_change_people(by=by)
    household.head, household.kind = facts.head, facts.kind
    household.address, household.neighbourhood_id = facts.address, facts.neighbourhood_id
    household.save()
    household.members.set({facts.head, *facts.members})
    _note(
        facts.head,
        "household",
        _("Ghi hộ gia đình %(count)s người") % {"count": household.members.count()},
        by=by,
        at=at,
    )
    return household


@dataclass(frozen=True, kw_only=True)
class BusinessFacts:
    name: str
    tax_code: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""


@transaction.atomic
def change_business(business: Business, facts: BusinessFacts, *, by: "Staff", at: datetime) -> None:
    """Refused when the tax code is another's."""
    check_can_change_people(by=by)
    if facts.tax_code and Business.objects.filter(tax_code=facts.tax_code).exclude(pk=business.pk).exists():
        raise Refused(_("Mã số thuế này là của tổ chức khác."))
    for name, value in vars(facts).items():
        setattr(business, name, value)
    business.tax_code = facts.tax_code or None
    business.plain_name = plain(facts.name)
    business.save()
    note = Note(kind="changed", text=_("Sửa thông tin tổ chức"))
    timeline.append(f"business:{business.pk}", note, by=by.full_name, at=at)

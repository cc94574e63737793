"""Invented people for tests, demonstration and benchmarks."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import factory
from factory.django import DjangoModelFactory

from thanthien.core.text import name_sort_key, plain
from thanthien.organisation.factories import full_name
from thanthien.people.enums import Sex
from thanthien.people.models import Business, Household, Person


class PersonFactory(DjangoModelFactory):
    """Number, sex and birth date fit each other: woman, born in 1990, registered in Thanh Hóa (038)."""

    class Meta:
        model = Person

    class Params:
        man = factory.Trait(sex=Sex.MALE, personal_id=factory.Sequence(lambda n: f"038090{n:06d}"))
        without_papers = factory.Trait(personal_id=None, birth_date=None, sex="")

    full_name = factory.Sequence(full_name)
    plain_name = factory.LazyAttribute(lambda person: plain(person.full_name))
    sort_name = factory.LazyAttribute(lambda person: name_sort_key(person.full_name))
    personal_id = factory.Sequence(lambda n: f"038190{n:06d}")
    birth_date = date(1990, 5, 12)
    sex = Sex.FEMALE
    address = "Thôn 1, xã Mẫu"
    phone = factory.Sequence(lambda n: f"+8491{n:07d}")
    created_at = updated_at = datetime(2026, 1, 5, 8, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


class HouseholdFactory(DjangoModelFactory):
    """A household of its head alone; `members=[…]` adds people."""

    class Meta:
        model = Household
        skip_postgeneration_save = True

    head = factory.SubFactory(PersonFactory)
    address = "Thôn 1, xã Mẫu"

    @factory.post_generation
    def members(self, create: bool, people: list[Person] | None, **more: object) -> None:
        if create:
            self.members.set([self.head, *(people or [])])


class BusinessFactory(DjangoModelFactory):
    class Meta:
        model = Business

    name = factory.Sequence(lambda n: f"Công ty TNHH Mẫu {n}")
    plain_name = factory.LazyAttribute(lambda business: plain(business.name))
    tax_code = factory.Sequence(lambda n: f"28{n:08d}")
    address = "Thôn 1, xã Mẫu"
    phone = factory.Sequence(lambda n: f"+8423{n:07d}")

from thanthien.people.actions.business import remember_business
from thanthien.people.actions.changing import (
    BusinessFacts,
    HouseholdFacts,
    add_person,
    change_business,
    change_person,
    save_household,
)
from thanthien.people.actions.merging import merge_people, reveal_person
from thanthien.people.actions.person import PersonFacts, remember_person

__all__ = [
    "BusinessFacts",
    "HouseholdFacts",
    "PersonFacts",
    "add_person",
    "change_business",
    "change_person",
    "merge_people",
    "remember_business",
    "remember_person",
    "reveal_person",
    "save_household",
]

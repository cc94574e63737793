from thanthien.people.actions.business import remember_business
from thanthien.people.actions.person import PersonFacts, remember_person

__all__ = ["PersonFacts", "remember_business", "remember_person"]

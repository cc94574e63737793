from thanthien.people.actions.person import PersonFacts, remember_person

__all__ = ["PersonFacts", "remember_person"]

"""One person is one record."""

from dataclasses import dataclass, fields
from datetime import date, datetime

from django.db.models import Q

from thanthien.core.prepared import Given, Prepared
from thanthien.core.text import name_sort_key, plain
from thanthien.core.writing import insert
from thanthien.people.models import Person


@dataclass(frozen=True, kw_only=True)
class PersonFacts:
    """What somebody told about a person, already cleaned (`people.rules`); "" and None mean: not told."""

    full_name: str
    personal_id: str = ""
    old_id: str = ""
    birth_date: date | None = None
    sex: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""
    id_issued_date: date | None = None
    neighbourhood_id: int | None = None


FACTS = tuple(field.name for field in fields(PersonFacts))
MOST_OF_ONE_NAME = 20  # who share a phone and a name
DERIVED = ("plain_name", "sort_name", "updated_at", "updated_by")


def remember_person(facts: PersonFacts, *, by: object, at: datetime, corrects: bool = True) -> Person:
    """The record of this person, found or made, with what is new written down; nothing known is blanked.

    With `corrects` off, what is known stays as it is: for what somebody typed at home and no officer has seen yet.

    Found by personal number, else by phone and the same name (marks aside) unless number, birth date or sex speak
    against it. One statement to look, one to write when something is new; safe against a twin request.
    """
    person = _known(facts)
    if person is None:
        return _insert(facts, by=by, at=at)
    changed = _changed(person, facts) if corrects else []
    if changed:
        _set(person, facts, changed, by=by, at=at)
        person.save(update_fields=[*changed, *DERIVED])
    return person


_alike = Prepared(
    lambda: Person.objects.filter(
        Q(personal_id=Given("personal_id")) | Q(phone=Given("phone"), plain_name=Given("plain_name")), merged_into=None
    ).order_by("pk")[:MOST_OF_ONE_NAME]
)


def _known(facts: PersonFacts) -> Person | None:
    wanted = {"personal_id": facts.personal_id or None, "phone": facts.phone or None}
    if not any(wanted.values()):
        return None
    rows = _alike.all(**wanted, plain_name=plain(facts.full_name))
    found = [person for person in rows if _may_be(person, facts)]
    return min(found, key=lambda person: (not _has_number(person, facts), person.pk), default=None)


def _has_number(person: Person, facts: PersonFacts) -> bool:
    return bool(facts.personal_id) and person.personal_id == facts.personal_id


def _may_be(person: Person, facts: PersonFacts) -> bool:
    """Whether nothing speaks against it. The same number always is the same person: the rest gets corrected."""
    if _has_number(person, facts):
        return True
    pairs = [
        (person.personal_id, facts.personal_id), (person.birth_date, facts.birth_date), (person.sex, facts.sex)
    ]  # fmt: skip
    return all(known == told for known, told in pairs if known and told)


def _changed(person: Person, facts: PersonFacts) -> list[str]:
    told = {name: value for name in FACTS if (value := getattr(facts, name))}
    if _is_poorer(facts.full_name, person.full_name):
        del told["full_name"]
    return [name for name, value in told.items() if getattr(person, name) != value]


def _is_poorer(told: str, known: str) -> bool:
    """The same name typed without its marks."""
    return told != known and plain(told) == plain(known) and plain(told) == told.lower()


def _set(person: Person, facts: PersonFacts, names: list[str], *, by: object, at: datetime) -> None:
    for name in names:
        setattr(person, name, getattr(facts, name))
    person.plain_name, person.sort_name = plain(person.full_name), name_sort_key(person.full_name)
    person.updated_at, person.updated_by = at, str(by)[:200]


def _insert(facts: PersonFacts, *, by: object, at: datetime) -> Person:
    """One statement, also when somebody else wrote the same personal number in between: then that row is updated."""
    person = Person(created_at=at)
    told = [name for name in FACTS if getattr(facts, name)]
    _set(person, facts, told, by=by, at=at)
    update = [*[name for name in told if name != "personal_id"], *DERIVED]
    insert(person, unique="personal_id" if facts.personal_id else "", update=update)
    return person

"""Finding people, households and businesses. Pages get cards, on which numbers are masked."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import reduce
from operator import and_
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import Http404

from thanthien.core.text import clean, mask_email, mask_number, mask_phone, plain, sort_key_beginnings
from thanthien.organisation.queries import neighbourhoods_of, office_of
from thanthien.people.models import Business, Household, Person
from thanthien.people.outside import IdCard, parse_id_card
from thanthien.people.rules import check_can_see_people, check_personal_id, clean_phone, show_phone

if TYPE_CHECKING:
    from thanthien.organisation.models import Neighbourhood, Staff

LIMIT = 20
FEWEST_DIGITS, FEWEST_LETTERS = 4, 2
FEWEST_OF_NUMBER = 9  # digits of a phone, of an identity number
AFTER_ALL_DIGITS = "9" * 40
NUMBER_CHARACTERS = frozenset("0123456789+ .-()")


@dataclass(frozen=True)
class PersonCard:
    """A person in a list: enough to tell one from another, numbers masked."""

    pk: int
    full_name: str
    personal_id: str
    birth_date: str
    phone: str
    email: str
    address: str


def card_of(person: Person) -> PersonCard:
    return PersonCard(
        pk=person.pk,
        full_name=person.full_name,
        personal_id=mask_number(person.personal_id or person.old_id),
        birth_date=_written(person.birth_date),
        phone=mask_phone(person.phone),
        email=mask_email(person.email) if person.email else "",
        address=person.address,
    )


def find_people(text: str, *, seen_by: "Staff", limit: int = LIMIT) -> list[Person]:
    """By personal number, old number or phone (whole, or at least the first four digits), by a scanned ID card, or by
    words of the name, each as its beginning, with or without marks. Who carries the typed marks comes first.

    Raises `Refused` for who has nothing to do with citizens.
    """
    check_can_see_people(by=seen_by)
    text = clean(text.split("|")[0])
    people = Person.objects.filter(merged_into=None).select_related("neighbourhood")
    if text and set(text) <= NUMBER_CHARACTERS:
        found = _gathered(_looks_by_number(people, "".join(c for c in text if c in "+0123456789")), limit)
    elif sum(map(len, words := plain(text).split())) >= FEWEST_LETTERS:
        fitting = people.filter(reduce(and_, (_begins("plain_name", word) for word in words)))
        found = _gathered(_looks_by_name(fitting, words), limit * 3) or list(fitting.order_by()[: limit * 3])
    else:
        found = []
    return sorted(found, key=lambda person: (not _has_marks_of(person, text), person.sort_name))[:limit]


def search_in_words(text: str) -> str:
    """What was searched, for a list that leaves the house: the number of a person masked."""
    text = clean(text.split("|")[0])
    digits = "".join(c for c in text if c.isdigit())
    return mask_number(digits) if len(digits) >= FEWEST_OF_NUMBER and set(text) <= NUMBER_CHARACTERS else text


def _gathered(looks: Iterable[QuerySet[Person]], most: int) -> list[Person]:
    found: dict[int, Person] = {}
    for look in looks:
        found |= {person.pk: person for person in look[:most]}
        if len(found) >= most:
            break
    return list(found.values())


def _looks_by_number(people: QuerySet[Person], digits: str) -> Iterator[QuerySet[Person]]:
    if len(digits.removeprefix("+")) < FEWEST_DIGITS:
        return
    for field, beginning in (("personal_id", digits), ("old_id", digits), ("phone", _as_kept(digits))):
        # A range, because no database looks a LIKE up in every index; behind digits come only digits.
        yield people.filter(**{f"{field}__gte": beginning, f"{field}__lte": beginning + AFTER_ALL_DIGITS}).order_by(
            field
        )


def _looks_by_name(fitting: QuerySet[Person], words: list[str]) -> Iterator[QuerySet[Person]]:
    """Who has one of the words as given name, which is mostly typed last, or first: a walk in the order of names."""
    for word in dict.fromkeys((words[-1], words[0])):
        for beginning in sort_key_beginnings(word):
            look = fitting.filter(sort_name__gte=beginning, sort_name__lte=beginning + AFTER_ALL_DIGITS)
            yield look.order_by("sort_name")


def _begins(field: str, word: str) -> Q:
    return Q(**{f"{field}__startswith": word}) | Q(**{f"{field}__contains": f" {word}"})


def _as_kept(digits: str) -> str:
    try:
        return clean_phone(digits)
    except ValidationError:
        return f"+84{digits[1:]}" if digits.startswith("0") else digits


def _has_marks_of(person: Person, text: str) -> bool:
    return clean(text).lower() in person.full_name.lower()


def person_for(staff: "Staff", person_id: int) -> Person:
    """The record, or the one that it was merged into. Raises `Http404`, `Refused`."""
    check_can_see_people(by=staff)
    person = Person.objects.select_related("merged_into", "neighbourhood").filter(pk=person_id).first()
    if person is None:
        raise Http404
    return person.merged_into or person


def same_as(person: Person) -> list[Person]:
    """Records that may be the same person: the same name (marks aside) with the same phone or birth date, or one of
    which no more is known; never one with another personal number."""
    rows = Person.objects.filter(plain_name=person.plain_name, merged_into=None).exclude(pk=person.pk)
    if person.personal_id:
        rows = rows.filter(personal_id=None)
    return [other for other in rows.order_by("pk")[:LIMIT] if _may_be_one(person, other)]


def _may_be_one(person: Person, other: Person) -> bool:
    if person.birth_date and other.birth_date:
        return person.birth_date == other.birth_date
    return not (person.phone and other.phone) or person.phone == other.phone


def households_of(person: Person) -> QuerySet[Household]:
    return Household.objects.filter(Q(head=person) | Q(members=person)).select_related("head").distinct().order_by("pk")


def businesses_of(person: Person) -> QuerySet[Business]:
    return Business.objects.filter(representative=person)


def household_for(staff: "Staff", household_id: int) -> Household:
    check_can_see_people(by=staff)
    found = Household.objects.select_related("head", "neighbourhood").filter(pk=household_id).first()
    if found is None:
        raise Http404
    return found


def members_of(household: Household) -> list[Person]:
    """The head first, then the others by given name."""
    return sorted(household.members.order_by("sort_name"), key=lambda person: person.pk != household.head_id)


def new_household(head: Person) -> Household:
    return Household(head=head, address=head.address, neighbourhood=head.neighbourhood)


def find_businesses(text: str, *, seen_by: "Staff", limit: int = LIMIT) -> list[Business]:
    """By tax code or by words of the name, each as its beginning, with or without marks."""
    check_can_see_people(by=seen_by)
    words = plain(clean(text)).split()
    if sum(map(len, words)) < FEWEST_LETTERS:
        return []
    by_name = reduce(and_, (_begins("plain_name", word) for word in words))
    return list(
        Business.objects.filter(by_name | Q(tax_code__startswith=words[0])).select_related("representative")[:limit]
    )


def business_for(staff: "Staff", business_id: int) -> Business:
    check_can_see_people(by=staff)
    found = Business.objects.select_related("representative").filter(pk=business_id).first()
    if found is None:
        raise Http404
    return found


def neighbourhoods_for(staff: "Staff") -> "QuerySet[Neighbourhood]":
    """Where the people of this officer's commune live."""
    return neighbourhoods_of(office_of(staff))


def cards(people: Iterable[Person]) -> list[PersonCard]:
    return [card_of(person) for person in people]


def open_card_of(person: Person) -> PersonCard:
    """The card with whole numbers: only after `actions.reveal_person` has written it down."""
    return replace(
        card_of(person),
        personal_id=person.personal_id or person.old_id,
        phone=show_phone(person.phone),
        email=person.email,
    )


def scanned(card: IdCard) -> dict[str, Any]:
    """What a scan brings into a form, as JSON: days as dd/mm/yyyy; what is known besides of this very person."""
    known = Person.objects.filter(personal_id=card.personal_id).first()
    warnings = check_personal_id(card.personal_id, card.birth_date, card.sex)
    return {
        "card": _said_on(card),
        "person": known and {"id": known.pk, "phone": show_phone(known.phone), "email": known.email},
        "warnings": [{"field": warning.field, "text": warning.text} for warning in warnings],
    }


def read_card(text: str) -> dict[str, Any]:
    """What a scan says, as `scanned` has it, without looking anybody up. Raises `ValidationError`."""
    return _said_on(parse_id_card(text))


def _said_on(card: IdCard) -> dict[str, Any]:
    return {
        "personal_id": card.personal_id,
        "old_id": card.old_id,
        "full_name": card.full_name,
        "birth_date": _written(card.birth_date),
        "birth_year": card.birth_year,
        "sex": card.sex,
        "address": card.address,
        "id_issued_date": _written(card.issued_date),
    }


def _written(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""

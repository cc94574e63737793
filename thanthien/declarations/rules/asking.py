"""Which questions are asked, given the answers so far; who the answers speak of."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from thanthien.core import rough_dates
from thanthien.declarations.enums import Kind, PersonRole
from thanthien.declarations.rules.conditions import Answers, holds, is_empty, raw_at, typed
from thanthien.declarations.rules.content import Content, Field, Group
from thanthien.ui.words import vndate


def shown(content: Content, answers: Answers) -> frozenset[str]:
    """The codes of the fields that are asked. A field looks only at fields before it, and an answer to a question that
    is not asked counts as none: so there is one result, whatever else was typed."""
    found: dict[str, Any] = {}
    codes = set()
    for group in content.groups:
        open_group = _is_open(group, content, found)
        for field in group.fields:
            if open_group and _is_open(field, content, found) and not lender_of(field, found):
                codes.add(field.code)
                found[field.code] = answers.get(field.code)
    return frozenset(codes)


def groups_shown(content: Content, answers: Answers) -> list[Group]:
    """The groups of which at least one field is asked: the pages of a filing, in order."""
    asked = shown(content, answers)
    return [group for group in content.groups if any(field.code in asked for field in group.fields)]


def asked_answers(content: Content, answers: Answers) -> dict[str, Any]:
    """Only what was answered to questions that are asked."""
    asked = shown(content, answers)
    return {code: answers[code] for code in content.fields if code in asked and code in answers}


def _is_open(place: Group | Field, content: Content, found: Answers) -> bool:
    return place.shown_if is None or holds(place.shown_if, content, found) is True


def lender_of(field: Field, answers: Answers) -> str:
    """The code of the person who is meant by this field too ("the requester is the mother"), or "". `answers` has the
    asked fields only: nobody stands in for a person who is not asked about."""
    fitting = (one.person for one in field.borrowed if answers.get(one.field) == one.answer)
    return next((person for person in fitting if person in answers), "")


@dataclass(frozen=True, kw_only=True)
class DeclaredPerson:
    """Somebody of whom the declaration speaks. `field` is where; `more` holds ethnicity, nationality, places.

    `relation` is what they are to whom the form is about, as it was answered: the code of a choice, or text.
    """

    field: str
    role: PersonRole
    full_name: str
    personal_id: str = ""
    birth_date: date | None = None
    born: str = ""
    sex: str = ""
    address: str = ""
    phone: str = ""
    died_on: date | None = None
    relation: str = ""
    more: Mapping[str, str]

    @property
    def born_words(self) -> str:
        """ "04/03/1940", "03/1940" or "1940"; "" when it was not told."""
        return vndate(self.birth_date) if self.birth_date else rough_dates.words(self.born)

    @property
    def born_by(self) -> date | None:
        """The last day on which they may have been born: nobody is called older than they surely are."""
        whole = rough_dates.span(self.born)
        return whole[1] if whole else self.birth_date


def people(content: Content, answers: Answers) -> list[DeclaredPerson]:
    """Everybody who is named, in the order of the form; who is meant by two fields is there in both roles."""
    told = asked_answers(content, answers)
    persons = [field for field in content.fields.values() if field.kind == Kind.PERSON and field.role]
    pairs = [(field, told.get(field.code) or told.get(lender_of(field, told))) for field in persons]
    return [_person(field, said, told) for field, said in pairs if isinstance(said, Mapping) and said.get("full_name")]


OWN = ("full_name", "personal_id", "sex", "address", "phone")


def _person(field: Field, said: Mapping[str, Any], told: Answers) -> DeclaredPerson:
    values = {name: str(said.get(name) or "") for name in OWN}
    more = {name: str(text) for name, text in said.items() if name not in (*OWN, "birth_date") and text}
    born = typed(said.get("birth_date") or "", Kind.DATE)
    died, relation = typed(told.get(field.died_on) or "", Kind.DATE), told.get(field.related_by)
    assert field.role
    return DeclaredPerson(
        field=field.code, role=field.role, birth_date=born, died_on=died, more=more, **values,
        born=str(said.get("birth_date") or ""), relation=relation if isinstance(relation, str) else "",
    )  # fmt: skip


def confirmers(content: Content, answers: Answers) -> list[Field]:
    """The persons who must say themselves that what is stated about them is right, in the order of the form."""
    asked = shown(content, answers)
    return [field for field in content.fields.values() if field.confirms and field.code in asked]


def started_with(content: Content, known: Mapping[str, str]) -> dict[str, Any]:
    """First answers: what is known of the applicant stands in the fields for the requester already.

    `known` has names of `Part` (full_name, personal_id, birth_date as ISO day, sex, address, phone, email).
    """
    first: dict[str, Any] = {}
    for field in content.fields.values():
        if field.role == PersonRole.REQUESTER:
            names = {str(part.code) for part in field.parts}
            first[field.code] = {name: text for name, text in known.items() if name in names and text}
    return {code: values for code, values in first.items() if not is_empty(values)}


def value_of(path: str, answers: Answers) -> Any:
    """What was answered there, as it is kept (text, list, dict)."""
    return raw_at(path, answers)

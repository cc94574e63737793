"""A card that was scanned into one of the applicant's fields, for browsers without scripts."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError

from thanthien.core.text import clean
from thanthien.people.queries import read_card
from thanthien.people.rules import Warning, check_personal_id, clean_personal_id
from thanthien.ui.forms import VnDateField

FIELDS = ("full_name", "personal_id", "phone", "address", "old_id", "email")
SEPARATORS = 6
NEW_NUMBER, LONGEST = 12, 200


def scanned_field(data: Mapping[str, Any]) -> str:
    """The name of the field that holds a scan, or ""."""
    return next((name for name in FIELDS if str(data.get(name, "")).count("|") >= SEPARATORS), "")


def with_card(data: Any, field: str) -> tuple[Any, str]:
    """The data with what the card says in its fields, or with the scan taken out and the reason why it is none."""
    filled = data.copy()
    filled[field] = ""
    try:
        card = read_card(data[field])
    except ValidationError as error:
        return filled, error.messages[0]
    filled.update(values_of(card))
    return filled, ""


def values_of(card: dict[str, Any]) -> dict[str, str]:
    """What stands in each field of the form; what the card does not say is left as it was."""
    values = {name: value for name, value in card.items() if value and name != "birth_year"}
    if len(card["personal_id"]) != NEW_NUMBER:  # the nine digits of an older card
        values["old_id"] = values.pop("personal_id")
    return values


class PersonLookup:
    """What was typed so far about a person, to look them up and to look at the number again."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.number, self.phone = clean(data.get("personal_id", "")), clean(data.get("phone", ""))
        self.name, self.sex = clean(data.get("full_name", "")), data.get("sex", "")
        self.birth_date = VnDateField(required=False)
        self._day = data.get("birth_date", "")

    @property
    def text(self) -> str:
        """The surest that there is."""
        return (self.number or self.phone or self.name)[:LONGEST]

    def warnings(self) -> list[Warning]:
        try:
            return check_personal_id(clean_personal_id(self.number), self.birth_date.clean(self._day), self.sex)
        except ValidationError as error:
            return [Warning("personal_id", message) for message in error.messages]

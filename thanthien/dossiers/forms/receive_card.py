"""A card that was scanned into one of the applicant's fields, for browsers without scripts."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError

from thanthien.people.outside import IdCard, parse_id_card

FIELDS = ("full_name", "personal_id", "phone", "address", "old_id", "email")
SEPARATORS = 6


def scanned_field(data: Mapping[str, Any]) -> str:
    """The name of the field that holds a scan, or ""."""
    return next((name for name in FIELDS if str(data.get(name, "")).count("|") >= SEPARATORS), "")


def with_card(data: Any, field: str) -> tuple[Any, str]:
    """The data with what the card says in its fields, or with the scan taken out and the reason why it is none."""
    filled = data.copy()
    filled[field] = ""
    try:
        card = parse_id_card(data[field])
    except ValidationError as error:
        return filled, error.messages[0]
    filled.update(values_of(card))
    return filled, ""


def values_of(card: IdCard) -> dict[str, str]:
    """What stands in each field of the form; what the card does not say is left as it was."""
    said = {
        "full_name": card.full_name,
        "personal_id": card.personal_id if len(card.personal_id) == 12 else "",
        "old_id": card.old_id if len(card.personal_id) == 12 else card.personal_id,
        "birth_date": f"{card.birth_date:%d/%m/%Y}" if card.birth_date else "",
        "sex": card.sex,
        "address": card.address,
        "id_issued_date": f"{card.issued_date:%d/%m/%Y}" if card.issued_date else "",
    }
    return {name: value for name, value in said.items() if value}

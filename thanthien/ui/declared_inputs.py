"""The boxes of `ui.declared`: which Django field shows one, how an answer is written in it, and read from it."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from thanthien.core import rough_dates
from thanthien.core.text import clean
from thanthien.ui import words
from thanthien.ui.forms import VnDateField, VnDateInput

MOST_RADIOS = 6
ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
PLAIN_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
# What a browser should offer as keyboard, and where a scanner of ID cards may type.
ATTRIBUTES: dict[str, dict[str, Any]] = {
    "full_name": {"data-scan": True},
    "personal_id": {"inputmode": "numeric", "data-scan": True},
    "old_id": {},
    "phone": {"inputmode": "tel"},
    "email": {"inputmode": "email"},
}


def field_for(box: Any, *, lone: bool) -> forms.Field:
    """A Django field that shows a box (`label`, `kind`, `need`, …) and judges nothing. `lone`: it is all of its
    question, so its label says what is recommended."""
    kind = str(box.kind)
    label = box.label
    if str(box.need) == "recommended":
        label = _("%(label)s (nên có)") % {"label": label}
    more: dict[str, Any] = {"label": label, "required": False, "help_text": getattr(box, "help", "") if lone else ""}
    made = _field(kind, box, more)
    made.is_needed = str(box.need) != "optional"  # type: ignore[attr-defined]
    return made


def _field(kind: str, box: Any, more: dict[str, Any]) -> forms.Field:
    if kind == "date":
        is_rough = getattr(box, "is_rough", False)
        example = _("Ví dụ 27/11/1940; chỉ nhớ năm thì ghi 1940") if is_rough else _("Ví dụ 27/11/1990")
        more["help_text"] = more["help_text"] or example
        return forms.CharField(widget=VnDateInput(), **more)
    if kind == "choice":
        return _choice(box, more)
    if kind == "file":
        return forms.FileField(**more)
    if kind == "number":
        unit = getattr(box, "unit", "")
        more["label"] = f"{more['label']} ({unit})" if unit else more["label"]
        return forms.CharField(
            widget=forms.TextInput({"inputmode": "decimal", "autocomplete": "off", "size": 12}), **more
        )
    if getattr(box, "lines", 1) > 1:
        return forms.CharField(widget=forms.Textarea({"rows": min(box.lines, 8)}), **more)
    attributes = {"autocomplete": "off"} | ATTRIBUTES.get(getattr(box, "part", ""), {})
    return forms.CharField(widget=forms.TextInput(attributes), **more)


def _choice(box: Any, more: dict[str, Any]) -> forms.Field:
    choices = list(box.choices)
    if box.several:
        return forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple, **more)
    if len(choices) <= MOST_RADIOS:
        return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **more)
    return forms.ChoiceField(choices=[("", "…"), *choices], **more)


def shown_value(raw: Any, kind: str = "") -> Any:
    """How an answer stands in its box: ISO days as dd/mm/yyyy, numbers with a comma; in a box of the `kind` "date" also
    a month as mm/yyyy."""
    if not isinstance(raw, str):
        return raw
    if kind == "date":
        raw = rough_dates.words(raw)
    if ISO_DAY.fullmatch(raw):
        try:
            return words.vndate(date.fromisoformat(raw))
        except ValueError:
            return raw
    return raw.replace(".", ",") if "." in raw and PLAIN_NUMBER.fullmatch(raw) else raw


def kept_value(kind: str, typed: str) -> str:
    """What a box says, as it is kept; what cannot be read stays as it was typed."""
    if kind == "date":
        return _kept_day(typed)
    if kind == "number":
        return kept_number(typed)
    return "\n".join(filter(None, map(clean, typed.splitlines())))


def _kept_day(typed: str) -> str:
    try:
        day = VnDateField(required=False).clean(typed)
    except ValidationError:
        return rough_dates.kept(clean(typed)) or clean(typed)
    return day.isoformat() if day else ""


def kept_number(typed: str) -> str:
    """ "1.234,5" → "1234.5"; "1.234" → "1234"; "1,5" → "1.5"."""
    text = clean(typed).replace(" ", "").replace("\u00a0", "").replace("−", "-")
    whole, comma, rest = text.partition(",")
    groups = whole.split(".")
    if len(groups) > 1 and all(len(group) == 3 for group in groups[1:]):
        whole = "".join(groups)
    number = f"{whole}.{rest}" if comma else whole
    if not PLAIN_NUMBER.fullmatch(number) or len(number) > 20:
        return clean(typed)
    return f"{Decimal(number):f}"

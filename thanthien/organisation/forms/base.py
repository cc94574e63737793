"""What all forms of this room do with text."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from thanthien.core.text import clean

PHONE = re.compile(r"[0-9][0-9 .()+/-]{1,18}[0-9]|\+[0-9 .()/-]{8,18}")


class CleanText:
    """Every line of text enters composed and trimmed; passwords stay as they are typed."""

    def clean(self) -> dict[str, Any]:
        super().clean()  # type: ignore[misc]
        for name, value in self.cleaned_data.items():  # type: ignore[attr-defined]
            widget = self.fields[name].widget  # type: ignore[attr-defined]
            if isinstance(value, str) and not isinstance(widget, forms.PasswordInput):
                self.cleaned_data[name] = _lines(value) if isinstance(widget, forms.Textarea) else clean(value)  # type: ignore[attr-defined]
        return self.cleaned_data  # type: ignore[attr-defined, no-any-return]


def _lines(text: str) -> str:
    return "\n".join(clean(line) for line in text.splitlines()).strip()


def check_phone(text: str) -> str:
    """A phone as an office writes it: also short numbers and extensions."""
    phone = clean(text)
    if phone and not PHONE.fullmatch(phone):
        raise ValidationError(_("Số điện thoại chỉ gồm chữ số, dấu cách, dấu chấm và ngoặc, ví dụ 0237 3852 123."))
    return phone

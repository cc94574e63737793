"""What the forms of citizens share: one line of tidy text, and a look at the draft they belong to."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from thanthien.core.text import clean


class LineField(forms.CharField):
    """One line of text: NFC, single spaces, no control or direction marks."""

    def __init__(self, *, max_length: int = 300, **more: Any) -> None:
        super().__init__(max_length=max_length, **more)

    def to_python(self, value: Any) -> str:
        return clean(super().to_python(value) or "")


class StepForm(forms.Form):
    """The questions of one page. `data`: what was sent; else the page shows what was `typed` before, right or wrong."""

    def __init__(self, draft: Any, data: Mapping[str, Any] | None = None, *, today: date, typed: Any = None) -> None:
        self.draft, self.today = draft, today
        super().__init__(data, initial=self._as_initial(typed) if typed else None)
        self.fill()

    def _as_initial(self, typed: Any) -> dict[str, Any]:
        return {name: typed.getlist(name) if self._is_list(name) else typed.get(name) for name in typed}

    def _is_list(self, name: str) -> bool:
        return isinstance(self.base_fields.get(name), forms.MultipleChoiceField)

    def fill(self) -> None:
        """Where a form asks the draft what there is to choose from."""

    def need(self, name: str, words: Any) -> None:
        """A field that is needed because of another one."""
        if not self.cleaned_data.get(name) and name not in self.errors:
            self.add_error(name, ValidationError(words, code="required"))

    def facts(self) -> list[tuple[str, str]]:
        """What was said, for the last page: label and words."""
        return [(str(bound.label), self.words(bound.name)) for bound in self if self.words(bound.name)]

    def words(self, name: str) -> str:
        value, field = self.cleaned_data.get(name), self.fields[name]
        if isinstance(field, forms.ChoiceField):
            return str(dict(field.choices).get(value, "")) if value else ""
        return f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value or "")

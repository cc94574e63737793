"""What all forms about a dossier share."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from thanthien.core.rules import Refused
from thanthien.core.text import clean

LONGEST_TEXT = 2000
Choices = Sequence[tuple[str, Any]]


class LineField(forms.CharField):
    """One line of text: NFC, single spaces, no control or direction marks."""

    def __init__(self, *, max_length: int = 300, **more: Any) -> None:
        super().__init__(max_length=max_length, **more)

    def clean(self, value: Any) -> str:
        return super().clean(value) if value or self.required else ""  # most lines of most forms stay empty

    def to_python(self, value: Any) -> str:
        return clean(super().to_python(value) or "")


class TextField(LineField):
    """Several lines, each tidied as a line."""

    widget = forms.Textarea(attrs={"rows": 3})

    def __init__(self, *, max_length: int = LONGEST_TEXT, **more: Any) -> None:
        super().__init__(max_length=max_length, **more)

    def to_python(self, value: Any) -> str:
        lines = [clean(line) for line in str(value or "").splitlines()]
        return "\n".join(lines).strip("\n")


class DossierForm(forms.Form):
    """A form that knows which dossier it is about and who fills it in, so that a rule can answer beside a field."""

    def __init__(self, dossier: Any, by: Any, *args: Any, **kwargs: Any) -> None:
        self.dossier, self.by = dossier, by
        super().__init__(*args, **kwargs)
        self.fill()

    def fill(self) -> None:
        """Where a form asks what there is to choose from."""

    def offer(self, field: str, choices: Choices) -> None:
        """What a field lets one choose from."""
        cast(forms.ChoiceField, self.fields[field]).choices = choices

    def refuse_beside(self, field: str, refusal: Refused) -> None:
        self.add_error(field, str(refusal))

    def need(self, field: str, words: Any) -> None:
        """A field that is needed because of another one."""
        if not self.cleaned_data.get(field) and field not in self.errors:
            self.add_error(field, ValidationError(words, code="required"))


class NoteForm(DossierForm):
    note = TextField(label=_("Ghi chú cho người làm tiếp"), required=False)


class ReasonForm(DossierForm):
    reason = TextField(label=_("Lý do"))

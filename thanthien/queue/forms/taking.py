"""What people choose at the kiosk and on the phone."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from thanthien.queue.models import Hall


class TakeForm(forms.Form):
    """One tap: a line, or a procedure, which decides the line; with whoever goes first by law."""

    line = forms.ModelChoiceField(
        queryset=None,
        error_messages={
            "required": _("Xin ông/bà chọn việc cần làm."),
            "invalid_choice": _("Quầy này hiện không nhận số. Xin ông/bà chọn việc khác."),
        },
    )
    priority = forms.ModelChoiceField(queryset=None, required=False)

    def __init__(self, hall: Hall, data: Any = None) -> None:
        super().__init__(data)
        self.fields["line"].queryset = hall.lines.filter(is_active=True)  # type: ignore[attr-defined]
        self.fields["priority"].queryset = hall.priorities.filter(is_active=True)  # type: ignore[attr-defined]
        self.hall = hall

    def clean_line(self) -> Any:
        line = self.cleaned_data["line"]
        line.hall = self.hall  # with its unit: read already
        return line


class ContactForm(forms.Form):
    """Where to tell that the turn is near."""

    email = forms.EmailField(
        label=_("Thư điện tử nhận tin khi sắp đến lượt"),
        max_length=254,
        error_messages={
            "required": _("Xin nhập địa chỉ thư điện tử."),
            "invalid": _("Địa chỉ thư chưa đúng, ví dụ: lan@example.vn."),
        },
    )

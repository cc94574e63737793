"""What people choose at the kiosk and on the phone."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from thanthien.queue import queries
from thanthien.queue.models import Hall

WHAT = {"required": _("Xin ông/bà chọn việc cần làm."), "invalid": _("Xin ông/bà chọn lại việc cần làm.")}


class TakeForm(forms.Form):
    """One tap: a line, or a procedure, which decides the line; with whoever goes first by law."""

    line = forms.IntegerField(required=False, error_messages=WHAT)
    offering = forms.IntegerField(required=False, error_messages=WHAT)
    priority = forms.IntegerField(
        required=False, error_messages={"invalid": _("Xin ông/bà chọn lại diện ưu tiên, hoặc chọn «Không».")}
    )

    def __init__(self, hall: Hall, data: Any = None) -> None:
        super().__init__(data)
        self.hall = hall

    def clean(self) -> dict[str, Any]:
        """`line` and `priority` become rows of the hall, `offering` one of its unit or None."""
        values, line, offering = self.cleaned_data, None, None
        if values.get("line"):
            line = queries.line_to_take(self.hall, values["line"])
        elif values.get("offering"):
            line, offering = queries.line_of_offering(self.hall, values["offering"])
        elif not self.errors:
            raise ValidationError(WHAT["required"])
        if line is None and not self.errors:
            raise ValidationError(gettext("Việc này hiện không nhận số. Xin ông/bà chọn việc khác hoặc hỏi cán bộ."))
        return values | {"line": line, "offering": offering, "priority": self._priority(values.get("priority"))}

    def _priority(self, chosen: int | None) -> Any:
        priority = queries.priority_to_claim(self.hall, chosen) if chosen else None
        if chosen and priority is None:
            self.add_error("priority", gettext("Diện ưu tiên này không còn. Xin ông/bà chọn lại, hoặc chọn «Không»."))
        return priority


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

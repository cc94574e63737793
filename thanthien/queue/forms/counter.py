"""What an officer chooses at the counter."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from thanthien.organisation.queries import counters_of
from thanthien.people import rules as people
from thanthien.procedures.queries import offerings_of
from thanthien.queue.actions import Wish
from thanthien.queue.enums import Source
from thanthien.queue.models import Hall


class OpenForm(forms.Form):
    """Which counter, and the lines that it serves."""

    counter = forms.ModelChoiceField(
        label=_("Quầy"),
        queryset=None,
        empty_label=None,
        error_messages={
            "required": _("Xin chọn quầy."),
            "invalid_choice": _("Quầy này không có trong sảnh hoặc đang nghỉ."),
        },
    )
    lines = forms.ModelMultipleChoiceField(
        label=_("Phục vụ"),
        queryset=None,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Xin chọn ít nhất một nhóm lĩnh vực.")},
    )

    def __init__(self, hall: Hall, data: Any = None, *, counter_id: int | None = None) -> None:
        lines = hall.lines.filter(is_active=True)
        mine = lines.filter(counters=counter_id) if counter_id else lines
        super().__init__(data, initial={"counter": counter_id, "lines": [line.pk for line in mine or lines]})
        self.fields["counter"].queryset = counters_of(hall.unit).filter(is_open=True)  # type: ignore[attr-defined]
        self.fields["lines"].queryset = lines  # type: ignore[attr-defined]


class ForwardForm(forms.Form):
    """To another counter, or to another line."""

    counter = forms.ChoiceField(label=_("Sang quầy"), required=False)
    line = forms.ModelChoiceField(label=_("hoặc sang nhóm lĩnh vực"), queryset=None, required=False, empty_label="–")

    def __init__(self, hall: Hall, others: Any, data: Any = None) -> None:
        super().__init__(data)
        choices = [(str(one.counter_number), f"{one} – {one.staff.full_name}") for one in others]
        self.fields["counter"].choices = [("", "–"), *choices]  # type: ignore[attr-defined]
        self.fields["line"].queryset = hall.lines.filter(is_active=True)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if not self.errors and not (values.get("counter") or values.get("line")):
            raise ValidationError(gettext("Xin chọn quầy hoặc nhóm lĩnh vực để chuyển đến."))
        return values

    def where(self) -> dict[str, Any]:
        counter = self.cleaned_data["counter"]
        return {"counter_number": int(counter) if counter else None, "line": self.cleaned_data["line"]}


class TakeForForm(forms.Form):
    """A number for somebody who cannot take it themselves; who it is may be left out."""

    line = forms.ModelChoiceField(
        label=_("Việc cần làm"),
        queryset=None,
        empty_label=None,
        error_messages={"required": _("Xin chọn việc cần làm.")},
    )
    priority = forms.ModelChoiceField(label=_("Diện ưu tiên"), queryset=None, required=False, empty_label=_("Không"))
    offering = forms.ModelChoiceField(
        label=_("Thủ tục"), queryset=None, required=False, empty_label="–", widget=forms.Select({"data-choose": True})
    )
    full_name = forms.CharField(label=_("Họ và tên"), max_length=200, required=False)
    phone = forms.CharField(label=_("Điện thoại"), max_length=20, required=False)

    def __init__(self, hall: Hall, data: Any = None) -> None:
        super().__init__(data)
        self.hall, fields = hall, self.fields
        fields["line"].queryset = hall.lines.filter(is_active=True)  # type: ignore[attr-defined]
        fields["priority"].queryset = hall.priorities.filter(is_active=True)  # type: ignore[attr-defined]
        fields["offering"].queryset = offerings_of(hall.unit)  # type: ignore[attr-defined]
        fields["offering"].label_from_instance = lambda offering: offering.procedure.name  # type: ignore[attr-defined]

    def clean_line(self) -> Any:
        line = self.cleaned_data["line"]
        line.hall = self.hall
        return line

    def clean_full_name(self) -> str:
        return people.clean_full_name(self.cleaned_data["full_name"])

    def clean_phone(self) -> str:
        return people.clean_phone(self.cleaned_data["phone"])

    def wish(self) -> Wish:
        chosen = {name: value for name, value in self.cleaned_data.items() if name != "line"}
        return Wish(source=Source.OFFICER, **chosen)

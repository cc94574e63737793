"""Narrowing lists, and choosing the period of the figures. What does not fit is left out, never an error page."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from thanthien.dossiers.queries import Band, WorkFilter
from thanthien.office.queries import Choices, PromiseBand, PromiseFilter
from thanthien.ui.forms import VnDateField

WHOSE = [("desk", _("Bàn của tôi")), ("mine", _("Giao riêng cho tôi")), ("office", _("Cả cơ quan"))]
EARLIEST = date(2000, 1, 1)
LONGEST_PERIOD = timedelta(days=366 * 2)


class FilterForm(forms.Form):
    """A filter that stands in the address and can say itself in words."""

    quiet = True
    usual: dict[str, str] = {}  # what is chosen when nothing is, and therefore not worth saying

    @property
    def words(self) -> str:
        """What was chosen, for the head of a printed list."""
        self.is_valid()
        said = [
            self._said(name, value)
            for name, value in self.cleaned_data.items()
            if value and value != self.usual.get(name)
        ]
        return "; ".join(said)

    def _said(self, name: str, value: Any) -> str:
        field = self.fields[name]
        if value is True:
            return str(field.label)
        choices = getattr(field, "choices", None)
        return f"{field.label}: {dict(choices).get(value, value) if choices else value}"


class WorkFilterForm(FilterForm):
    """The filter of the work list."""

    usual = {"whose": "desk"}

    text = forms.CharField(label=_("Tên hoặc mã"), max_length=100, required=False)
    sector = forms.ChoiceField(label=_("Lĩnh vực"), required=False)
    step = forms.ChoiceField(label=_("Bước"), required=False)
    band = forms.ChoiceField(label=_("Lời hứa"), required=False, choices=[("", _("Tất cả")), *Band.choices])
    whose = forms.ChoiceField(label=_("Của ai"), required=False, choices=WHOSE)

    def offer(self, choices: Choices) -> None:
        """Fills the lists with what there is."""
        self.fields["sector"].choices = [("", _("Tất cả")), *choices.sectors]  # type: ignore[attr-defined]
        self.fields["step"].choices = [("", _("Tất cả")), *choices.steps]  # type: ignore[attr-defined]

    @property
    def is_open(self) -> bool:
        """Whether the filter itself is drawn: only on demand, for most mornings need none."""
        return "filter" in self.data or self.has_changed()

    @property
    def whose_asked(self) -> str:
        asked = self.data.get("whose", "")
        return asked if asked in dict(WHOSE) else "desk"

    @property
    def chosen(self) -> WorkFilter:
        self.is_valid()
        values = {name: value for name, value in self.cleaned_data.items() if value}
        return WorkFilter(**values)


class PromiseFilterForm(FilterForm):
    band = forms.ChoiceField(label=_("Lời hứa"), required=False, choices=[("", _("Tất cả")), *PromiseBand.choices])
    unit = forms.ChoiceField(label=_("Đơn vị"), required=False)
    changed = forms.BooleanField(label=_("Chỉ những ngày hẹn đã đổi"), required=False)

    def offer(self, units: list[tuple[str, str]]) -> None:
        self.fields["unit"].choices = [("", _("Tất cả")), *units]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> PromiseFilter:
        self.is_valid()
        return PromiseFilter(**self.cleaned_data)


class PeriodForm(forms.Form):
    """From which day to which, both included; without any: this week."""

    quiet = True

    first = VnDateField(label=_("Từ ngày"), first=EARLIEST)
    last = VnDateField(label=_("Đến hết ngày"), first=EARLIEST)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        first, last = values.get("first"), values.get("last")
        if first and last and last < first:
            raise ValidationError(_("Ngày cuối phải bằng hoặc sau ngày đầu."))
        if first and last and last - first > LONGEST_PERIOD:
            raise ValidationError(_("Xin chọn nhiều nhất hai năm một lần."))
        return values


class FilterNameForm(forms.Form):
    name = forms.CharField(
        label=_("Tên bộ lọc"),
        max_length=100,
        error_messages={"required": _("Xin đặt tên cho bộ lọc, ví dụ “Hộ tịch hôm nay”.")},
    )

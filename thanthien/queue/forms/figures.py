"""Which days are looked at."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from thanthien.ui.forms import VnDateField

EARLIEST = date(2000, 1, 1)
LONGEST = timedelta(days=92)


class PeriodForm(forms.Form):
    """From which day to which, both included; at most three months."""

    quiet = True

    first = VnDateField(label=_("Từ ngày"), first=EARLIEST)
    last = VnDateField(label=_("Đến hết ngày"), first=EARLIEST)

    def __init__(self, data: Any, *, today: date) -> None:
        week = {"first": f"{today - timedelta(days=6):%d/%m/%Y}", "last": f"{today:%d/%m/%Y}"}
        super().__init__(data or week)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        first, last = values.get("first"), values.get("last")
        if first and last and not timedelta(0) <= last - first <= LONGEST:
            raise ValidationError(gettext("Xin chọn ngày cuối sau ngày đầu, nhiều nhất ba tháng."))
        return values

    @property
    def period(self) -> tuple[date, date]:
        return self.cleaned_data["first"], self.cleaned_data["last"]

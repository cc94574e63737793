"""The period of a book."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from thanthien.ui.forms import VnDateField

LONGEST_PERIOD = timedelta(days=366)


class PeriodForm(forms.Form):
    """From a day to a day, both included; at most a year, as the paper book."""

    quiet = True
    first = VnDateField(label=_("Từ ngày"), help_text="")
    last = VnDateField(label=_("Đến ngày"), help_text="")

    @staticmethod
    def this_month() -> dict[str, date]:
        today = timezone.localdate()
        return {"first": today.replace(day=1), "last": today}

    def clean(self) -> dict[str, Any]:
        super().clean()
        data = self.cleaned_data
        first, last = data.get("first"), data.get("last")
        if first and last and last < first:
            self.add_error("last", _("Ngày cuối phải sau ngày đầu."))
        elif first and last and last - first > LONGEST_PERIOD:
            self.add_error("last", _("Mỗi lần xem nhiều nhất một năm."))
        return data

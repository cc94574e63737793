"""What citizens say when they take a dossier back; and the period of the office's list."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from thanthien.filing.forms.base import LineField
from thanthien.ui.forms import VnDateField

LONGEST_PERIOD = timedelta(days=366)


class WithdrawForm(forms.Form):
    reason = LineField(
        label=_("Vì sao ông/bà rút hồ sơ?"), help_text=_("Vài chữ là đủ, ví dụ: đổi ý, nộp nhầm thủ tục."),
        error_messages={"required": _("Ông/bà vui lòng cho biết lý do, để chúng tôi ghi vào hồ sơ.")},
    )  # fmt: skip


class PeriodForm(forms.Form):
    """From a day to a day, both included; at most a year."""

    quiet = True
    first = VnDateField(label=_("Từ ngày"), help_text="")
    last = VnDateField(label=_("Đến ngày"), help_text="")

    @staticmethod
    def month_of(today: date) -> dict[str, date]:
        return {"first": today.replace(day=1), "last": today}

    def clean(self) -> dict[str, Any]:
        super().clean()
        first, last = self.cleaned_data.get("first"), self.cleaned_data.get("last")
        if first and last and last < first:
            self.add_error("last", _("Ngày cuối phải sau ngày đầu."))
        elif first and last and last - first > LONGEST_PERIOD:
            self.add_error("last", _("Mỗi lần xem nhiều nhất một năm."))
        return self.cleaned_data

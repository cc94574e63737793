"""Opening hours of a week, and holidays."""

import re
from collections.abc import Sequence
from datetime import date, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from thanthien.core.text import clean
from thanthien.core.working_time import Interval
from thanthien.core.working_time.calendar import WEEKDAYS
from thanthien.organisation.actions import HolidayFacts, WeekFacts
from thanthien.organisation.enums import HolidayKind
from thanthien.organisation.forms.base import CleanText
from thanthien.organisation.queries import Week
from thanthien.ui.forms import VnDateField

CLOCK = r"(\d{1,2})\s*(?:[:.hHgG]\s*(\d{2})?)?"
INTERVAL = re.compile(rf"\s*{CLOCK}\s*(?:-|–|—|đến)\s*{CLOCK}\s*")
SEPARATOR = re.compile(r"[,;]|\bvà\b")


def parse_intervals(text: str) -> tuple[Interval, ...]:
    """ "07:30–11:30, 13h-17h" → two intervals; "" → none. Raises `ValidationError` with a sentence."""
    text = clean(text)
    if text.lower() in ("", "nghỉ"):
        return ()
    return tuple(sorted(_interval(part) for part in SEPARATOR.split(text)))


def _interval(text: str) -> Interval:
    match = INTERVAL.fullmatch(text)
    try:
        if match:
            opens, opens_at, closes, closes_at = (int(number or 0) for number in match.groups())
            if (opens, opens_at) < (closes, closes_at):
                return Interval(time(opens, opens_at), time(closes, closes_at))
    except ValueError:
        pass
    raise ValidationError(_("Xin viết giờ như 07:30–11:30, 13:00–17:00; giờ đóng cửa phải sau giờ mở cửa."))


def show_intervals(intervals: Sequence[Interval]) -> str:
    return ", ".join(f"{interval.start:%H:%M}–{interval.end:%H:%M}" for interval in intervals)


class HoursField(forms.CharField):
    def clean(self, value: Any) -> tuple[Interval, ...]:
        return parse_intervals(super().clean(value))


class WeekForm(forms.Form):
    """The hours of one period: a line for each weekday, several intervals a day."""

    quiet = True  # a day left empty is a day off: "not required" would mislead
    valid_from = VnDateField(label=_("Áp dụng từ ngày"))
    valid_to = VnDateField(
        label=_("Đến hết ngày"), required=False, help_text=_("Để trống nếu chưa có ngày kết thúc; ví dụ giờ mùa hè có.")
    )

    def __init__(self, *args: Any, week: Week | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number, name in enumerate(WEEKDAYS):
            shown = show_intervals(week.intervals.get(number, ())) if week else ""
            self.fields[f"day_{number}"] = HoursField(label=name, required=False, initial=shown, max_length=200)
        if week:
            self.fields["valid_from"].initial, self.fields["valid_to"].initial = week.valid_from, week.valid_to

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        first, last = told.get("valid_from"), told.get("valid_to")
        if first and last and last < first:
            self.add_error("valid_to", _("Ngày kết thúc phải sau ngày bắt đầu."))
        if not self.errors and not any(told[f"day_{number}"] for number in range(7)):
            self.add_error("day_0", _("Tuần làm việc phải có ít nhất một buổi."))
        return told

    def facts(self) -> WeekFacts:
        told = self.cleaned_data
        intervals = {number: told[f"day_{number}"] for number in range(7) if told[f"day_{number}"]}
        return WeekFacts(valid_from=told["valid_from"], valid_to=told["valid_to"], intervals=intervals)


class HolidayForm(CleanText, forms.Form):
    """A day off, or a rest day that is worked. Who administrates the installation may also write it for all."""

    date = VnDateField(label=_("Ngày"), first=date(2000, 1, 1), last=date(2100, 12, 31))
    kind = forms.ChoiceField(label=_("Loại"), choices=HolidayKind, widget=forms.RadioSelect, initial=HolidayKind.OFF)
    name = forms.CharField(
        label=_("Tên"), max_length=200, help_text=_("Ví dụ: Nghỉ lễ hội làng; làm bù cho ngày 02/01.")
    )
    source = forms.CharField(label=_("Căn cứ"), max_length=300, required=False, help_text=_("Số, ngày của văn bản."))
    for_all = forms.BooleanField(label=_("Áp dụng cho mọi đơn vị"), required=False)

    def __init__(self, *args: Any, may_all: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_all:
            del self.fields["for_all"]

    def facts(self) -> HolidayFacts:
        told = self.cleaned_data
        return HolidayFacts(date=told["date"], kind=HolidayKind(told["kind"]), name=told["name"], source=told["source"])

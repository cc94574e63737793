"""When an officer is away, in days and halves of a day."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from thanthien.organisation.actions import AbsenceFacts
from thanthien.organisation.enums import AbsenceKind, HalfDay
from thanthien.organisation.forms.base import CleanText
from thanthien.organisation.models import Absence, Staff
from thanthien.organisation.queries import NOON, colleagues_seen_by, halves_of, people_led_by
from thanthien.ui.forms import VnDateField

FIRST, LAST = date(2000, 1, 1), date(2100, 12, 31)


class AbsenceForm(CleanText, forms.Form):
    """Who leads somebody chooses whose absence it is; everybody else writes their own."""

    staff = forms.ModelChoiceField(
        Staff.objects.none(), label=_("Cán bộ"), empty_label=None, widget=forms.Select(attrs={"data-choose": True})
    )
    kind = forms.ChoiceField(label=_("Lý do"), choices=AbsenceKind, help_text=_("Người dân không thấy lý do."))
    first_day = VnDateField(label=_("Vắng từ ngày"), first=FIRST, last=LAST)
    first_half = forms.ChoiceField(label=_("Từ buổi"), choices=HalfDay, initial=HalfDay.MORNING)
    last_day = VnDateField(
        label=_("Đến hết ngày"), first=FIRST, last=LAST, required=False, help_text=_("Để trống nếu chỉ vắng ngày ấy.")
    )
    last_half = forms.ChoiceField(label=_("Hết buổi"), choices=HalfDay, initial=HalfDay.AFTERNOON)
    stand_in = forms.ModelChoiceField(
        Staff.objects.none(),
        label=_("Người thay"),
        required=False,
        empty_label=_("không có"),
        help_text=_("Có người thay thì quầy vẫn nhận lịch hẹn."),
        widget=forms.Select(attrs={"data-choose": True}),
    )
    note = forms.CharField(label=_("Ghi chú nội bộ"), max_length=300, required=False)

    def __init__(self, *args: Any, by: Staff, absence: Absence | None = None, **kwargs: Any) -> None:
        super().__init__(*args, initial=_initial(absence) if absence else {"staff": by.pk}, **kwargs)
        self.by, self.absence = by, absence
        people = [] if absence else people_led_by(by)
        if len(people) > 1:
            led = Staff.objects.filter(pk__in=[one.pk for one in people])
            self.fields["staff"].queryset = led.order_by("full_name")
        else:
            del self.fields["staff"]
        self.fields["stand_in"].queryset = colleagues_seen_by(by)

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        told["last_day"] = told.get("last_day") or told.get("first_day")
        if not self.errors and self.ends_at <= self.starts_at:
            self.add_error("last_day", _("Lúc trở lại phải sau lúc bắt đầu vắng."))
        return told

    @property
    def starts_at(self) -> datetime:
        told = self.cleaned_data
        return _at(told["first_day"], NOON if told["first_half"] == HalfDay.AFTERNOON else 0)

    @property
    def ends_at(self) -> datetime:
        told = self.cleaned_data
        day, until_noon = told["last_day"], told["last_half"] == HalfDay.MORNING
        return _at(day, NOON) if until_noon else _at(day + timedelta(days=1), 0)

    @property
    def whose(self) -> Staff:
        return self.cleaned_data.get("staff") or self.by

    def facts(self) -> AbsenceFacts:
        told = self.cleaned_data
        span = {"starts_at": self.starts_at, "ends_at": self.ends_at}
        return AbsenceFacts(kind=AbsenceKind(told["kind"]), stand_in=told["stand_in"], note=told["note"], **span)


def _at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), timezone.get_default_timezone())


def _initial(absence: Absence) -> dict[str, Any]:
    kept = {name: getattr(absence, name) for name in ("kind", "stand_in", "note")}
    return kept | vars(halves_of(absence))


def said_of(absence: Absence) -> str:
    """What the page says once it is kept."""
    if absence.agreed_at:
        return gettext("Đã ghi đợt vắng mặt của %(name)s.") % {"name": absence.staff.full_name}
    return gettext("Đã ghi đề nghị vắng mặt. Khi lãnh đạo đồng ý thì mới tính.")

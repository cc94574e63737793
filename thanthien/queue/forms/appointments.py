"""Booking: which slot, who, and how to reach them."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from thanthien.people import rules as people
from thanthien.queue.actions import Booking


class SlotForm(forms.Form):
    """One of the slots that are offered; the value is its moment."""

    slot = forms.CharField(
        label=_("Khung giờ"), max_length=40, error_messages={"required": _("Xin ông/bà chọn một khung giờ.")}
    )

    def clean_slot(self) -> datetime:
        try:
            moment = datetime.fromisoformat(self.cleaned_data["slot"])
        except ValueError:
            raise ValidationError(gettext("Khung giờ này không có. Xin ông/bà chọn lại.")) from None
        if moment.tzinfo is None or not 2000 < moment.year < 2200:
            raise ValidationError(gettext("Khung giờ này không có. Xin ông/bà chọn lại."))
        return moment


class BookingForm(SlotForm):
    full_name = forms.CharField(
        label=_("Họ và tên"), max_length=200, error_messages={"required": _("Xin nhập họ và tên.")}
    )
    phone = forms.CharField(
        label=_("Điện thoại"), max_length=20, error_messages={"required": _("Xin nhập số điện thoại để giữ chỗ.")}
    )
    email = forms.EmailField(
        label=_("Thư điện tử"),
        max_length=254,
        required=False,
        error_messages={"invalid": _("Địa chỉ thư chưa đúng, ví dụ: lan@example.vn.")},
    )

    def clean_full_name(self) -> str:
        name = people.clean_full_name(self.cleaned_data["full_name"])
        if not name:
            raise ValidationError(gettext("Xin nhập họ và tên."))
        return name

    def clean_phone(self) -> str:
        phone = people.clean_phone(self.cleaned_data["phone"])
        if not phone:
            raise ValidationError(gettext("Xin nhập số điện thoại để giữ chỗ."))
        return phone

    def booking(self) -> Booking:
        chosen: dict[str, Any] = {name: self.cleaned_data[name] for name in ("full_name", "phone", "email")}
        return Booking(**chosen)


def day_asked(text: str, days: list[date]) -> date | None:
    """The day in the address if it is offered, else the first."""
    return next((day for day in days if day.isoformat() == text), days[0] if days else None)

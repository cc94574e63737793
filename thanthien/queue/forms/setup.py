"""Setting a hall up."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from thanthien.core.text import clean
from thanthien.organisation.queries import counters_of
from thanthien.queue.models import Hall, Kiosk, Line, Priority


class CleanText:
    """Every line of text enters composed and trimmed."""

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}  # type: ignore[misc]
        for name, value in values.items():
            if isinstance(value, str):
                values[name] = "\n".join(clean(line) for line in value.splitlines())
        return values


class HallForm(CleanText, forms.ModelForm):
    class Meta:
        model = Hall
        fields = [
            "name", "name_en", "times_called", "opens_early", "shows_officer", "voice", "notices", "printer_host",
            "printer_port", "slot_minutes", "days_ahead", "appointments_each", "expires_after", "head_start",
            "wait_target", "is_active",
        ]  # fmt: skip
        widgets = {"notices": forms.Textarea(attrs={"rows": 4})}
        help_texts = {"printer_host": _("Máy in nhiệt ESC/POS, ví dụ 192.168.1.50. Để trống nếu in từ trình duyệt.")}

    def clean_slot_minutes(self) -> int:
        minutes: int = self.cleaned_data["slot_minutes"]
        if not 5 <= minutes <= 240:
            raise ValidationError(_("Xin chọn từ 5 đến 240 phút."))
        return minutes

    def clean_days_ahead(self) -> int:
        days: int = self.cleaned_data["days_ahead"]
        if days > 30:
            raise ValidationError(_("Xin chọn không quá 30 ngày."))
        return days

    def clean_times_called(self) -> int:
        times: int = self.cleaned_data["times_called"]
        if not 1 <= times <= 9:
            raise ValidationError(_("Xin chọn từ 1 đến 9 lượt."))
        return times

    def clean_opens_early(self) -> int:
        minutes: int = self.cleaned_data["opens_early"]
        if minutes > 240:
            raise ValidationError(_("Xin chọn không quá 240 phút."))
        return minutes

    def clean_printer_port(self) -> int:
        port: int = self.cleaned_data["printer_port"]
        if not 1 <= port <= 65535:
            raise ValidationError(_("Cổng là số từ 1 đến 65535."))
        return port

    def clean_name(self) -> str:
        name = clean(self.cleaned_data["name"])
        if Hall.objects.filter(unit=self.instance.unit, name=name).exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("Đơn vị đã có sảnh tên này."))
        return name


class LineForm(CleanText, forms.ModelForm):
    class Meta:
        model = Line
        fields = [
            "letter", "name", "name_en", "sectors", "counters", "first_number", "last_number", "contingent",
            "home_contingent", "slot_places", "usual_minutes", "position", "is_active",
        ]  # fmt: skip
        widgets = {"sectors": forms.SelectMultiple(attrs={"size": 8}), "counters": forms.CheckboxSelectMultiple}
        help_texts = {
            "letter": _("Một hoặc hai chữ, ví dụ A."),
            "contingent": _("Để trống nếu không giới hạn."),
            "counters": _(
                "Lịch hẹn tính theo giờ mở và người ngồi các quầy này. Không chọn: như một quầy mở theo giờ đơn vị."
            ),
            "slot_places": _("0: không nhận lịch hẹn. Hai quầy cùng mở thì gấp đôi."),
            "usual_minutes": _("Dùng khi chưa đủ lượt phục vụ để tự tính."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["counters"].queryset = counters_of(self.instance.hall.unit)  # type: ignore[attr-defined]

    def clean_letter(self) -> str:
        letter = clean(self.cleaned_data["letter"]).upper()
        if not (letter.isalnum() and letter.isascii()):
            raise ValidationError(_("Xin dùng chữ cái không dấu hoặc chữ số, ví dụ A."))
        if Line.objects.filter(hall=self.instance.hall, letter=letter).exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("Chữ này đã dùng cho hàng khác của sảnh."))
        return letter

    def clean_usual_minutes(self) -> int:
        minutes: int = self.cleaned_data["usual_minutes"]
        if not 1 <= minutes <= 480:
            raise ValidationError(_("Xin chọn từ 1 đến 480 phút."))
        return minutes

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        first, last = values.get("first_number"), values.get("last_number")
        if first is not None and last is not None and not 1 <= first <= last <= 9999:
            self.add_error("last_number", _("Dải số đi từ số đầu (ít nhất 1) đến số cuối (nhiều nhất 9999)."))
        return values


class PriorityForm(CleanText, forms.ModelForm):
    class Meta:
        model = Priority
        fields = ["name", "name_en", "rank", "legal_basis", "is_active"]
        help_texts = {"rank": _("Từ 1 đến 9; bậc cao được mời trước.")}

    def clean_rank(self) -> int:
        rank: int = self.cleaned_data["rank"]
        if not 1 <= rank <= 9:
            raise ValidationError(_("Xin chọn bậc từ 1 đến 9."))
        return rank

    def clean_name(self) -> str:
        name = clean(self.cleaned_data["name"])
        if Priority.objects.filter(hall=self.instance.hall, name=name).exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("Sảnh đã có diện ưu tiên này."))
        return name


class KioskForm(CleanText, forms.ModelForm):
    class Meta:
        model = Kiosk
        fields = ["name"]
        labels = {"name": _("Tên máy")}
        help_texts = {"name": _("Ví dụ: Máy ở cửa chính.")}

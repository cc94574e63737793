"""Units, what they became, counters, neighbourhoods."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from thanthien.core.text import clean
from thanthien.organisation.actions import UnitFacts
from thanthien.organisation.enums import Level
from thanthien.organisation.forms.base import CleanText, check_phone
from thanthien.organisation.models import Counter, Neighbourhood, Staff, Unit
from thanthien.organisation.queries import units_managed_by
from thanthien.organisation.rules import UNIT_CODE
from thanthien.ui.forms import VnDateField


class UnitForm(CleanText, forms.ModelForm):
    """A unit as `by` may write it: only who manages the unit above may say below which it stands."""

    code = forms.RegexField(
        UNIT_CODE,
        label=_("Mã định danh"),
        max_length=35,
        help_text=_("Theo Quyết định 20/2020/QĐ-TTg, ví dụ H56.14.18."),
        error_messages={"invalid": _("Mã gồm một chữ cái A–Y, hai chữ số, rồi các nhóm số cách nhau bằng dấu chấm.")},
    )
    valid_from = VnDateField(label=_("Hoạt động từ"), required=False)

    class Meta:
        model = Unit
        fields = [
            "name", "code", "level", "kind", "parent", "governing_body", "one_stop_name", "place", "head_title",
            "address", "phone", "hotline", "email", "count_from", "valid_from",
        ]  # fmt: skip
        widgets = {"parent": forms.Select(attrs={"data-choose": True})}
        labels = {"name": _("Tên"), "kind": _("Loại (xã, phường, phòng…)")}
        error_messages = {"code": {"unique": _("Mã này đã có ở đơn vị khác.")}}

    def __init__(self, *args: Any, by: Staff, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = units_managed_by(by).filter(valid_to=None)
        parent = self.fields["parent"]
        parent.queryset = units.exclude(path__startswith=self.instance.path) if self.instance.pk else units
        parent.required = not by.is_superuser
        if self.instance.pk and not by.is_superuser and not units.filter(pk=self.instance.parent_id).exists():
            del self.fields["parent"]

    def clean_code(self) -> str:
        code = clean(self.cleaned_data["code"])
        if Unit.objects.filter(code=code).exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("Mã này đã có ở đơn vị khác."))
        return code

    def clean_phone(self) -> str:
        return check_phone(self.cleaned_data["phone"])

    def clean_hotline(self) -> str:
        return check_phone(self.cleaned_data["hotline"])

    def facts(self, before: Unit | None = None) -> UnitFacts:
        """What was told; what the form does not ask stays as it was."""
        kept = {"parent": before.parent, "valid_to": before.valid_to} if before else {}
        return UnitFacts(**kept | self.cleaned_data)


class SuccessionForm(forms.Form):
    """What a decision on merging or splitting says."""

    kind = forms.ChoiceField(
        label=_("Đơn vị này"),
        choices=[
            ("merge", _("nhập toàn bộ vào một đơn vị khác")),
            ("split", _("chia cho nhiều đơn vị và kết thúc")),
            ("cede", _("chuyển một phần, vẫn tiếp tục hoạt động")),
        ],
        widget=forms.RadioSelect,
    )
    successors = forms.ModelMultipleChoiceField(
        Unit.objects.none(),
        label=_("Đơn vị kế thừa"),
        help_text=_("Giữ phím Ctrl để chọn nhiều đơn vị."),
        error_messages={"required": _("Xin chọn ít nhất một đơn vị kế thừa.")},
    )
    date = VnDateField(label=_("Từ ngày"))

    def __init__(self, *args: Any, unit: Unit, by: Staff, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = units_managed_by(by).filter(valid_to=None).exclude(pk=unit.pk).exclude(level=Level.DIVISION)
        self.fields["successors"].queryset = units

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        if told.get("kind") == "merge" and len(told.get("successors") or []) > 1:
            self.add_error("successors", _("Nhập toàn bộ thì chỉ có một đơn vị kế thừa."))
        return told


class CloseUnitForm(forms.Form):
    last_day = VnDateField(label=_("Ngày hoạt động cuối cùng"))


class CounterForm(CleanText, forms.ModelForm):
    class Meta:
        model = Counter
        fields = ["number", "name", "is_open"]

    def clean_number(self) -> int:
        number = self.cleaned_data["number"]
        if Counter.objects.filter(unit=self.instance.unit, number=number).exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("Đơn vị đã có quầy số %(number)s."), params={"number": number})
        return number


class NeighbourhoodForm(CleanText, forms.ModelForm):
    class Meta:
        model = Neighbourhood
        fields = ["name", "head_name", "head_phone"]

    def clean_name(self) -> str:
        name = clean(self.cleaned_data["name"])
        if Neighbourhood.objects.filter(unit=self.instance.unit, name=name).exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("Đơn vị đã có %(name)s."), params={"name": name})
        return name

    def clean_head_phone(self) -> str:
        return check_phone(self.cleaned_data["head_phone"])

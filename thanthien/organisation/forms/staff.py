"""Accounts and posts, as administrators type them."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from thanthien.core.text import clean
from thanthien.organisation.actions import PostFacts, StaffFacts
from thanthien.organisation.enums import Role
from thanthien.organisation.forms.base import CleanText, check_phone
from thanthien.organisation.models import Post, Staff, Unit
from thanthien.organisation.queries import counters_of, units_managed_by
from thanthien.organisation.rules import WIDE_ROLES
from thanthien.ui.forms import VnDateField

USERNAME = r"^[a-z0-9][a-z0-9._-]{2,59}$"


class StaffForm(CleanText, forms.ModelForm):
    """What stands about an officer; the roles that `by` may give."""

    username = forms.RegexField(
        USERNAME,
        label=_("Tên đăng nhập"),
        help_text=_("Chữ thường không dấu, chữ số, dấu chấm; ví dụ lan.nguyen."),
        error_messages={"invalid": _("Tên đăng nhập gồm 3–60 chữ thường không dấu, chữ số, dấu chấm hoặc gạch.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )
    roles = forms.MultipleChoiceField(
        label=_("Vai trò"), choices=Role, required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Staff
        fields = ["full_name", "username", "email", "phone", "functions", "counter", "roles"]
        widgets = {"functions": forms.Textarea(attrs={"rows": 4})}
        help_texts = {
            "functions": _("Hiện trên bảng công khai ở bộ phận Một cửa."),
            "phone": _("Hiện trên bảng công khai ở bộ phận Một cửa."),
        }

    def __init__(self, *args: Any, by: Staff, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["counter"].queryset = counters_of(self.instance.unit)
        if not (by.is_superuser or by.has_role(Role.PROVINCE_ADMIN)):
            kept = set(self.instance.roles)
            self.fields["roles"].choices = [c for c in Role.choices if c[0] not in WIDE_ROLES - kept]

    def clean_username(self) -> str:
        username = clean(self.cleaned_data["username"])
        if Staff.objects.filter(username=username).exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("Tên đăng nhập này đã có người dùng."))
        return username

    def clean_phone(self) -> str:
        return check_phone(self.cleaned_data["phone"])

    def facts(self) -> StaffFacts:
        told = {name: self.cleaned_data[name] for name in self.Meta.fields}
        return StaffFacts(**told)


class PostForm(CleanText, forms.ModelForm):
    """An appointment. `units` are those the person may be moved to."""

    valid_from = VnDateField(label=_("Từ ngày"))

    class Meta:
        model = Post
        fields = ["unit", "title", "order_number", "superior", "valid_from"]
        widgets = {
            "unit": forms.Select(attrs={"data-choose": True}),
            "superior": forms.Select(attrs={"data-choose": True}),
        }

    def __init__(self, *args: Any, by: Staff, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = units_managed_by(by).filter(valid_to=None)
        self.fields["unit"].queryset = units
        self.fields["title"].required = True
        self.fields["superior"].queryset = Staff.objects.filter(unit__in=units, is_active=True)

    def facts(self) -> PostFacts:
        return PostFacts(**{name: self.cleaned_data[name] for name in self.Meta.fields})


class FirstPostForm(PostForm):
    """The post with which an account is opened: in the unit of the page."""

    def __init__(self, *args: Any, unit: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["unit"]
        self.unit = unit

    def facts(self) -> PostFacts:
        return PostFacts(
            unit=self.unit, **{name: self.cleaned_data[name] for name in self.Meta.fields if name != "unit"}
        )


class PasswordForm(forms.Form):
    """A password typed for somebody else, or nothing: then a link is made."""

    password = forms.CharField(
        label=_("Mật khẩu ban đầu"),
        required=False,
        strip=False,
        help_text=_("Để trống thì hệ thống cho một đường dẫn dùng một lần để người ấy tự đặt."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, staff: Staff, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.staff = staff

    def clean_password(self) -> str:
        password = self.cleaned_data["password"]
        if password:
            validate_password(password, self.staff)
        return password


class ChoosePasswordForm(forms.Form):
    """One's own password, typed twice."""

    password = forms.CharField(
        label=_("Mật khẩu mới"),
        strip=False,
        help_text=_("Ít nhất 10 ký tự, không chỉ gồm chữ số. Một câu ngắn dễ nhớ là tốt nhất."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("Nhập lại mật khẩu"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, staff: Staff, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.staff = staff

    def clean_password(self) -> str:
        validate_password(self.cleaned_data["password"], self.staff)
        return self.cleaned_data["password"]

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        if told.get("password") and told.get("again") and told["password"] != told["again"]:
            self.add_error("again", _("Hai lần nhập chưa giống nhau."))
        return told

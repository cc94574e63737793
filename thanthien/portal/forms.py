from django import forms
from django.utils.translation import gettext_lazy as _

from thanthien.core.text import clean


class TrackForm(forms.Form):
    """The code on the slip and the last four digits of the phone that was given."""

    code = forms.CharField(
        label=_("Mã hồ sơ trên giấy hẹn"),
        max_length=60,
        error_messages={"required": _("Ông/bà vui lòng nhập mã hồ sơ in trên giấy hẹn.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )
    digits = forms.RegexField(
        r"^[0-9]{4}$",
        label=_("4 số cuối điện thoại"),
        required=False,
        error_messages={"invalid": _("Ông/bà nhập đúng 4 chữ số cuối của số điện thoại đã ghi khi nộp.")},
        help_text=_("Để trống thì chỉ xem được hồ sơ đã xong hay chưa."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric", "maxlength": "4"}),
    )

    def clean_code(self) -> str:
        return clean(self.cleaned_data["code"]).replace(" ", "").upper()

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from thanthien.core.text import clean
from thanthien.people.rules import clean_phone

Pairs = Sequence[tuple[str, Any]]


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
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric", "maxlength": "4"}),
    )

    def clean_code(self) -> str:
        return clean(self.cleaned_data["code"]).replace(" ", "").upper()


class WishForm(forms.Form):
    """What somebody looks for among the procedures."""

    quiet = True
    q = forms.CharField(label=_("Gõ việc ông/bà cần làm"), required=False, max_length=200)
    viec = forms.ChoiceField(label=_("Việc của đời người"), required=False)
    linh_vuc = forms.ChoiceField(label=_("Lĩnh vực"), required=False)
    doi_tuong = forms.ChoiceField(label=_("Dành cho"), required=False)

    def __init__(self, *args: Any, life_events: Pairs, sectors: Pairs, audiences: Pairs, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["q"].widget.attrs |= {"type": "search", "autocomplete": "off", "data-shortcut": "/"}
        for name, choices in (("viec", life_events), ("linh_vuc", sectors), ("doi_tuong", audiences)):
            self.fields[name].choices = [("", _("Tất cả")), *choices]  # type: ignore[attr-defined]

    def chosen(self) -> dict[str, str]:
        """What can be understood of it; what cannot is said beside its field and left aside."""
        self.is_valid()
        names = {"text": "q", "life_event": "viec", "sector": "linh_vuc", "audience": "doi_tuong"}
        return {mine: self.cleaned_data.get(theirs) or "" for mine, theirs in names.items()}


class ContactForm(forms.Form):
    """The phone (or mailbox) that was given when filing; cleaned to +84912345678 or an address in small letters."""

    to = forms.CharField(
        label=_("Số điện thoại đã ghi khi nộp hồ sơ"),
        max_length=254,
        help_text=_("Ông/bà đã ghi thư điện tử thì nhập thư điện tử cũng được."),
        error_messages={"required": _("Ông/bà vui lòng nhập số điện thoại đã ghi khi nộp hồ sơ.")},
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel", "spellcheck": "false"}),
    )

    def clean_to(self) -> str:
        to = clean(self.cleaned_data["to"])
        if "@" not in to:
            return clean_phone(to)
        try:
            validate_email(to)
        except ValidationError:
            raise ValidationError(_("Địa chỉ thư điện tử chưa đúng, ví dụ lan@example.vn.")) from None
        return to.lower()


class CodeForm(forms.Form):
    """The one-time code."""

    code = forms.CharField(
        label=_("Mã 6 chữ số vừa nhận"),
        max_length=40,
        error_messages={"required": _("Ông/bà vui lòng nhập mã vừa nhận.")},
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "size": "10"}),
    )

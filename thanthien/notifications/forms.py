"""What officers type about messages."""

from datetime import time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from thanthien.core.text import clean
from thanthien.notifications.enums import ANY_UNDER_WAY, Channel, MessageState, Situation
from thanthien.people.rules import clean_email, clean_phone
from thanthien.ui.forms import VnDateField

ANY = [("", _("tất cả"))]
STATES = [*ANY, (ANY_UNDER_WAY, _("chưa gửi xong")), *MessageState.choices]
LONGEST_TEXT = 4000


class FilterForm(forms.Form):
    """Narrows the list; what cannot be read narrows nothing and says so."""

    quiet = True
    state = forms.ChoiceField(label=_("Trạng thái"), choices=STATES, required=False)
    situation = forms.ChoiceField(label=_("Tình huống"), choices=[*ANY, *Situation.choices], required=False)
    channel = forms.ChoiceField(label=_("Kênh"), choices=[*ANY, *Channel.choices], required=False)
    first = VnDateField(label=_("Viết từ ngày"), required=False, help_text="")
    last = VnDateField(label=_("đến hết ngày"), required=False, help_text="")

    def clean(self) -> dict[str, Any]:
        chosen = super().clean() or {}
        if chosen.get("first") and chosen.get("last") and chosen["last"] < chosen["first"]:
            self.add_error("last", gettext("Ngày cuối phải từ ngày đầu trở đi."))
        return chosen

    @property
    def chosen(self) -> dict[str, Any]:
        return self.cleaned_data if self.is_valid() else {}

    @property
    def in_words(self) -> str:
        """For the head of the Excel list."""
        parts = [f"{self.fields[name].label}: {self._word(name)}" for name in self.fields if self.chosen.get(name)]
        return ", ".join(str(part) for part in parts)

    def _word(self, name: str) -> str:
        value = self.chosen[name]
        return str(dict(getattr(self.fields[name], "choices", ())).get(value) or f"{value:%d/%m/%Y}")


class AddressForm(forms.Form):
    """Where a message shall go instead; one of both is enough."""

    quiet = True
    phone = forms.CharField(label=_("Điện thoại"), max_length=30, required=False, help_text=_("Ví dụ 0912 345 678."))
    email = forms.CharField(label=_("Thư điện tử"), max_length=254, required=False)

    def clean_phone(self) -> str:
        return clean_phone(self.cleaned_data["phone"])

    def clean_email(self) -> str:
        return clean_email(self.cleaned_data["email"])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not self.errors and not (given.get("phone") or given.get("email")):
            raise ValidationError(gettext("Xin ghi số điện thoại hoặc thư điện tử nhận được tin."))
        return given


class TextForm(forms.Form):
    """A new version of a text; only e-mail has a title."""

    title = forms.CharField(label=_("Tiêu đề"), max_length=300)
    body = forms.CharField(
        label=_("Nội dung"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_("Chỗ điền viết trong ngoặc nhọn, ví dụ {mã}. Dòng mà mọi chỗ điền đều trống thì được bỏ qua."),
    )
    note = forms.CharField(
        label=_("Đã sửa gì, vì sao"), max_length=300, help_text=_("Để người sau hiểu: theo văn bản nào, ai yêu cầu.")
    )

    def __init__(self, *args: Any, channel: Channel, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if channel != Channel.EMAIL:
            del self.fields["title"]
        if channel == Channel.SMS:
            self.fields["body"].widget.attrs["rows"] = 5

    def clean(self) -> dict[str, Any]:
        written = super().clean() or {}
        body = "\n".join(clean(line) for line in written.get("body", "").splitlines()).strip()
        tidy = {name: clean(written[name]) for name in ("title", "note") if name in written}
        return written | tidy | ({"body": body} if "body" in written else {})


class ChannelsForm(forms.Form):
    sms = forms.BooleanField(label=_("Gửi tin nhắn SMS"), required=False)
    zalo = forms.BooleanField(
        label=_("Gửi Zalo"), required=False, help_text=_("Chỉ bật khi người dân đã đồng ý nhận tin qua Zalo.")
    )
    email = forms.BooleanField(label=_("Gửi thư điện tử"), required=False)
    email_first = forms.BooleanField(label=_("Có thư điện tử thì gửi thư trước, không nhắn tin"), required=False)
    plain_sms = forms.BooleanField(
        label=_("Tin nhắn SMS viết không dấu"),
        required=False,
        help_text=_("Không dấu: một phần tin dài 160 ký tự. Có dấu: 70 ký tự, tốn tiền hơn."),
    )
    quiet_from = forms.TimeField(
        label=_("Không gửi từ"), required=False, input_formats=["%H:%M"], widget=forms.TimeInput(format="%H:%M"),
        help_text=_("Ví dụ 21:00. Để trống cả hai ô: theo giờ chung của hệ thống."),
    )  # fmt: skip
    quiet_to = forms.TimeField(
        label=_("đến"), required=False, input_formats=["%H:%M"], widget=forms.TimeInput(format="%H:%M"),
        help_text=_("Ví dụ 07:00 sáng hôm sau."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        first, last = given.get("quiet_from"), given.get("quiet_to")
        if not self.errors and _is_given(first) != _is_given(last):
            self.add_error(
                "quiet_to" if _is_given(first) else "quiet_from", gettext("Xin ghi cả giờ bắt đầu và giờ kết thúc.")
            )
        return given


def _is_given(moment: time | None) -> bool:
    return moment is not None

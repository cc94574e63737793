"""Forms with which a dossier ends: the signed result and how it reached its owner."""

import base64
import binascii
from typing import Any

from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import gettext_lazy as _

from thanthien.core.files import PDF, PNG, FilesField, check_upload
from thanthien.core.rules import Refused
from thanthien.dossiers.enums import HomeReason, ResultKind, ReturnChannel
from thanthien.dossiers.forms.base import DossierForm, LineField, TextField
from thanthien.dossiers.rules import check_return_is_proved

DRAWN = "data:image/png;base64,"
LONGEST_DRAWING = 400_000
WAYS = [choice for choice in ReturnChannel.choices if choice[0] != ReturnChannel.ONLINE]


class SignOffForm(DossierForm):
    kind = forms.ChoiceField(
        label=_("Kết quả"), choices=ResultKind.choices, initial=ResultKind.GRANTED, widget=forms.RadioSelect
    )
    reference = LineField(
        label=_("Số, ký hiệu văn bản kết quả"), max_length=100, required=False, help_text=_("Ví dụ 15/GPXD")
    )
    note = TextField(label=_("Ghi chú"), required=False)
    result_files = FilesField(label=_("Tệp kết quả đã ký"), kinds=(PDF,), required=False)

    def clean(self) -> dict[str, Any]:
        super().clean()
        data = self.cleaned_data
        if data.get("kind") == ResultKind.REFUSED:
            self.need("reference", _("Văn bản từ chối cần có số, ký hiệu."))
        return data


class ReturnForm(DossierForm):
    """Who took the result and by what proof. Fields of ways that were not chosen are not looked at."""

    quiet = True  # what is needed depends on the way
    channel = forms.ChoiceField(label=_("Trả kết quả"), choices=WAYS, widget=forms.RadioSelect)
    is_other = forms.BooleanField(label=_("Người khác nhận thay"), required=False)
    collector_name = LineField(label=_("Họ tên người nhận"), max_length=200)
    collector_id = LineField(label=_("Số căn cước hoặc giấy tờ người nhận"), max_length=20, required=False)
    authorisation = LineField(
        label=_("Giấy ủy quyền, giấy giới thiệu"), required=False, help_text=_("Số, ngày. Bắt buộc khi nhận thay.")
    )
    waybill = LineField(label=_("Số vận đơn bưu chính"), max_length=60, required=False)
    home_reason = forms.ChoiceField(
        label=_("Vì sao trả tại nhà"), choices=[("", _("Chọn lý do")), *HomeReason.choices], required=False
    )
    home_address = LineField(label=_("Địa chỉ trả tại nhà"), required=False)
    originals_returned = LineField(label=_("Bản chính trả lại cho dân"), max_length=500, required=False)
    is_signed_on_paper = forms.BooleanField(label=_("Đã ký nhận trên giấy"), required=False)
    signature = forms.CharField(required=False, max_length=LONGEST_DRAWING, widget=forms.HiddenInput)

    def fill(self) -> None:
        self.fields["channel"].initial = self.dossier.return_channel
        self.fields["collector_name"].initial = self.dossier.applicant_name
        self.fields["home_reason"].initial = self.dossier.return_reason
        self.fields["home_address"].initial = self.dossier.return_address or self.dossier.address

    def clean_signature(self) -> object:
        """A drawing of the tablet, as a PNG that was looked at like any upload; None without one."""
        drawn = self.cleaned_data["signature"]
        if not drawn:
            return None
        try:
            content = base64.b64decode(drawn.removeprefix(DRAWN), validate=True)
        except (binascii.Error, ValueError):
            raise forms.ValidationError(_("Chữ ký không đọc được. Xin ký lại.")) from None
        return check_upload(SimpleUploadedFile("chu-ky.png", content), (PNG,))

    def clean(self) -> dict[str, Any]:
        super().clean()
        data = self.cleaned_data
        way = data.get("channel")
        if way == ReturnChannel.POST:
            self.need("waybill", _("Trả qua bưu chính cần số vận đơn."))
        if way == ReturnChannel.HOME:
            self.need("home_reason", _("Xin chọn lý do trả tại nhà."))
            self.need("home_address", _("Xin ghi địa chỉ đã trả."))
        if way in (ReturnChannel.COUNTER, ReturnChannel.HOME):
            self._check_signed(data)
        self._check_proved(data)
        return data

    def _check_signed(self, data: dict[str, Any]) -> None:
        if not data.get("is_signed_on_paper") and not data.get("signature") and "signature" not in self.errors:
            self.add_error("is_signed_on_paper", _("Cần chữ ký nhận: trên giấy hoặc trên màn hình."))

    def _check_proved(self, data: dict[str, Any]) -> None:
        """The rule answers beside the field that it misses."""
        if "channel" not in data:
            return
        proof = {"collector_id": data.get("collector_id", ""), "authorisation": data.get("authorisation", "")}
        try:
            check_return_is_proved(ReturnChannel(data["channel"]), is_applicant=not data.get("is_other"), **proof)
        except Refused as refusal:
            lacks_id = data["channel"] != ReturnChannel.POST and not proof["collector_id"]
            self.refuse_beside("collector_id" if lacks_id else "authorisation", refusal)

import json
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from thanthien.ui.forms import VnDateField

LARGEST = 1_000_000


class ImportForm(forms.Form):
    """A form as it was exported, and from which day it counts."""

    file = forms.FileField(label=gettext_lazy("Tệp tờ khai (.json)"))
    valid_from = VnDateField(label=gettext_lazy("Áp dụng từ ngày"))
    note = forms.CharField(label=gettext_lazy("Đã sửa gì, theo văn bản nào"), max_length=300, required=False)

    def __init__(self, *args: Any, tomorrow: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"valid_from": tomorrow}, **kwargs)

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        if upload.size > LARGEST:
            raise ValidationError(_("Tệp lớn quá 1 MB, không phải tờ khai."))
        try:
            return json.loads(upload.read().decode("utf-8"))
        except (ValueError, RecursionError):
            raise ValidationError(_("Tệp không đọc được. Xin chọn tệp .json đã xuất từ phần mềm.")) from None

import json
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

LARGEST = 500_000


class ImportForm(forms.Form):
    """A flow as it was exported."""

    file = forms.FileField(label=gettext_lazy("Tệp luồng hướng dẫn (.json)"))

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        if upload.size > LARGEST:
            raise ValidationError(_("Tệp lớn quá 500 KB, không phải luồng hướng dẫn."))
        try:
            return json.loads(upload.read().decode("utf-8"))
        except (ValueError, RecursionError):
            raise ValidationError(_("Tệp không đọc được. Xin chọn tệp .json đã xuất từ phần mềm.")) from None

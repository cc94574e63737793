from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST_SOURCE = 100_000


class TemplateForm(forms.Form):
    """A new version of a printed form."""

    source = forms.CharField(
        label=_("Nội dung mẫu"),
        max_length=LONGEST_SOURCE,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 28, "spellcheck": "false", "class": "source", "wrap": "off"}),
        help_text=_("Viết bằng Typst. Chữ trong mẫu sửa tự do; các tên sau «data.» là dữ liệu của hồ sơ."),
    )
    valid_from = forms.DateField(
        label=_("Dùng từ ngày"),
        widget=forms.DateInput(attrs={"inputmode": "numeric", "data-date": True}, format="%d/%m/%Y"),
        help_text=_("Ví dụ 01/03/2026. Giấy đã cấp trước ngày này giữ nguyên."),
    )
    note = forms.CharField(
        label=_("Đã sửa gì, vì sao"), max_length=300, help_text=_("Để người sau hiểu: theo văn bản nào, ai yêu cầu.")
    )

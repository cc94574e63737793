"""Forms with which the clock stops and runs again."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from thanthien.core.files import FilesField
from thanthien.dossiers.enums import RefusalReason
from thanthien.dossiers.forms.base import DossierForm, LineField, TextField

MOST_PAPERS = 50


class SupplementForm(DossierForm):
    """What is missing: ticked from the list, or written, one a line."""

    papers = forms.MultipleChoiceField(
        label=_("Giấy tờ trong danh sách cần bổ sung, sửa lại"), widget=forms.CheckboxSelectMultiple, required=False
    )
    more = TextField(label=_("Giấy tờ khác"), help_text=_("Mỗi dòng một giấy tờ."), required=False)
    reason = TextField(label=_("Lý do"), help_text=_("Người dân đọc nguyên văn lời này trên phiếu và tin báo."))
    legal_basis = LineField(
        label=_("Căn cứ pháp lý"), max_length=500, help_text=_("Văn bản, điều, khoản. Ví dụ: Luật Xây dựng, Điều 95.")
    )

    def fill(self) -> None:
        names = list(dict.fromkeys(paper.name for paper in self.dossier.papers.all()))
        self.offer("papers", [(name, name) for name in names])
        if not names:
            del self.fields["papers"]

    def clean(self) -> dict[str, Any]:
        super().clean()
        data = self.cleaned_data
        typed = [line for line in data.get("more", "").splitlines() if line]
        data["all_papers"] = [*data.get("papers", []), *typed]
        field = "papers" if "papers" in self.fields else "more"
        if not data["all_papers"] and not self.errors.get(field):
            self.add_error(field, _("Xin chọn hoặc ghi ít nhất một giấy tờ cần bổ sung."))
        if len(data["all_papers"]) > MOST_PAPERS:
            self.add_error("more", _("Nhiều quá 50 giấy tờ. Xin gộp lại để người dân dễ theo."))
        return data


class ResumeForm(DossierForm):
    answer = TextField(label=_("Người dân đã nộp, đã làm gì"), required=False)
    scans = FilesField(label=_("Bản quét giấy tờ vừa nộp"), required=False)


class SuspendForm(DossierForm):
    reason = TextField(label=_("Nghĩa vụ cần thực hiện"), help_text=_("Ví dụ: nộp lệ phí trước bạ 1.200.000 đồng."))
    legal_basis = LineField(label=_("Căn cứ pháp lý"), max_length=500)


class AcceptForm(DossierForm):
    """Nothing to fill in: the page shows the date that will be promised."""


class ConfirmForm(DossierForm):
    """Nothing to fill in: one press."""


class DenyForm(DossierForm):
    reason = forms.ChoiceField(label=_("Lý do"), choices=[("", _("Chọn lý do")), *RefusalReason.choices])
    text = TextField(
        label=_("Giải thích và hướng dẫn"),
        help_text=_("Vì sao, và ông/bà có thể làm gì tiếp. In nguyên văn trên phiếu."),
    )

"""Forms with which another agency is asked and its answer taken in."""

from typing import cast

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from thanthien.core.files import FilesField
from thanthien.dossiers.forms.base import DossierForm, LineField, TextField
from thanthien.dossiers.rules import LONGEST_ANSWER
from thanthien.ui.forms import VnDateField


class AskAgencyForm(DossierForm):
    agency = LineField(
        label=_("Cơ quan được hỏi"), max_length=200, help_text=_("Tên đầy đủ; người dân đọc nguyên văn.")
    )
    text = TextField(label=_("Hỏi việc gì, vì sao"), help_text=_("Người dân đọc nguyên văn lời này trong tin báo."))
    legal_basis = LineField(label=_("Căn cứ pháp lý"), max_length=500)
    reference = LineField(label=_("Số văn bản gửi đi"), max_length=60, required=False)
    expected_on = VnDateField(label=_("Dự kiến trả lời trước ngày"))

    def fill(self) -> None:
        self.fields["legal_basis"].initial = self.dossier.offering.agency_basis
        day = cast(VnDateField, self.fields["expected_on"])
        day.first = timezone.localdate()
        day.last = day.first + LONGEST_ANSWER


class AgencyAnswerForm(DossierForm):
    answer = TextField(label=_("Cơ quan ấy trả lời thế nào"))
    reference = LineField(label=_("Số văn bản trả lời"), max_length=60, required=False)
    scans = FilesField(label=_("Bản quét văn bản trả lời"), required=False)

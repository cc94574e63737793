"""Forms of the way from desk to desk."""

from datetime import datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from thanthien.core.files import FilesField
from thanthien.dossiers.forms.base import DossierForm, LineField, NoteForm, TextField
from thanthien.dossiers.queries import agencies_around, next_step
from thanthien.organisation.queries import staff_with_role
from thanthien.procedures.queries import step_before
from thanthien.ui.forms import VnDateField

LONGEST_QUESTION = 4000


class FinishStepForm(NoteForm):
    @cached_property
    def following(self) -> Any:
        """Asked for by the page alone: the action looks again, under the lock."""
        return next_step(self.dossier)


class SendBackForm(DossierForm):
    note = TextField(
        label=_("Vì sao trả lại, cần làm gì"), help_text=_("Người làm bước trước đọc lời này; người dân không đọc.")
    )

    def fill(self) -> None:
        self.before = step_before(self.dossier.offering, self.dossier.step_position)


class AssignForm(DossierForm):
    to = forms.ChoiceField(label=_("Giao cho"))

    def fill(self) -> None:
        self.people = {str(p.pk): p for p in staff_with_role(self.dossier.desk_unit, self.dossier.desk_role)}
        people = [(key, f"{p.full_name}, {p.title}" if p.title else p.full_name) for key, p in self.people.items()]
        self.offer("to", [("", _("Chọn một người")), *people])

    def clean_to(self) -> object:
        return self.people[self.cleaned_data["to"]]


class ConsultForm(DossierForm):
    unit = forms.ChoiceField(label=_("Xin ý kiến của"), widget=forms.Select(attrs={"data-choose": True}))
    question = TextField(label=_("Nội dung xin ý kiến"), max_length=LONGEST_QUESTION)
    day = VnDateField(label=_("Hạn trả lời"))
    hour = forms.TimeField(
        label=_("Giờ"), initial=time(17), widget=forms.TimeInput(format="%H:%M", attrs={"size": "6"})
    )

    def fill(self) -> None:
        from_here = self.dossier.desk_unit_id
        self.units = {str(unit.pk): unit for unit in agencies_around(self.dossier) if unit.pk != from_here}
        units = [(key, unit.name) for key, unit in self.units.items()]
        self.offer("unit", [("", _("Chọn một đơn vị")), *units])
        self.fields["hour"].help_text = _("Giờ:phút, ví dụ 17:00")

    def clean_unit(self) -> object:
        return self.units[self.cleaned_data["unit"]]

    def clean(self) -> dict[str, Any]:
        super().clean()
        data = self.cleaned_data
        if data.get("day") and data.get("hour"):
            due = datetime.combine(data["day"], data["hour"], tzinfo=timezone.get_current_timezone())
            if due <= timezone.now():
                self.add_error("day", ValidationError(_("Hạn trả lời phải sau lúc này."), code="past"))
            data["due_at"] = due
        return data


class AnswerForm(DossierForm):
    answer = TextField(label=_("Ý kiến trả lời"), max_length=LONGEST_QUESTION)


class PaperForm(DossierForm):
    """Scans of a paper on the list, or one more paper."""

    paper = forms.ChoiceField(label=_("Giấy tờ"))
    name = LineField(label=_("Tên giấy tờ mới"), max_length=1000, required=False)
    originals = forms.IntegerField(label=_("Bản chính"), min_value=0, max_value=999, initial=0, required=False)
    certified = forms.IntegerField(label=_("Bản chứng thực"), min_value=0, max_value=999, initial=0, required=False)
    photocopies = forms.IntegerField(label=_("Bản photo"), min_value=0, max_value=999, initial=0, required=False)
    is_electronic = forms.BooleanField(label=_("Là bản điện tử"), required=False)
    is_shown_only = forms.BooleanField(label=_("Chỉ xuất trình (không lưu, không quét)"), required=False)
    scans = FilesField(label=_("Bản quét, bản chụp"), required=False)
    paper_place = LineField(label=_("Hồ sơ giấy để tại"), max_length=200, required=False)

    def fill(self) -> None:
        self.papers = {str(paper.pk): paper for paper in self.dossier.papers.all()}
        listed = [(key, f"{paper.position}. {paper.name}"[:120]) for key, paper in self.papers.items()]
        new = ("new", _("Giấy tờ khác, chưa có trong danh sách"))
        self.offer("paper", [("", _("Không chọn")), *listed, new])
        self.fields["paper"].required = False
        self.fields["paper_place"].initial = self.dossier.paper_place

    def clean(self) -> dict[str, Any]:
        super().clean()
        data = self.cleaned_data
        chosen = data.get("paper")
        if chosen == "new":
            self.need("name", _("Xin ghi tên giấy tờ mới."))
        if data.get("scans") and not chosen:
            self.need("paper", _("Xin chọn giấy tờ mà bản quét này thuộc về."))
        shown_only = data.get("is_shown_only") or (chosen in self.papers and self.papers[chosen].is_shown_only)
        if data.get("scans") and shown_only:
            self.add_error("scans", _("Giấy tờ chỉ xuất trình thì không quét, không lưu bản chụp."))
        return data

"""The draft of the apology (form 04)."""

from datetime import datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from thanthien.core.rules import Refused
from thanthien.dossiers.actions import check_new_date
from thanthien.dossiers.enums import DelayCause
from thanthien.dossiers.forms.base import DossierForm, TextField
from thanthien.dossiers.queries import apology_of
from thanthien.organisation.enums import Role
from thanthien.organisation.queries import staff_with_role
from thanthien.ui.forms import VnDateField

ANSWERABLE = (Role.SPECIALIST, Role.DIVISION_HEAD, Role.LEADER, Role.RECEPTION, Role.CLERK)


class ApologyForm(DossierForm):
    cause = forms.ChoiceField(label=_("Vì sao chậm"), choices=[("", _("Chọn lý do")), *DelayCause.choices])
    text = TextField(
        label=_("Giải thích với người dân"),
        help_text=_("Hai ba câu, nói thật và nói dễ hiểu. In nguyên văn trên phiếu xin lỗi."),
    )
    answerable = forms.ChoiceField(label=_("Người chịu trách nhiệm"))
    day = VnDateField(label=_("Ngày hẹn mới"))
    hour = forms.TimeField(
        label=_("Giờ hẹn mới"),
        widget=forms.TimeInput(format="%H:%M", attrs={"size": "6"}),
        help_text=_("Giờ:phút, ví dụ 17:00"),
    )

    def fill(self) -> None:
        people = staff_with_role(self.dossier.unit, *ANSWERABLE)
        self.people = {str(person.pk): person for person in people}
        names = [(key, f"{p.full_name}, {p.unit.name}") for key, p in self.people.items()]
        self.offer("answerable", [("", _("Chọn một người")), *names])
        if self.dossier.finished_at:
            # It came late, but it came: there is nothing left to promise, only to say.
            del self.fields["day"], self.fields["hour"]
        self.initial = self._start(apology_of(self.dossier))

    def _start(self, apology: Any) -> dict[str, Any]:
        """What was drafted before, or what is likely: the one who has the dossier, at closing time."""
        due = timezone.localtime(apology.new_due_at) if apology.new_due_at else None
        return {
            "cause": apology.cause,
            "text": apology.cause_text,
            "answerable": str(apology.answerable_id or ""),
            "day": due.date() if due else None,
            "hour": due.time() if due else time(17),
        }

    def clean_answerable(self) -> Any:
        return self.people[self.cleaned_data["answerable"]]

    def clean(self) -> dict[str, Any]:
        super().clean()
        data = self.cleaned_data
        if self.dossier.finished_at:
            data["new_due_at"] = self.dossier.finished_at
        elif data.get("day") and data.get("hour"):
            data["new_due_at"] = datetime.combine(data["day"], data["hour"], tzinfo=timezone.get_current_timezone())
            try:
                check_new_date(self.dossier, data["new_due_at"], at=timezone.now())
            except Refused as refusal:
                self.refuse_beside("day", refusal)
        return data

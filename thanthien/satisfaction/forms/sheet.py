"""A questionnaire as a form: for people, for who types slips, for who asks by phone."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from thanthien.people.rules import clean_phone
from thanthien.satisfaction.actions import Contact, Filled
from thanthien.satisfaction.rules.surveys import Question, Sheet

PREFIX = "q-"


class SheetForm(forms.Form):
    """The questions of a sheet, what was the reason, and a few own words."""

    def __init__(self, *args: Any, sheet: Sheet, **more: Any) -> None:
        super().__init__(*args, **more)
        self.sheet = sheet
        for question in sheet.questions:
            self.fields[PREFIX + question.key] = _field(question)
        if sheet.reasons:
            self.fields["reasons"] = forms.MultipleChoiceField(
                label=_("Nếu chưa hài lòng, vì sao?"), choices=sheet.reasons, required=False,
                widget=forms.CheckboxSelectMultiple,
            )  # fmt: skip
        self.fields["comment"] = forms.CharField(
            label=_("Điều ông/bà muốn nói thêm"),
            max_length=2000,
            required=False,
            widget=forms.Textarea(attrs={"rows": 3}),
        )

    def questions(self) -> list[tuple[Question, Any, str]]:
        """Each question with its bound field and what is chosen, for the template."""
        bound = [(question, self[PREFIX + question.key]) for question in self.sheet.questions]
        return [(question, field, str(field.value() or "")) for question, field in bound]

    def filled(self) -> Filled:
        values = {
            question.key: int(chosen)
            for question in self.sheet.questions
            if (chosen := self.cleaned_data.get(PREFIX + question.key))
        }
        words = {name: self.cleaned_data.get(name) or "" for name in ("comment",)}
        return Filled(values=values, reasons=self.cleaned_data.get("reasons") or [], contact=self.contact(), **words)

    def contact(self) -> Contact:
        return Contact()


def _field(question: Question) -> forms.ChoiceField:
    choices = [(str(option.value), option.label) for option in question.options]
    missing = _("Xin ông/bà chọn một mức.")
    return forms.ChoiceField(
        label=question.text, choices=choices, required=question.required, widget=forms.RadioSelect,
        error_messages={"required": missing, "invalid_choice": missing},
    )  # fmt: skip


class CitizenSheetForm(SheetForm):
    """With a way to be answered, which nobody needs to leave."""

    contact_name = forms.CharField(label=_("Họ và tên"), max_length=200, required=False)
    contact_phone = forms.CharField(
        label=_("Điện thoại"), max_length=20, required=False, widget=forms.TextInput(attrs={"inputmode": "tel"})
    )
    contact_email = forms.EmailField(label=_("Thư điện tử"), required=False)
    wants_review = forms.BooleanField(
        label=_("Tôi đề nghị xem lại hồ sơ của tôi"), required=False,
        help_text=_("Cán bộ đã làm hồ sơ sẽ biết ông/bà đề nghị xem lại, không thấy các câu trả lời ở trên."),
    )  # fmt: skip

    def __init__(self, *args: Any, has_dossier: bool = False, **more: Any) -> None:
        super().__init__(*args, **more)
        if not has_dossier:
            del self.fields["wants_review"]

    def clean_contact_phone(self) -> str:
        typed = self.cleaned_data["contact_phone"]
        return clean_phone(typed) if typed else ""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        reachable = cleaned.get("contact_phone") or cleaned.get("contact_email")
        if cleaned.get("wants_review") and not reachable and not self.errors:
            message = _("Để xem lại hồ sơ, xin ông/bà cho biết điện thoại hoặc thư điện tử để chúng tôi trả lời.")
            raise ValidationError({"contact_phone": message})
        return cleaned

    def contact_fields(self) -> list[Any]:
        names = ("contact_name", "contact_phone", "contact_email", "wants_review")
        return [self[name] for name in names if name in self.fields]

    def contact(self) -> Contact:
        said = self.cleaned_data
        return Contact(
            name=said.get("contact_name") or "", phone=said.get("contact_phone") or "",
            email=said.get("contact_email") or "", wants_review=bool(said.get("wants_review")),
        )  # fmt: skip


class TypedSheetForm(SheetForm):
    """What somebody wrote on a slip or said on the phone; they may leave a way to be answered as well."""

    contact_name = forms.CharField(label=_("Họ và tên (nếu để lại)"), max_length=200, required=False)
    contact_phone = forms.CharField(label=_("Điện thoại (nếu để lại)"), max_length=20, required=False)
    field_order = None

    def clean_contact_phone(self) -> str:
        typed = self.cleaned_data["contact_phone"]
        return clean_phone(typed) if typed else ""

    def contact(self) -> Contact:
        return Contact(name=self.cleaned_data["contact_name"], phone=self.cleaned_data["contact_phone"])

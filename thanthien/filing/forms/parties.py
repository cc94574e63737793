"""Where those are asked whose word is needed, and what they say on the page of their link."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from thanthien.declarations.rules import check, cleaned, shown
from thanthien.filing.actions import Contact
from thanthien.filing.forms.base import LineField, StepForm
from thanthien.filing.queries import OWN_NUMBERS, declaration_of, must_confirm, own_group, told_of
from thanthien.people.rules import clean_email, clean_phone
from thanthien.ui.declared import GroupForm

PHONE = {"inputmode": "tel", "type": "tel", "autocomplete": "off"}


def phone_field(label: Any) -> LineField:
    return LineField(label=label, max_length=40, required=False, widget=forms.TextInput(attrs=PHONE))


def email_field(label: Any) -> LineField:
    return LineField(
        label=label, max_length=254, required=False, widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )


CLEANERS = {"phone": clean_phone, "email": clean_email}


class InviteForm(StepForm):
    """A phone and a mailbox for everybody who must confirm; both may stay empty."""

    def fill(self) -> None:
        self.people = must_confirm(self.draft)
        for one in self.people:
            said = {"name": one.full_name}
            self.fields[f"phone_{one.field.code}"] = phone_field(_("Số điện thoại của %(name)s") % said)
            self.fields[f"email_{one.field.code}"] = email_field(_("Thư điện tử của %(name)s") % said)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        for name in list(told):
            try:
                told[name] = CLEANERS[name.partition("_")[0]](told[name])
            except ValidationError as error:
                self.add_error(name, error)
        return told

    def contacts(self) -> dict[str, Contact]:
        """By the field's code of each person."""
        told, codes = self.cleaned_data, [one.field.code for one in self.people]
        return {code: Contact(phone=told[f"phone_{code}"], email=told[f"email_{code}"]) for code in codes}

    def facts(self) -> list[tuple[str, str]]:
        contacts = self.contacts()
        by_hand = _("ông/bà tự đưa đường dẫn hoặc mã QR")
        return [(one.full_name, contacts[one.field.code].masked or by_hand) for one in self.people]


class ContactForm(forms.Form):
    """Another phone or mailbox for the same person; what is left empty stays as it was."""

    phone = phone_field(gettext_lazy("Số điện thoại khác"))
    email = email_field(gettext_lazy("Thư điện tử khác"))

    def clean_phone(self) -> str:
        return clean_phone(self.cleaned_data["phone"])

    def clean_email(self) -> str:
        return clean_email(self.cleaned_data["email"])

    def contact(self) -> Contact:
        return Contact(**self.cleaned_data)


class ConfirmForm(GroupForm):
    """What stands about somebody, to be put right by themselves. Their name stays as it was declared; their numbers are
    not shown, and the number by which they were named must be typed: whoever only has the link cannot confirm."""

    def __init__(self, party: Any, *, data: Any = None) -> None:
        declaration, self.party, self.before = declaration_of(party.draft), party, told_of(party.draft)
        assert declaration is not None
        self.content = declaration.content
        self.declared: dict[str, Any] = dict(self.before.get(party.field) or {})
        open_to_them = {name: said for name, said in self.declared.items() if name not in OWN_NUMBERS}
        known, asked = self.before | {party.field: open_to_them}, shown(self.content, self.before)
        super().__init__(own_group(party), known, asked=asked, data=data)
        self.proof = next((name for name in ("personal_id", "old_id") if self.declared.get(name)), "")
        self.has_wrong_number = False
        self._explain()

    def _explain(self) -> None:
        name = self.fields[f"{self.party.field}.full_name"]
        name.widget.attrs["readonly"] = True
        name.help_text = _("Tên do người khai ghi. Tên sai thì xin báo ở cuối trang.")
        if self.proof:
            path = f"{self.party.field}.{self.proof}"
            box = next(one for field in self.group.fields for one in field.inputs if one.path == path)
            number = self.fields[path]
            number.label, number.is_needed = box.label, True  # type: ignore[attr-defined]
            number.help_text = _("Xin tự nhập đủ số trên giấy tờ của ông/bà, để biết chắc là chính ông/bà.")

    def own(self) -> dict[str, Any]:
        """The answers of the group, whole again."""
        told = self.answers()
        person = dict(told.get(self.party.field) or {})
        person["full_name"] = self.declared.get("full_name", "")
        kept = {name: self.declared[name] for name in OWN_NUMBERS if self.declared.get(name) and not person.get(name)}
        return told | {self.party.field: person | kept}

    def look_at(self, today: date) -> dict[str, Any]:
        """Judges what was sent; the group's answers, cleaned, for `actions.confirm` once `is_done`."""
        told = cleaned(self.content, self.before | self.own())
        self.settle(shown(self.content, told), check(self.content, told, today, group=self.group.code))
        self._compare_number()
        return {one.code: told[one.code] for one in self.group.fields if one.code in told}

    def _compare_number(self) -> None:
        path = f"{self.party.field}.{self.proof}"
        if not self.proof:
            return
        typed, known = (_bare(text) for text in (self.data.get(path, ""), self.declared[self.proof]))
        if not typed:
            self.add_error(path, _("Xin nhập số giấy tờ của ông/bà để xác nhận."))
        elif typed != known:
            self.has_wrong_number = True
            self.add_error(
                path,
                _("Số này khác số người khai đã ghi. Xin xem lại; nếu người khai ghi sai, xin báo ở cuối trang."),
            )


def _bare(number: str) -> str:
    return "".join(one for one in number.upper() if one.isalnum())


class PledgeForm(forms.Form):
    quiet = True
    pledge = forms.BooleanField(
        label=gettext_lazy("Tôi đã đọc lời khai trên đây và cam đoan là đúng"),
        error_messages={"required": gettext_lazy("Xin đánh dấu vào ô cam đoan nếu ông/bà đồng ý với lời khai.")},
    )  # fmt: skip


class DisputeForm(forms.Form):
    note = forms.CharField(
        label=gettext_lazy("Điều gì chưa đúng?"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Người khai sẽ đọc được lời này. Điều cần nói riêng, xin gọi đường dây nóng."),
        error_messages={"required": gettext_lazy("Xin ghi vài chữ cho biết điều gì chưa đúng.")},
    )  # fmt: skip

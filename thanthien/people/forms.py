"""What officers type about people. Errors stand beside their field; warnings keep nobody from going on."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from thanthien.core.text import clean
from thanthien.people import rules
from thanthien.people.actions import BusinessFacts, HouseholdFacts, PersonFacts
from thanthien.people.enums import HouseholdKind, Sex
from thanthien.people.models import Business, Household, Person
from thanthien.people.rules import Warning
from thanthien.ui.forms import VnDateField

DIGITS = {"inputmode": "numeric", "autocomplete": "off"}


class PersonFields(forms.Form):
    """All that is told about a person. `warnings` are there after `is_valid`; `facts()` is what an action takes."""

    full_name = forms.CharField(label=_("Họ và tên"), max_length=200, widget=forms.TextInput(attrs={"data-scan": True}))
    personal_id = forms.CharField(
        label=_("Số định danh cá nhân"), required=False, max_length=40, help_text=_("12 chữ số trên thẻ căn cước."),
        widget=forms.TextInput(attrs=DIGITS | {"data-scan": True}),
    )  # fmt: skip
    birth_date = VnDateField(label=_("Ngày sinh"), required=False)
    sex = forms.ChoiceField(label=_("Giới tính"), required=False, choices=[("", _("chưa rõ")), *Sex.choices])
    address = forms.CharField(label=_("Địa chỉ"), required=False, max_length=300)
    phone = forms.CharField(
        label=_("Điện thoại"), required=False, max_length=40, widget=forms.TextInput(attrs=DIGITS | {"type": "tel"})
    )
    email = forms.CharField(
        label=_("Thư điện tử"), required=False, max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )
    old_id = forms.CharField(
        label=_("Số giấy tờ cũ"), required=False, max_length=40, widget=forms.TextInput(attrs=DIGITS)
    )
    id_issued_date = VnDateField(label=_("Ngày cấp thẻ"), required=False)

    warnings: list[Warning] = []

    def clean_full_name(self) -> str:
        return rules.clean_full_name(self.cleaned_data["full_name"])

    def clean_personal_id(self) -> str:
        return rules.clean_personal_id(self.cleaned_data["personal_id"])

    def clean_old_id(self) -> str:
        return rules.clean_old_id(self.cleaned_data["old_id"])

    def clean_phone(self) -> str:
        return rules.clean_phone(self.cleaned_data["phone"])

    def clean_email(self) -> str:
        return rules.clean_email(self.cleaned_data["email"])

    def clean_address(self) -> str:
        return clean(self.cleaned_data["address"])

    def clean_birth_date(self) -> Any:
        return rules.clean_birth_date(self.cleaned_data["birth_date"], today=timezone.localdate())

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        self.warnings = rules.check_personal_id(
            told.get("personal_id") or "", told.get("birth_date"), told.get("sex") or ""
        )
        return told

    def facts(self) -> PersonFacts:
        names = PersonFacts.__dataclass_fields__
        return PersonFacts(**{name: value for name, value in self.cleaned_data.items() if name in names})


class PersonForm(PersonFields):
    """The page of one person: also where they live."""

    neighbourhood = forms.ModelChoiceField(Person.objects.none(), label=_("Thôn, tổ dân phố"), required=False)

    def __init__(self, *args: Any, person: Person | None, places: QuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs, initial=_initial(person))
        kept = person.neighbourhood_id if person else None
        model = places.model
        self.fields["neighbourhood"].queryset = places | model.objects.filter(pk=kept) if kept else places

    def facts(self) -> PersonFacts:
        place = self.cleaned_data.pop("neighbourhood")
        self.cleaned_data["neighbourhood_id"] = place.pk if place else None
        return super().facts()


def _initial(person: Person | None) -> dict[str, Any]:
    if person is None:
        return {}
    told = {name: getattr(person, name) for name in PersonFields.base_fields}
    return told | {"phone": rules.show_phone(person.phone), "neighbourhood": person.neighbourhood_id}


class BusinessForm(forms.Form):
    name = forms.CharField(label=_("Tên tổ chức"), max_length=300)
    tax_code = forms.CharField(
        label=_("Mã số thuế"), required=False, max_length=20, widget=forms.TextInput(attrs=DIGITS)
    )
    address = forms.CharField(label=_("Địa chỉ"), required=False, max_length=300)
    phone = forms.CharField(label=_("Điện thoại"), required=False, max_length=40)
    email = forms.CharField(label=_("Thư điện tử"), required=False, max_length=254)

    def __init__(self, *args: Any, business: Business, **kwargs: Any) -> None:
        told = {name: getattr(business, name) for name in self.base_fields}
        super().__init__(*args, **kwargs, initial=told | {"phone": rules.show_phone(business.phone)})

    def clean_name(self) -> str:
        return clean(self.cleaned_data["name"])

    def clean_address(self) -> str:
        return clean(self.cleaned_data["address"])

    def clean_tax_code(self) -> str:
        return rules.clean_tax_code(self.cleaned_data["tax_code"])

    def clean_phone(self) -> str:
        return rules.clean_phone(self.cleaned_data["phone"])

    def clean_email(self) -> str:
        return rules.clean_email(self.cleaned_data["email"])

    def facts(self) -> BusinessFacts:
        return BusinessFacts(**self.cleaned_data)


class HouseholdForm(forms.Form):
    """Members are told by their personal numbers, one a line: they must be known already."""

    kind = forms.ChoiceField(label=_("Loại hộ"), choices=HouseholdKind)
    address = forms.CharField(label=_("Địa chỉ"), required=False, max_length=300)
    neighbourhood = forms.ModelChoiceField(Person.objects.none(), label=_("Thôn, tổ dân phố"), required=False)
    kept = forms.ModelMultipleChoiceField(
        Person.objects.none(), label=_("Thành viên"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Bỏ dấu ở người không còn trong hộ. Chủ hộ luôn là thành viên."),
    )  # fmt: skip
    added = forms.CharField(
        label=_("Thêm thành viên"), required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Số định danh của từng người, mỗi người một dòng."),
    )  # fmt: skip

    def __init__(self, *args: Any, household: Household, places: QuerySet, **kwargs: Any) -> None:
        self.household = household
        members = household.members.all() if household.pk else Person.objects.none()
        first = {"kind": household.kind, "address": household.address, "neighbourhood": household.neighbourhood_id}
        super().__init__(*args, **kwargs, initial=first | {"kept": [person.pk for person in members]})
        self.fields["neighbourhood"].queryset = places
        self.fields["kept"].queryset = members
        if not members:
            del self.fields["kept"]

    def clean_added(self) -> list[Person]:
        lines = [line for line in self.cleaned_data["added"].splitlines() if line.strip()]
        numbers = [rules.clean_personal_id(line) for line in lines]
        known = {person.personal_id: person for person in Person.objects.filter(personal_id__in=numbers)}
        missing = [number for number in numbers if number not in known]
        if missing:
            raise ValidationError(
                _("Chưa có người mang số %(numbers)s. Xin thêm người ấy trước."), params={"numbers": ", ".join(missing)}
            )
        return [known[number] for number in numbers]

    def facts(self) -> HouseholdFacts:
        told, place = self.cleaned_data, self.cleaned_data["neighbourhood"]
        return HouseholdFacts(
            head=self.household.head, kind=told["kind"], address=clean(told["address"]),
            neighbourhood_id=place.pk if place else None, members=[*told.get("kept", []), *told["added"]],
        )  # fmt: skip

"""The pages of a draft: for whom, who files, for whom they file, how the result comes back, what is agreed to."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from thanthien.core import rough_dates
from thanthien.core.said import said
from thanthien.dossiers.actions import WayBack
from thanthien.dossiers.enums import HomeReason, ReturnChannel
from thanthien.filing.enums import ForWhom
from thanthien.filing.forms.base import LineField, StepForm
from thanthien.filing.forms.parties import InviteForm
from thanthien.filing.queries import typed_in, wordings_on
from thanthien.people import rules
from thanthien.people.actions import PersonFacts
from thanthien.people.queries import read_card
from thanthien.people.rules import Warning, show_phone
from thanthien.procedures.queries import cases_of
from thanthien.ui.forms import BirthDateField

WAYS = {
    ReturnChannel.COUNTER: gettext_lazy("Tại Bộ phận Một cửa"),
    ReturnChannel.POST: gettext_lazy("Qua bưu chính, tôi trả cước khi nhận"),
    ReturnChannel.HOME: gettext_lazy("Tại nhà, dành cho người đi lại khó khăn"),
    ReturnChannel.ONLINE: gettext_lazy("Bản điện tử, tải về từ trang tra cứu"),
}


class WhomForm(StepForm):
    for_whom = forms.ChoiceField(
        label=gettext_lazy("Ông/bà nộp hồ sơ cho ai?"), choices=ForWhom, widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Ông/bà vui lòng chọn nộp cho mình hay nộp thay người khác.")},
    )  # fmt: skip
    case = forms.ChoiceField(
        label=gettext_lazy("Trường hợp của ông/bà"), widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Ông/bà vui lòng chọn một trường hợp; giấy tờ cần nộp tùy theo đó.")},
    )  # fmt: skip

    def fill(self) -> None:
        cases = cases_of(self.draft.version)
        if not cases:
            del self.fields["case"]
            return
        self.fields["case"].choices = [(case, case) for case in cases]  # type: ignore[attr-defined]


NUMBER = {"inputmode": "numeric"}


class PersonForm(StepForm):
    """Who files. `card` takes what a reader types when the code on an ID card is scanned; it fills the others."""

    card = forms.CharField(required=False, max_length=2000, widget=forms.HiddenInput)
    full_name = LineField(
        label=gettext_lazy("Họ và tên"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": gettext_lazy("Ông/bà vui lòng ghi họ và tên như trên thẻ căn cước.")},
    )  # fmt: skip
    personal_id = LineField(
        label=gettext_lazy("Số định danh cá nhân"), max_length=40,
        help_text=gettext_lazy("12 chữ số trên thẻ căn cước."),
        widget=forms.TextInput(attrs=NUMBER | {"autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Ông/bà vui lòng nhập 12 chữ số trên thẻ căn cước.")},
    )  # fmt: skip
    birth_date = BirthDateField(
        label=gettext_lazy("Ngày sinh"),
        help_text=gettext_lazy("Ví dụ 27/11/1990; thẻ của người cao tuổi chỉ có năm thì ghi năm, ví dụ 1940."),
        error_messages={"required": gettext_lazy("Ông/bà vui lòng nhập ngày sinh như trên thẻ.")},
    )
    address = LineField(
        label=gettext_lazy("Nơi cư trú"), help_text=gettext_lazy("Số nhà, thôn hoặc tổ dân phố, xã hoặc phường."),
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
        error_messages={"required": gettext_lazy("Ông/bà vui lòng ghi nơi đang cư trú.")},
    )  # fmt: skip
    phone = LineField(
        label=gettext_lazy("Số điện thoại"), max_length=40,
        help_text=gettext_lazy("Để chúng tôi báo tin, và để ông/bà tra cứu bằng 4 số cuối."),
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel", "type": "tel"}),
        error_messages={"required": gettext_lazy("Ông/bà vui lòng ghi số điện thoại để chúng tôi báo tin.")},
    )  # fmt: skip
    email = LineField(
        label=gettext_lazy("Thư điện tử"), max_length=254, required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )  # fmt: skip

    warnings: list[Warning] = []

    def clean_full_name(self) -> str:
        return rules.clean_full_name(self.cleaned_data["full_name"])

    def clean_personal_id(self) -> str:
        return rules.clean_personal_id(self.cleaned_data["personal_id"])

    def clean_birth_date(self) -> date | str:
        """A rough one is kept as it is, when its last day may be a day of birth."""
        told = self.cleaned_data["birth_date"]
        known = rough_dates.span(told) if isinstance(told, str) else None
        rules.clean_birth_date(known[1] if known else told, today=self.today)
        return told

    def clean_phone(self) -> str:
        return rules.clean_phone(self.cleaned_data["phone"])

    def clean_email(self) -> str:
        return rules.clean_email(self.cleaned_data["email"])

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        number, born = told.get("personal_id") or "", told.get("birth_date")
        known = rough_dates.span(born) if isinstance(born, str) else None
        self.warnings = rules.check_personal_id(number, known[0] if known else born, "")
        return told

    def words(self, name: str) -> str:
        value = self.cleaned_data.get(name) or ""
        if name == "birth_date" and isinstance(value, str):
            return rough_dates.words(value)
        return "" if name == "card" else show_phone(value) if name == "phone" else super().words(name)

    def person(self) -> PersonFacts:
        """Of a year alone there is no day to keep: the declaration tells it, and the personal number."""
        told = {name: value for name, value in self.cleaned_data.items() if name != "card"}
        told["birth_date"] = told["birth_date"] if isinstance(told["birth_date"], date) else None
        return PersonFacts(**told, sex=rules.sex_in(told["personal_id"]))


def with_card(values: dict[str, list[str]]) -> tuple[dict[str, list[str]], str]:
    """What was typed, with what the scanned card says in its fields; and what is wrong with the scan ("" nothing)."""
    text, rest = values.get("card", [""])[0], {name: said for name, said in values.items() if name != "card"}
    if not text.strip():
        return rest, ""
    try:
        card = read_card(text)
    except ValidationError as error:
        return rest, error.messages[0]
    said = {name: [str(card[name])] for name in ("full_name", "personal_id", "birth_date", "address") if card[name]}
    return rest | said, ""


class OwnerForm(StepForm):
    """For whom somebody else files: both names are kept."""

    owner_name = LineField(
        label=gettext_lazy("Họ và tên người được nộp thay"), max_length=200,
        error_messages={"required": gettext_lazy("Ông/bà vui lòng ghi họ và tên người được nộp thay.")},
    )  # fmt: skip
    owner_personal_id = LineField(
        label=gettext_lazy("Số định danh của người ấy"), max_length=40, required=False,
        help_text=gettext_lazy("12 chữ số trên thẻ căn cước."), widget=forms.TextInput(attrs=NUMBER),
    )  # fmt: skip
    owner_address = LineField(
        label=gettext_lazy("Nơi cư trú của người ấy"),
        error_messages={"required": gettext_lazy("Ông/bà vui lòng ghi nơi cư trú của người được nộp thay.")},
    )
    relation = LineField(
        label=gettext_lazy("Ông/bà là gì của người ấy?"), max_length=100,
        help_text=gettext_lazy("Ví dụ: con, hàng xóm, người làm cùng."),
        error_messages={"required": gettext_lazy("Ông/bà vui lòng ghi quan hệ với người được nộp thay.")},
    )  # fmt: skip

    def clean_owner_name(self) -> str:
        return rules.clean_full_name(self.cleaned_data["owner_name"])

    def clean_owner_personal_id(self) -> str:
        return rules.clean_personal_id(self.cleaned_data["owner_personal_id"])


class ReturnForm(StepForm):
    """How the result comes back; at home with the reason. Fields of ways that were not chosen are not looked at."""

    quiet = True
    channel = forms.ChoiceField(
        label=gettext_lazy("Ông/bà muốn nhận kết quả thế nào?"), widget=forms.RadioSelect,
        choices=[(way.value, said) for way, said in WAYS.items()],
        error_messages={"required": gettext_lazy("Ông/bà vui lòng chọn một cách nhận kết quả.")},
    )  # fmt: skip
    reason = forms.ChoiceField(
        label=gettext_lazy("Nếu nhận tại nhà: vì sao"), required=False,
        choices=[("", gettext_lazy("Chọn lý do")), *HomeReason.choices],
    )  # fmt: skip
    address = LineField(
        label=gettext_lazy("Nếu nhận tại nhà hoặc qua bưu chính: địa chỉ"), required=False,
        help_text=gettext_lazy("Để trống nếu là nơi cư trú đã ghi."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("channel") == ReturnChannel.HOME:
            self.need("reason", _("Ông/bà vui lòng chọn lý do nhận tại nhà, để chúng tôi sắp xếp người đi."))
        return told

    def way(self, home: str) -> WayBack:
        told = self.cleaned_data
        channel = ReturnChannel(told["channel"])
        goes = channel in (ReturnChannel.HOME, ReturnChannel.POST)
        reason = told["reason"] if channel == ReturnChannel.HOME else ""
        return WayBack(channel=channel, reason=reason, address=(told["address"] or home) if goes else "")

    def facts(self) -> list[tuple[str, str]]:
        way = self.way(typed_in(self.draft, "nguoi-nop", "address")) if self.draft else self.way("")
        reason = f" ({HomeReason(way.reason).label})" if way.reason else ""
        return [
            (_("Nhận kết quả"), f"{WAYS[way.channel]}{reason}"),
            *([(_("Đến địa chỉ"), way.address)] * bool(way.address)),
        ]


class ConsentsForm(StepForm):
    """One box for each purpose, none ticked beforehand, none needed (Luật 91/2025/QH15 Đ9)."""

    quiet = True

    def fill(self) -> None:
        for wording in wordings_on(self.today):
            box = forms.BooleanField(label=said(wording.title), required=False, help_text=said(wording.text))
            self.fields[wording.purpose] = box

    def facts(self) -> list[tuple[str, str]]:
        return [(str(bound.label), _("đồng ý") if self.cleaned_data[bound.name] else _("không")) for bound in self]


class HelperForm(forms.Form):
    """An officer says on the citizens' machine that they help: by their code of the day, or signed in."""

    code = forms.CharField(
        label=gettext_lazy("Mã giúp nộp của cán bộ"), max_length=20, required=False,
        help_text=gettext_lazy("8 chữ số, cán bộ xem ở trang “Giúp nộp trực tuyến” của mình."),
        widget=forms.TextInput(attrs=NUMBER | {"autocomplete": "off"}),
    )  # fmt: skip
    machine = LineField(
        label=gettext_lazy("Máy đang dùng"), max_length=100, help_text=gettext_lazy("Ví dụ: Máy số 2, sảnh Một cửa."),
        error_messages={"required": gettext_lazy("Xin ghi máy đang dùng.")},
    )  # fmt: skip


FORMS: dict[str, type[StepForm]] = {
    "cho-ai": WhomForm,
    "nguoi-nop": PersonForm,
    "chu-ho-so": OwnerForm,
    "nhan-ket-qua": ReturnForm,
    "dong-y": ConsentsForm,
    "xac-nhan": InviteForm,
}

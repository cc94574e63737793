"""The counter's form: one page for everything that may happen to somebody who comes with papers."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from thanthien.dossiers.actions import FeeIn, GuidanceFacts, Intake
from thanthien.dossiers.enums import PaymentMethod, RefusalReason, ReturnChannel
from thanthien.dossiers.forms.base import LineField, TextField
from thanthien.dossiers.forms.receive_card import scanned_field, with_card
from thanthien.dossiers.forms.receive_lists import (
    CopyRow,
    PaperRow,
    copy_rows,
    fees_of_copies,
    paper_rows,
    typed_copies,
    typed_papers,
)
from thanthien.people import rules
from thanthien.people.actions import PersonFacts
from thanthien.people.enums import Sex
from thanthien.procedures.enums import Channel, FeeRule
from thanthien.procedures.queries import cases_of, papers_of
from thanthien.procedures.rules import fee_of
from thanthien.ui.forms import MoneyField, MoneyInput, VnDateField

VERBS = ("receive", "immediate", "supplement", "refuse", "guide")
PERSON = ("full_name", "personal_id", "old_id", "birth_date", "sex", "address", "phone", "email", "id_issued_date")
PLAIN = (
    "business_name", "tax_code", "owner_name", "owner_address", "authorisation", "channel", "return_channel", "request",
    "copies", "note", "paper_place",
)  # fmt: skip
COUNTER_CHANNELS = [(c.value, c.label) for c in (Channel.COUNTER, Channel.POST)]
RETURN_CHANNELS = [
    (c.value, c.label) for c in (ReturnChannel.COUNTER, ReturnChannel.POST, ReturnChannel.HOME, ReturnChannel.ONLINE)
]


def _line(label: Any, *, max_length: int | None = 300, **attrs: Any) -> LineField:
    """An optional line. A scanner may type a whole card into it, so the browser must not cut it off: no maxlength."""
    field = LineField(label=label, max_length=max_length, required=False)  # type: ignore[arg-type]
    field.widget.attrs.pop("maxlength", None)
    field.widget.attrs.update(
        {"autocomplete": "off"} | {name.replace("_", "-"): value for name, value in attrs.items()}
    )
    return field


class SharedFields(dict[str, forms.Field]):
    """The fields of a form that never changes them: every form of the class uses the same, instead of copying thirty
    for each dossier that is received."""

    def __deepcopy__(self, memo: dict[int, Any]) -> "SharedFields":
        return self


class ReceiveForm(forms.Form):
    """What the officer types. `verb` (the button pressed) decides what is needed; `papers` and `copies_rows` are the
    lists, with errors in them. Knows no date by itself: `today` bounds the birth date."""

    quiet = True

    full_name = _line(gettext_lazy("Họ và tên người nộp"), max_length=None, data_scan=True)
    personal_id = _line(gettext_lazy("Số định danh"), max_length=None, inputmode="numeric", data_scan=True)
    phone = _line(gettext_lazy("Điện thoại"), max_length=None, inputmode="tel", data_scan=True)
    birth_date = VnDateField(label=gettext_lazy("Ngày sinh"), required=False, help_text="")
    sex = forms.ChoiceField(
        label=gettext_lazy("Giới tính"), required=False, choices=[("", gettext_lazy("chưa rõ")), *Sex.choices]
    )
    address = _line(gettext_lazy("Nơi cư trú"), data_scan=True)
    email = _line(gettext_lazy("Thư điện tử"), inputmode="email")
    old_id = _line(gettext_lazy("Số giấy tờ cũ (CMND, hộ chiếu)"))
    id_issued_date = VnDateField(label=gettext_lazy("Ngày cấp căn cước"), required=False, help_text="")

    business_name = _line(gettext_lazy("Tên doanh nghiệp, tổ chức"))
    tax_code = _line(gettext_lazy("Mã số thuế"), inputmode="numeric")
    owner_name = _line(gettext_lazy("Chủ hồ sơ"))
    owner_address = _line(gettext_lazy("Địa chỉ chủ hồ sơ"))
    authorisation = _line(gettext_lazy("Giấy ủy quyền (số, ngày, nơi chứng thực)"))

    channel = forms.ChoiceField(label=gettext_lazy("Nộp bằng cách"), choices=COUNTER_CHANNELS, required=False)
    return_channel = forms.ChoiceField(label=gettext_lazy("Nhận kết quả"), choices=RETURN_CHANNELS, required=False)
    copies = forms.IntegerField(
        label=gettext_lazy("Số bộ hồ sơ"), min_value=1, max_value=99, required=False, widget=forms.TextInput
    )
    request = TextField(label=gettext_lazy("Nội dung yêu cầu giải quyết"), required=False)
    paper_place = _line(gettext_lazy("Nơi để hồ sơ giấy"), max_length=200)
    note = TextField(label=gettext_lazy("Ghi chú"), required=False)

    fee_quantity = forms.IntegerField(
        label=gettext_lazy("Số lượng"), min_value=1, max_value=9999, required=False, widget=forms.TextInput
    )
    fee_amount = MoneyField(
        label=gettext_lazy("Phí, lệ phí"), required=False, max_value=2_000_000_000, widget=MoneyInput({"size": "9"})
    )
    fee_method = forms.ChoiceField(
        label=gettext_lazy("Thu bằng"),
        required=False,
        choices=[("", gettext_lazy("chưa thu")), *PaymentMethod.choices],
    )
    fee_receipt = _line(gettext_lazy("Số biên lai"), max_length=60)

    result_reference = _line(gettext_lazy("Số kết quả"), max_length=100)
    supplement_reason = TextField(label=gettext_lazy("Vì sao cần bổ sung"), required=False)
    legal_basis = _line(gettext_lazy("Căn cứ (điều, khoản, văn bản)"), max_length=500)
    refusal_reason = forms.ChoiceField(
        label=gettext_lazy("Lý do từ chối"), required=False, choices=[("", "…"), *RefusalReason.choices]
    )
    refusal_text = TextField(label=gettext_lazy("Giải thích và hướng dẫn"), required=False)
    guidance_text = TextField(label=gettext_lazy("Lời dặn thêm"), required=False)

    def __init__(self, offering: Any, data: Mapping[str, Any] | None = None, *, today: date, case: str = "") -> None:
        self.scan_fault, scan = "", scanned_field(data) if data else ""
        if scan:
            data, self.scan_fault = with_card(data, scan)
        super().__init__(data)
        self.offering, self.today, self.case, self.was_scanned = offering, today, case, bool(scan)
        self.verb = data.get("do", "receive") if data else "receive"
        self.papers: list[PaperRow] = typed_papers(data) if data else paper_rows(papers_of(offering.version, case))
        self.copy_rows: list[CopyRow] = typed_copies(data) if data else copy_rows()
        if data and self.verb == "all":
            for row in self.papers:
                row.is_here = row.is_here or row.is_usual

    # ---- each field --------------------------------------------------------------------------------------
    def clean_full_name(self) -> str:
        name = rules.clean_full_name(self.cleaned_data["full_name"])
        if not name:
            raise ValidationError(_("Xin nhập họ và tên người nộp, hoặc quét thẻ căn cước vào ô này."))
        return name

    def clean_personal_id(self) -> str:
        return rules.clean_personal_id(self.cleaned_data["personal_id"])

    def clean_old_id(self) -> str:
        return rules.clean_old_id(self.cleaned_data["old_id"])

    def clean_phone(self) -> str:
        return rules.clean_phone(self.cleaned_data["phone"])

    def clean_email(self) -> str:
        return rules.clean_email(self.cleaned_data["email"])

    def clean_tax_code(self) -> str:
        return rules.clean_tax_code(self.cleaned_data["tax_code"])

    def clean_birth_date(self) -> date | None:
        return rules.clean_birth_date(self.cleaned_data["birth_date"], today=self.today)

    def clean_channel(self) -> str:
        return self.cleaned_data["channel"] or Channel.COUNTER

    def clean_return_channel(self) -> str:
        return self.cleaned_data["return_channel"] or ReturnChannel.COUNTER

    def clean_copies(self) -> int:
        return self.cleaned_data["copies"] or 1

    # ---- what belongs together ---------------------------------------------------------------------------
    def clean(self) -> dict[str, Any]:
        values = self.cleaned_data
        if self.scan_fault:
            self.add_error("full_name", self.scan_fault)
        if self.verb not in VERBS and not self.is_only_shown:
            self.add_error(None, _("Chưa rõ việc cần làm. Xin bấm lại một nút ở cuối trang."))
        if values.get("tax_code") and not values.get("business_name"):
            self.add_error("business_name", _("Xin ghi tên doanh nghiệp, tổ chức của mã số thuế này."))
        if values.get("return_channel") in (ReturnChannel.POST, ReturnChannel.HOME) and not values.get("address"):
            self.add_error("address", _("Cần nơi cư trú để mang kết quả đến cho người dân."))
        self._clean_verb()
        self.fees = self._fees()
        faults = [(row.name, row.error) for row in self.papers] + [(row.name, row.error) for row in self.copy_rows]
        for name, error in faults:
            if error:
                self.add_error(None, f"{name[:80] or _('Dòng thêm')}: {error}")
        return values

    def _clean_verb(self) -> None:
        needed = {
            "supplement": {
                "supplement_reason": _("Xin ghi vì sao cần bổ sung, để in trên phiếu cho người dân."),
                "legal_basis": _("Xin ghi căn cứ pháp lý của yêu cầu bổ sung."),
            },
            "refuse": {
                "refusal_reason": _("Xin chọn lý do từ chối."),
                "refusal_text": _("Xin giải thích và hướng dẫn người dân nên làm gì tiếp."),
            },
        }.get(self.verb, {})
        for name, sentence in needed.items():
            if not self.cleaned_data.get(name) and name not in self.errors:
                self.add_error(name, sentence)
        if self.verb == "supplement" and not self.missing:
            self.add_error(None, _("Mọi giấy tờ đều đã đánh dấu là có. Xin bỏ dấu ở giấy tờ còn thiếu."))

    def _fees(self) -> list[FeeIn]:
        values, offering = self.cleaned_data, self.offering
        method, receipt = values.get("fee_method", ""), values.get("fee_receipt", "")
        if offering.fee_rule == FeeRule.CERTIFIED_COPY:
            return fees_of_copies(offering, self.copy_rows, method=method, receipt=receipt)
        typed, quantity = values.get("fee_amount"), values.get("fee_quantity") or 1
        lines = fee_of(offering, copies=quantity, amount=typed)
        amounts = [(line.name, line.amount if typed is None else typed, line.quantity) for line in lines[:1]]
        if typed and not lines:
            amounts = [(_("Phí, lệ phí"), typed, 1)]
        return [
            FeeIn(name=name, amount=amount, quantity=count, method=method, receipt_number=receipt)
            for name, amount, count in amounts
            if amount
        ]

    # ---- what it makes -----------------------------------------------------------------------------------
    @property
    def is_only_shown(self) -> bool:
        """The page is only drawn again: a card was read, or all papers were ticked."""
        return self.was_scanned or self.verb == "all"

    @property
    def cases(self) -> list[str]:
        """The cases of the procedure, one of which may be chosen before anything is typed."""
        return [] if self.is_bound else cases_of(self.offering.version)

    @property
    def missing(self) -> list[str]:
        """Papers of the list that were not handed in."""
        return [row.name for row in self.papers if not row.is_handed_in and not row.is_extra]

    def intake(self) -> Intake:
        values = self.cleaned_data
        return Intake(
            offering=self.offering,
            version=self.offering.version,
            person=PersonFacts(**{name: values[name] for name in PERSON}),
            papers=[row.paper() for row in self.papers if row.is_handed_in],
            fees=self.fees,
            **{name: values[name] for name in PLAIN},
        )

    def guidance(self) -> GuidanceFacts:
        values = self.cleaned_data
        text = values["guidance_text"] or _("Ông/bà vui lòng chuẩn bị các giấy tờ trong phiếu này rồi quay lại.")
        return GuidanceFacts(
            procedure=self.offering.procedure,
            full_name=values["full_name"],
            phone=values["phone"],
            address=values["address"],
            missing=self.missing,
            text=text,
        )

    def warnings(self) -> list[rules.Warning]:
        """What looks odd and keeps nobody from going on (DOMAIN 10.2)."""
        values = self.cleaned_data
        return rules.check_personal_id(values["personal_id"], values["birth_date"], values["sex"])

    @property
    def fee_total(self) -> int:
        return sum(fee.amount for fee in getattr(self, "fees", ()))


ReceiveForm.base_fields = SharedFields(ReceiveForm.base_fields)

"""Input about what a unit offers: cleaned here, judged by the rules."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from thanthien.core.text import clean
from thanthien.core.working_time import PausePolicy, TimeLimit, TimeUnit
from thanthien.core.working_time.units import vietnamese_number
from thanthien.organisation.enums import Role
from thanthien.procedures.enums import Channel, FeeRule, OnlineLevel
from thanthien.procedures.rules import OfferingTerms, StepDraft
from thanthien.ui.forms import MoneyField

MOST_STEPS = 30
Choices = list[tuple[str, str]]


class AmountField(forms.DecimalField):
    """An amount of time: "7,5" or "7.5"."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "size": "8"})
    default_error_messages = {
        "invalid": _("Xin nhập một số, ví dụ 3 hoặc 0,5."),
        "max_decimal_places": _("Nhiều nhất ba chữ số sau dấu phẩy."),
        "min_value": _("Thời gian không được âm."),
        "max_value": _("Thời gian dài nhất là 16.000."),
        "max_digits": _("Thời gian dài nhất là 16.000."),
        "max_whole_digits": _("Thời gian dài nhất là 16.000."),
    }

    def __init__(self, **more: Any) -> None:
        super().__init__(min_value=0, max_value=16_000, max_digits=8, decimal_places=3, **more)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {}  # the input is text

    def to_python(self, value: Any) -> Any:
        return super().to_python(value.strip().replace(",", ".") if isinstance(value, str) else value)

    def prepare_value(self, value: Any) -> Any:
        return vietnamese_number(value) if isinstance(value, Decimal) else value


class FilterForm(forms.Form):
    """Narrows a list; stands in the address."""

    quiet = True

    text = forms.CharField(label=_("Tên hoặc mã thủ tục"), max_length=200, required=False)
    sector = forms.ChoiceField(label=_("Lĩnh vực"), required=False)

    def __init__(self, *args: Any, sectors: Choices, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["sector"].choices = [("", _("Tất cả")), *sectors]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> dict[str, str]:
        """What is usable; what does not fit is left out."""
        self.is_valid()
        return {name: self.cleaned_data.get(name, "") for name in self.fields}

    @property
    def words(self) -> str:
        """What was chosen, for the head of a printed list."""
        choices = dict(self.fields["sector"].choices)  # type: ignore[attr-defined]
        said = [(self.fields[name].label, choices.get(value, value)) for name, value in self.chosen.items() if value]
        return "; ".join(f"{label}: {value}" for label, value in said)


class OfferingForm(forms.Form):
    """The terms of an offering. `limits` are those of the law; of several, the unit says which one binds it."""

    statutory = forms.ChoiceField(
        label=_("Thời hạn theo quy định áp dụng cho đơn vị"),
        required=False,
        help_text=_("Một số thủ tục có nhiều mức, ví dụ cho xã miền núi."),
    )
    committed_amount = AmountField(
        label=_("Thời hạn cam kết"),
        help_text=_("Ví dụ 5 hoặc 7,5"),
        error_messages={"required": _("Xin nhập thời hạn cam kết, lớn hơn 0.")},
    )
    committed_unit = forms.ChoiceField(label=_("Đơn vị"), choices=TimeUnit.choices)
    fee_rule = forms.ChoiceField(label=_("Cách tính phí, lệ phí"), choices=FeeRule.choices)
    fee = MoneyField(
        label=_("Mức thu"), required=False, max_value=10**9, help_text=_("Đồng; 0 nếu không thu, để trống nếu chưa rõ")
    )
    fee_note = forms.CharField(label=_("Ghi chú về phí, lệ phí"), max_length=500, required=False)
    channels = forms.MultipleChoiceField(
        label=_("Nhận hồ sơ bằng cách nào"),
        choices=Channel.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Xin chọn ít nhất một hình thức nộp hồ sơ.")},
    )
    online_level = forms.ChoiceField(label=_("Mức trực tuyến"), choices=OnlineLevel.choices)
    is_non_territorial = forms.BooleanField(label=_("Tiếp nhận không phụ thuộc địa giới hành chính"), required=False)
    is_tracked_only = forms.BooleanField(label=_("Cơ quan khác giải quyết, đơn vị chỉ theo dõi"), required=False)
    agency_basis = forms.CharField(
        label=_("Căn cứ dừng đồng hồ khi chờ cơ quan khác trả lời"),
        max_length=300,
        required=False,
        help_text=_("Văn bản, điều, khoản cho phép. Để trống: hỏi cơ quan khác vẫn tính giờ, ngày hẹn giữ nguyên."),
    )
    shortcut = forms.CharField(
        label=_("Mã gõ tắt khi tiếp nhận"), max_length=10, required=False, help_text=_("Ví dụ ks cho khai sinh")
    )

    def __init__(self, *args: Any, limits: list[TimeLimit], **more: Any) -> None:
        super().__init__(*args, **more)
        self.limits = {limit_key(limit): limit for limit in limits}
        choices = [(key, str(limit)) for key, limit in self.limits.items()]
        self.fields["statutory"].choices = choices  # type: ignore[attr-defined]
        self.fields["statutory"].required = len(choices) > 1
        if len(choices) < 2:
            self.fields["statutory"].widget = forms.HiddenInput()
        if self.data.get("committed_unit") == TimeUnit.SAME_DAY:
            self.fields["committed_amount"].required = False

    def clean_committed_amount(self) -> Decimal:
        amount: Decimal | None = self.cleaned_data["committed_amount"]
        if self.data.get("committed_unit") == TimeUnit.SAME_DAY:
            return Decimal(1)
        if not amount:
            raise forms.ValidationError(_("Xin nhập thời hạn cam kết, lớn hơn 0."))
        return amount

    def clean_agency_basis(self) -> str:
        return clean(self.cleaned_data["agency_basis"])

    @property
    def terms(self) -> OfferingTerms:
        facts: dict[str, Any] = dict(self.cleaned_data)
        limit = self.limits.get(facts.pop("statutory")) or next(iter(self.limits.values()), None)
        law: dict[str, Any] = {"statutory_amount": limit.amount, "statutory_unit": limit.unit.value} if limit else {}
        return OfferingTerms(**facts, **law)

    @property
    def committed(self) -> Decimal:
        """The committed time that stands in the form, typed or stored; a day for what is given the same day."""
        same_day = self["committed_unit"].value() == TimeUnit.SAME_DAY
        return Decimal(1) if same_day else amount_of(self["committed_amount"].value())

    @property
    def typed(self) -> dict[str, Any]:
        """What stands in the fields, right or wrong, to show it again without judging."""
        return {name: self[name].data for name in self.fields}


def limit_key(limit: TimeLimit) -> str:
    """A limit as a choice: "10 working_day", "7.5 working_day"."""
    return f"{limit.amount.normalize():f} {limit.unit.value}"


class StepForm(forms.Form):
    """One row of the editor of the internal process."""

    quiet = True

    name = forms.CharField(
        label=_("Việc làm"), max_length=200, error_messages={"required": _("Xin ghi việc làm của bước này.")}
    )
    role = forms.ChoiceField(
        label=_("Ai làm"),
        choices=[("", _("Chọn vai trò")), *Role.choices],
        error_messages={"required": _("Xin chọn vai trò.")},
    )
    amount = AmountField(label=_("Thời gian"), error_messages={"required": _("Xin ghi thời gian, 0 nếu không tính.")})
    unit = forms.ChoiceField(label=_("Cơ quan, đơn vị"), required=False)

    def __init__(self, *args: Any, agencies: Choices, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["unit"].choices = [("", _("Đơn vị này")), *agencies]  # type: ignore[attr-defined]

    @property
    def typed(self) -> dict[str, Any]:
        return {name: self[name].data for name in self.fields}

    @property
    def time(self) -> Decimal:
        """What stands in the field of time; nothing while it is no number."""
        return amount_of(self["amount"].value())


def amount_of(value: Any) -> Decimal:
    """A typed amount, right or wrong, as a number: 0 when it is none."""
    try:
        return AmountField(required=False).clean(value) or Decimal(0)
    except forms.ValidationError:
        return Decimal(0)


@dataclass(frozen=True, kw_only=True)
class Share:
    """A step on the bar, in per mille of the whole."""

    start: int
    width: int


@dataclass(frozen=True, kw_only=True)
class Bar:
    """How the steps share the committed time. `missing` is what is left to give (negative: too much)."""

    shares: list[Share]
    total: str
    committed: str
    missing: Decimal

    @property
    def missing_words(self) -> str:
        return vietnamese_number(abs(self.missing))


class ProcessForms:
    """The rows of the editor, in order. Works without script: each deed is a submit button."""

    def __init__(self, rows: Sequence[Mapping[str, Any]], agencies: Choices, data: QueryDict | None = None) -> None:
        self.agencies = agencies
        self.forms = [
            StepForm(data, prefix=f"step-{place}", initial=row, agencies=agencies) for place, row in enumerate(rows)
        ]

    @classmethod
    def posted(cls, data: QueryDict, agencies: Choices) -> "ProcessForms":
        count = data.get("steps", "")
        rows: list[Mapping[str, Any]] = [{}] * min(
            int(count) if count.isdecimal() and len(count) < 4 else 0, MOST_STEPS
        )
        return cls(rows, agencies, data)

    def is_valid(self) -> bool:
        return all([form.is_valid() for form in self.forms])

    def after(self, deed: str) -> "ProcessForms":
        """The rows after "add", "remove:2", "up:2" or "down:2"; what was typed stays, nothing is judged."""
        rows = [form.typed for form in self.forms]
        verb, _colon, place = deed.partition(":")
        at = _place(place)
        if verb == "add" and len(rows) < MOST_STEPS:
            rows.append({})
        elif verb == "remove" and at is not None:
            rows = [*rows[:at], *rows[at + 1 :]]
        elif verb in ("up", "down") and at is not None:
            _swap(rows, at, at - 1 if verb == "up" else at + 1)
        return ProcessForms(rows, self.agencies)

    def bar(self, committed: Decimal) -> Bar:
        amounts = [form.time for form in self.forms]
        total = sum(amounts, Decimal(0))
        whole = max(total, committed) or Decimal(1)
        ends = [int(sum(amounts[:place], Decimal(0)) * 1000 / whole) for place in range(len(amounts) + 1)]
        shares = [Share(start=start, width=end - start) for start, end in zip(ends, ends[1:], strict=False)]
        return Bar(
            shares=shares,
            total=vietnamese_number(total),
            committed=vietnamese_number(committed),
            missing=committed - total,
        )

    @property
    def unit_keys(self) -> list[str]:
        return [form.cleaned_data["unit"] for form in self.forms if form.cleaned_data["unit"]]

    def drafts(self, units: Mapping[str, Any]) -> list[StepDraft]:
        """The steps, with units by their key (`queries.agencies_by_id`)."""
        facts = [form.cleaned_data for form in self.forms]
        return [
            StepDraft(name=one["name"], role=one["role"], amount=one["amount"], unit=units.get(one["unit"]))
            for one in facts
        ]


def _place(written: str) -> int | None:
    """A small number that a page sent, or None."""
    return int(written) if written.isascii() and written.isdigit() and len(written) < 4 else None


def _swap(rows: list[dict[str, Any]], one: int, other: int) -> None:
    if 0 <= one < len(rows) and 0 <= other < len(rows):
        rows[one], rows[other] = rows[other], rows[one]


class Errors:
    """Terms and steps as if they were one form, for the summary of errors on top of the page."""

    def __init__(self, terms: OfferingForm, process: ProcessForms) -> None:
        self.terms, self.process, self.is_bound = terms, process, terms.is_bound

    def non_field_errors(self) -> list[str]:
        return [str(error) for error in self.terms.non_field_errors()]

    def __iter__(self) -> Iterator[forms.BoundField]:
        for form in (self.terms, *self.process.forms):
            yield from form


class PolicyForm(forms.Form):
    """How time counts for a version."""

    supplement_policy = forms.ChoiceField(
        label=_("Khi yêu cầu bổ sung hồ sơ"), choices=PausePolicy.choices, widget=forms.RadioSelect
    )
    is_immediate = forms.BooleanField(label=_("Trả kết quả ngay khi nhận (ghi sổ một bước)"), required=False)

"""What people fill in around letters: cleaned, nothing more; a rule may answer beside a field."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from thanthien.core.files import IMAGES, PDF, FileField
from thanthien.core.rules import Refused
from thanthien.core.text import clean
from thanthien.letters.enums import Kind, Occasion, Paper, SignerPost, State, Way
from thanthien.letters.rules import COMMON, check_evidence, check_signer, check_text, check_way, names_in, names_of
from thanthien.ui.forms import VnDateField

LONGEST_BODY, LONGEST_FACT, LONGEST_PERIOD = 6000, 500, timedelta(days=366)
FACT = "fact_"


class LineField(forms.CharField):
    """One line: NFC, single spaces, no control marks."""

    def __init__(self, *, max_length: int = 300, **more: Any) -> None:
        super().__init__(max_length=max_length, **more)

    def to_python(self, value: Any) -> str:
        return clean(super().to_python(value) or "")


class BodyField(LineField):
    """Paragraphs with an empty line between them; each line tidied."""

    widget = forms.Textarea(attrs={"rows": 14})

    def to_python(self, value: Any) -> str:
        return "\n".join(clean(line) for line in str(value or "").splitlines()).strip("\n")


class _WithFacts(forms.Form):
    """A field for every name that a letter may use on its occasion; what is unknown may be filled in later."""

    text_code: str

    def ask_for(self, names: Iterable[str], known: dict[str, str]) -> None:
        for place, name in enumerate(names):
            self.fields[f"{FACT}{place}"] = LineField(
                label=f"{name[:1].upper()}{name[1:]}", max_length=LONGEST_FACT, required=False,
                initial=known.get(name, ""), widget=forms.TextInput(attrs={"autocomplete": "off"}),
            )  # fmt: skip
        self.names = list(names)

    @property
    def facts(self) -> dict[str, str]:
        """Every name with what was typed."""
        return {name: self.cleaned_data.get(f"{FACT}{place}", "") for place, name in enumerate(self.names)}

    @property
    def fact_fields(self) -> list[Any]:
        return [self[f"{FACT}{place}"] for place in range(len(self.names))]


class NewLetterForm(_WithFacts):
    """A letter that no dossier causes: thanks, an apology to somebody who was not content."""

    addressee = LineField(label=_("Kính gửi"), help_text=_("Ví dụ: Bà Nguyễn Thị Lan, tổ dân phố số 3"))
    address = LineField(label=_("Địa chỉ"), required=False)
    cause = LineField(
        label=_("Vì sao viết thư này"), max_length=500, help_text=_("Ghi vào sổ thư: việc gì, ngày nào, ai báo.")
    )

    def __init__(self, text_code: str, body: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        used = [name for name in names_in(body) if name in names_of(text_code) and name not in COMMON]
        self.ask_for(used, {})


class ChangeForm(_WithFacts):
    addressee = LineField(label=_("Kính gửi"), required=False)
    address = LineField(label=_("Địa chỉ"), required=False)
    title = LineField(label=_("Tên thư"), max_length=120)
    body = BodyField(
        label=_("Lời thư"), max_length=LONGEST_BODY,
        help_text=_("Một dòng trống bắt đầu đoạn mới. Tên trong ngoặc nhọn lấy từ các ô ở trên."),
    )  # fmt: skip
    signer = forms.ChoiceField(label=_("Người ký"), choices=SignerPost.choices)
    paper = forms.ChoiceField(label=_("Khổ giấy"), choices=Paper.choices)
    way = forms.ChoiceField(label=_("Cách trao"), choices=Way.choices)

    def __init__(self, letter: Any, *args: Any, **kwargs: Any) -> None:
        self.letter, self.text_code = letter, letter.text_code
        own = ("addressee", "address", "title", "body", "signer", "paper", "way")
        kwargs.setdefault("initial", {name: getattr(letter, name) for name in own})
        super().__init__(*args, **kwargs)
        used = [name for name in names_of(self.text_code) if name not in COMMON]
        self.ask_for(used, letter.facts)

    def clean(self) -> dict[str, Any]:
        super().clean()
        for name in ("title", "body"):
            try:
                check_text(self.text_code, self.cleaned_data.get(name, ""))
            except Refused as refusal:
                self.add_error(name, str(refusal))
        try:
            check_signer(self.letter, self.cleaned_data.get("signer", self.letter.signer))
        except Refused as refusal:
            self.add_error("signer", str(refusal))
        return self.cleaned_data


class HandForm(forms.Form):
    way = forms.ChoiceField(label=_("Đã trao bằng cách nào"), choices=Way.choices, widget=forms.RadioSelect)
    recipient = LineField(label=_("Ai đã nhận"), max_length=200)
    evidence = LineField(
        label=_("Bằng chứng"), max_length=500, required=False,
        help_text=_("Trao tại nhà: trưởng thôn nào, ngày nào. Bưu chính: số vận đơn. Điện tử: gửi đến đâu, lúc nào."),
    )  # fmt: skip
    file = FileField(label=_("Ảnh hoặc giấy ký nhận"), kinds=(*IMAGES, PDF), required=False)
    has_consent = forms.BooleanField(label=_("Người nhận đã đồng ý nhận bản điện tử"), required=False)

    def __init__(self, kind: str, *args: Any, **kwargs: Any) -> None:
        self.kind = kind
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        super().clean()
        data = self.cleaned_data
        if not self.errors:
            self._ask("way", check_way, self.kind, data["way"], has_consent=data["has_consent"])
            self._ask("evidence", check_evidence, data["way"], data["evidence"], data["file"] is not None)
        return data

    def _ask(self, field: str, check: Callable[..., None], *facts: Any, **more: Any) -> None:
        """The rule answers beside the field."""
        try:
            check(*facts, **more)
        except Refused as refusal:
            self.add_error(field, str(refusal))


class ReasonForm(forms.Form):
    reason = LineField(label=_("Vì sao hủy"), max_length=500)


class AnswerForm(forms.Form):
    answer = BodyField(
        label=_("Người nhận nói gì"), max_length=2000, help_text=_("Ghi trung thực, cả khi người nhận chưa bằng lòng."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip


class WrongNameForm(forms.Form):
    what = LineField(label=_("Sai ở đâu"), max_length=500, help_text=_("Ghi điều in sai và điều đúng."))


class CloseWrongNameForm(forms.Form):
    apologised_by = LineField(label=_("Ai đã đến tận nơi xin lỗi"), max_length=200)
    prevention = LineField(label=_("Làm gì để không lặp lại"), max_length=500)


class NothingForm(forms.Form):
    """A deed that asks nothing but the button."""


# ---- how a unit writes ---------------------------------------------------------------------------------------
class RuleForm(forms.Form):
    is_on = forms.BooleanField(label=_("Soạn thư cho dịp này"), required=False)
    signer = forms.ChoiceField(label=_("Người ký"), choices=SignerPost.choices)
    paper = forms.ChoiceField(label=_("Khổ giấy"), choices=Paper.choices)
    way = forms.ChoiceField(label=_("Cách trao thường dùng"), choices=Way.choices)
    procedures = LineField(
        label=_("Mã thủ tục có kết quả thì soạn thư"), required=False, max_length=1000,
        help_text=_("Cách nhau bằng dấu phẩy, ví dụ 1.001193, 1.000689."),
    )  # fmt: skip
    quiet_days = forms.IntegerField(
        label=_("Số ngày không gửi tin báo và khảo sát cho gia đình"), min_value=0, max_value=100
    )

    def __init__(self, rule: Any, *args: Any, **kwargs: Any) -> None:
        own = ("is_on", "signer", "paper", "way", "quiet_days")
        initial = {name: getattr(rule, name) for name in own} | {"procedures": ", ".join(rule.procedures)}
        super().__init__(*args, initial=initial, **kwargs)
        if rule.occasion not in (Occasion.BIRTH, Occasion.MARRIAGE, Occasion.DEATH):
            del self.fields["procedures"]
        if rule.occasion != Occasion.DEATH:
            del self.fields["quiet_days"]

    def clean_procedures(self) -> tuple[str, ...]:
        codes = self.cleaned_data["procedures"].replace(";", ",").split(",")
        return tuple(dict.fromkeys(code.strip() for code in codes if code.strip()))


class TextForm(forms.Form):
    title = LineField(label=_("Tên thư"), max_length=120)
    body = BodyField(
        label=_("Lời thư"), max_length=LONGEST_BODY,
        help_text=_("Một dòng trống bắt đầu đoạn mới. Tên trong ngoặc nhọn được thay khi soạn thư."),
    )  # fmt: skip
    note = LineField(label=_("Đã sửa gì, vì sao"), max_length=300)

    def __init__(self, text_code: str, *args: Any, **kwargs: Any) -> None:
        self.text_code = text_code
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        super().clean()
        for name in ("title", "body"):
            try:
                check_text(self.text_code, self.cleaned_data.get(name, ""))
            except Refused as refusal:
                self.add_error(name, str(refusal))
        return self.cleaned_data


class SignatureForm(forms.Form):
    picture = FileField(label=_("Ảnh chữ ký của ông/bà"), kinds=IMAGES)


# ---- looking -------------------------------------------------------------------------------------------------
class FilterForm(forms.Form):
    quiet = True
    state = forms.CharField(required=False, widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=_("Loại thư"), choices=[("", _("mọi loại")), *Kind.choices], required=False)
    words = LineField(label=_("Tìm tên, mã hồ sơ"), max_length=100, required=False)

    def clean_state(self) -> str:
        state = self.cleaned_data["state"]
        return state if state in {*State.values, "all"} else "open"


class PeriodForm(forms.Form):
    """From a day to a day, both included; at most a year."""

    quiet = True
    first = VnDateField(label=_("Từ ngày"), help_text="")
    last = VnDateField(label=_("Đến ngày"), help_text="")

    @staticmethod
    def this_year() -> dict[str, date]:
        today = timezone.localdate()
        return {"first": today.replace(month=1, day=1), "last": today}

    def clean(self) -> dict[str, Any]:
        super().clean()
        first, last = self.cleaned_data.get("first"), self.cleaned_data.get("last")
        if first and last and last < first:
            self.add_error("last", _("Ngày cuối phải sau ngày đầu."))
        elif first and last and last - first > LONGEST_PERIOD:
            self.add_error("last", _("Mỗi lần xem không quá một năm."))
        return self.cleaned_data

"""What officers fill in: what a slip is about, a case's answer, a campaign, a period."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from thanthien.satisfaction.actions import Found
from thanthien.satisfaction.enums import CaseOutcome, Channel, Reached, RemarkKind
from thanthien.satisfaction.queries import BY, Wish
from thanthien.ui.forms import VnDateField

if TYPE_CHECKING:
    from thanthien.organisation.models import Staff

EARLIEST = date(2000, 1, 1)
ALL = ("", _("tất cả"))
UNKNOWN = ("", _("không ghi"))


def _named(things: Any) -> list[tuple[str, str]]:
    return [(str(thing.pk), str(thing)) for thing in things]


class SlipForm(forms.Form):
    """What the slips of a pile have in common; it stays while they are typed."""

    quiet = True
    survey = forms.ChoiceField(label=_("Mẫu phiếu"))
    campaign = forms.ChoiceField(label=_("Đợt khảo sát"), required=False)
    number = forms.IntegerField(label=_("Số phiếu"), required=False, min_value=1, max_value=100_000)
    day = VnDateField(label=_("Ngày trên phiếu"), first=EARLIEST, help_text="")
    sector = forms.ChoiceField(label=_("Lĩnh vực"), required=False)
    neighbourhood = forms.ChoiceField(label=_("Thôn, tổ dân phố"), required=False)
    officer = forms.ChoiceField(label=_("Cán bộ được đánh giá"), required=False)

    def offer(self, *, surveys: Any, campaigns: Any, sectors: Any, neighbourhoods: Any, officers: Any) -> None:
        chosen = {
            "survey": [(str(one.pk), one.survey.name) for one in surveys],
            "campaign": [("", _("phiếu thường xuyên")), *_named(campaigns)],
            "sector": [UNKNOWN, *_named(sectors)],
            "neighbourhood": [UNKNOWN, *_named(neighbourhoods)],
            "officer": [UNKNOWN, *_named(officers)],
        }
        for name, choices in chosen.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("campaign") and not cleaned.get("number") and "number" not in self.errors:
            raise ValidationError({"number": _("Phiếu của đợt khảo sát có số in sẵn; xin nhập số ấy.")})
        return cleaned


class CaseForm(forms.Form):
    outcome = forms.ChoiceField(label=_("Kết quả"), choices=CaseOutcome)
    answer = forms.CharField(
        label=_("Đã làm gì, trả lời thế nào"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Xin ghi đã làm gì và trả lời người dân thế nào.")},
    )  # fmt: skip

    again = forms.ChoiceField(
        label=_("Ông/bà ấy đề nghị xem lại hồ sơ"), widget=forms.RadioSelect,
        choices=[("yes", _("Làm lại: lập hồ sơ mới, chờ tiếp nhận; hồ sơ cũ giữ nguyên")),
                 ("no", _("Không làm lại, lý do ghi trong câu trả lời"))],
        error_messages={"required": _("Xin quyết định làm lại hay không.")},
    )  # fmt: skip

    def __init__(self, *args: Any, wants_review: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        if not wants_review:
            del self.fields["again"]

    @property
    def found(self) -> Found:
        said = self.cleaned_data
        does_again = {"yes": True, "no": False}.get(said.get("again", ""))
        return Found(outcome=CaseOutcome(said["outcome"]), answer=said["answer"], does_again=does_again)


class OwnerForm(forms.Form):
    owner = forms.ChoiceField(label=_("Người xử lý"))

    def __init__(self, *args: Any, owners: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.owners = {str(one.pk): one for one in owners}
        self.fields["owner"].choices = [(pk, one.full_name) for pk, one in self.owners.items()]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> "Staff":
        owner: Staff = self.owners[self.cleaned_data["owner"]]
        return owner


class ResultsForm(forms.Form):
    """The filter of the results; stands in the address."""

    quiet = True
    first = VnDateField(label=_("Từ ngày"), first=EARLIEST, help_text="")
    last = VnDateField(label=_("Đến hết ngày"), first=EARLIEST, help_text="")
    by = forms.ChoiceField(label=_("Xem theo"), choices=list(BY.items()), required=False)
    channel = forms.ChoiceField(label=_("Cách trả lời"), choices=[ALL, *Channel.choices], required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and last < first:
            raise ValidationError({"last": _("Ngày cuối không thể trước ngày đầu.")})
        return cleaned

    def wish(self) -> Wish:
        said = self.cleaned_data
        return Wish(first=said["first"], last=said["last"], by=said["by"] or "month", channel=said["channel"])


class CampaignForm(forms.Form):
    name = forms.CharField(label=_("Tên đợt khảo sát"), max_length=200)
    survey = forms.ChoiceField(label=_("Mẫu phiếu"))
    first = VnDateField(label=_("Hồ sơ xong từ ngày"), first=EARLIEST)
    last = VnDateField(label=_("Đến hết ngày"), first=EARLIEST, help_text=_("Mẫu rút được khi đã qua ngày này."))
    size = forms.IntegerField(
        label=_("Số phiếu cần"), min_value=1, max_value=20_000, initial=280,
        help_text=_("Ví dụ 280. Nếu kỳ có ít hồ sơ hơn thì hỏi tất cả."),
    )  # fmt: skip
    sectors = forms.MultipleChoiceField(
        label=_("Chỉ các lĩnh vực"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Không chọn là mọi lĩnh vực."),
    )  # fmt: skip
    neighbourhoods = forms.MultipleChoiceField(
        label=_("Chỉ các thôn, tổ dân phố"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Không chọn là toàn xã, phường."),
    )  # fmt: skip

    def __init__(self, *args: Any, surveys: Any, sectors: Any, neighbourhoods: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.versions = {str(one.pk): one for one in surveys}
        self.fields["survey"].choices = [(pk, one.survey.name) for pk, one in self.versions.items()]  # type: ignore[attr-defined]
        self.fields["sectors"].choices = sectors  # type: ignore[attr-defined]
        self.fields["neighbourhoods"].choices = _named(neighbourhoods)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and last < first:
            raise ValidationError({"last": _("Ngày cuối không thể trước ngày đầu.")})
        return cleaned

    def facts(self) -> dict[str, Any]:
        said = dict(self.cleaned_data)
        version = self.versions[said.pop("survey")]
        keys = {name: [int(one) for one in said.pop(name)] for name in ("sectors", "neighbourhoods")}
        return said | keys | {"version": version}


class CallForm(forms.Form):
    """A call that brought no answer."""

    NOT_ANSWERED = (Reached.NO_ANSWER, Reached.REFUSED, Reached.WRONG_NUMBER, Reached.QUIET)
    reached = forms.ChoiceField(label=_("Kết quả liên lạc"), choices=[(one.value, one.label) for one in NOT_ANSWERED])
    note = forms.CharField(label=_("Ghi chú"), max_length=300, required=False)


class PeriodForm(forms.Form):
    first = VnDateField(label=_("Từ ngày"), first=EARLIEST)
    last = VnDateField(label=_("Đến hết ngày"), first=EARLIEST)


class RemarkForm(forms.Form):
    kind = forms.ChoiceField(label=_("Loại"), choices=RemarkKind)
    text = forms.CharField(label=_("Nội dung"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))


class RemarkAnswerForm(forms.Form):
    answer = forms.CharField(label=_("Trả lời"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))


class DeviceForm(forms.Form):
    counter = forms.ChoiceField(label=_("Quầy"))

    def __init__(self, *args: Any, counters: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.counters = {str(one.pk): one for one in counters}
        self.fields["counter"].choices = [(pk, f"{one} · {one.name}") for pk, one in self.counters.items()]  # type: ignore[attr-defined]

"""The head of a form, a group, a test to keep, the day from which a version counts."""

from dataclasses import replace
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from thanthien.core.text import clean
from thanthien.declarations.forms.conditions import add_short, answers_of, short_condition
from thanthien.declarations.rules import Content, Group
from thanthien.declarations.rules.editing import new_code
from thanthien.ui.forms import VnDateField
from thanthien.ui.rows import EditForm, lines_of


class FrameForm(EditForm):
    title = forms.CharField(label=gettext_lazy("Tên tờ khai"), max_length=300)
    basis = forms.CharField(label=gettext_lazy("Căn cứ, mẫu ban hành kèm văn bản nào"), max_length=500, required=False)
    pledge = forms.CharField(
        label=gettext_lazy("Lời cam đoan trước chỗ ký"), max_length=1000, required=False,
        widget=forms.Textarea({"rows": 3}),
    )  # fmt: skip

    afterwards = forms.CharField(
        label=gettext_lazy("Sau khi nộp trực tuyến còn phải làm gì"), max_length=1000, required=False,
        widget=forms.Textarea({"rows": 2}),
    )  # fmt: skip

    def __init__(self, *args: Any, content: Content, **more: Any) -> None:
        super().__init__(*args, content=content, **more)
        self.initial = {name: getattr(content, name) for name in self.fields}

    def made(self) -> Content:
        told = self.cleaned_data
        basis, pledge, after = ("\n".join(lines_of(told[name])) for name in ("basis", "pledge", "afterwards"))
        return replace(self.content, title=clean(told["title"]), basis=basis, pledge=pledge, afterwards=after)


class GroupOfFieldsForm(EditForm):
    title = forms.CharField(label=gettext_lazy("Tên nhóm"), max_length=300)
    help = forms.CharField(
        label=gettext_lazy("Lời giải thích dưới tên nhóm"), max_length=1000, required=False,
        widget=forms.Textarea({"rows": 2}),
    )  # fmt: skip

    def __init__(self, *args: Any, group: Group | None, **more: Any) -> None:
        super().__init__(*args, **more)
        self.group = group
        self.initial = {"title": group.title, "help": group.help} if group else {}
        before = self.content.groups[: self.content.groups.index(group)] if group else self.content.groups
        fields = [field for one in before for field in one.fields]
        if fields:
            add_short(self, "when", group.shown_if if group else None, answers_of(self.content, fields))

    @property
    def condition_rows(self) -> list[list[forms.BoundField]]:
        return self.rows("when")

    def clean(self) -> dict[str, Any]:
        super().clean()
        self.shown_if = short_condition(self, "when", self.group.shown_if if self.group else None)
        return self.cleaned_data

    def made(self) -> Group:
        told = self.cleaned_data
        code = self.group.code if self.group else new_code(told["title"], [one.code for one in self.content.groups])
        return Group(
            code=code, title=clean(told["title"]), help="\n".join(lines_of(told["help"])), shown_if=self.shown_if,
            fields=self.group.fields if self.group else (),
        )  # fmt: skip


class KeepTestForm(forms.Form):
    """What was typed into the preview becomes a test under this name."""

    test_name = forms.CharField(
        label=gettext_lazy("Tên bài kiểm tra"), max_length=200,
        help_text=gettext_lazy("Ví dụ: Bà ngoại đi khai. Xin dùng tên hư cấu: câu trả lời được giữ cùng tờ khai."),
    )  # fmt: skip

    def clean_test_name(self) -> str:
        return clean(self.cleaned_data["test_name"])


class PublishForm(forms.Form):
    valid_from = VnDateField(label=gettext_lazy("Áp dụng từ ngày"))
    note = forms.CharField(
        label=gettext_lazy("Đã sửa gì, theo văn bản nào"), max_length=300,
        error_messages={"required": gettext_lazy("Xin ghi đã sửa gì, để người sau hiểu.")},
    )  # fmt: skip

    def __init__(self, *args: Any, first: date, **more: Any) -> None:
        super().__init__(*args, initial={"valid_from": first}, **more)
        last = date(first.year + 5, 12, 31)
        field: Any = self.fields["valid_from"]
        field.first, field.last = first, last
        field.help_text = _("Sớm nhất là ngày này; hồ sơ đã nhận giữ phiên bản cũ.")

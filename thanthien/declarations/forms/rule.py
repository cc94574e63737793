"""A rule between questions: what must hold, when, and how to mend it."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from thanthien.declarations.forms.conditions import NONE, Box, add_long, long_condition, paths_of
from thanthien.declarations.rules.content import CrossRule
from thanthien.declarations.rules.editing import new_rule_code
from thanthien.ui.rows import EditForm, lines_of

STRENGTHS = [
    ("yes", gettext_lazy("chặn: phải sửa mới nộp được")),
    ("no", gettext_lazy("chỉ nhắc: xem lại, vẫn nộp được")),
]


class RuleForm(EditForm):
    message = forms.CharField(
        label=gettext_lazy("Báo điều gì"), max_length=500, widget=forms.Textarea({"rows": 2}),
        help_text=gettext_lazy("Ví dụ: Ngày sinh của mẹ sau ngày sinh của trẻ."),
    )  # fmt: skip
    remedy = forms.CharField(
        label=gettext_lazy("Sửa thế nào"), max_length=500, widget=forms.Textarea({"rows": 2}),
        help_text=gettext_lazy("Ví dụ: Xin xem lại hai ngày sinh theo giấy tờ."),
    )  # fmt: skip
    blocks = forms.ChoiceField(label=gettext_lazy("Mức độ"), choices=STRENGTHS, widget=forms.RadioSelect)

    def __init__(self, *args: Any, rule: CrossRule | None, **more: Any) -> None:
        super().__init__(*args, **more)
        self.rule = rule
        places = [NONE, *paths_of(self.content, self.content.fields.values())]
        self.fields["place"] = Box(places, _("Báo cạnh mục nào"), initial=rule.field if rule else "")
        self.initial = {"blocks": "yes", "message": "", "remedy": ""}
        if rule:
            self.initial = {"message": rule.message, "remedy": rule.remedy, "blocks": "yes" if rule.blocks else "no"}
        add_long(self, "must", rule.must if rule else None)
        add_long(self, "when", rule.when if rule else None)

    @property
    def must_rows(self) -> list[list[forms.BoundField]]:
        return self.rows("must")

    @property
    def when_rows(self) -> list[list[forms.BoundField]]:
        return self.rows("when")

    def clean(self) -> dict[str, Any]:
        super().clean()
        if not self.cleaned_data.get("place"):
            self.add_error("place", _("Xin chọn mục để báo bên cạnh."))
        self.must = long_condition(self, "must")
        self.when = long_condition(self, "when")
        if self.must is None and not any(name.startswith("must-") for name in self.errors):
            self.add_error("must-0-left", _("Xin ghi ít nhất một điều phải đúng."))
        return self.cleaned_data

    def made(self) -> CrossRule:
        told = self.cleaned_data
        assert self.must
        return CrossRule(
            code=self.rule.code if self.rule else new_rule_code(self.content), field=told["place"],
            message="\n".join(lines_of(told["message"])), remedy="\n".join(lines_of(told["remedy"])),
            must=self.must, when=self.when, blocks=told["blocks"] == "yes",
        )  # fmt: skip

"""One question of a form: its words, its kind with what belongs to it, and when it is asked."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from thanthien.core.text import clean, plain
from thanthien.declarations.enums import Kind, Need, Part, PersonRole
from thanthien.declarations.forms.conditions import Box, add_short, answers_of, fields_before, short_condition
from thanthien.declarations.rules import Content, Field
from thanthien.declarations.rules.content import TODAY, Borrowed, Column, PartOf
from thanthien.declarations.rules.editing import choices_from, new_code
from thanthien.ui.forms import VnDateField
from thanthien.ui.rows import EditForm, lines_of
from thanthien.ui.words import vndate

MOST_CHOICES, LONGEST_CHOICES, LARGEST = 200, 60_000, 10**9
NOT_ASKED = ("", gettext_lazy("không hỏi"))
TODAY_WORDS = ("hom nay", "today")
LINES = [(1, gettext_lazy("một dòng")), (2, gettext_lazy("vài dòng")), (5, gettext_lazy("một đoạn dài"))]
COLUMN_KINDS = [(str(kind), kind.label) for kind in (Kind.TEXT, Kind.NUMBER, Kind.DATE)]
RULE_WORD = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class DayOrToday(forms.CharField):
    """ "hôm nay" or dd/mm/yyyy; gives "today" or the ISO day, as a content keeps it."""

    def __init__(self, **more: Any) -> None:
        widget = forms.TextInput({"size": 12, "autocomplete": "off"})
        super().__init__(required=False, max_length=20, widget=widget, **more)

    def prepare_value(self, value: Any) -> Any:
        if value == TODAY:
            return _("hôm nay")
        return vndate(value) if isinstance(value, str) and RULE_WORD.fullmatch(value) else value

    def clean(self, value: Any) -> str:
        text = clean(str(super().clean(value) or ""))
        if plain(text) in (*TODAY_WORDS, plain(_("hôm nay"))):
            return TODAY
        day = VnDateField(required=False, help_text="").clean(text)
        return day.isoformat() if day else ""


class QuestionForm(EditForm):
    label = forms.CharField(label=gettext_lazy("Câu hỏi, tên mục"), max_length=300)
    need = forms.ChoiceField(
        label=gettext_lazy("Có phải trả lời không"), choices=Need.choices, widget=forms.RadioSelect,
        help_text=gettext_lazy("Mục bắt buộc thì chặn; mục nên có chỉ nhắc, không chặn việc nộp hồ sơ hợp pháp."),
    )  # fmt: skip
    help = forms.CharField(
        label=gettext_lazy("Lời giải thích dưới câu hỏi"), required=False, max_length=1000,
        widget=forms.Textarea({"rows": 2}),
    )  # fmt: skip
    off_sheet = forms.BooleanField(label=gettext_lazy("chỉ để hỏi, không in ra tờ khai"), required=False)
    group = forms.ChoiceField(label=gettext_lazy("Thuộc nhóm"))

    def __init__(self, *args: Any, kind: Kind, field: Field | None, group: str, **more: Any) -> None:
        super().__init__(*args, **more)
        self.kind, self.field = kind, field
        same = field if field and field.kind == kind else None  # of another kind only the words are taken over
        self.fields["group"].choices = [(one.code, one.title) for one in self.content.groups]  # type: ignore[attr-defined]
        start = field or Field(code="new", kind=kind, label="new", need=Need.REQUIRED)
        self.initial = {"need": start.need, "help": start.help, "group": group, "label": field.label if field else ""}
        self.initial["off_sheet"] = start.off_sheet
        self.before = fields_before(self.content, field.code if field else "", group)
        self.same = same or Field(code=start.code, kind=kind, label=start.label)
        OWN_BOXES.get(kind, lambda form: None)(self)
        add_short(self, "when", start.shown_if, answers_of(self.content, self.before))

    @property
    def own_names(self) -> list[str]:
        """Boxes that only this kind has and that stand one by one."""
        return [name for name in self.fields if name.startswith("own_")]

    @property
    def own_boxes(self) -> list[forms.BoundField]:
        return [self[name] for name in self.own_names]

    @property
    def condition_rows(self) -> list[list[forms.BoundField]]:
        return self.rows("when")

    @property
    def column_rows(self) -> list[list[forms.BoundField]]:
        return self.rows("column")

    @property
    def part_boxes(self) -> list[forms.BoundField]:
        return [boxes[0] for boxes in self.rows("part")]

    @property
    def part_names(self) -> list[forms.BoundField]:
        return [boxes[1] for boxes in self.rows("part")]

    @property
    def has_own_names(self) -> bool:
        return any(box.value() for box in self.part_names)

    @property
    def borrowed_rows(self) -> list[list[forms.BoundField]]:
        return self.rows("borrowed")

    def clean(self) -> dict[str, Any]:
        super().clean()
        self.shown_if = short_condition(self, "when", self.field.shown_if if self.field else None)
        self.own = OWN_VALUES.get(self.kind, lambda form: {})(self)
        return self.cleaned_data

    def made(self) -> Field:
        """The question as it was typed; a new one gets its code from its words."""
        told = self.cleaned_data
        code = self.field.code if self.field else new_code(told["label"], self.content.fields)
        return replace(
            self.same, code=code, label=clean(told["label"]), need=Need(told["need"]),
            help="\n".join(lines_of(told["help"])), shown_if=self.shown_if,
            off_sheet=told["off_sheet"], **self.own,
        )  # fmt: skip


# ---- what belongs to a kind ----------------------------------------------------------------------------------
def _number(label: Any, value: int | None, **more: Any) -> forms.IntegerField:
    widget = forms.TextInput({"inputmode": "numeric", "size": 10})
    more = {"min_value": 0, "max_value": LARGEST} | more
    errors = {
        "invalid": _("Xin ghi một số nguyên, ví dụ 12."),
        "min_value": _("Không nhỏ hơn %(limit_value)s."),
        "max_value": _("Nhiều nhất %(limit_value)s."),
    }
    return forms.IntegerField(label=label, required=False, initial=value, widget=widget, error_messages=errors, **more)


def _text_boxes(form: QuestionForm) -> None:
    lines = min((count for count, _label in LINES if count >= form.same.lines), default=5)
    form.fields["own_lines"] = forms.TypedChoiceField(
        label=_("Ô trả lời"), choices=LINES, coerce=int, initial=lines
    )  # fmt: skip
    form.fields["own_most"] = _number(_("Dài nhất bao nhiêu ký tự"), form.same.most, min_value=1, max_value=2000)


def _text_values(form: QuestionForm) -> dict[str, Any]:
    lines = form.cleaned_data.get("own_lines") or 1
    same = next((count for count, _label in LINES if count >= form.same.lines), 5) == lines
    return {"lines": form.same.lines if same else lines, "most": form.cleaned_data.get("own_most")}


def _number_boxes(form: QuestionForm) -> None:
    form.fields["own_unit"] = forms.CharField(
        label=_("Đơn vị tính"), max_length=40, required=False, initial=form.same.unit, help_text=_("Ví dụ: bản, m²")
    )
    form.fields["own_least"] = _number(_("Nhỏ nhất"), form.same.least, min_value=-LARGEST)
    form.fields["own_most"] = _number(_("Lớn nhất"), form.same.most, min_value=-LARGEST)
    form.fields["own_whole"] = forms.BooleanField(
        label=_("chỉ nhận số nguyên"), required=False, initial=form.same.whole
    )


def _number_values(form: QuestionForm) -> dict[str, Any]:
    told = form.cleaned_data
    least, most = told.get("own_least"), told.get("own_most")
    if least is not None and most is not None and least > most:
        form.add_error("own_most", _("Số lớn nhất phải từ số nhỏ nhất trở lên."))
    return {
        "unit": clean(told.get("own_unit", "")), "least": least, "most": most, "whole": bool(told.get("own_whole"))
    }  # fmt: skip


def _date_boxes(form: QuestionForm) -> None:
    hint = _("Ví dụ 01/07/2025, hoặc ghi: hôm nay. Bỏ trống là không giới hạn.")
    form.fields["own_first"] = DayOrToday(label=_("Sớm nhất"), initial=form.same.first, help_text=hint)
    form.fields["own_last"] = DayOrToday(label=_("Muộn nhất"), initial=form.same.last, help_text=hint)
    _day_boxes(form, _("được ghi tháng năm, hoặc chỉ năm"), _("in thêm ngày bằng chữ"))


def _day_boxes(form: QuestionForm, rough: str, in_words: str) -> None:
    for name, label in (("rough_dates", rough), ("in_words", in_words)):
        initial = getattr(form.same, name)
        form.fields[f"own_{name}"] = forms.BooleanField(label=label, required=False, initial=initial)


def _day_values(told: dict[str, Any]) -> dict[str, Any]:
    return {name: bool(told.get(f"own_{name}")) for name in ("rough_dates", "in_words")}


def _date_values(form: QuestionForm) -> dict[str, Any]:
    told = form.cleaned_data
    bounds = {"first": told.get("own_first", ""), "last": told.get("own_last", "")}
    return bounds | _day_values(told)


def _choice_boxes(form: QuestionForm) -> None:
    form.fields["own_choices"] = forms.CharField(
        label=_("Các lựa chọn, mỗi dòng một lựa chọn"), max_length=LONGEST_CHOICES,
        initial="\n".join(choice.label for choice in form.same.choices),
        widget=forms.Textarea({"rows": max(4, len(form.same.choices) + 1)}),
        help_text=_("Sửa lời của một dòng thì câu trả lời đã có vẫn giữ nghĩa."),
        error_messages={"required": _("Xin ghi ít nhất một lựa chọn.")},
    )  # fmt: skip
    form.fields["own_several"] = forms.BooleanField(
        label=_("được chọn nhiều"), required=False, initial=form.same.several
    )


def _choice_values(form: QuestionForm) -> dict[str, Any]:
    lines = lines_of(form.cleaned_data.get("own_choices", ""))
    if len(lines) > MOST_CHOICES:
        form.add_error("own_choices", _("Nhiều nhất %(most)s lựa chọn.") % {"most": MOST_CHOICES})
    if any(len(line) > 300 for line in lines):
        form.add_error("own_choices", _("Mỗi lựa chọn dài nhất 300 ký tự."))
    choices = choices_from(lines, form.same.choices)
    return {"choices": choices, "several": bool(form.cleaned_data.get("own_several"))}


def _person_boxes(form: QuestionForm) -> None:
    form.fields["own_role"] = forms.ChoiceField(
        label=_("Người này là ai trong việc này"), choices=PersonRole.choices,
        initial=form.same.role or PersonRole.REQUESTER,
        help_text=_("Để thư, sổ sách tìm đúng người. Người đã khai cùng vai trò được điền sẵn."),
    )  # fmt: skip
    asked = {part.code: part for part in form.same.parts}
    for code in [*asked, *(part for part in Part if part not in asked)]:
        part = asked.get(code)
        first = part.need if part else Need.REQUIRED if code == Part.FULL_NAME and not asked else ""
        form.fields[f"part-{code}-need"] = forms.ChoiceField(
            choices=[NOT_ASKED, *Need.choices], label=code.label, initial=str(first), required=False
        )
        form.fields[f"part-{code}-words"] = forms.CharField(
            label=code.label, max_length=300, required=False,
            initial=part.label if part else "",
        )  # fmt: skip
    _tie_boxes(form)
    _borrowed_boxes(form)


def _tie_boxes(form: QuestionForm) -> None:
    """What is told of this person elsewhere on the form, and whether they must say themselves that it is right."""
    fields = form.content.fields.values()
    days = [(one.code, one.label) for one in fields if one.kind == Kind.DATE]
    ties = [(one.code, one.label) for one in fields if one.kind in (Kind.CHOICE, Kind.TEXT)]
    form.fields["own_related_by"] = Box([("", "–"), *ties], _("Quan hệ ghi ở mục"), initial=form.same.related_by)
    form.fields["own_died_on"] = Box([("", "–"), *days], _("Ngày mất ghi ở mục"), initial=form.same.died_on)
    form.fields["own_confirms"] = forms.BooleanField(
        label=_("người khác nộp trực tuyến thì chính người này phải xác nhận"), required=False,
        initial=form.same.confirms,
    )  # fmt: skip
    _day_boxes(form, _("ngày sinh được ghi tháng năm, hoặc chỉ năm"), _("in thêm ngày sinh bằng chữ"))


def _borrowed_boxes(form: QuestionForm) -> None:
    persons = [("", "–"), *((one.code, one.label) for one in form.before if one.kind == Kind.PERSON)]
    answers = [
        ("", "–"),
        *(pair for pair in answers_of(form.content, form.before) if _is_choice(form.content, pair[0])),
    ]
    if len(persons) == 1 or len(answers) == 1:
        return
    rows = form.same.borrowed
    for row in range(form.row_count("borrowed", len(rows))):
        one = rows[row] if row < len(rows) else None
        value = f"{one.field}|is|{one.answer}" if one else ""
        form.fields[f"borrowed-{row}-answer"] = Box(answers, _("Khi trả lời"), initial=value)
        form.fields[f"borrowed-{row}-person"] = forms.ChoiceField(
            choices=persons, label=_("thì là người đã khai ở mục"), initial=one.person if one else "", required=False
        )


def _is_choice(content: Content, value: str) -> bool:
    return "|is|" in value and value.partition("|")[0] in content.fields


def _person_values(form: QuestionForm) -> dict[str, Any]:
    told = form.cleaned_data
    codes = [name.split("-")[1] for name in form.fields if name.startswith("part-") and name.endswith("-need")]
    parts = tuple(
        PartOf(code=Part(code), need=Need(told[f"part-{code}-need"]), label=clean(told.get(f"part-{code}-words", "")))
        for code in codes
        if told.get(f"part-{code}-need")
    )
    if Part.FULL_NAME not in {part.code for part in parts}:
        form.add_error(f"part-{Part.FULL_NAME}-need", _("Mục về người phải hỏi họ tên."))
    role, ties = told.get("own_role"), {name: told.get(f"own_{name}") or "" for name in ("related_by", "died_on")}
    return ties | {
        "role": PersonRole(role) if role else None, "parts": parts, "borrowed": tuple(_borrowed(form)),
        "confirms": bool(told.get("own_confirms")), **_day_values(told),
    }  # fmt: skip


def _borrowed(form: QuestionForm) -> Sequence[Borrowed]:
    found = []
    for row, cells in form.cells("borrowed"):
        answer, person = cells.get("answer") or "", cells.get("person") or ""
        if answer and person:
            field, _is, value = answer.split("|", 2)
            found.append(Borrowed(field=field, answer=value, person=person))
        elif answer or person:
            empty = "person" if answer else "answer"
            form.add_error(f"borrowed-{row}-{empty}", _("Xin chọn cả hai ô của dòng này, hoặc bỏ trống cả hai."))
    return found


def _table_boxes(form: QuestionForm) -> None:
    columns = form.same.columns
    for row in range(form.row_count("column", len(columns), spare=2 if not columns else 1)):
        column = columns[row] if row < len(columns) else None
        boxes = {
            "label": forms.CharField(
                label=_("Tên cột"), max_length=300, required=False, initial=column.label if column else ""
            ),
            "kind": forms.ChoiceField(
                label=_("Điền gì"), choices=COLUMN_KINDS, required=False, initial=column.kind if column else Kind.TEXT
            ),
            "need": forms.ChoiceField(
                label=_("Phải điền"), choices=Need.choices, required=False,
                initial=column.need if column else Need.OPTIONAL,
            ),
        }  # fmt: skip
        form.fields |= {f"column-{row}-{cell}": box for cell, box in boxes.items()}
    form.fields["own_most"] = _number(_("Nhiều nhất bao nhiêu dòng"), form.same.most, min_value=1, max_value=50)


def _table_values(form: QuestionForm) -> dict[str, Any]:
    old, columns, taken = form.same.columns, [], {column.code for column in form.same.columns}
    for row, cells in form.cells("column"):
        if not (label := clean(cells.get("label") or "")):
            continue
        code = old[row].code if row < len(old) else new_code(label, taken, "cot")
        taken.add(code)
        kind, need = Kind(cells.get("kind") or Kind.TEXT), Need(cells.get("need") or Need.OPTIONAL)
        columns.append(Column(code=code, label=label, kind=kind, need=need))
    if not columns and "column-0-label" in form.fields:
        form.add_error("column-0-label", ValidationError(_("Bảng phải có ít nhất một cột.")))
    return {"columns": tuple(columns), "most": form.cleaned_data.get("own_most")}


OWN_BOXES = {
    Kind.TEXT: _text_boxes, Kind.NUMBER: _number_boxes, Kind.DATE: _date_boxes, Kind.CHOICE: _choice_boxes,
    Kind.PERSON: _person_boxes, Kind.TABLE: _table_boxes,
}  # fmt: skip
OWN_VALUES = {
    Kind.TEXT: _text_values, Kind.NUMBER: _number_values, Kind.DATE: _date_values, Kind.CHOICE: _choice_values,
    Kind.PERSON: _person_values, Kind.TABLE: _table_values,
}  # fmt: skip

"""Conditions from lists. The short way chooses a question with its answer; the long way compares any two things.

One of several answers takes a line for each: in the short way joined by "or the line below", in the long way by saying
"is one of" on each. A clause that the short way cannot say (a comparison of days) stands in its list as a sentence of
its own and stays as it is while it is chosen.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from thanthien.declarations.enums import Kind, Match, Op, Part
from thanthien.declarations.rules import Condition, Content, Field
from thanthien.declarations.rules.conditions import kind_at
from thanthien.declarations.rules.content import TODAY, Clause
from thanthien.declarations.rules.telling import clause_words, path_words
from thanthien.people.enums import Sex
from thanthien.ui.declared_inputs import kept_value
from thanthien.ui.rows import EditForm

Choices = list[tuple[str, str]]
NONE = ("", "–")
YES, NO, OR = "yes", "no", "or"
OPPOSITE = {Op.IS: Op.IS_NOT, Op.IS_NOT: Op.IS, Op.FILLED: Op.EMPTY, Op.EMPTY: Op.FILLED}
ORDERED = (Op.LEAST, Op.MOST, Op.MORE, Op.LESS)
MOST_YEARS, MOST_DAYS = 200, 40_000
MATCHES = [
    (str(Match.ALL), gettext_lazy("mọi dòng trên đều đúng")),
    (str(Match.ANY), gettext_lazy("ít nhất một dòng đúng")),
]


class Box(forms.ChoiceField):
    """A list that may be long: one types to find."""

    def __init__(self, choices: Choices, label: Any, **more: Any) -> None:
        widget = forms.Select({"data-choose": True})
        super().__init__(choices=choices, label=label, required=False, widget=widget, **more)


# ---- what there is to choose ---------------------------------------------------------------------------------
def answers_of(content: Content, fields: Iterable[Field]) -> Choices:
    """Each question with each of its answers, "answered" and "left empty"."""
    found: Choices = []
    for field in fields:
        words = {"label": field.label}
        found += [(f"{field.code}|is|{one.code}", f"{field.label}: {one.label}") for one in field.choices]
        if field.kind == Kind.PERSON and Part.SEX in {part.code for part in field.parts}:
            path = f"{field.code}.{Part.SEX}"
            found += [(f"{path}|is|{code}", f"{path_words(content, path)}: {said}") for code, said in Sex.choices]
        found += [(f"{field.code}|filled|", _("%(label)s: đã trả lời, bất kể thế nào") % words)]
    return found


def paths_of(content: Content, fields: Iterable[Field], *, with_today: bool = False) -> Choices:
    """Each question and each part of a person or an address."""
    found: Choices = [(TODAY, _("hôm nay"))] if with_today else []
    for field in fields:
        found.append((field.code, field.label))
        found += [(box.path, path_words(content, box.path)) for box in field.inputs if box.path != field.code]
    return found


def fields_before(content: Content, code: str, group: str) -> list[Field]:
    """Those that stand before a field, or before the end of its group when it is new: a condition looks back only."""
    found: list[Field] = []
    for one in content.groups:
        for field in one.fields:
            if field.code == code:
                return found
            found.append(field)
        if one.code == group and not code:
            return found
    return found


# ---- the short way -------------------------------------------------------------------------------------------
def add_short(form: EditForm, name: str, condition: Condition | None, choices: Choices) -> None:
    lines = _short_lines(condition, {value for value, _label in choices})
    for row in range(form.row_count(name, len(lines))):
        value, sense, clause = lines[row] if row < len(lines) else ("", YES, None)
        own: Choices = [(value, clause_words(form.content, clause))] if clause and value.startswith("keep|") else []
        form.fields[f"{name}-{row}-what"] = Box([NONE, *own, *choices], _("Câu hỏi và câu trả lời"), initial=value)
        form.fields[f"{name}-{row}-sense"] = forms.ChoiceField(
            choices=[(YES, _("đúng như vậy")), (NO, _("không phải vậy")), (OR, _("hoặc câu trả lời ở dòng dưới"))],
            label=_("Thì"), initial=sense, required=False,
        )  # fmt: skip
    add_match(form, name, condition)


def add_match(form: EditForm, name: str, condition: Condition | None) -> None:
    match = str(condition.match) if condition else str(Match.ALL)
    form.fields[f"{name}_match"] = forms.ChoiceField(
        choices=MATCHES, label=_("Khi có nhiều dòng"), initial=match, required=False
    )


def _short_lines(condition: Condition | None, known: set[str]) -> list[tuple[str, str, Clause]]:
    """What stands in the boxes of each line; one of several answers takes several."""
    lines: list[tuple[str, str, Clause]] = []
    for place, clause in enumerate(condition.clauses if condition else ()):
        each = [f"{clause.field}|is|{one}" for one in _several(clause)]
        if each and known.issuperset(each):
            lines += [*((value, OR, clause) for value in each[:-1]), (each[-1], YES, clause)]
        else:
            lines.append((*_short_value(clause, known, place), clause))
    return lines


def _several(clause: Clause) -> tuple[str, ...]:
    return clause.value if clause.op == Op.IN and not isinstance(clause.value, str) else ()


def _short_value(clause: Clause, known: set[str], place: int) -> tuple[str, str]:
    op = OPPOSITE[clause.op] if clause.op in (Op.IS_NOT, Op.EMPTY) else clause.op
    value = f"{clause.field}|{op}|{clause.value}"
    if isinstance(clause.value, str) and not clause.other and value in known:
        return value, YES if op == clause.op else NO
    return f"keep|{place}", YES


def short_condition(form: EditForm, name: str, before: Condition | None) -> Condition | None:
    clauses: list[Clause] = []
    waiting: list[Clause] = []  # for the line below
    last = 0
    for row, cells in form.cells(name):
        what, sense = cells.get("what") or "", cells.get("sense") or YES
        if not what:
            continue
        last, clause = row, _short_clause(what, sense, before)
        if sense == OR:
            waiting.append(clause)
        else:
            clauses.append(_one_of(form, f"{name}-{row}-sense", [*waiting, clause]) if waiting else clause)
            waiting = []
    if waiting:
        form.add_error(f"{name}-{last}-sense", _("Không có dòng dưới để nối. Xin chọn thêm câu trả lời ở dòng dưới."))
    return _condition(form, name, clauses)


def _short_clause(what: str, sense: str, before: Condition | None) -> Clause:
    if what.startswith("keep|") and before:
        return before.clauses[int(what.partition("|")[2])]
    field, op, value = what.split("|", 2)
    return Clause(field=field, op=OPPOSITE[Op(op)] if sense == NO else Op(op), value=value)


def _one_of(form: EditForm, box: str, joined: list[Clause]) -> Clause:
    """Answers of one question, each with "is"; else the fault stands beside the line that ends the row of "or"."""
    values = tuple(dict.fromkeys(str(one.value) for one in joined))
    if {(one.field, one.op) for one in joined} != {(joined[0].field, Op.IS)}:
        form.add_error(
            box, _("Nối bằng «hoặc» được những câu trả lời của cùng một câu hỏi, dòng cuối là «đúng như vậy».")
        )
    return Clause(field=joined[0].field, op=Op.IN, value=values) if len(values) > 1 else joined[0]


def _condition(form: EditForm, name: str, clauses: list[Clause]) -> Condition | None:
    match = Match(form.cleaned_data.get(f"{name}_match") or Match.ALL)
    return Condition(match=match, clauses=tuple(dict.fromkeys(clauses))) if clauses else None


# ---- the long way --------------------------------------------------------------------------------------------
def add_long(form: EditForm, name: str, condition: Condition | None) -> None:
    """Left, time to add, comparison, right: an answer or another question from the list, or words that are typed."""
    lines = _long_lines(condition)
    fields = form.content.fields.values()
    lefts = [NONE, *paths_of(form.content, fields, with_today=True)]
    answers = [(value, label) for value, label in answers_of(form.content, fields) if "|is|" in value]
    others = [(path, _("(mục) %(label)s") % {"label": label}) for path, label in lefts[1:]]
    for row in range(form.row_count(name, len(lines))):
        clause = lines[row] if row < len(lines) else None
        rights = [NONE, *answers, *others]
        boxes = {
            "left": Box(lefts, _("Mục"), initial=clause.field if clause else ""),
            "op": _comparison(clause),
            "right": Box(rights, _("Với câu trả lời hoặc mục"), initial=_right(clause)),
            "text": _typed_box(form.content, clause),
            "years": _added(_("Mục là ngày: cộng số năm"), MOST_YEARS, clause.years if clause else 0),
            "days": _added(_("cộng số ngày"), MOST_DAYS, clause.days if clause else 0),
        }
        form.fields |= {f"{name}-{row}-{cell}": box for cell, box in boxes.items()}
    add_match(form, name, condition)


def _long_lines(condition: Condition | None) -> list[Clause]:
    """One of several answers takes a line for each."""
    clauses = condition.clauses if condition else ()
    return [one for clause in clauses for one in [replace(clause, value=each) for each in _several(clause)] or [clause]]


def _comparison(clause: Clause | None) -> forms.ChoiceField:
    first = clause.op if clause else Op.IS
    return forms.ChoiceField(choices=Op.choices, label=_("So sánh"), initial=first, required=False)


def _typed_box(content: Content, clause: Clause | None) -> forms.CharField:
    label = _("hoặc với ngày, số, chữ")
    return forms.CharField(label=label, max_length=300, required=False, initial=_typed(content, clause))


def _added(label: str, most: int, value: int) -> forms.IntegerField:
    widget = forms.TextInput({"inputmode": "numeric", "size": 6})
    return forms.IntegerField(
        label=label, required=False, min_value=0, max_value=most, initial=value or None, widget=widget,
        error_messages={"invalid": _("Xin ghi một số, ví dụ 18."), "max_value": _("Nhiều nhất %(limit_value)s.")},
    )  # fmt: skip


def _right(clause: Clause | None) -> str:
    if clause is None or clause.op in (Op.FILLED, Op.EMPTY):
        return ""
    if clause.other or clause.value == TODAY:
        return clause.other or TODAY
    return f"{clause.field}|is|{clause.value}"


def _typed(content: Content, clause: Clause | None) -> str:
    """A value that is no choice, as people write it."""
    if clause is None or not isinstance(clause.value, str) or clause.other or clause.value in ("", TODAY):
        return ""
    field = content.fields.get(clause.field)
    is_choice = (field and field.choices) or clause.field.endswith(f".{Part.SEX}")
    if is_choice:
        return ""
    if kind_at(content, clause.field) == Kind.DATE:
        return "/".join(reversed(clause.value.split("-")))
    return clause.value.replace(".", ",") if kind_at(content, clause.field) == Kind.NUMBER else clause.value


def long_condition(form: EditForm, name: str) -> Condition | None:
    """Faults stand beside the box that is wrong."""
    clauses: list[Clause] = []
    for row, cells in form.cells(name):
        if cells.get("left"):
            try:
                clauses += _long_clause(form, cells)
            except ValidationError as fault:
                form.add_error(f"{name}-{row}-right", fault)
        elif cells.get("right") or cells.get("text"):
            form.add_error(f"{name}-{row}-left", _("Xin chọn mục để so sánh, hoặc bỏ trống cả dòng."))
    return _condition(form, name, _merged(clauses))


def _merged(clauses: list[Clause]) -> list[Clause]:
    """Lines that follow each other and say of one thing "is one of" are one clause; alone it is a plain "is"."""
    found: list[Clause] = []
    for key, group in groupby(clauses, key=lambda one: (one.op == Op.IN, replace(one, value=""))):
        lines = list(group)
        values = tuple(dict.fromkeys(str(one.value) for one in lines))
        if not key[0]:
            found += lines
        elif len(values) == 1:
            found.append(replace(lines[0], op=Op.IS))
        else:
            found.append(replace(lines[0], value=values))
    return found


def _long_clause(form: EditForm, cells: dict[str, Any]) -> Iterator[Clause]:
    left, op, right = cells["left"], Op(cells.get("op") or Op.IS), cells.get("right") or ""
    base = {"field": left, "op": op, "years": cells.get("years") or 0, "days": cells.get("days") or 0}
    if op in (Op.FILLED, Op.EMPTY):
        yield Clause(**base)
    elif "|is|" in right:
        yield Clause(**base, value=_answer(form.content, left, right))
    elif right == TODAY and left != TODAY:
        yield Clause(**base, other=TODAY)
    elif right:
        yield Clause(**base, other=right)
    elif text := cells.get("text"):
        yield Clause(**base, value=kept_value(str(kind_at(form.content, left)), text))
    else:
        raise ValidationError(_("Xin chọn câu trả lời hoặc mục để so sánh, hay ghi ngày, số ở ô bên cạnh."))
    _check_order(form.content, base, right)


def _answer(content: Content, left: str, right: str) -> str:
    path, _is, value = right.split("|", 2)
    if path != left:
        words = {
            "answer": dict(answers_of(content, content.fields.values()))[right],
            "label": path_words(content, left),
        }
        raise ValidationError(_("«%(answer)s» không phải câu trả lời của «%(label)s».") % words)
    return value


def _check_order(content: Content, base: dict[str, Any], right: str) -> None:
    if base["op"] in ORDERED and kind_at(content, base["field"]) not in (Kind.DATE, Kind.NUMBER):
        raise ValidationError(_("Chỉ so sánh lớn nhỏ, trước sau được với mục là số hoặc ngày."))

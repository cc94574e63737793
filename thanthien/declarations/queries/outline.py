"""The draft as lists: groups with their questions, rules, tests; each line says in words what it does."""

import re
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from thanthien.declarations.enums import Kind, Need
from thanthien.declarations.queries.drafts import Working
from thanthien.declarations.rules import Content, Field, Outcome
from thanthien.declarations.rules.content import CrossRule, LogicTest
from thanthien.declarations.rules.editing import users_of
from thanthien.declarations.rules.telling import condition_words, path_words

CODES = re.compile(r"[a-z][a-z0-9_]*")


@dataclass(frozen=True)
class KindTile:
    kind: str
    icon: str
    title: Any
    text: Any


KINDS = [
    KindTile("text", "pencil", _("Chữ viết"), _("ghi bằng lời, một hay nhiều dòng")),
    KindTile("choice", "ui-checks", _("Chọn"), _("chọn một hay nhiều trong danh sách")),
    KindTile("date", "calendar-event", _("Ngày"), _("ngày/tháng/năm")),
    KindTile("number", "123", _("Con số"), _("số lượng, diện tích, số tiền")),
    KindTile("person", "person", _("Người"), _("họ tên, ngày sinh, số định danh, nơi cư trú")),
    KindTile("address", "geo-alt", _("Địa chỉ"), _("số nhà, thôn; xã, phường; tỉnh, thành phố")),
    KindTile("table", "table", _("Bảng"), _("nhiều dòng, mỗi dòng vài cột")),
    KindTile("file", "paperclip", _("Tệp"), _("ảnh chụp hoặc tệp gửi kèm")),
]


@dataclass(frozen=True, kw_only=True)
class FieldLine:
    """`faults` are those of this question; `details` its choices, columns or what is asked about a person."""

    code: str
    label: str
    kind: str
    need: str
    is_required: bool
    condition: str
    details: str
    is_first: bool
    is_last: bool


@dataclass(frozen=True, kw_only=True)
class GroupLine:
    code: str
    title: str
    help: str
    condition: str
    fields: list[FieldLine]
    is_first: bool
    is_last: bool


def outline_of(content: Content) -> list[GroupLine]:
    places = list(content.fields)
    last = len(content.groups) - 1
    return [
        GroupLine(
            code=group.code, title=group.title, help=group.help, condition=condition_words(content, group.shown_if),
            fields=[_line(content, field, places, (place == 0, place == last)) for field in group.fields],
            is_first=place == 0, is_last=place == last,
        )
        for place, group in enumerate(content.groups)
    ]  # fmt: skip


def _line(content: Content, field: Field, places: list[str], ends: tuple[bool, bool]) -> FieldLine:
    """At the end of a group a question still moves, into the group beside it, if there is one."""
    own = [one.code for one in content.group_of[field.code].fields]
    return FieldLine(
        code=field.code, label=field.label, kind=str(field.kind.label), need=str(field.need.label),
        is_required=field.need == Need.REQUIRED, condition=condition_words(content, field.shown_if),
        details=_details(field), is_first=ends[0] and own[0] == field.code, is_last=ends[1] and own[-1] == field.code,
    )  # fmt: skip


def _details(field: Field) -> str:
    if field.kind == Kind.CHOICE:
        return " · ".join(choice.label for choice in field.choices)
    if field.kind == Kind.TABLE:
        return " · ".join(column.label for column in field.columns)
    return ", ".join(part.words for part in field.parts)


@dataclass(frozen=True, kw_only=True)
class RuleLine:
    rule: CrossRule
    place: str
    must: str
    when: str


def rule_lines(content: Content) -> list[RuleLine]:
    return [
        RuleLine(
            rule=rule, place=path_words(content, rule.field), must=condition_words(content, rule.must),
            when=condition_words(content, rule.when),
        )
        for rule in content.rules
    ]  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class TestLine:
    """`outcome` is None while the form does not hang together."""

    __test__ = False  # for pytest: no test of ours
    place: int
    test: LogicTest
    outcome: Outcome | None


def test_lines(working: Working) -> list[TestLine]:
    outcomes = working.outcomes or [None] * len(working.content.tests)
    pairs = zip(working.content.tests, outcomes, strict=True)
    return [TestLine(place=place, test=test, outcome=outcome) for place, (test, outcome) in enumerate(pairs, 1)]


test_lines.__test__ = False  # type: ignore[attr-defined]


def users_of_thing(content: Content, field: Field | None) -> list[str]:
    """Who would miss this question."""
    return users_of(content, [field.code]) if field else []


@dataclass(frozen=True, kw_only=True)
class FaultLine:
    """`page` and `args`: the name of the address where it is mended, and what follows the code of the procedure."""

    where: str
    text: str
    page: str
    code: str


def fault_lines(working: Working) -> list[FaultLine]:
    """What is wrong, with the words of questions instead of their codes; also of those that are gone."""
    before = working.last.content.fields if working.last else {}
    labels = {code: field.label for code, field in [*before.items(), *working.content.fields.items()]}
    return [_fault_line(working.content, fault, labels) for fault in working.faults]


def _fault_line(content: Content, fault: Any, labels: dict[str, str]) -> FaultLine:
    words = CODES.sub(lambda found: f"«{labels[found[0]]}»" if found[0] in labels else found[0], fault.text)
    where, field, group = fault.where, content.fields.get(fault.where), content.group(fault.where)
    if field:
        return FaultLine(where=field.label, text=words, page="change_field", code=where)
    if group:
        return FaultLine(where=group.title, text=words, page="change_group", code=where)
    page = "change_rule" if where in {rule.code for rule in content.rules} else ""
    return FaultLine(where=where if page else str(_("Tờ khai")), text=words, page=page, code=where)

"""A content as a whole: read from JSON, and does it hang together?"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import Any

from django.utils.translation import gettext as _

from thanthien.core.reading import Fault, Invalid, read, written
from thanthien.declarations.enums import Kind, Op
from thanthien.declarations.rules.conditions import kind_at, typed
from thanthien.declarations.rules.content import TODAY, Clause, Condition, Content, Field, Group

ORDERED = (Op.LEAST, Op.MOST, Op.MORE, Op.LESS)


def content_from(raw: Any) -> Content:
    """Reads and looks through a content. Raises `Invalid` with every fault, each with its place."""
    content = draft_from(raw)
    if faults := faults_of(content):
        raise Invalid(faults)
    return content


def draft_from(raw: Any) -> Content:
    """A content that somebody is still working on: of the right shape, yet it may not hang together (`faults_of`).
    Raises `Invalid`."""
    faults: list[Fault] = []
    content = read(Content, raw, "", faults)
    if content is None:
        raise Invalid(faults)
    return content


def faults_of(content: Content) -> list[Fault]:
    """Why a content cannot be used yet, each with the code of its group, field, rule or the name of its test."""
    return [Fault(where, text) for where, text in _faults(content)]


def as_json(content: Content) -> dict[str, Any]:
    """The JSON that `content_from` makes the same content of."""
    told: dict[str, Any] = written(content)
    return told


def fingerprint_of(content: Content) -> str:
    """SHA-256 of the content, however its JSON was ordered."""
    return sha256(json.dumps(as_json(content), ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _faults(content: Content) -> Iterator[tuple[str, str]]:
    if not content.groups:
        yield "groups", _("tờ khai phải có ít nhất một nhóm.")
    yield from _twice([group.code for group in content.groups], _("nhóm"))
    yield from _twice([field.code for group in content.groups for field in group.fields], _("mục"))
    yield from _twice([rule.code for rule in content.rules], _("quy tắc"))
    yield from _twice([test.name for test in content.tests], _("bài kiểm tra"))
    before: set[str] = set()
    for group in content.groups:
        yield from _of_group(content, group, before)
    for field in content.fields.values():
        yield from ((field.code, text) for text in _of_ties(content, field))
    for rule in content.rules:
        yield from _of_rule(content, rule)
    for test in content.tests:
        unknown = {*test.shown, *test.hidden, *test.answers} - set(content.fields)
        yield from ((test.name, _no_field(code)) for code in sorted(unknown))
        if typed(test.on, Kind.DATE) is None:
            yield test.name, _("ngày của bài kiểm tra phải viết như 2026-03-01.")


def _twice(codes: Iterable[str], what: str) -> Iterator[tuple[str, str]]:
    for code, count in Counter(codes).items():
        if count > 1:
            yield code, _("hai %(what)s trùng mã.") % {"what": what}


def _no_field(path: str) -> str:
    return _("nhắc đến mục không có: %(code)s.") % {"code": path}


def _of_group(content: Content, group: Group, before: set[str]) -> Iterator[tuple[str, str]]:
    """`before` are the fields that stand earlier: only at those may a condition look."""
    if not group.fields:
        yield group.code, _("nhóm phải có ít nhất một mục.")
    yield from _of_shown_if(content, group.code, group.shown_if, before)
    for field in group.fields:
        if "." in field.code or field.code == TODAY:
            yield field.code, _("mã này không dùng được.")
        yield from _of_shown_if(content, field.code, field.shown_if, before)
        yield from ((field.code, text) for text in _of_field(field, before))
        before.add(field.code)


def _of_shown_if(
    content: Content, where: str, condition: Condition | None, before: set[str]
) -> Iterator[tuple[str, str]]:
    for clause in condition.clauses if condition else ():
        looks = {path.partition(".")[0] for path in (clause.field, clause.other) if path}
        behind = sorted(code for code in looks - before if code in content.fields or code == TODAY)
        if behind:
            yield where, _("điều kiện hiện chỉ được xét mục đứng trước: %(code)s.") % {"code": ", ".join(behind)}
    yield from _of_condition(content, where, condition)


def _of_rule(content: Content, rule: Any) -> Iterator[tuple[str, str]]:
    if kind_at(content, rule.field) is None or rule.field == TODAY:
        yield rule.code, _no_field(rule.field)
    yield from _of_condition(content, rule.code, rule.must)
    yield from _of_condition(content, rule.code, rule.when)


def _of_condition(content: Content, where: str, condition: Condition | None) -> Iterator[tuple[str, str]]:
    if condition is not None and not condition.clauses:
        yield where, _("điều kiện phải có ít nhất một dòng.")
    for clause in condition.clauses if condition else ():
        for path in (clause.field, clause.other):
            if path and kind_at(content, path) is None:
                yield where, _no_field(path)
        yield from ((where, text) for text in _of_clause(content, clause))


def _of_clause(content: Content, clause: Clause) -> Iterator[str]:
    kind = kind_at(content, clause.field)
    if clause.op in (Op.FILLED, Op.EMPTY):
        return
    if not clause.value and not clause.other:
        yield _("điều kiện thiếu giá trị để so sánh.")
    field = content.fields.get(clause.field)
    if field and field.choices and clause.value:
        given = {clause.value} if isinstance(clause.value, str) else set(clause.value)
        for unknown in sorted(given - {choice.code for choice in field.choices}):
            yield _("«%(label)s» không có lựa chọn %(code)s.") % {"label": field.label, "code": unknown}
    if clause.op in ORDERED:
        right = Kind.DATE if clause.value == TODAY else kind_at(content, clause.other) if clause.other else kind
        if kind not in (Kind.DATE, Kind.NUMBER) or right != kind:
            yield _("chỉ so sánh lớn nhỏ được hai ngày hoặc hai số.")
        elif clause.value and clause.value != TODAY and typed(clause.value, kind) is None:
            yield _("giá trị %(value)s không phải ngày hoặc số.") % {"value": clause.value}


def _of_field(field: Field, before: set[str]) -> Iterator[str]:
    for code in _named_twice(field):
        yield _("mã %(code)s có hai lần trong cùng một mục.") % {"code": code}
    if field.kind == Kind.CHOICE and not field.choices:
        yield _("mục chọn phải có ít nhất một lựa chọn.")
    if field.kind == Kind.PERSON and not (field.role and "full_name" in {str(part.code) for part in field.parts}):
        yield _("mục về người phải có vai trò và hỏi họ tên.")
    if field.confirms and field.kind != Kind.PERSON:
        yield _("chỉ mục về người mới có thể cần chính người ấy xác nhận.")
    if field.kind == Kind.TABLE and not field.columns:
        yield _("bảng phải có ít nhất một cột.")
    yield from _of_bounds(field)
    for one in field.borrowed:
        if {one.field, one.person} - before:
            yield _("«cũng là người» chỉ được xét mục đứng trước.")


def _of_ties(content: Content, field: Field) -> Iterator[str]:
    """What is told of a person elsewhere must be there, and be of the kind that says it."""
    ties = ((field.died_on, (Kind.DATE,)), (field.related_by, (Kind.CHOICE, Kind.TEXT)))
    for code, kinds in ties:
        if code and (code not in content.fields or content.fields[code].kind not in kinds):
            yield _no_field(code)


def _of_bounds(field: Field) -> Iterator[str]:
    if field.rough_dates and field.kind not in (Kind.DATE, Kind.PERSON):
        yield _("chỉ ngày hoặc người mới có thể ghi tháng năm thay cho ngày.")
    if field.in_words and field.kind not in (Kind.DATE, Kind.PERSON):
        yield _("chỉ ngày hoặc người mới có ngày in thêm bằng chữ.")
    for end in (field.first, field.last):
        if end and end != TODAY and typed(end, Kind.DATE) is None:
            yield _("giới hạn ngày phải viết như 2026-03-01 hoặc today.")
    if field.least is not None and field.most is not None and field.least > field.most:
        yield _("giới hạn dưới lớn hơn giới hạn trên.")


def _named_twice(field: Field) -> list[str]:
    lists = ([one.code for one in field.choices], [str(p.code) for p in field.parts], [c.code for c in field.columns])
    return [code for codes in lists for code, count in Counter(codes).items() if count > 1]

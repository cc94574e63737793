"""A form in words, for who edits it: conditions as sentences, what differs between two contents."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from thanthien.declarations.enums import Kind, Match, Op
from thanthien.declarations.rules.conditions import kind_at, typed
from thanthien.declarations.rules.content import TODAY, Clause, Condition, Content, Field, Group
from thanthien.people.enums import Sex
from thanthien.ui.words import vndate

SENTENCES = {
    Op.IS: gettext_lazy("«%(left)s» là %(right)s"),
    Op.IS_NOT: gettext_lazy("«%(left)s» không phải là %(right)s"),
    Op.IN: gettext_lazy("«%(left)s» là một trong: %(right)s"),
    Op.FILLED: gettext_lazy("«%(left)s» đã được trả lời"),
    Op.EMPTY: gettext_lazy("«%(left)s» còn để trống"),
    Op.LEAST: gettext_lazy("«%(left)s» từ %(right)s trở lên"),
    Op.MOST: gettext_lazy("«%(left)s» nhiều nhất là %(right)s"),
    Op.MORE: gettext_lazy("«%(left)s» lớn hơn %(right)s"),
    Op.LESS: gettext_lazy("«%(left)s» nhỏ hơn %(right)s"),
}
OF_DAYS = {
    Op.LEAST: gettext_lazy("«%(left)s» không trước %(right)s"),
    Op.MOST: gettext_lazy("«%(left)s» không sau %(right)s"),
    Op.MORE: gettext_lazy("«%(left)s» sau %(right)s"),
    Op.LESS: gettext_lazy("«%(left)s» trước %(right)s"),
}


def path_words(content: Content, path: str) -> str:
    """ "child.birth_date" → "Trẻ: Ngày sinh"; the path itself when there is no such."""
    if path == TODAY:
        return _("hôm nay")
    code, _dot, part = path.partition(".")
    field = content.fields.get(code)
    if field is None:
        return path
    inside = next((box.label for box in field.inputs if box.path == path), "") if part else ""
    return f"{field.label}: {inside}" if inside else field.label


def condition_words(content: Content, condition: Condition | None) -> str:
    """ "" when there is no condition."""
    words = [clause_words(content, clause) for clause in condition.clauses] if condition else []
    joined = _(" hoặc ") if condition and condition.match == Match.ANY else _(" và ")
    return joined.join(words)


def clause_words(content: Content, clause: Clause) -> str:
    left = path_words(content, clause.field)
    if clause.years:
        left = _("%(left)s, cộng %(years)s năm") % {"left": left, "years": clause.years}
    if clause.days:
        left = _("%(left)s, cộng %(days)s ngày") % {"left": left, "days": clause.days}
    sentences = OF_DAYS if kind_at(content, clause.field) == Kind.DATE and clause.op in OF_DAYS else SENTENCES
    return str(sentences[clause.op]) % {"left": left, "right": _right_words(content, clause)}


def _right_words(content: Content, clause: Clause) -> str:
    if clause.other or clause.value == TODAY:
        words = path_words(content, clause.other or TODAY)
        return words if words == path_words(content, TODAY) else f"«{words}»"
    values = [clause.value] if isinstance(clause.value, str) else list(clause.value)
    return ", ".join(value_words(content, clause.field, value) for value in values)


def value_words(content: Content, path: str, value: str) -> str:
    """An answer as people read it: the words of a choice in «», a day as dd/mm/yyyy."""
    if day := typed(value, Kind.DATE) if kind_at(content, path) == Kind.DATE else None:
        return str(vndate(day))
    field = content.fields.get(path.partition(".")[0])
    if field and field.choices and "." not in path:
        return f"«{field.label_of(value)}»"
    return str(dict(Sex.choices).get(value, value)) if path.endswith(".sex") else value


# ---- what differs ------------------------------------------------------------------------------------------
@dataclass(frozen=True, kw_only=True)
class Change:
    """`kind` is "added", "removed" or "changed"."""

    kind: str
    text: str


LABELS = {
    "title": gettext_lazy("tên"), "label": gettext_lazy("lời hỏi"), "help": gettext_lazy("lời giải thích"),
    "need": gettext_lazy("bắt buộc hay không"), "kind": gettext_lazy("loại câu trả lời"),
    "shown_if": gettext_lazy("khi nào hỏi"), "choices": gettext_lazy("các lựa chọn"),
    "several": gettext_lazy("chọn một hay nhiều"), "parts": gettext_lazy("hỏi gì về người"),
    "role": gettext_lazy("vai trò"), "borrowed": gettext_lazy("cũng là người đã khai"),
    "columns": gettext_lazy("các cột"), "lines": gettext_lazy("số dòng"), "least": gettext_lazy("giới hạn"),
    "most": gettext_lazy("giới hạn"), "first": gettext_lazy("giới hạn"), "last": gettext_lazy("giới hạn"),
    "whole": gettext_lazy("số nguyên"), "unit": gettext_lazy("đơn vị"), "basis": gettext_lazy("căn cứ"),
    "pledge": gettext_lazy("lời cam đoan"), "message": gettext_lazy("lời báo"), "remedy": gettext_lazy("cách sửa"),
    "must": gettext_lazy("điều phải đúng"), "when": gettext_lazy("khi nào xét"),
    "blocks": gettext_lazy("chặn hay nhắc"),
    "field": gettext_lazy("báo ở mục nào"),
    "afterwards": gettext_lazy("việc phải làm sau khi nộp"),
    "confirms": gettext_lazy("chính người ấy xác nhận"),
    "related_by": gettext_lazy("mục ghi quan hệ"),
    "died_on": gettext_lazy("mục ghi ngày mất"),
    "in_words": gettext_lazy("ghi ngày bằng chữ"),
    "off_sheet": gettext_lazy("in hay không"),
    "lists_papers": gettext_lazy("in danh sách giấy tờ kèm theo"),
    "sheet": gettext_lazy("thứ tự trên giấy in"),
}  # fmt: skip


def changes(before: Content | None, after: Content) -> list[Change]:
    """What an administrator reads before publishing; everything is new when there was nothing before."""
    if before is None:
        return [Change(kind="added", text=_("Tờ khai mới."))]
    found = [
        Change(kind="changed", text=_("Phần đầu: %(what)s.") % {"what": what})
        for what in [_differing(before, after, ("title", "basis", "pledge", "afterwards", "lists_papers", "sheet"))]
        if what
    ]
    found += _of_things(_("Nhóm"), _by_code(before.groups, "title"), _by_code(after.groups, "title"))
    found += _of_things(_("Mục"), _labelled(before), _labelled(after))
    found += _order(before, after)
    found += _of_things(_("Quy tắc"), _by_code(before.rules, "code"), _by_code(after.rules, "code"))
    found += _of_things(_("Bài kiểm tra"), _named(before), _named(after))
    return found


def _by_code(things: Any, words: str) -> dict[str, tuple[str, Any]]:
    return {one.code: (getattr(one, words), one) for one in things}


def _named(content: Content) -> dict[str, tuple[str, Any]]:
    return {test.name: (test.name, test) for test in content.tests}


def _labelled(content: Content) -> dict[str, tuple[str, Field]]:
    return {code: (field.label, field) for code, field in content.fields.items()}


def _of_things(what: str, before: dict[str, tuple[str, Any]], after: dict[str, tuple[str, Any]]) -> Iterator[Change]:
    for code, (words, thing) in after.items():
        names = {"what": what, "words": words}
        if code not in before:
            yield Change(kind="added", text=_("Thêm – %(what)s «%(words)s».") % names)
        elif differing := _differing(before[code][1], thing, [one.name for one in fields(thing)]):
            names["changed"] = differing
            yield Change(kind="changed", text=_("Sửa – %(what)s «%(words)s»: %(changed)s.") % names)
    for code, (words, _thing) in before.items():
        if code not in after:
            yield Change(kind="removed", text=_("Bỏ – %(what)s «%(words)s».") % {"what": what, "words": words})


def _differing(before: Any, after: Any, names: Any) -> str:
    """The words for what differs; "nội dung" where there is none. Of a group its fields are told by themselves."""
    passed_over = {"fields"} if isinstance(after, Group) else set()
    differing = [name for name in names if name not in passed_over and getattr(before, name) != getattr(after, name)]
    return ", ".join(dict.fromkeys(str(LABELS.get(name, _("nội dung"))) for name in differing))


def _order(before: Content, after: Content) -> Iterator[Change]:
    both = set(before.fields) & set(after.fields)
    orders = [[code for code in content.fields if code in both] for content in (before, after)]
    places = [{code: content.group_of[code].code for code in both} for content in (before, after)]
    if orders[0] != orders[1] or places[0] != places[1]:
        yield Change(kind="changed", text=_("Đổi thứ tự hoặc nhóm của các mục."))

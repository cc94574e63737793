"""A flow in words, for who edits it: conditions as sentences, what differs between two flows."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any

from django.utils.translation import gettext as _

from thanthien.guidance.rules.content import FlowContent, When


def when_words(flow: FlowContent, conditions: tuple[When, ...]) -> str:
    """ "" when there is no condition."""
    return _(" và ").join(_one(flow, when) for when in conditions)


def _one(flow: FlowContent, when: When) -> str:
    question = next((one for one in flow.questions if one.code == when.question), None)
    labels = {answer.code: answer.label for answer in question.answers} if question else {}
    said = _(" hoặc ").join(f"«{labels.get(code, code)}»" for code in when.answers)
    return _("«%(question)s» trả lời %(answers)s") % {
        "question": question.text if question else when.question,
        "answers": said,
    }


@dataclass(frozen=True, kw_only=True)
class Change:
    """`kind` is "added", "removed" or "changed"."""

    kind: str
    text: str


def changes(before: FlowContent | None, after: FlowContent) -> list[Change]:
    """What an administrator reads before bringing a flow into use."""
    if before is None:
        return [Change(kind="added", text=_("Luồng mới."))]
    found = []
    if (before.title, before.lead, before.life_event) != (after.title, after.lead, after.life_event):
        found.append(Change(kind="changed", text=_("Đổi tên, lời dẫn hoặc việc của đời người.")))
    if before.icon != after.icon:
        found.append(Change(kind="changed", text=_("Đổi hình bên cạnh tên.")))
    lists = [
        (_("Câu hỏi"), {one.code: (one.text, one) for one in before.questions},
         {one.code: (one.text, one) for one in after.questions}),
        (_("Thủ tục"), _by_words(before.outcomes, "procedure"), _by_words(after.outcomes, "procedure")),
        (_("Lời dặn"), _by_words(before.advice, "text"), _by_words(after.advice, "text")),
        (_("Bài kiểm tra"), _by_words(before.tests, "name"), _by_words(after.tests, "name")),
    ]  # fmt: skip
    for what, old, new in lists:
        found += _of_things(what, old, new)
    both = {one.code for one in before.questions} & {one.code for one in after.questions}
    orders = [[one.code for one in flow.questions if one.code in both] for flow in (before, after)]
    if orders[0] != orders[1]:
        found.append(Change(kind="changed", text=_("Đổi thứ tự các câu hỏi.")))
    return found


def _by_words(things: Any, name: str) -> dict[str, tuple[str, Any]]:
    """A second one of the same words has its place in the key."""
    found: dict[str, tuple[str, Any]] = {}
    for place, one in enumerate(things):
        words = getattr(one, name)
        found[words if words not in found else f"{words} {place}"] = (words, one)
    return found


def _of_things(what: str, before: dict[str, tuple[str, Any]], after: dict[str, tuple[str, Any]]) -> Iterator[Change]:
    for key, (words, thing) in after.items():
        names = {"what": what, "words": words}
        if key not in before:
            yield Change(kind="added", text=_("Thêm – %(what)s «%(words)s».") % names)
        elif any(getattr(before[key][1], one.name) != getattr(thing, one.name) for one in fields(thing)):
            yield Change(kind="changed", text=_("Sửa – %(what)s «%(words)s».") % names)
    for key, (words, _thing) in before.items():
        if key not in after:
            yield Change(kind="removed", text=_("Bỏ – %(what)s «%(words)s».") % {"what": what, "words": words})

"""What the buttons of the editor do: "up field:way". Each gives the new content and what was done, as a sentence."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from thanthien.core.rules import Refused
from thanthien.declarations.rules import editing
from thanthien.declarations.rules.content import Content
from thanthien.declarations.rules.testing import recorded_again, run_tests

Done = tuple[Content, str]


def carried_out(content: Content, order: str) -> Done:
    """`order` is a verb and what it is about. Raises `Refused` when there is no such (any more)."""
    verb, _space, thing = order.partition(" ")
    what, _colon, code = thing.partition(":")
    act = ORDERS.get((verb, what))
    if act is None:
        raise Refused(_("Trang này đã cũ hoặc gửi thiếu. Ông/bà vui lòng mở lại trang và thử lần nữa."))
    try:
        return act(content, code)
    except LookupError:
        raise Refused(_("Mục này không còn trong bản đang soạn. Xin xem lại.")) from None


def _moved_group(step: int) -> Callable[[Content, str], Done]:
    def move(content: Content, code: str) -> Done:
        said = _("chuyển nhóm «%(words)s».") % {"words": _group(content, code).title}
        return editing.moved_group(content, code, step), said

    return move


def _moved_field(step: int) -> Callable[[Content, str], Done]:
    def move(content: Content, code: str) -> Done:
        said = _("chuyển mục «%(words)s».") % {"words": content.fields[code].label}
        return editing.moved_field(content, code, step), said

    return move


def _remove_group(content: Content, code: str) -> Done:
    return editing.without_group(content, code), _("xóa nhóm «%(words)s».") % {"words": _group(content, code).title}


def _remove_field(content: Content, code: str) -> Done:
    return editing.without_field(content, code), _("xóa mục «%(words)s».") % {"words": content.fields[code].label}


def _remove_rule(content: Content, code: str) -> Done:
    found = next(rule for rule in [*content.rules, None] if rule is None or rule.code == code)
    if found is None:
        raise LookupError(code)
    return editing.without_rule(content, code), _("xóa quy tắc «%(words)s».") % {"words": found.message}


def _remove_test(content: Content, place: str) -> Done:
    test = _test(content, place)
    return editing.without_test(content, test.name), _("xóa bài kiểm tra «%(words)s».") % {"words": test.name}


def _record_test(content: Content, place: str) -> Done:
    test = _test(content, place)
    said = _("ghi lại bài kiểm tra «%(words)s».") % {"words": test.name}
    return editing.with_test(content, recorded_again(content, test)), said


def _record_failing(content: Content, _all: str) -> Done:
    """All whose outcome is another now; only for who has read what changed."""
    failing = {outcome.name for outcome in run_tests(content) if outcome.faults}
    for test in [one for one in content.tests if one.name in failing]:
        content = editing.with_test(content, recorded_again(content, test))
    return content, _("ghi lại %(count)s bài kiểm tra.") % {"count": len(failing)}


def _group(content: Content, code: str) -> Any:
    group = content.group(code)
    if group is None:
        raise LookupError(code)
    return group


def _test(content: Content, place: str) -> Any:
    """By its place in the list, from 1."""
    if not (place.isascii() and place.isdigit() and 0 < int(place[:6]) <= len(content.tests)):
        raise LookupError(place)
    return content.tests[int(place) - 1]


ORDERS: dict[tuple[str, str], Callable[[Content, str], Done]] = {
    ("up", "group"): _moved_group(-1),
    ("down", "group"): _moved_group(1),
    ("up", "field"): _moved_field(-1),
    ("down", "field"): _moved_field(1),
    ("remove", "group"): _remove_group,
    ("remove", "field"): _remove_field,
    ("remove", "rule"): _remove_rule,
    ("remove", "test"): _remove_test,
    ("record", "test"): _record_test,
    ("record", "failing"): _record_failing,
}

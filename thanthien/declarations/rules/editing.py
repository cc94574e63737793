"""Changing a content piece by piece, as the editor does. Pure: each gives a new content, which may not hang together
yet (`structure.faults_of` says why). Nobody who edits sees a code: codes are made from the words and then stay."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from typing import Any

from thanthien.core.reading import code_from
from thanthien.declarations.enums import Kind, Need, Part, PersonRole
from thanthien.declarations.rules.content import (
    TODAY,
    Choice,
    Condition,
    Content,
    CrossRule,
    Field,
    Group,
    LogicTest,
    PartOf,
)

# Names that the pages on which a form is filled in send themselves.
NAMES_OF_PAGES = frozenset(
    ("accept", "asked", "do", "idempotency_key", "more", "next", "save", "scan", "test_name", "token", "upload")
)
PLEDGE = (
    "Tôi cam đoan những nội dung khai trên đây là đúng sự thật và chịu trách nhiệm trước pháp luật "
    "về cam đoan của mình."
)


def new_code(words: str, taken: Collection[str], instead: str = "muc") -> str:
    """A code from words that is nobody's yet: "Số bản sao" → "so_ban_sao"."""
    return code_from(words, {*taken, TODAY, *NAMES_OF_PAGES}, instead)


def new_rule_code(content: Content) -> str:
    """The next of the form's own: KS-09 → KS-10; a form without rules begins with QT-01."""
    codes = [rule.code for rule in content.rules]
    prefix = codes[0].partition("-")[0] if codes else "QT"
    number = len(codes) + 1
    while f"{prefix}-{number:02d}" in codes:
        number += 1
    return f"{prefix}-{number:02d}"


def first_content(title: str) -> Content:
    """What a new form begins with: who asks."""
    parts = [(Part.FULL_NAME, Need.REQUIRED), (Part.PERSONAL_ID, Need.RECOMMENDED), (Part.BIRTH_DATE, Need.OPTIONAL)]
    parts += [(Part.ADDRESS, Need.REQUIRED), (Part.PHONE, Need.OPTIONAL)]
    requester = Field(
        code="requester", kind=Kind.PERSON, label="Người yêu cầu", need=Need.REQUIRED, role=PersonRole.REQUESTER,
        parts=tuple(PartOf(code=code, need=need) for code, need in parts),
    )  # fmt: skip
    group = Group(code="requester_group", title="Người yêu cầu", fields=(requester,))
    return Content(title=title[:300], pledge=PLEDGE, groups=(group,))


# ---- groups and fields -------------------------------------------------------------------------------------
def with_group(content: Content, group: Group) -> Content:
    """In the place of the one of its code; a new one comes last."""
    return replace(content, groups=_put(content.groups, group, lambda one: one.code == group.code))


def with_field(content: Content, field: Field, group: str) -> Content:
    """In the place of the one of its code; new, or from another group, it comes last in its group."""
    stays = field.code in content.fields and content.group_of[field.code].code == group
    rest = content if stays else without_field(content, field.code)
    return _each_group(
        rest,
        lambda one: _put(one.fields, field, lambda old: old.code == field.code) if one.code == group else one.fields,
    )


def without_group(content: Content, code: str) -> Content:
    return replace(content, groups=tuple(group for group in content.groups if group.code != code))


def without_field(content: Content, code: str) -> Content:
    return _each_group(content, lambda group: tuple(field for field in group.fields if field.code != code))


def moved_group(content: Content, code: str, step: int) -> Content:
    return replace(content, groups=_moved(content.groups, code, step))


def moved_field(content: Content, code: str, step: int) -> Content:
    """Up or down by one; at the end of a group into the next one."""
    group = content.group_of.get(code)
    if group is None:
        return content
    place = [field.code for field in group.fields].index(code) + step
    if 0 <= place < len(group.fields):
        return with_group(content, replace(group, fields=_moved(group.fields, code, step)))
    beside = content.groups.index(group) + step
    if not 0 <= beside < len(content.groups):
        return content
    there, field = content.groups[beside], content.fields[code]
    fields = (field, *there.fields) if step > 0 else (*there.fields, field)
    return with_group(without_field(content, code), replace(there, fields=fields))


def _each_group(content: Content, fields: Callable[[Group], tuple[Field, ...]]) -> Content:
    return replace(content, groups=tuple(replace(group, fields=fields(group)) for group in content.groups))


def _put(things: tuple[Any, ...], new: Any, is_same: Callable[[Any], bool]) -> tuple[Any, ...]:
    if any(map(is_same, things)):
        return tuple(new if is_same(one) else one for one in things)
    return (*things, new)


def _moved(things: tuple[Any, ...], code: str, step: int) -> tuple[Any, ...]:
    found = list(things)
    place = next((at for at, one in enumerate(found) if one.code == code), None)
    if place is None or not 0 <= place + step < len(found):
        return things
    found.insert(place + step, found.pop(place))
    return tuple(found)


# ---- rules and tests ---------------------------------------------------------------------------------------
def with_rule(content: Content, rule: CrossRule) -> Content:
    return replace(content, rules=_put(content.rules, rule, lambda one: one.code == rule.code))


def without_rule(content: Content, code: str) -> Content:
    return replace(content, rules=tuple(rule for rule in content.rules if rule.code != code))


def with_test(content: Content, test: LogicTest) -> Content:
    """In the place of the one of its name; a new one comes last."""
    return replace(content, tests=_put(content.tests, test, lambda one: one.name == test.name))


def without_test(content: Content, name: str) -> Content:
    return replace(content, tests=tuple(test for test in content.tests if test.name != name))


# ---- choices, one per line ---------------------------------------------------------------------------------
def choices_from(lines: Sequence[str], before: tuple[Choice, ...]) -> tuple[Choice, ...]:
    """Choices by their words. Who kept its words keeps its code; a line that was only reworded, in its place, too; so
    that conditions, rules and answers that were given go on to fit."""
    kept = {choice.label: choice.code for choice in before}
    at_place = [choice.code if choice.label not in lines else "" for choice in before] if before else []
    codes: list[str] = []
    for place, line in enumerate(lines):
        same_place = at_place[place] if len(lines) == len(before) else ""
        code = kept.get(line) or same_place
        codes.append(code if code and code not in codes else "")
    taken = {choice.code for choice in before} | set(codes)
    for place, line in enumerate(lines):
        if not codes[place]:
            codes[place] = new_code(line, taken, "chon")
            taken.add(codes[place])
    return tuple(Choice(code=code, label=line) for code, line in zip(codes, lines, strict=True))


# ---- who looks at whom -------------------------------------------------------------------------------------
def users_of(content: Content, codes: Collection[str]) -> list[str]:
    """Who looks at these fields from outside of them: labels of groups and fields, codes of rules, names of tests."""
    found: list[str] = []
    for group in content.groups:
        own = [field for field in group.fields if field.code not in codes]
        found += [group.title] if _looks(group.shown_if, codes) and own else []
        found += [field.label for field in own if _looks(field.shown_if, codes) or _takes(field, codes)]
    for rule in content.rules:
        if rule.field.partition(".")[0] in codes or _looks(rule.must, codes) or _looks(rule.when, codes):
            found.append(rule.code)
    found += [test.name for test in content.tests if codes_in(test) & set(codes)]
    return found


def codes_in(test: LogicTest) -> set[str]:
    return {*test.shown, *test.hidden, *test.answers}


def _looks(condition: Condition | None, codes: Collection[str]) -> bool:
    paths = [path for clause in condition.clauses for path in (clause.field, clause.other)] if condition else []
    return any(path.partition(".")[0] in codes for path in paths)


def _takes(field: Field, codes: Collection[str]) -> bool:
    ties = {field.died_on, field.related_by}
    return bool(ties & set(codes)) or any({one.field, one.person} & set(codes) for one in field.borrowed)

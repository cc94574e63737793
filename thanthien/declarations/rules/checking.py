"""The pre-check: the same answers on the same day always have the same problems, each with its code and remedy.

Before submitting online, at the counter, and again when somebody looks at the declaration later.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from thanthien.core import rough_dates
from thanthien.core.text import clean
from thanthien.declarations.enums import AddressPart, Code, Kind, Need, Part
from thanthien.declarations.rules.asking import asked_answers, shown
from thanthien.declarations.rules.conditions import Answers, holds, is_empty, typed
from thanthien.declarations.rules.content import DATE_PARTS, TODAY, Content, CrossRule, Field, PartOf
from thanthien.people import rules as people_rules
from thanthien.people.enums import Sex
from thanthien.ui.words import number as number_words
from thanthien.ui.words import vndate

LONGEST, MOST_ROWS, EARLIEST_YEAR = 2000, 50, 1850
CLEANERS: dict[str, Callable[[str], str]] = {
    Part.FULL_NAME: people_rules.clean_full_name,
    Part.PERSONAL_ID: people_rules.clean_personal_id,
    Part.PHONE: people_rules.clean_phone,
    Part.EMAIL: people_rules.clean_email,
}


@dataclass(frozen=True, kw_only=True)
class Problem:
    """`field` is a path; `message` says what is wrong, `remedy` how to mend it. Only what `blocks` stops a filing."""

    code: str
    field: str
    message: str
    remedy: str
    blocks: bool = True

    def __str__(self) -> str:
        return f"{self.code} {self.field}"


def check(content: Content, answers: Answers, today: date, group: str = "") -> list[Problem]:
    """All problems in the order of the form, then those of the form's own rules; with `group` only those of its fields.

    What was answered to questions that are not asked is not looked at.
    """
    asked, told = shown(content, answers), asked_answers(content, answers)
    found: list[Problem] = []
    for field in content.fields.values():
        if field.code in asked and group in ("", content.group_of[field.code].code):
            found += _of_field(field, told.get(field.code), today)
    for rule in content.rules:
        owner = rule.field.partition(".")[0]
        if owner in asked and group in ("", content.group_of[owner].code) and _is_broken(rule, content, told, today):
            found.append(_of_rule(rule))
    return found


def _is_broken(rule: CrossRule, content: Content, told: Answers, today: date) -> bool:
    applies = rule.when is None or holds(rule.when, content, told, today) is True
    return applies and holds(rule.must, content, told, today) is False


def _of_rule(rule: CrossRule) -> Problem:
    return Problem(
        code=rule.code, field=rule.field, message=rule.message, remedy=rule.remedy, blocks=rule.blocks
    )  # fmt: skip


# ---- one field -------------------------------------------------------------------------------------------
def _of_field(field: Field, raw: Any, today: date) -> Iterator[Problem]:
    """Of a person or a place that is needed and of which nothing was said, each missing part is named."""
    if is_empty(raw) and not (field.kind in (Kind.PERSON, Kind.ADDRESS) and field.need == Need.REQUIRED):
        yield from _empty(field.need, field.code, field.label, field.help)
    else:
        yield from KINDS[field.kind](field, raw, today)


def _empty(need: Need, path: str, label: str, hint: str = "") -> Iterator[Problem]:
    if need == Need.REQUIRED:
        message, code = _("Còn thiếu: %(label)s.") % {"label": label}, Code.MISSING
    elif need == Need.RECOMMENDED:
        message, code = _("Nên có: %(label)s.") % {"label": label}, Code.ADVISED
    else:
        return
    remedy = hint or _("Xin ghi theo giấy tờ; nếu chưa rõ, cán bộ tiếp nhận sẽ giúp ông/bà.")
    yield Problem(code=str(code), field=path, message=message, remedy=remedy, blocks=need == Need.REQUIRED)


def _wrong(code: Code, path: str, message: str, remedy: str) -> Problem:
    return Problem(code=str(code), field=path, message=message, remedy=remedy)


def _text(field: Field, raw: Any, today: date) -> Iterator[Problem]:
    yield from _said(field.code, field.label, raw, field.most or LONGEST)


def _said(path: str, label: str, raw: Any, most: int = LONGEST) -> Iterator[Problem]:
    words = {"label": label, "most": most}
    if not isinstance(raw, str):
        yield _wrong(Code.FORMAT, path, _("%(label)s phải là chữ.") % words, _("Xin ghi lại."))
    elif len(raw) > most:
        yield _wrong(Code.RANGE, path, _("%(label)s dài quá %(most)s ký tự.") % words, _("Xin viết ngắn lại."))


def _number(field: Field, raw: Any, today: date) -> Iterator[Problem]:
    value = typed(raw, Kind.NUMBER)
    if value is None or (field.whole and value != value.to_integral_value()):
        remedy = _("Xin ghi bằng chữ số, ví dụ 12.") if field.whole else _("Xin ghi bằng chữ số, ví dụ 12,5.")
        yield _wrong(Code.FORMAT, field.code, _("%(label)s phải là số.") % {"label": field.label}, remedy)
    elif field.least is not None and value < field.least:
        yield _out(field, _("Không nhỏ hơn %(number)s.") % {"number": number_words(field.least)})
    elif field.most is not None and value > field.most:
        yield _out(field, _("Không lớn hơn %(number)s.") % {"number": number_words(field.most)})


def _date(field: Field, raw: Any, today: date) -> Iterator[Problem]:
    days = _days(raw, field.rough_dates)
    first, last = (today if end == TODAY else typed(end, Kind.DATE) for end in (field.first, field.last))
    if days is None or days[0].year < EARLIEST_YEAR:
        yield _no_day(field.code, field.label)
    elif first and days[1] < first:
        yield _out(field, _("Từ ngày %(day)s trở đi.") % {"day": vndate(first)})
    elif last and days[0] > last:
        yield _out(field, _("Đến ngày %(day)s là muộn nhất.") % {"day": vndate(last)})


def _days(raw: Any, is_rough: bool) -> tuple[date, date] | None:
    """The first and the last day that is meant: the same, but for a rough date where one will do."""
    day = typed(raw, Kind.DATE)
    return (day, day) if day else rough_dates.span(raw) if is_rough and isinstance(raw, str) else None


def _no_day(path: str, label: str) -> Problem:
    message = _("%(label)s: ngày này không có trên lịch.") % {"label": label}
    return _wrong(Code.FORMAT, path, message, _("Xin ghi ngày/tháng/năm, ví dụ 27/11/2026."))


def _out(field: Field, remedy: str) -> Problem:
    message = _("%(label)s nằm ngoài khoảng cho phép.") % {"label": field.label}
    return _wrong(Code.RANGE, field.code, message, remedy)


def _choice(field: Field, raw: Any, today: date) -> Iterator[Problem]:
    given = raw if isinstance(raw, list) else [raw]
    known = {choice.code for choice in field.choices}
    if (isinstance(raw, list) and not field.several) or not all(isinstance(one, str) and one in known for one in given):
        message = _("%(label)s: câu trả lời không có trong danh sách.") % {"label": field.label}
        yield _wrong(Code.CHOICE, field.code, message, _("Xin chọn lại một mục trong danh sách."))


def _address(field: Field, raw: Any, today: date) -> Iterator[Problem]:
    told = raw if isinstance(raw, Mapping) else {}
    for part in AddressPart:
        need = field.need if part != AddressPart.DETAIL else Need.OPTIONAL
        if is_empty(said := told.get(part)):
            yield from _empty(need, f"{field.code}.{part}", f"{field.label}: {part.label}")
        else:
            yield from _said(f"{field.code}.{part}", f"{field.label}: {part.label}", said, 300)


def _file(field: Field, raw: Any, today: date) -> Iterator[Problem]:
    if not isinstance(raw, list):
        message = _("%(label)s chưa nhận được tệp.") % {"label": field.label}
        yield _wrong(Code.FORMAT, field.code, message, _("Xin gửi lại tệp."))


def _table(field: Field, raw: Any, today: date) -> Iterator[Problem]:
    rows = raw if isinstance(raw, list) else []
    most = min(field.most or MOST_ROWS, MOST_ROWS)
    if len(rows) > most:
        yield _out(field, _("Nhiều nhất %(most)s dòng.") % {"most": most})
    for place, row in enumerate(rows[:most], 1):
        for column in field.columns:
            label = _("%(label)s, dòng %(place)s: %(column)s") % {
                "label": field.label,
                "place": place,
                "column": column.label,
            }
            yield from _cell(field, column, row.get(column.code) if isinstance(row, Mapping) else None, label)


def _cell(field: Field, column: Any, said: Any, label: str) -> Iterator[Problem]:
    if is_empty(said):
        yield from _empty(column.need, field.code, label)
    elif column.kind == Kind.DATE and typed(said, Kind.DATE) is None:
        yield _no_day(field.code, label)
    elif column.kind == Kind.NUMBER and typed(said, Kind.NUMBER) is None:
        message = _("%(label)s phải là số.") % {"label": label}
        yield _wrong(Code.FORMAT, field.code, message, _("Xin ghi bằng chữ số, ví dụ 12."))
    elif column.kind == Kind.TEXT:
        yield from _said(field.code, label, said, 300)


# ---- a person --------------------------------------------------------------------------------------------
def _person(field: Field, raw: Any, today: date) -> Iterator[Problem]:
    told = raw if isinstance(raw, Mapping) else {}
    if not told and not is_empty(raw):
        yield _wrong(Code.FORMAT, field.code, _("%(label)s chưa đúng.") % {"label": field.label}, _("Xin ghi lại."))
    for part in field.parts:
        path, said = f"{field.code}.{part.code}", told.get(str(part.code))
        if is_empty(said):
            yield from _empty(part.need, path, f"{field.label}: {part.words}")
        else:
            yield from _of_part(field, part, said, today)
    yield from _number_fits(field, told)


def _of_part(field: Field, part: PartOf, said: Any, today: date) -> Iterator[Problem]:
    path, label = f"{field.code}.{part.code}", f"{field.label}: {part.words}"
    if part.code in DATE_PARTS:
        is_rough = field.rough_dates and part.code == Part.BIRTH_DATE
        yield from _day_of_person(path, label, _days(said, is_rough), today)
    elif part.code == Part.SEX and said not in Sex.values:
        yield _wrong(Code.CHOICE, path, _("%(label)s chưa chọn.") % {"label": label}, _("Xin chọn nam hoặc nữ."))
    elif not isinstance(said, str) or len(said) > 300:
        yield from _said(path, label, said, 300)
    elif fault := _fault_in(str(part.code), said):
        yield _wrong(Code.FORMAT, path, fault, _("Xin xem lại theo giấy tờ tùy thân."))


def _day_of_person(path: str, label: str, days: tuple[date, date] | None, today: date) -> Iterator[Problem]:
    if days is None:
        yield _no_day(path, label)
        return
    try:
        people_rules.clean_birth_date(days[0], today=today)
    except ValidationError as error:
        yield _wrong(Code.RANGE, path, error.messages[0], _("Xin xem lại theo giấy tờ tùy thân."))


def _fault_in(part: str, said: str) -> str:
    try:
        CLEANERS.get(part, str)(said)
    except ValidationError as error:
        return error.messages[0]
    return ""


def _number_fits(field: Field, told: Mapping[str, Any]) -> Iterator[Problem]:
    """Birth year and sex against the personal number: only a warning (DOMAIN 10.2)."""
    number, sex = (str(told.get(name) or "") for name in ("personal_id", "sex"))
    born = _days(told.get("birth_date") or "", field.rough_dates)
    for warning in people_rules.check_personal_id(number, born and born[0], sex if sex in Sex.values else ""):
        remedy = _("Xin xem lại thẻ căn cước; nếu thẻ ghi như vậy thì cứ tiếp tục.")
        yield Problem(
            code=str(Code.PERSON), field=f"{field.code}.{warning.field}", message=warning.text, remedy=remedy,
            blocks=False,
        )  # fmt: skip


KINDS: dict[Kind, Callable[[Field, Any, date], Iterator[Problem]]] = {
    Kind.TEXT: _text,
    Kind.NUMBER: _number,
    Kind.DATE: _date,
    Kind.CHOICE: _choice,
    Kind.PERSON: _person,
    Kind.ADDRESS: _address,
    Kind.FILE: _file,
    Kind.TABLE: _table,
}


# ---- tidying ---------------------------------------------------------------------------------------------
def cleaned(content: Content, answers: Answers) -> dict[str, Any]:
    """What is kept: answers to asked questions only, tidied (NFC, names, numbers, phones), nothing empty.

    What cannot be read stays as it was typed, so that `check` can say so and the person can mend it.
    """
    told = asked_answers(content, answers)
    tidied = {code: _tidied(content.fields[code], raw) for code, raw in told.items()}
    return {code: value for code, value in tidied.items() if not is_empty(value)}


def _tidied(field: Field, raw: Any) -> Any:
    if isinstance(raw, Mapping):
        return {str(name): tidy for name, said in raw.items() if (tidy := _tidied_part(field, str(name), said))}
    if field.kind == Kind.TABLE and isinstance(raw, list):
        rows = [{name: _tidied_text(said) for name, said in row.items()} for row in raw if isinstance(row, Mapping)]
        return [row for row in rows if not is_empty(row)]
    return _tidied_text(raw)


def _tidied_text(raw: Any) -> Any:
    if isinstance(raw, str):
        return "\n".join(filter(None, map(clean, raw.splitlines())))
    return raw


def _tidied_part(field: Field, name: str, said: Any) -> Any:
    words = _tidied_text(said)
    if field.kind == Kind.PERSON and isinstance(words, str):
        try:
            return CLEANERS.get(name, str)(words)
        except ValidationError:
            pass
    return words

"""What a questionnaire may be, and how it is read.

A survey's content is data: `{"title", "intro", "thanks", "questions", "reasons"}`. Texts are `{"vi": …, "en": …}`, of
which only Vietnamese is needed. A question: `key`, `text`, `scale` (a built-in one by name) or its own `options`,
`look`, `element` (SIPAS), `topic` (NĐ 61/2018 Điều 31), `required`, `overall`. An option: `value`, `label`,
`is_satisfied`, `sign` (an icon). Exactly one question is the overall one: it decides whether somebody is satisfied.
"""

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from thanthien.core.rules import Refused
from thanthien.core.text import clean
from thanthien.satisfaction.enums import Channel, Element, Look, Topic

DATA = Path(__file__).resolve().parents[1] / "data"
KEY = re.compile(r"[a-z][a-z0-9-]{0,39}")
SIGN = re.compile(r"[a-z0-9-]{0,40}")
MOST_QUESTIONS, MOST_OPTIONS, MOST_REASONS, LONGEST = 40, 9, 12, 500


@dataclass(frozen=True, kw_only=True)
class Option:
    value: int
    label: str
    is_satisfied: bool
    sign: str
    key: int  # the digit that chooses it on a keyboard


@dataclass(frozen=True, kw_only=True)
class Question:
    key: str
    text: str
    look: str
    element: str
    topic: str
    required: bool
    overall: bool
    options: tuple[Option, ...]

    def option(self, value: int) -> Option | None:
        return next((option for option in self.options if option.value == value), None)


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A questionnaire in the language of who reads it."""

    title: str
    intro: str
    thanks: str
    questions: tuple[Question, ...]
    reasons: tuple[tuple[str, str], ...]

    @property
    def overall(self) -> Question:
        return next(question for question in self.questions if question.overall)


@cache
def built_in_scales() -> dict[str, dict[str, Any]]:
    scales: dict[str, dict[str, Any]] = json.loads((DATA / "scales.json").read_text())
    return scales


def built_in_surveys() -> list[dict[str, Any]]:
    surveys: list[dict[str, Any]] = json.loads((DATA / "surveys.json").read_text())
    return surveys


# ---- reading -----------------------------------------------------------------------------------------------
def sheet_of(content: dict[str, Any], *, language: str = "") -> Sheet:
    """`language`: "" for that of the page; what is not translated is said in Vietnamese."""
    tongue = language or get_language() or "vi"
    return Sheet(
        title=_said(content["title"], tongue),
        intro=_said(content.get("intro"), tongue),
        thanks=_said(content.get("thanks"), tongue),
        questions=tuple(_question(one, tongue) for one in content["questions"]),
        reasons=tuple((one["code"], _said(one["text"], tongue)) for one in content.get("reasons", [])),
    )


def _question(one: dict[str, Any], tongue: str) -> Question:
    scale = built_in_scales().get(one.get("scale", ""), one)
    return Question(
        key=one["key"], text=_said(one["text"], tongue), look=scale["look"], element=one.get("element", ""),
        topic=one.get("topic", ""), required=one.get("required", False), overall=one.get("overall", False),
        options=tuple(
            Option(
                value=option["value"], label=_said(option["label"], tongue), is_satisfied=option["is_satisfied"],
                sign=option.get("sign", ""), key=place,
            )
            for place, option in enumerate(scale["options"], 1)
        ),
    )  # fmt: skip


def _said(text: Any, tongue: str) -> str:
    return "" if not text else str(text.get(tongue) or text["vi"])


# ---- judging what somebody wrote or imported -----------------------------------------------------------------
def checked_content(content: Any) -> dict[str, Any]:
    """The content with nothing in it that is not known here. Raises `Refused` with what is wrong, and where."""
    if not isinstance(content, dict):
        raise Refused(_("Tệp này không phải một phiếu khảo sát."))
    questions = content.get("questions")
    if not isinstance(questions, list) or not questions:
        raise Refused(_("Phiếu cần ít nhất một câu hỏi."))
    if len(questions) > MOST_QUESTIONS:
        raise Refused(_("Phiếu có nhiều nhất %(most)s câu hỏi.") % {"most": MOST_QUESTIONS})
    checked = [_checked_question(one, place) for place, one in enumerate(questions, 1)]
    _check_keys(checked)
    return {
        "title": _text(content.get("title"), _("Tên phiếu")),
        "intro": _text(content.get("intro"), _("Lời mở đầu"), needed=False),
        "thanks": _text(content.get("thanks"), _("Lời cảm ơn"), needed=False),
        "questions": checked,
        "reasons": _checked_reasons(content.get("reasons") or []),
    }


def _check_keys(questions: list[dict[str, Any]]) -> None:
    keys = [one["key"] for one in questions]
    if len(set(keys)) < len(keys):
        raise Refused(_("Hai câu hỏi có cùng mã. Mỗi câu cần một mã riêng."))
    overall = [one for one in questions if one["overall"]]
    if len(overall) != 1:
        raise Refused(_("Phiếu cần đúng một câu hỏi chung: câu đó cho biết người trả lời có hài lòng hay không."))
    overall[0]["required"] = True


def _checked_question(one: Any, place: int) -> dict[str, Any]:
    where = _("Câu %(place)s") % {"place": place}
    if not isinstance(one, dict) or not KEY.fullmatch(str(one.get("key", ""))):
        raise Refused(_("%(where)s: mã câu hỏi viết bằng chữ thường không dấu, số và dấu gạch nối.") % {"where": where})
    checked = {"key": one["key"], "text": _text(one.get("text"), where)}
    for name, choices in (("element", Element.values), ("topic", Topic.values)):
        checked[name] = one.get(name) or ""
        if checked[name] and checked[name] not in choices:
            raise Refused(_("%(where)s: không có nội dung “%(name)s”.") % {"where": where, "name": checked[name]})
    checked |= {"required": bool(one.get("required")), "overall": bool(one.get("overall"))}
    return checked | _checked_scale(one, where)


def _checked_scale(one: dict[str, Any], where: str) -> dict[str, Any]:
    if one.get("scale"):
        if one["scale"] not in built_in_scales():
            raise Refused(_("%(where)s: không có thang “%(scale)s”.") % {"where": where, "scale": one["scale"]})
        return {"scale": one["scale"]}
    options = one.get("options")
    if not isinstance(options, list) or not 2 <= len(options) <= MOST_OPTIONS or one.get("look") not in Look.values:
        raise Refused(
            _("%(where)s: thang đánh giá cần từ 2 đến %(most)s mức.") % {"where": where, "most": MOST_OPTIONS}
        )
    checked = [_checked_option(option, where) for option in options]
    values = [option["value"] for option in checked]
    if len(set(values)) < len(values) or values != sorted(values, reverse=True):
        raise Refused(_("%(where)s: các mức xếp từ cao đến thấp, không trùng điểm.") % {"where": where})
    if len({option["is_satisfied"] for option in checked}) < 2:
        raise Refused(_("%(where)s: thang cần có mức hài lòng và mức chưa hài lòng.") % {"where": where})
    return {"look": one["look"], "options": checked}


def _checked_option(option: Any, where: str) -> dict[str, Any]:
    value = option.get("value") if isinstance(option, dict) else None
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= 100:
        raise Refused(_("%(where)s: điểm của mỗi mức là số nguyên từ 0 đến 100.") % {"where": where})
    sign = str(option.get("sign") or "")
    return {
        "value": value, "label": _text(option.get("label"), where), "is_satisfied": bool(option.get("is_satisfied")),
        "sign": sign if SIGN.fullmatch(sign) else "",
    }  # fmt: skip


def _checked_reasons(reasons: Any) -> list[dict[str, Any]]:
    if not isinstance(reasons, list) or len(reasons) > MOST_REASONS:
        raise Refused(_("Phiếu có nhiều nhất %(most)s lý do.") % {"most": MOST_REASONS})
    checked = []
    for place, one in enumerate(reasons, 1):
        where = _("Lý do %(place)s") % {"place": place}
        if not isinstance(one, dict) or not KEY.fullmatch(str(one.get("code", ""))):
            raise Refused(_("%(where)s: mã viết bằng chữ thường không dấu, số và dấu gạch nối.") % {"where": where})
        checked.append({"code": one["code"], "text": _text(one.get("text"), where)})
    return checked


def _text(text: Any, where: Any, *, needed: bool = True) -> dict[str, str]:
    """ "…" or {"vi": …, "en": …}, cleaned."""
    said = {"vi": text} if isinstance(text, str) else text if isinstance(text, dict) else {}
    kept = {tongue: clean(str(said.get(tongue) or ""))[:LONGEST] for tongue in ("vi", "en")}
    if needed and not kept["vi"]:
        raise Refused(_("%(where)s: còn thiếu lời tiếng Việt.") % {"where": where})
    return {tongue: words for tongue, words in kept.items() if words or tongue == "vi"}


def checked_channels(channels: Any) -> list[str]:
    return [channel for channel in Channel.values if channel in (channels or [])]

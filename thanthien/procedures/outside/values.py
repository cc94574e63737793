"""Reading values that somebody else wrote: null, absent, of another type, with marks apart, tabs, tags."""

import html
import math
import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal, InvalidOperation
from typing import Any

Raw = Mapping[str, Any]

VIETNAM = timezone(timedelta(hours=7))
TAGS = re.compile(r"</?(?:p|br|div|span|b|i|u|strong|em|ul|ol|li|table|tbody|tr|td|th|a|font|h[1-6])\b[^<>]*>", re.I)
LINE_ENDS = re.compile(r"\r\n?|[\v\f\x1c-\x1e\x85\u2028\u2029]|<br\s*/?>|</(?:p|div|li|tr)>", re.I)
# Control signs, marks of direction and width, lone surrogates, private characters.
UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ud800-\udfff\ue000-\uf8ff]"
)
SPACES = re.compile(r"[^\S\n]+")
GAPS = re.compile(r"\n{3,}")
THOUSANDS = re.compile(r"\d{1,3}(?:[.,]\d{3}){2,}|\d{1,3}[.]\d{3}")
DECIMAL = re.compile(r"\d{1,15}(?:[.,]\d{1,9})?")


def lines(value: Any) -> str:
    """Any value as text that may have several lines: NFC, no control signs, no tags, single spaces."""
    if isinstance(value, Mapping):
        return lines(value.get("name") or value.get("value"))
    if isinstance(value, list | tuple):
        return "\n".join(filter(None, map(lines, value)))
    if value is None or isinstance(value, bool):
        return ""
    text = LINE_ENDS.sub("\n", html.unescape(str(value)))
    text = unicodedata.normalize("NFC", UNSEEN.sub("", TAGS.sub("", text)))
    text = "\n".join(SPACES.sub(" ", line).strip() for line in text.split("\n"))
    return GAPS.sub("\n\n", text).strip()


def text(value: Any) -> str:
    """Any value as one line."""
    return " ".join(lines(value).split())


def number(value: Any) -> str | None:
    """A number as a decimal string ("7.5"), or None when it is none, negative or beyond fifteen digits."""
    if isinstance(value, bool) or value is None:
        return None
    written = text(value)
    written = re.sub(r"[.,]", "", written) if THOUSANDS.fullmatch(written) and isinstance(value, str) else written
    if not DECIMAL.fullmatch(written):
        return None
    try:
        amount = Decimal(written.replace(",", "."))
    except InvalidOperation:
        return None
    return f"{amount.normalize():f}"


def quantity(value: Any) -> int:
    """How many pieces: 1, "1", 1.0, "01 bản"; nothing is 0."""
    found = re.search(r"\d{1,4}", text(value))
    return int(found[0]) if found else int(value is True)


def flag(value: Any) -> bool:
    return value is True or text(value).lower() in ("1", "true", "có", "x")


def items(value: Any) -> list[Raw]:
    """A list of mappings from whatever stands there; a bare text becomes a mapping with a name."""
    if isinstance(value, Mapping):
        return [value]
    if not isinstance(value, list | tuple):
        return [{"name": value}] if text(value) else []
    return [item if isinstance(item, Mapping) else {"name": item} for item in value if item not in (None, "", {}, [])]


def mapping(value: Any) -> Raw:
    return value if isinstance(value, Mapping) else {}


def day(value: Any) -> str:
    """A day as YYYY-MM-DD: from milliseconds, from a written date; as it stands when it is neither."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        seconds = value / 1000 if abs(value) > 1e11 else value
        if abs(seconds) > 1e11:
            return ""
        return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)).astimezone(VIETNAM).date().isoformat()
    written = text(value)
    if found := re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", written):
        try:
            return date(int(found[3]), int(found[2]), int(found[1])).isoformat()
        except ValueError:
            return written
    return written[:10] if re.match(r"\d{4}-\d{2}-\d{2}", written) else written


def named(values: Iterable[Raw]) -> list[dict[str, str]]:
    """Pairs of code and name, each once, in order; what has neither is left out."""
    found = {(text(v.get("code")), text(v.get("name"))): None for v in values}
    return [{"code": code, "name": name} for code, name in found if code or name]


def keys(said: str) -> frozenset[str]:
    """The words of a line as a set."""
    return frozenset(said.split())


def leftovers(raw: Raw, known: Iterable[str]) -> dict[str, Any]:
    """What stands in a record under names that we do not know: kept, so that nothing a new version of the portal says
    is lost."""
    return {
        key: kept for key in sorted(set(map(str, raw)) - set(known)) if (kept := cleaned(raw.get(key))) not in NOTHING
    }


NOTHING: tuple[Any, ...] = (None, "", {}, [])


def cleaned(value: Any) -> Any:
    """The same structure with clean text, and without what is empty."""
    if isinstance(value, Mapping):
        return {text(k): kept for k, v in value.items() if (kept := cleaned(v)) not in NOTHING}
    if isinstance(value, list | tuple):
        return [kept for v in value if (kept := cleaned(v)) not in NOTHING]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return lines(value) if isinstance(value, str) else value

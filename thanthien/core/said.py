"""What is stored in Vietnamese, read by somebody who chose another language.

Forms, flows, holidays, the story of a dossier are data or were written down once, in Vietnamese (decision 0018). They
stay as they are; when a page shows them, what is the house's own is translated, and what a person wrote, or what
carries a name, stays and is marked as Vietnamese, so that a voice reads it rightly (WCAG 3.1.2).
"""

import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from functools import cache
from typing import Any

from django.conf import settings
from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext

LETTERS = re.compile("[À-ỹ]")  # also Đ, Ơ, Ư; not dashes, quotation marks and the like
PLACE = re.compile(r"%\((\w+)\)s")
DECIMAL = re.compile(r"(\d+),(\d+)")
WORDS = frozenset(
    {"title", "lead", "label", "text", "help", "why", "pledge", "afterwards", "basis", "message", "remedy", "unit"}
)
_sentences: list[str] = []


class Worded(str):
    """Bare words as a string; in a page the same words with what is Vietnamese in them marked."""

    html: SafeString

    def __new__(cls, text: str, html: SafeString) -> "Worded":
        made = super().__new__(cls, text)
        made.html = html
        return made

    def __html__(self) -> SafeString:
        return self.html


def remember(*sentences: str) -> None:
    """Sentences with named places that are stored filled in ("Đã nhận hồ sơ, hẹn %(day)s."): with their places they
    stand in the catalogue, so they are known again and can be said in another language."""
    _sentences.extend(sentences)
    _patterns.cache_clear()


def is_said_otherwise() -> bool:
    """Is this page in another language than that of what is stored?"""
    return get_language() not in (settings.LANGUAGE_CODE, None)


def in_vietnamese(text: Any) -> Any:
    """A name, or what somebody wrote: the same words, marked as Vietnamese on pages in another language."""
    if not text or not is_said_otherwise() or hasattr(text, "__html__") or not LETTERS.search(str(text)):
        return text
    return Worded(str(text), format_html('<span lang="vi">{}</span>', str(text)))


def said(text: Any) -> Any:
    """Stored words in the language of the page; those that nobody translated are marked as Vietnamese. A list: each."""
    if isinstance(text, list):
        return [said(one) for one in text]
    if not text or not is_said_otherwise() or hasattr(text, "__html__"):
        return text
    return _known(str(text)) or in_vietnamese(text)


def filled(sentence: str, places: Mapping[str, Any]) -> str:
    """A sentence with its named places filled in, keeping what is marked in them."""
    if not any(isinstance(value, Worded) for value in places.values()):
        return sentence % places
    marked = escape(sentence) % {name: conditional_escape(value) for name, value in places.items()}
    return Worded(sentence % places, mark_safe(marked))  # noqa: S308  (every part was escaped)


def said_in(thing: Any) -> Any:
    """The same dataclass with all that people read in it (`WORDS`, also in what it holds) said in this language."""
    if isinstance(thing, tuple):
        return tuple(said_in(one) for one in thing)
    if not is_dataclass(thing) or isinstance(thing, type):
        return thing
    changed = {one.name: _said_field(one.name, getattr(thing, one.name)) for one in fields(thing) if one.init}
    return replace(thing, **changed)


def _said_field(name: str, value: Any) -> Any:
    return said(value) if name in WORDS and isinstance(value, str) else said_in(value)


def _known(text: str) -> str:
    """Translated as it stands, with a small first letter, or by a sentence that was remembered; "" when unknown."""
    if (told := gettext(text)) != text:
        return told
    small = text[:1].lower() + text[1:]
    if small != text and (told := gettext(small)) != small:
        return told[:1].upper() + told[1:]
    for pattern, sentence in _patterns():
        if found := pattern.fullmatch(text) or pattern.fullmatch(small):
            told = filled(gettext(sentence), {name: _value(value) for name, value in found.groupdict().items()})
            return told if found.string == text else _with_large_first(told)
    return ""


def _value(text: str) -> Any:
    if decimal := DECIMAL.fullmatch(text):
        return f"{decimal[1]}.{decimal[2]}"
    if text[0] == "“" and text[-1] == "”":
        return filled("‘%(quoted)s’", {"quoted": said(text[1:-1])})
    return said(text)


def _with_large_first(text: str) -> str:
    large = text[:1].upper() + text[1:]
    if not isinstance(text, Worded):
        return large
    html = text.html if text.html.startswith("<") else mark_safe(text.html[:1].upper() + text.html[1:])  # noqa: S308
    return Worded(large, html)


@cache
def _patterns() -> list[tuple[re.Pattern[str], str]]:
    """Those with the most words of their own first, so that a general one takes no special one's place."""
    ordered = sorted(_sentences, key=lambda one: -len(PLACE.sub("", one)))
    return [(re.compile(_as_pattern(one), re.DOTALL), one) for one in ordered]


def _as_pattern(sentence: str) -> str:
    pieces = PLACE.split(sentence)
    names = [f"(?P<{piece}>.+?)" if n % 2 else re.escape(piece) for n, piece in enumerate(pieces)]
    return "".join(names)

"""Vietnamese text: one composed form, a key for searching, an order for sorting."""

import re
import unicodedata

SPACES = re.compile(r"\s+")


def clean(text: str) -> str:
    """NFC, without control characters, single spaces, trimmed: how every line of text enters the house."""
    text = unicodedata.normalize("NFC", text)
    text = "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cf", "Cs"))
    return SPACES.sub(" ", text).strip()


def plain(text: str) -> str:
    """The search key: no marks, đ → d, lower case, single spaces. Both tone placements (hoà, hòa) give one key."""
    text = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    text = "".join(c for c in text if not unicodedata.combining(c))
    return SPACES.sub(" ", text).strip().lower()

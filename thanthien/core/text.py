"""Vietnamese text: one composed form, a key for searching, an order for sorting, a mask for what is private."""

import re
import unicodedata
from itertools import product
from math import prod

SPACES = re.compile(r"\s+")
DIGITS = re.compile(r"\d+")
WORDS = re.compile(r"[^\W_]+")

# ngang, huyền, hỏi, ngã, sắc, nặng
TONES = {"": 1, "\u0300": 2, "\u0309": 3, "\u0303": 4, "\u0301": 5, "\u0323": 6}
ALPHABET = "0123456789aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
PLACES = {letter: f"{place:02d}" for place, letter in enumerate(ALPHABET, 10)}
MOST_SPELLINGS = 36
END_OF_LETTERS, OTHER_LETTER = "00", "99"


def clean(text: str) -> str:
    """NFC, without control characters, single spaces, trimmed: how every line of text enters the house."""
    text = unicodedata.normalize("NFC", text)
    if not text.isprintable():  # most are, and a glance tells
        text = "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cf", "Cs"))
    return SPACES.sub(" ", text).strip()


def plain(text: str) -> str:
    """The search key: no marks, đ → d, lower case, single spaces. Both tone placements (hoà, hòa) give one key."""
    text = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    text = "".join(c for c in text if not unicodedata.combining(c))
    return SPACES.sub(" ", text).strip().lower()


def sort_key(text: str) -> str:
    """Orders as a Vietnamese dictionary does: syllable by syllable, the letters first (a ă â b c d đ …), then the tone
    (ngang, huyền, hỏi, ngã, sắc, nặng). Numbers order by value: "Thôn 2" before "Thôn 10". Digits only, so that every
    database orders it alike. Both tone placements are equal."""
    return "".join(_syllable_key(word) for word in WORDS.findall(_numbers_by_value(text)))


def name_sort_key(full_name: str, length: int = 200) -> str:
    """Orders people by tên, then đệm, then họ (DOMAIN 10.4). Cut to `length`, which holds at least ten syllables."""
    *before, given = clean(full_name).split(" ")
    return sort_key(" ".join([given, *before[1:], *before[:1]]))[:length]


def sort_key_beginnings(word: str) -> list[str]:
    """How the sort keys begin of all syllables that are written so when marks are left out: "la" → those of la, lă, lâ.
    A look in an index by these finds given names typed without marks. Empty when there would be too many."""
    choices = [[letter for letter in ALPHABET if plain(letter) == typed] for typed in plain(word)]
    if not all(choices) or prod(map(len, choices)) > MOST_SPELLINGS:
        return []
    return ["".join(PLACES[letter] for letter in spelling) for spelling in product(*choices)]


def _numbers_by_value(text: str) -> str:
    return DIGITS.sub(lambda match: match[0].lstrip("0").zfill(9), unicodedata.normalize("NFC", text))


def _syllable_key(word: str) -> str:
    letters, tone = [], 1
    for character in unicodedata.normalize("NFC", word).lower():
        letter, mark = _without_tone(character)
        letters.append(PLACES.get(letter, OTHER_LETTER))
        tone = TONES.get(mark, tone) if mark else tone
    return f"{''.join(letters)}{END_OF_LETTERS}{tone}"


def _without_tone(character: str) -> tuple[str, str]:
    """ "ằ" → ("ă", the grave): only the tone is taken off, the breve belongs to the letter."""
    parts = unicodedata.normalize("NFD", character)
    marks = [c for c in parts if c in TONES]
    rest = "".join(c for c in parts if c not in TONES)
    return unicodedata.normalize("NFC", rest), marks[0] if marks else ""


def mask_number(number: str) -> str:
    """ "035190001234" → "035*****1234". Of shorter numbers less is shown, of five digits or fewer nothing."""
    shown = {True: (3, 4), False: (2, 2)}[len(number) >= 12]
    return _mask(number, *shown) if len(number) > 5 else "*" * len(number)


def _mask(text: str, first: int, last: int) -> str:
    return f"{text[:first]}{'*' * (len(text) - first - last)}{text[-last:]}"


def mask_phone(phone: str) -> str:
    """ "+84912345567" → "091* *** 567"; also of the form 0912345567. The last three digits stay."""
    digits = "".join(c for c in phone if c.isdigit())
    if phone.startswith("+84"):
        digits = f"0{digits[2:]}"
    if len(digits) < 9:
        return "*" * len(digits)
    return f"{digits[:3]}* {'*' * (len(digits) - 7)} {digits[-3:]}"


def mask_email(email: str) -> str:
    """ "lan.nguyen@example.vn" → "l***@example.vn"."""
    name, at, host = email.partition("@")
    return f"{name[:1]}***{at}{host}" if at else "***"

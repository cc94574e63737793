"""Texts with places for facts: which there are, how they are filled, and how long an SMS becomes."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from thanthien.core.rules import Refused
from thanthien.notifications.enums import Situation

# The name as a text writes it: the field of `actions.Facts`. Part of the texts, so never translated.
PLACES = {
    "họ tên": "name", "mã": "code", "thủ tục": "procedure", "hẹn": "due_at", "nơi nhận": "place",
    "người tiếp nhận": "officer", "giấy tờ": "papers", "lý do": "reason", "cơ quan": "agency", "khoản thu": "fee",
    "số tiền": "amount", "biên lai": "receipt", "vận đơn": "waybill", "có từ": "finished_at",
    "kiểm tra trước": "check_due", "theo dõi": "link", "đánh giá": "survey",
    "xác nhận": "confirm", "người khai": "declarer",
    "bộ phận": "desk", "đơn vị": "unit", "mã xác nhận": "one_time_code", "phút": "minutes",
}  # fmt: skip
OF_A_DOSSIER = ("họ tên", "mã", "thủ tục", "hẹn", "nơi nhận", "theo dõi", "bộ phận", "đơn vị")
S = Situation
MORE: dict[Situation, tuple[str, ...]] = {
    S.REGISTERED: ("kiểm tra trước",), S.RECEIVED: ("người tiếp nhận",), S.REFUSED: ("lý do",),
    S.SUPPLEMENT: ("giấy tờ", "lý do"),
    S.FINANCIAL_DUTY: ("lý do",), S.OTHER_AGENCY: ("cơ quan", "lý do"), S.CONSULTED: ("cơ quan",),
    S.WAITED: ("cơ quan",),
    S.APOLOGY: ("lý do",), S.LATE: ("lý do", "có từ"), S.POSTED: ("vận đơn",), S.PAYMENT_DUE: ("khoản thu", "số tiền"),
    S.PAID: ("khoản thu", "số tiền", "biên lai"), S.STOPPED: ("lý do",), S.WITHDRAWN: ("lý do",),
    S.SURVEY: ("đánh giá",), S.BOOKING_CHANGED: ("lý do", "có từ"),
}  # fmt: skip
OF_A_DRAFT = frozenset({S.CONFIRM, S.DISPUTED})
OF_THE_QUEUE = frozenset({S.QUEUE_NEAR, S.BOOKED, S.BOOKING_SOON, S.BOOKING_CHANGED})
PLACE = re.compile(r"\{([^{}]*)\}")
LONGEST_IN_SMS = 60
WHOLE_IN_SMS = ("mã", "hẹn", "có từ", "kiểm tra trước", "theo dõi", "đánh giá", "xác nhận", "mã xác nhận")


def places_of(situation: Situation) -> tuple[str, ...]:
    """The names that a text of this situation may use."""
    if situation == S.CODE:
        return ("mã xác nhận", "phút", "đơn vị")
    if situation in OF_A_DRAFT:
        return ("họ tên", "người khai", "thủ tục", "xác nhận", "hẹn", "đơn vị")
    if situation == S.HELP:
        return ("họ tên", "nơi nhận", "người tiếp nhận", "theo dõi", "bộ phận", "đơn vị")
    if situation in OF_THE_QUEUE:
        own = ("họ tên", "mã", "thủ tục", "hẹn", "nơi nhận", "theo dõi", "bộ phận", "đơn vị")
        return (*own, *MORE.get(situation, ()))
    return (*OF_A_DOSSIER, *MORE.get(situation, ()))


def check_text(situation: Situation, text: str) -> None:
    known = places_of(situation)
    for name in PLACE.findall(text):
        if name not in known:
            raise Refused(
                _("Tin này không có chỗ điền {%(name)s}. Những chỗ điền dùng được: %(known)s.")
                % {"name": name, "known": ", ".join(f"{{{one}}}" for one in known)}
            )
    if "{" in PLACE.sub("", text) or "}" in PLACE.sub("", text):
        raise Refused(_("Có dấu ngoặc nhọn mở mà không đóng, hoặc ngược lại. Chỗ điền viết như {mã}."))


def fill(text: str, facts: Mapping[str, str]) -> str:
    """The text with its facts. A line whose places are all empty is left out; what is filled in is not read again."""
    return "\n".join(_filled(line, facts) for line in text.strip().splitlines() if _says_something(line, facts))


def fill_sms(text: str, facts: Mapping[str, str], *, plain: bool) -> str:
    """In one line, long facts cut short; `plain`: without marks, so that 160 characters fit one part."""
    short = {name: value if name in WHOLE_IN_SMS else _shortened(value) for name, value in facts.items()}
    said = " ".join(fill(text, short).split())
    return without_marks(said) if plain else said


def _says_something(line: str, facts: Mapping[str, str]) -> bool:
    names = PLACE.findall(line)
    return not names or any(facts.get(name) for name in names)


def _filled(line: str, facts: Mapping[str, str]) -> str:
    return PLACE.sub(lambda found: facts.get(found[1], ""), line).rstrip()


def _shortened(value: str) -> str:
    value = " ".join(value.removeprefix("- ").replace("\n- ", "; ").split())
    if len(value) <= LONGEST_IN_SMS:
        return value
    return f"{value[: LONGEST_IN_SMS - 3].rsplit(' ', 1)[0]}..."


# ---- length of an SMS (3GPP TS 23.038, 23.040) -------------------------------------------------------------
GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
GSM_TWICE = frozenset("^{}\\[~]|€\f")  # these take two places
OTHER_SIGNS = str.maketrans(
    {
        "đ": "d",
        "Đ": "D",
        "“": '"',
        "”": '"',
        "‘": "'",
        "’": "'",
        "–": "-",
        "—": "-",
        "…": "...",
        "•": "-",
        "\u00a0": " ",
    }
)


@dataclass(frozen=True)
class SmsLength:
    """`characters` as they are counted (some count twice), and how many parts are paid for."""

    characters: int
    parts: int
    with_marks: bool


def length_of_sms(text: str) -> SmsLength:
    with_marks = not set(text) <= GSM | GSM_TWICE
    if with_marks:
        count, alone, joined = len(text.encode("utf-16-be")) // 2, 70, 67
    else:
        count, alone, joined = len(text) + sum(c in GSM_TWICE for c in text), 160, 153
    return SmsLength(count, -(-count // joined) if count > alone else min(count, 1), with_marks)


def without_marks(text: str) -> str:
    """Only signs of the GSM alphabet: "đã nhận" → "da nhan"; what has no plain form becomes a question mark."""
    split = unicodedata.normalize("NFD", text.translate(OTHER_SIGNS))
    bare = "".join(c for c in split if not unicodedata.combining(c))
    return "".join(c if c in GSM or c in GSM_TWICE else "?" for c in bare)


def all_places(texts: Iterable[str]) -> set[str]:
    return {name for text in texts for name in PLACE.findall(text)}

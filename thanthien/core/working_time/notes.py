"""The notes of an explained date, read in another language: they are kept in Vietnamese (`explanation`)."""

from typing import Any

from django.utils.html import conditional_escape
from django.utils.safestring import mark_safe

from thanthien.core.said import Worded, is_said_otherwise, remember, said

# As `explanation` and `seed` write them; their English stands in locale/stored.
remember(
    "ngày làm việc thứ %(n)s", "ngày làm việc thứ %(n)s (%(note)s)", "ngày thứ %(n)s", "ngày thứ %(n)s (%(note)s)",
    "tính %(hours)s", "tính %(hours)s (%(note)s)", "%(hours)s giờ %(minutes)s phút", "%(hours)s giờ",
    "%(minutes)s phút", "tạm dừng %(hours)s: %(reason)s", "tạm dừng: %(reason)s", "hạn trả %(time)s",
    "hạn trả %(time)s, làm tròn đến hết giờ làm việc", "làm bù cho ngày %(day)s", "nghỉ %(name)s",
    "nghỉ bù %(name)s", "nghỉ hoán đổi, làm bù ngày %(day)s", "%(day)s: %(reason)s",
)  # fmt: skip


def said_note(note: Any) -> Any:
    """The note of a day: parts joined by "; ", each said by itself."""
    if not note or not is_said_otherwise():
        return note
    parts = [said(part) for part in str(note).split("; ")]
    return Worded("; ".join(map(str, parts)), mark_safe("; ".join(map(conditional_escape, parts))))  # noqa: S308

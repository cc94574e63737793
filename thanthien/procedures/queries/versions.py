"""What changed from one version of a procedure to the next."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any

from django.utils.translation import gettext_lazy as _

from thanthien.procedures.models import ProcedureVersion
from thanthien.procedures.queries.catalogue import content_of
from thanthien.procedures.queries.pages import money_words, time_words

PARTS = {
    "name": _("Tên"), "limit": _("Thời hạn giải quyết"), "steps": _("Trình tự thực hiện"),
    "channels": _("Cách thức thực hiện"), "fees": _("Phí, lệ phí"), "cases": _("Trường hợp"),
    "paper_groups": _("Thành phần hồ sơ"), "requirements": _("Yêu cầu, điều kiện"), "legal_bases": _("Căn cứ pháp lý"),
    "results": _("Kết quả"), "audiences": _("Đối tượng thực hiện"), "agencies": _("Cơ quan"),
    "decision": _("Quyết định công bố"), "returns": _("Hình thức trả kết quả"), "sectors": _("Lĩnh vực"),
    "description": _("Mô tả"), "note": _("Ghi chú"), "keywords": _("Từ khóa"), "flags": _("Đặc điểm trên Cổng"),
    "service_groups": _("Nhóm dịch vụ"), "related": _("Thủ tục liên quan"), "other": _("Nội dung khác"),
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Difference:
    """A part of the procedure that is not the same: which lines went, which came."""

    part: str
    gone: list[str]
    come: list[str]


def differences(old: ProcedureVersion, new: ProcedureVersion) -> list[Difference]:
    """By part, in the order in which a procedure is read; none when both say the same."""
    before, after = _said(old), _said(new)
    found = []
    for part, label in PARTS.items():
        gone = [line for line in before[part] if line not in after[part]]
        come = [line for line in after[part] if line not in before[part]]
        if gone or come:
            found.append(Difference(part=str(label), gone=gone, come=come))
    return found


def _said(version: ProcedureVersion) -> dict[str, list[str]]:
    content = content_of(version)
    limit = [f"{version.limit_amount.normalize():f} {version.limit_unit}"] if version.limit_amount is not None else []
    lines = {part: list(dict.fromkeys(_lines(content.get(part, "")))) for part in PARTS}
    return lines | {"name": [version.name], "limit": [*limit, *_lines(version.limit_text)]}


def _lines(value: Any, key: str = "") -> Iterator[str]:
    """Any part as lines of text."""
    if isinstance(value, dict):
        words = _words(value)
        if words is None:
            yield from chain.from_iterable(_lines(inner, name) for name, inner in value.items())
        elif words:
            yield words
    elif isinstance(value, list):
        yield from chain.from_iterable(_lines(inner, key) for inner in value)
    elif isinstance(value, str):
        yield from filter(None, value.split("\n"))
    elif value not in (None, False, 0):
        yield f"{key}: {value}"


def _words(value: dict[str, Any]) -> str | None:
    """One line for a time, an amount of money, a name with its code; None for all else."""
    if set(value) >= {"amount", "unit", "text"}:
        return time_words(value)
    if set(value) >= {"amount", "currency"}:
        return money_words(value)
    if "code" in value and set(value) <= {"code", "name"}:
        return " ".join(filter(None, [value["code"], value.get("name", "")]))
    return None

"""The shape in which every source hands over a procedure."""

import hashlib
import json
import re
from dataclasses import dataclass, field, replace
from typing import Any

from thanthien.procedures.outside.values import Raw, lines, text

# The rule is N.NNNNNN, at province level with suffixes (2.000815.000.00.00.H61). The national base also has longer
# numbers (1.0133611, 2.009182739) and marks such as "-Xoa"; they are records like the others.
CODE = re.compile(r"\d\.\d{6,12}(?:[.-][0-9A-Za-z]{1,12}){0,6}")
NAME_LENGTH = 2000
SECTOR_LENGTH = 300
CODE_LENGTH = 40
NO_SECTOR = "Chưa phân lĩnh vực"
ACTIVE_STATES = ("", "ACTIVE", "UPDATED", "PUBLISHED", "PUBLIC")


class BadRecord(ValueError):
    """Why a record cannot be taken: a Vietnamese sentence."""


@dataclass(frozen=True, kw_only=True)
class RecordFault:
    """A source that was not taken, and why, in Vietnamese."""

    source: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class ProcedureRecord:
    """One procedure as a source tells it.

    `limit_amount` is a decimal string or None, `limit_unit` a `core.working_time.TimeUnit` value or "",
    `content` the whole record (docs/procedures.md says its shape); empty parts of it are left out.
    `written_code` is the code with the stray spaces that the source has around it, `kind` a `RecordKind` value,
    `state` the portal's word ("ACTIVE"), `decided_on` an ISO day or "".
    """

    code: str
    name: str
    kind: str
    source: str
    written_code: str = ""
    sector_name: str = NO_SECTOR
    sector_code: str = ""
    limit_amount: str | None = None
    limit_unit: str = ""
    limit_text: str = ""
    state: str = ""
    decided_on: str = ""
    content: dict[str, Any] = field(default_factory=dict)

    @property
    def is_active(self) -> bool:
        return self.state in ACTIVE_STATES

    @property
    def fingerprint(self) -> str:
        """SHA-256 of all that the record says; the source's name and the order of keys do not count."""
        said: list[Any] = [self.code, self.name, self.kind, self.sector_name, self.sector_code, self.limit_amount]
        said += [self.limit_unit, self.limit_text, self.state, self.content]
        return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def identity(raw: Raw) -> dict[str, str]:
    """Code and name as arguments of `ProcedureRecord`, or `BadRecord`: without them nothing can be taken."""
    code = text(raw.get("code")) or text(raw.get("codeNotation"))
    name = text(lines(raw.get("name")))
    if not code:
        raise BadRecord("Thiếu mã thủ tục (code).")
    if not CODE.fullmatch(code) or len(code) > CODE_LENGTH:
        raise BadRecord(f"Mã thủ tục “{code[:60]}” không đúng dạng N.NNNNNN.")
    if not name:
        raise BadRecord(f"Thủ tục {code} thiếu tên (name).")
    if len(name) > NAME_LENGTH:
        raise BadRecord(f"Tên của thủ tục {code} dài quá {NAME_LENGTH} ký tự.")
    return {"code": code, "name": name, "written_code": str(raw.get("code") or code)}


def told_apart(found: list["ProcedureRecord | RecordFault"]) -> list["ProcedureRecord | RecordFault"]:
    """Two procedures of two provinces under one code, which the national base holds apart by a stray space only
    (" 1.014325" and "1.014325"): the one with the space gets "-2", so that neither is lost nor takes the other's place.
    """
    names = {one.code: one.name for one in found if isinstance(one, ProcedureRecord) and one.code == one.written_code}
    return [_second(one) if isinstance(one, ProcedureRecord) and _takes_place(one, names) else one for one in found]


def _takes_place(record: ProcedureRecord, names: dict[str, str]) -> bool:
    return record.code != record.written_code and names.get(record.code, record.name) != record.name


def _second(record: ProcedureRecord) -> ProcedureRecord:
    content = record.content | {"written_code": record.code}
    return replace(record, code=f"{record.code}-2", content=content)


def sector_of(sectors: list[dict[str, str]]) -> dict[str, str]:
    """The first named sector as arguments of `ProcedureRecord`."""
    for sector in sectors:
        if sector["name"]:
            name, code = sector["name"][:SECTOR_LENGTH], sector["code"][:CODE_LENGTH]
            return {"sector_name": name, "sector_code": code}
    return {"sector_name": NO_SECTOR, "sector_code": ""}


def filled(content: dict[str, Any]) -> dict[str, Any]:
    """The content without its empty parts."""
    return {key: value for key, value in content.items() if value not in (None, "", [], {})}

"""What a citizen has to bring."""

from dataclasses import dataclass
from typing import Any

from thanthien.core.text import plain
from thanthien.procedures.models import ProcedureVersion

BULLETS = "-–—+*•· \t"


@dataclass(frozen=True, kw_only=True)
class Paper:
    """One paper of a dossier. `kind`: "submit", "show" (only presented, never scanned: DOMAIN 1.4) or "";
    `case` is the heading it stands under, "" for papers of every case; `forms` are (name, path) on the portal."""

    code: str
    name: str
    originals: int
    copies: int
    kind: str
    case: str
    forms: tuple[tuple[str, str], ...]
    is_electronic: bool
    is_result: bool


def cases_of(version: ProcedureVersion) -> list[str]:
    """The headings between which the citizen's case is chosen; none when there is only one list of papers."""
    names = [group["name"] for group in _groups(version) if _is_case(group)]
    distinct = list(dict.fromkeys(names))
    return distinct if len(distinct) > 1 else []


def papers_of(version: ProcedureVersion, case: str = "") -> list[Paper]:
    """The papers of a case (one of `cases_of`), with those that every case needs; without a case all of them."""
    cases = cases_of(version)
    groups = [group for group in _groups(version) if not case or group["name"] == case or group["name"] not in cases]
    return [_paper(paper, group, cases) for group in groups for paper in group["papers"]]


def notes_of(version: ProcedureVersion) -> list[str]:
    """What the portal writes among the papers and is no paper ("* Lưu ý:")."""
    groups = [group for group in version.content.get("paper_groups", []) if group["kind"] == "note"]
    return [paper["name"] for group in groups for paper in group["papers"] if paper["name"]]


def _groups(version: ProcedureVersion) -> list[dict[str, Any]]:
    return [group for group in version.content.get("paper_groups", []) if group["kind"] != "note"]


def _is_case(group: dict[str, Any]) -> bool:
    return bool(group["name"]) and not group["kind"]


def _is_to_be_shown(name: str) -> bool:
    """Lists without headings say it in the paper's own name: "Xuất trình giấy tờ tùy thân"."""
    return plain(name).startswith("xuat trinh")


def _tidy(name: str) -> str:
    """As a citizen reads it: without the dash of the portal's list and the semicolon after it."""
    return name.lstrip(BULLETS).rstrip(" ;,") or name


def _paper(paper: dict[str, Any], group: dict[str, Any], cases: list[str]) -> Paper:
    return Paper(
        code=paper["code"],
        name=_tidy(paper["name"]),
        originals=paper["originals"],
        copies=paper["copies"],
        kind=group["kind"] or ("show" if _is_to_be_shown(paper["name"]) else ""),
        case=group["name"] if group["name"] in cases else "",
        forms=tuple((form["name"], form["path"]) for form in paper["forms"]),
        is_electronic=paper["electronic_form"],
        is_result=paper["is_result"],
    )

"""The lists of the receive page, from compact names such as `paper-3-originals`: no form for each row, so that a
hundred papers cost little. What was typed stays as it was typed, with what is wrong beside it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from thanthien.core.rules import Refused
from thanthien.core.text import clean
from thanthien.dossiers.actions import FeeIn, PaperIn
from thanthien.procedures.rules import fee_of

if TYPE_CHECKING:
    from thanthien.procedures.models import Offering
    from thanthien.procedures.queries import Paper

MOST_PAPERS, MOST_EXTRA, MOST_COPIES, MOST_OF_ONE = 200, 20, 30, 99
EXTRA_OFFERED, COPIES_OFFERED = 3, 3
LONGEST_NAME, LONGEST_CODE = 2000, 60
COUNTS = ("originals", "certified", "photocopies")
SHOWN = "show"


@dataclass
class PaperRow:
    """A line of the list: `key` is the beginning of its fields' names, `usual` what a tick means ("1-0-1": originals,
    certified, photocopies; "show": only shown), the counts are as typed."""

    key: str
    name: str
    code: str = ""
    usual: str = "1-0-0"
    is_here: bool = False
    originals: str = ""
    certified: str = ""
    photocopies: str = ""
    case: str = ""
    error: str = ""

    @property
    def is_extra(self) -> bool:
        return self.key.startswith("extra")

    @property
    def is_usual(self) -> bool:
        """Ticked with "Đủ như danh mục": not what only some people bring ("… (nếu có)")."""
        return not self.is_extra and "nếu có" not in self.name.lower()

    @property
    def is_shown_only(self) -> bool:
        return self.usual == SHOWN

    @property
    def is_handed_in(self) -> bool:
        return self.is_here or any(_number(getattr(self, kind)) for kind in COUNTS)

    @property
    def usual_in_words(self) -> str:
        """ "1 bản chính, 1 bản photo"."""
        if self.is_shown_only:
            return _("chỉ xuất trình")
        words = (_("%(n)s bản chính"), _("%(n)s bản chứng thực"), _("%(n)s bản photo"))
        return ", ".join(word % {"n": n} for word, n in zip(words, self.usual_counts, strict=True) if n)

    @property
    def usual_counts(self) -> list[int]:
        counts = [_number(part) or 0 for part in self.usual.split("-")]
        return counts if len(counts) == len(COUNTS) else [0, 0, 0]

    def paper(self) -> PaperIn:
        counts = [_number(getattr(self, kind)) or 0 for kind in COUNTS]
        if self.is_here and not any(counts):
            counts = [1, 0, 0] if self.is_extra else self.usual_counts
        originals, certified, photocopies = counts
        return PaperIn(
            name=self.name,
            code=self.code,
            is_shown_only=self.is_shown_only,
            originals=originals,
            certified=certified,
            photocopies=photocopies,
        )


def paper_rows(papers: Iterable["Paper"]) -> list[PaperRow]:
    """The procedure's list, nothing ticked, and some empty rows for what else is handed in."""
    rows = [
        PaperRow(
            key=f"paper-{n}", name=paper.name, code=paper.code[:LONGEST_CODE], usual=_usual(paper), case=paper.case
        )
        for n, paper in enumerate([paper for paper in papers if paper.name][:MOST_PAPERS], 1)
    ]
    return rows + [PaperRow(key=f"extra-{n}", name="") for n in range(1, EXTRA_OFFERED + 1)]


def _usual(paper: "Paper") -> str:
    if paper.kind == SHOWN:
        return SHOWN
    originals, copies = min(paper.originals, MOST_OF_ONE), min(paper.copies, MOST_OF_ONE)
    return f"{originals}-0-{copies}" if originals or copies else "1-0-0"


def typed_papers(data: Mapping[str, Any]) -> list[PaperRow]:
    """The rows as they were sent, each with its error when a count is no number."""
    rows = [*_typed(data, "paper", MOST_PAPERS), *_typed(data, "extra", MOST_EXTRA)]
    for row in rows:
        if any(_number(getattr(row, kind)) is None for kind in COUNTS):
            row.error = _("Số bản phải là số từ 0 đến %(most)s.") % {"most": MOST_OF_ONE}
        elif row.is_extra and not row.name and row.is_handed_in:
            row.error = _("Xin ghi tên giấy tờ này.")
    return rows


def _typed(data: Mapping[str, Any], kind: str, most: int) -> Iterable[PaperRow]:
    for n in range(1, most + 1):
        key = f"{kind}-{n}"
        name = data.get(f"{key}-name")
        if name is None:
            return
        yield PaperRow(
            key=key,
            name=clean(name)[:LONGEST_NAME],
            code=clean(data.get(f"{key}-code", ""))[:LONGEST_CODE],
            usual=data.get(f"{key}-usual", "1-0-0")[:20],
            case=clean(data.get(f"{key}-case", ""))[:LONGEST_NAME],
            is_here=f"{key}-here" in data,
            **{count: data.get(f"{key}-{count}", "")[:10] for count in COUNTS},
        )


def _number(text: str) -> int | None:
    """0 for nothing, None for what is no small number."""
    text = text.strip()
    if not text:
        return 0
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 2 else None


# ---- copies to certify -----------------------------------------------------------------------------------
@dataclass
class CopyRow:
    """A document of which copies are certified: its pages, how many copies; all as typed."""

    key: str
    name: str = ""
    pages: str = ""
    copies: str = ""
    error: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.name or self.pages or self.copies)


def copy_rows() -> list[CopyRow]:
    return [CopyRow(key=f"copy-{n}") for n in range(1, COPIES_OFFERED + 1)]


def typed_copies(data: Mapping[str, Any]) -> list[CopyRow]:
    rows = []
    for n in range(1, MOST_COPIES + 1):
        key = f"copy-{n}"
        if f"{key}-pages" not in data:
            break
        name, pages, copies = (data.get(f"{key}-{part}", "") for part in ("name", "pages", "copies"))
        row = CopyRow(key=key, name=clean(name)[:200], pages=pages.strip()[:10], copies=copies.strip()[:10])
        if not row.is_empty and not (_pieces(row.pages) and _pieces(row.copies or "1")):
            row.error = _("Số trang và số bản phải là số từ 1 đến 9.999.")
        rows.append(row)
    return rows


def _pieces(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 4 else 0


def fees_of_copies(offering: "Offering", rows: Iterable[CopyRow], *, method: str, receipt: str) -> list[FeeIn]:
    """A charge for each document, by the formula of the procedure."""
    paid = {"method": method, "receipt_number": receipt}
    fees = []
    for row in rows:
        if row.is_empty or row.error:
            continue
        pages, copies = _pieces(row.pages), _pieces(row.copies or "1")
        try:
            lines = fee_of(offering, pages=pages, copies=copies)
        except Refused as refusal:
            row.error = str(refusal)
            continue
        name = _("Chứng thực bản sao %(name)s") % {"name": row.name or _("giấy tờ")}
        fees += [FeeIn(name=name, amount=line.amount or 0, pages=pages, quantity=copies, **paid) for line in lines]
    return fees

"""A draft, by the device that holds its key; its steps, its papers, what was typed."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from thanthien.declarations.rules import shown
from thanthien.filing.enums import FilingKind, ForWhom
from thanthien.filing.models import Draft, DraftFile, Filing, UploadPiece
from thanthien.filing.queries.declared import DECLARED, declaration_of, file_questions, groups_of, told_of
from thanthien.filing.queries.parties import must_confirm
from thanthien.filing.queries.typing import is_for_other, typed_in
from thanthien.filing.rules import AskedPaper, asked_papers, hash_of, lacks, supplement_papers
from thanthien.procedures.queries import papers_of

if TYPE_CHECKING:
    from thanthien.dossiers.models import Dossier

RELATED = (
    "offering__unit", "offering__procedure", "version", "helper", "dossier__unit", "dossier__receiving_unit",
    "dossier__supplement", "dossier__offering", "dossier__version",
)  # fmt: skip
MOST_ON_DEVICE = 20
PAPERS, INVITE, CHECK = "giay-to", "xac-nhan", "kiem-tra"


def draft_of(ref: str, key: str, *, at: datetime) -> Draft | None:
    """The draft of this address for the device that knows its key; None for everybody else, and when it is too old."""
    drafts = Draft.objects.select_related(*RELATED).filter(ref=ref, key_hash=hash_of(key))
    return drafts.filter(expires_at__gt=at).first()


def draft_by_key(key: str, *, at: datetime) -> Draft | None:
    """By the link that was copied."""
    return Draft.objects.select_related(*RELATED).filter(key_hash=hash_of(key), expires_at__gt=at).first()


def drafts_on_device(cookies: Mapping[str, str], offering: Any, *, at: datetime) -> list[Draft]:
    """Drafts for this offering whose keys this device holds, the latest first."""
    keys = {name.removeprefix("nop_"): hash_of(key) for name, key in cookies.items() if name.startswith("nop_")}
    refs = list(keys)[:MOST_ON_DEVICE]
    found = Draft.objects.filter(ref__in=refs, offering=offering, dossier=None, expires_at__gt=at)
    return [draft for draft in found.order_by("-saved_at") if draft.key_hash == keys[draft.ref]]


def sent_filing(dossier: "Dossier") -> Filing | None:
    """How this dossier was filed online; None for one that was not."""
    return Filing.objects.filter(dossier=dossier, kind=FilingKind.FILING).select_related("helper").first()


def key_of_supplement(dossier: "Dossier") -> str:
    """Whoever knows the dossier's secret may complete it, on any device."""
    return salted_hmac("thanthien.filing.supplement", dossier.secret, algorithm="sha256").hexdigest()


# ---- steps -------------------------------------------------------------------------------------------------
@dataclass(frozen=True, kw_only=True)
class Step:
    """A page of the way: one group of questions. `code` stands in the address."""

    code: str
    label: str


def steps_of(draft: Draft) -> list[Step]:
    """The pages of this draft in order; who files for another is asked for whom."""
    if draft.dossier_id:
        return [Step(code=PAPERS, label=_("Giấy tờ bổ sung")), Step(code=CHECK, label=_("Xem lại và gửi"))]
    owner = [Step(code="chu-ho-so", label=_("Người được nộp thay"))] if is_for_other(draft) else []
    return [
        Step(code="cho-ai", label=_("Nộp cho ai")),
        Step(code="nguoi-nop", label=_("Người nộp")),
        *owner,
        *[Step(code=f"{DECLARED}{group.code}", label=group.title) for group in groups_of(draft)],
        Step(code=PAPERS, label=_("Giấy tờ")),
        Step(code="nhan-ket-qua", label=_("Nhận kết quả")),
        Step(code="dong-y", label=_("Điều ông/bà đồng ý")),
        *([Step(code=INVITE, label=_("Mời cùng xác nhận"))] * bool(must_confirm(draft))),
        Step(code=CHECK, label=_("Xem lại và gửi")),
    ]


# ---- papers ------------------------------------------------------------------------------------------------
def asked_of(draft: Draft) -> list[AskedPaper]:
    if draft.dossier_id:
        return supplement_papers(draft.dossier.supplement.papers)
    case = typed_in(draft, "cho-ai", "case")
    for_whom = ForWhom.OTHER if is_for_other(draft) else ForWhom.SELF
    is_declared = draft.declaration_id is not None
    return asked_papers(papers_of(draft.version, case), is_declared=is_declared, for_whom=for_whom)


def absent_of(draft: Draft) -> set[str]:
    """Keys of the papers of which the citizen says that they have none."""
    values: Mapping[str, Any] = draft.answers.get(PAPERS, {})
    return {name.removeprefix("absent-") for name, said in values.items() if name.startswith("absent-") and any(said)}


@dataclass(frozen=True, kw_only=True)
class PaperOfDraft:
    """A paper on the page: what was sent of it, whether it is said to be absent, whether something is lacking."""

    asked: AskedPaper
    files: list[DraftFile]
    is_absent: bool
    lacks: bool


def papers_of_draft(draft: Draft) -> list[PaperOfDraft]:
    files, absent = list(draft.files.all()), absent_of(draft)
    counted = Counter(file.paper for file in files)
    return [
        PaperOfDraft(
            asked=paper,
            files=[file for file in files if file.paper == paper.key],
            is_absent=paper.key in absent,
            lacks=lacks(paper, counted[paper.key], paper.key in absent),
        )
        for paper in asked_of(draft)
    ]


def files_of_form(draft: Draft) -> list[PaperOfDraft]:
    """The questions of the form that ask for a file, as papers: each with what was sent for it."""
    declaration = declaration_of(draft)
    questions = file_questions(declaration.content) if declaration else []
    asked = shown(declaration.content, told_of(draft)) if declaration and questions else frozenset()
    files = list(draft.files.all()) if asked else []
    return [
        PaperOfDraft(
            asked=AskedPaper(key=f"{DECLARED}{field.code}", name=field.label),
            files=[file for file in files if file.paper == f"{DECLARED}{field.code}"],
            is_absent=False,
            lacks=False,  # the form's own pre-check says so
        )
        for field in questions
        if field.code in asked
    ]


def takes_files(draft: Draft) -> set[str]:
    """The keys under which this draft takes files: its papers, and the questions of its form, also those that a script
    has only just shown."""
    declaration = declaration_of(draft)
    questions = file_questions(declaration.content) if declaration else []
    return {asked.key for asked in asked_of(draft)} | {f"{DECLARED}{field.code}" for field in questions}


def draft_file(draft: Draft, file_id: int) -> DraftFile | None:
    return draft.files.filter(pk=file_id).first()


def next_piece(draft: Draft, paper: str, upload: str) -> int:
    """Which piece of a file is still missing: where a device goes on after its line broke."""
    numbers = UploadPiece.objects.filter(draft=draft, paper=paper, upload=upload).values_list("number", flat=True)
    expected = 0
    for number in numbers.order_by("number"):
        if number != expected:
            break
        expected += 1
    return expected

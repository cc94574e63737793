"""Papers and files of a dossier: scanned, added, shown only; and where the paper file lies."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _

from thanthien.core import timeline
from thanthien.core.files import CheckedFile, keep
from thanthien.core.rules import Refused
from thanthien.dossiers import rules
from thanthien.dossiers.actions.change import changes_dossier, save, write_down
from thanthien.dossiers.actions.receiving import PaperIn
from thanthien.dossiers.enums import FileKind
from thanthien.dossiers.models import Dossier, DossierFile, DossierPaper


@dataclass(frozen=True, kw_only=True)
class Attachment:
    """What is added at one time: `paper_id` names a paper of the list, `new_paper` puts one more on it."""

    paper_id: int | None = None
    new_paper: PaperIn | None = None
    scans: Sequence[CheckedFile] = field(default_factory=tuple)
    paper_place: str = ""


@changes_dossier
def attach_papers(dossier: Dossier, what: Attachment, *, by: Any, at: datetime) -> None:
    """Adds a paper, scans of a paper, or the place where the paper file lies."""
    rules.check_can_attach(dossier, by=by)
    paper = _paper(dossier, what)
    if paper and paper.is_shown_only and what.scans:
        # TT 03/2025 Điều 5 khoản 2: papers that are only shown are not scanned.
        raise Refused(_("Giấy tờ chỉ xuất trình thì không quét, không lưu bản chụp."))
    for scan in what.scans:
        _store(dossier, scan, FileKind.PAPER, paper=paper, by=by, at=at)
    dossier.paper_place = what.paper_place or dossier.paper_place
    save(dossier, "paper_place", at=at)
    write_down(dossier, _note(paper, what), by=by, at=at)


@changes_dossier
def attach_files(dossier: Dossier, files: Sequence[CheckedFile], kind: FileKind, *, by: Any, at: datetime) -> None:
    """Keeps files that belong to no single paper: the signed result, a signature."""
    rules.check_in_office(dossier, by=by)
    for one in files:
        _store(dossier, one, kind, paper=None, by=by, at=at)


def _paper(dossier: Dossier, what: Attachment) -> DossierPaper | None:
    if what.new_paper:
        return add_paper(dossier, what.new_paper)
    if what.paper_id is None:
        return None
    paper = dossier.papers.filter(pk=what.paper_id).first()
    if paper is None:
        raise Refused(_("Giấy tờ này không có trong hồ sơ."))
    return paper


def add_paper(dossier: Dossier, paper: PaperIn) -> DossierPaper:
    """One more on the list."""
    last = dossier.papers.aggregate(last=Max("position"))["last"] or 0
    return DossierPaper.objects.create(dossier=dossier, position=last + 1, **vars(paper))


def _store(
    dossier: Dossier, one: CheckedFile, kind: FileKind, *, paper: DossierPaper | None, by: Any, at: datetime
) -> DossierFile:
    kept = keep(one, at=at)
    return DossierFile.objects.create(
        dossier=dossier, paper=paper, kind=kind, uploaded_by=str(by), uploaded_at=at, **vars(kept)
    )


def _note(paper: DossierPaper | None, what: Attachment) -> timeline.Note:
    parts = []
    if paper and what.new_paper:
        parts.append(_("Thêm giấy tờ: %(name)s.") % {"name": paper.name})
    if what.scans:
        words = {"n": len(what.scans), "names": ", ".join(scan.name for scan in what.scans)}
        parts.append(_("Đính kèm %(n)s tệp: %(names)s.") % words)
    if what.paper_place:
        parts.append(_("Hồ sơ giấy để tại: %(place)s.") % {"place": what.paper_place})
    return timeline.Note(kind="papers", text=" ".join(parts) or _("Xem lại giấy tờ."))

"""What citizens do to their own dossier without an officer: file it, complete it, take it back, choose the way back.

`by` is the name under which it is written down. Who may is proved before, by the secret of the dossier.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from thanthien.core import promises, timeline
from thanthien.core.events import publish
from thanthien.core.files import KeptFile
from thanthien.core.models import Promise
from thanthien.core.rules import Refused
from thanthien.core.words import as_the_office_writes
from thanthien.core.writing import insert
from thanthien.dossiers import rules
from thanthien.dossiers.actions import messages
from thanthien.dossiers.actions.change import CHECK, CHECK_AGAIN, changes_dossier, save, write_down
from thanthien.dossiers.actions.clock import due_if_answered, run_on
from thanthien.dossiers.actions.ending import take_back
from thanthien.dossiers.actions.papers import add_paper
from thanthien.dossiers.actions.receiving import Intake, PaperIn, register_dossier
from thanthien.dossiers.enums import FileKind, HomeReason, ReturnChannel, Status
from thanthien.dossiers.events import DossierFiledOnline
from thanthien.dossiers.models import Dossier, DossierFile
from thanthien.dossiers.queries.intake import checked_by

TAKEN_AGAIN_AFTER = timedelta(hours=1)


@dataclass(frozen=True, kw_only=True)
class FiledFile:
    """A file that lies in the storage already. `position`: of which paper of the list (None: of no single one)."""

    kept: KeptFile
    position: int | None = None


@transaction.atomic(savepoint=False)
def file_online(intake: Intake, files: Sequence[FiledFile], *, by: str, at: datetime) -> Dossier:
    """Takes down what a citizen files by themselves (status 1): papers electronic, promised to be looked at within a
    working day. The clock of the result begins with acceptance (NĐ 309/2026 Đ17.3)."""
    with as_the_office_writes():
        dossier = register_dossier(intake, by=by, at=at)
        _store(dossier, files, by=by, at=at)
        due = promise_check(dossier, CHECK, at=at)
        messages.tell_filed(dossier, due, at=at)
        publish(DossierFiledOnline(dossier_id=dossier.pk))
    return dossier


def promise_check(dossier: Dossier, kind: str, *, at: datetime) -> datetime:
    """Until when somebody will have looked at it; a promise like any other."""
    deadline = checked_by(dossier.unit, at=at)
    title = _("Kiểm tra hồ sơ trực tuyến: %(name)s") % {"name": dossier.procedure_name}
    promises.make(
        Promise(
            subject=dossier.subject, kind=kind, unit_code=dossier.unit.code, title=title[:500],
            promised_by=dossier.unit.name,  # it is the office that promises, not the citizen who files
            made_at=at, due_at=deadline.due, explanation=deadline.as_json()["explanation"],
        )
    )  # fmt: skip
    return deadline.due


def _store(dossier: Dossier, files: Sequence[FiledFile], *, by: str, at: datetime) -> None:
    papers = {paper.position: paper for paper in dossier.papers.all()}
    insert(
        *(
            DossierFile(
                dossier=dossier, paper=papers.get(one.position or 0), kind=FileKind.PAPER, uploaded_by=by,
                uploaded_at=at, **vars(one.kept),
            )
            for one in files
        )
    )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Answer:
    """To a supplement request: the files by the name of the paper, a word with them, and the date that was shown."""

    files: Sequence[tuple[str, KeptFile]] = field(default_factory=tuple)
    note: str = ""
    shown_due: datetime | None = None


@changes_dossier
def answer_supplement(dossier: Dossier, answer: Answer, *, by: str, at: datetime) -> None:
    """The citizen sends what was asked for; the clock runs on from this moment with the date that they were shown.

    Raises `Refused` when that date has changed meanwhile: it is shown again before anything is promised."""
    rules.check_can_answer_supplement(dossier)
    if answer.shown_due and answer.shown_due != due_if_answered(dossier, at=at).due:
        raise Refused(_("Ngày hẹn mới đã thay đổi trong lúc ông/bà xem trang này. Xin xem ngày mới rồi gửi lại."))
    with as_the_office_writes():
        _take_answer(dossier, answer, by=by, at=at)


def _take_answer(dossier: Dossier, answer: Answer, *, by: str, at: datetime) -> None:
    positions = {name: add_paper(dossier, PaperIn(name=name, is_electronic=True)) for name, _kept in answer.files}
    files = [FiledFile(kept=kept, position=positions[name].position) for name, kept in answer.files]
    _store(dossier, files, by=by, at=at)
    text = _("Người nộp gửi bổ sung trực tuyến %(count)s tệp.") % {"count": len(files)}
    write_down(dossier, timeline.Note(kind="supplement_answered", text=f"{text} {answer.note}".strip()), by=by, at=at)
    run_on(dossier, answer=answer.note, by=by, at=at)
    if dossier.status == Status.NEW:
        promise_check(dossier, CHECK_AGAIN, at=at)


@changes_dossier
def withdraw_own(dossier: Dossier, *, reason: str, by: str, at: datetime) -> None:
    """The citizen takes the dossier back, as long as nothing has been decided (TT 03/2025 Đ7)."""
    rules.check_can_take_back(dossier)
    with as_the_office_writes():
        take_back(dossier, reason, by=by, at=at)


@dataclass(frozen=True, kw_only=True)
class WayBack:
    """How the result shall reach the citizen; at home with its reason, at home and by post with the address."""

    channel: ReturnChannel
    reason: HomeReason | str = ""
    address: str = ""


@changes_dossier
def choose_way_back(dossier: Dossier, way: WayBack, *, by: str, at: datetime) -> None:
    rules.check_can_choose_way_back(dossier)
    dossier.return_channel, dossier.return_reason = way.channel, way.reason
    dossier.return_address = way.address
    save(dossier, "return_channel", "return_reason", "return_address", at=at)
    with as_the_office_writes():
        words = {"how": ReturnChannel(way.channel).label}
        text = _("Người nộp chọn nhận kết quả %(how)s.") % words
        public = _("Ông/bà chọn nhận kết quả %(how)s.") % words
        write_down(dossier, timeline.Note(kind="way_back", text=text, public_text=public), by=by, at=at)


@transaction.atomic
def record_download(dossier: Dossier, name: str, *, by: str, at: datetime) -> None:
    """The citizen took the result as a file: in the story once for each file and hour."""
    with as_the_office_writes():
        text = _("Người nộp tải tệp kết quả: %(name)s.") % {"name": name}
        lately = timeline.entries_of(dossier.subject).filter(
            kind="downloaded", text=text, at__gt=at - TAKEN_AGAIN_AFTER
        )
        if not lately.exists():
            note = timeline.Note(kind="downloaded", text=text, public_text=_("Ông/bà đã tải kết quả."))
            write_down(dossier, note, by=by, at=at)

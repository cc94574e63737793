"""The dossier's own page: everything about one dossier, in the order in which people ask for it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from thanthien.core import timeline
from thanthien.core.models import Promise
from thanthien.core.text import mask_email, mask_number, mask_phone
from thanthien.core.working_time import Deadline, TimeLimit, TimeUnit, summary
from thanthien.dossiers.enums import CLOSED, RUNNING, FileKind, Status, Timeliness
from thanthien.dossiers.models import (
    AgencyRequest,
    Apology,
    Consultation,
    Dossier,
    DossierFile,
    DossierPaper,
    Fee,
    HandOver,
)
from thanthien.dossiers.queries.declared import DeclaredPage, declared_page
from thanthien.dossiers.queries.single import is_return, process_of
from thanthien.dossiers.queries.worklist import Band, band_of
from thanthien.notifications.queries import messages_about
from thanthien.organisation.queries import units_below
from thanthien.people.rules import show_phone
from thanthien.ui.words import moment

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from thanthien.core.models import PromiseChange, TimelineEntry
    from thanthien.notifications.models import Message
    from thanthien.organisation.models import Unit
    from thanthien.procedures.models import ProcessStep


@dataclass(frozen=True, kw_only=True)
class PromiseLine:
    """The promise first: its state as the house paints it, its words, why that date, how it moved."""

    state: str
    words: str
    due_at: datetime | None
    explanation: list[dict[str, Any]]
    sentences: list[str]
    changes: list["PromiseChange"]
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class StepLine:
    """A step of the process: done, current or todo, by whom and how it stands with its time."""

    position: int
    label: str
    note: str
    state: str


@dataclass(frozen=True, kw_only=True)
class PaperLine:
    paper: DossierPaper
    files: list[DossierFile]


@dataclass(frozen=True, kw_only=True)
class DossierPage:
    dossier: Dossier
    promise: PromiseLine
    steps: list[StepLine]
    entries: list["TimelineEntry"]
    papers: list[PaperLine]
    other_files: list[DossierFile]
    fees: list[Fee]
    consultations: list[Consultation]
    agency_requests: list[AgencyRequest]
    messages: list["Message"]
    apology: Apology | None
    declared: DeclaredPage | None
    hand_over: HandOver | None
    is_last_step: bool
    has_hand_overs: bool

    @property
    def first_step(self) -> int:
        return self.steps[0].position if self.steps else 0

    @property
    def fee_total(self) -> int:
        return sum(fee.amount for fee in self.fees)

    @property
    def unpaid(self) -> list[Fee]:
        return [fee for fee in self.fees if fee.paid_at is None]


def dossier_page(dossier: Dossier, *, at: datetime) -> DossierPage:
    """All of it in a fixed number of statements, however long the dossier's story is."""
    steps, hand_overs = process_of(dossier), list(dossier.hand_overs.select_related("to_unit"))
    files = list(dossier.files.all())
    papers = [
        PaperLine(paper=paper, files=[file for file in files if file.paper_id == paper.pk])
        for paper in dossier.papers.all()
    ]
    entries = story_of(dossier)
    was_immediate = any(entry.kind == "immediate" for entry in entries)  # it walked through no process
    return DossierPage(
        dossier=dossier,
        promise=promise_line(dossier, entries, at=at),
        steps=[] if was_immediate else step_lines(dossier, steps, hand_overs),
        entries=entries,
        papers=papers,
        other_files=[file for file in files if file.paper_id is None],
        fees=list(dossier.fees.all()),
        consultations=list(dossier.consultations.select_related("unit")),
        agency_requests=_agency_requests(dossier, entries),
        messages=list(messages_about(dossier.subject)),
        apology=apology_of(dossier),
        declared=declared_page(dossier),
        hand_over=next((h for h in reversed(hand_overs) if h.acknowledged_at is None and h.to_role), None),
        is_last_step=not any(step.position > dossier.step_position and not is_return(step) for step in steps),
        has_hand_overs=bool(hand_overs),
    )


def _agency_requests(dossier: Dossier, entries: list["TimelineEntry"]) -> list[AgencyRequest]:
    """Most dossiers ask nobody: their story says so, and spares the statement."""
    asked = any(entry.kind == "other_agency" for entry in entries)
    return list(dossier.agency_requests.all()) if asked else []


WAITING, LATE = ("supplement", "financial_duty", "other_agency", "sent_back"), ("apology_owed",)
STORY_STATES = dict.fromkeys(WAITING, "waiting") | dict.fromkeys(LATE, "late")


def story_of(dossier: Dossier) -> list["TimelineEntry"]:
    """The entries of its timeline, each with the `state` that its mark shows."""
    entries = list(timeline.entries_of(dossier.subject))
    for entry in entries:
        entry.state = STORY_STATES.get(entry.kind, "done")  # type: ignore[attr-defined]
    return entries


def applicant_facts(dossier: Dossier, *, in_full: bool) -> list[tuple[str, str]]:
    """Who filed and how; numbers are masked until somebody asks for them (and that is written down)."""
    number = dossier.personal_id if in_full else mask_number(dossier.personal_id)
    phone = show_phone(dossier.phone) if in_full else mask_phone(dossier.phone)
    email = dossier.email if in_full else mask_email(dossier.email) if dossier.email else ""
    facts = [
        (_("Người nộp"), dossier.applicant_name),
        (_("Số định danh"), number),
        (_("Điện thoại"), phone),
        (_("Thư điện tử"), email),
        (_("Địa chỉ"), dossier.address),
        (_("Chủ hồ sơ"), ", ".join(part for part in (dossier.owner_name, dossier.owner_address) if part)),
        (_("Giấy ủy quyền"), dossier.authorisation),
        (_("Nội dung yêu cầu"), dossier.request if dossier.request != dossier.procedure_name else ""),
        (_("Hình thức nộp"), str(dossier.get_channel_display())),
        (_("Nhận kết quả"), way_back(dossier)),
        (_("Nơi tiếp nhận"), dossier.receiving_unit.name if dossier.receiving_unit_id != dossier.unit_id else ""),
        (_("Hồ sơ giấy để tại"), dossier.paper_place),
        (_("Ghi chú"), dossier.note),
    ]
    return [(str(name), value) for name, value in facts if value]


def way_back(dossier: Dossier) -> str:
    """ "tại nhà (người cao tuổi): Thôn 1, xã Mẫu"."""
    reason = f" ({dossier.get_return_reason_display()})" if dossier.return_reason else ""
    address = f": {dossier.return_address}" if dossier.return_address else ""
    return f"{dossier.get_return_channel_display()}{reason}{address}"


STATES = {
    Band.LATE: ("late", gettext_lazy("Đã trễ hẹn")),
    Band.SOON: ("soon", gettext_lazy("Sắp lỡ hẹn")),
    Band.TODAY: ("today", gettext_lazy("Hẹn hôm nay")),
    Band.ONTIME: ("ontime", gettext_lazy("Đang đúng hẹn")),
    Band.NEW: ("plain", gettext_lazy("Chờ tiếp nhận")),
}


def state_of(dossier: Dossier, *, at: datetime) -> tuple[str, str]:
    """How the promise stands: a state of the house's pills, and its words."""
    status = Status(dossier.status)
    if status == Status.RETURNED:
        return "done", str(status.label)
    if status == Status.FINISHED:
        return "done", _("Đã có kết quả, chờ trả cho dân")
    if status in CLOSED:
        return "plain", str(status.label)
    if status in RUNNING or status == Status.NEW:
        state, words = STATES[band_of(dossier, at=at)]
        return state, str(words)
    return "paused", str(status.label)


def promise_line(dossier: Dossier, entries: list["TimelineEntry"], *, at: datetime) -> PromiseLine:
    state, words = state_of(dossier, at=at)
    promise = Promise.objects.filter(subject=dossier.subject, kind="result").prefetch_related("changes").first()
    return PromiseLine(
        state=state,
        words=words,
        due_at=dossier.due_at,
        explanation=promise.explanation if promise else [],
        sentences=_sentences(dossier, promise) if promise else [],
        changes=list(promise.changes.all()) if promise else [],
        note=_note(dossier, entries),
    )


def _sentences(dossier: Dossier, promise: Promise) -> list[str]:
    """The rule in words, as long as it is what made the date in force."""
    if not promise.explanation:
        return []
    deadline = Deadline.from_json({"due": promise.due_at.isoformat(), "explanation": promise.explanation})
    if deadline.explanation[-1].date != deadline.due.date():
        return [_("Ngày đã được hẹn lại; cách tính dưới đây là của ngày hẹn trước đó.")]
    limit = TimeLimit(dossier.offering.committed_amount, TimeUnit(dossier.offering.committed_unit))
    return [summary(deadline, limit)]


def _note(dossier: Dossier, entries: list["TimelineEntry"]) -> str:
    if dossier.finished_at and dossier.due_at:
        words = {"when": moment(dossier.finished_at), "how": _timeliness(entries)}
        return _("Có kết quả lúc %(when)s, %(how)s.") % words
    return dossier.closing_reason


def _timeliness(entries: list["TimelineEntry"]) -> str:
    """As it was reckoned when the result was signed."""
    said = [entry.data["timeliness"] for entry in entries if "timeliness" in entry.data]
    return str(Timeliness(said[-1]).label) if said else _("ngay tại quầy")


def step_lines(dossier: Dossier, steps: list["ProcessStep"], hand_overs: list[HandOver]) -> list[StepLine]:
    """The process as a way: what is done (by whom, in time or not), what is being done, what comes."""
    done = {h.step_position: h for h in hand_overs if not h.is_sent_back}
    is_over = bool(dossier.finished_at)
    lines = []
    for step in steps:
        unit = step.unit.name if step.unit else ""  # of the house itself it goes without saying
        is_done = step.position < dossier.step_position or (is_over and step.position <= dossier.step_position)
        if is_done:
            lines.append(_line(step, "done", _done_note(done.get(step.position))))
        elif step.position == dossier.step_position and dossier.status not in CLOSED:
            lines.append(_line(step, "current", _current_note(dossier, unit)))
        else:
            lines.append(_line(step, "todo", unit))
    return lines


def _line(step: "ProcessStep", state: str, note: str) -> StepLine:
    return StepLine(position=step.position, label=step.name, note=note, state=state)


def _done_note(hand_over: HandOver | None) -> str:
    if hand_over is None:
        return ""
    how = Timeliness(hand_over.timeliness).label if hand_over.timeliness else ""
    return " · ".join(str(part) for part in (hand_over.given_by, moment(hand_over.given_at), how) if part)


def _current_note(dossier: Dossier, unit: str) -> str:
    who = dossier.holder.full_name if dossier.holder else unit or dossier.unit.name
    if dossier.status in RUNNING and dossier.step_due_at:
        return _("%(who)s · xong trước %(when)s") % {"who": who, "when": moment(dossier.step_due_at)}
    return who


def dossier_file(dossier: Dossier, file_id: int) -> DossierFile | None:
    return dossier.files.filter(pk=file_id).first()


def open_consultation(dossier: Dossier, consultation_id: int) -> Consultation | None:
    return dossier.consultations.filter(pk=consultation_id, answered_at=None).select_related("unit").first()


def signature_of(dossier: Dossier) -> DossierFile | None:
    """The last signature that was drawn for this dossier."""
    return dossier.files.filter(kind=FileKind.SIGNATURE).last()


def agencies_around(dossier: Dossier) -> "QuerySet[Unit]":
    """Whom one may ask for an opinion: the office and its divisions, its neighbours and what stands above them."""
    top = dossier.unit.parent or dossier.unit
    return units_below(top).filter(valid_to=None).order_by("path")


def open_hand_over(dossier: Dossier) -> HandOver | None:
    """The last hand-over that nobody has signed for (results that wait at the return desk need no signature)."""
    waiting = dossier.hand_overs.filter(acknowledged_at=None).exclude(to_role="").select_related("to_unit")
    return waiting.order_by("pk").last()


def apology_of(dossier: Dossier) -> Apology | None:
    return Apology.objects.select_related("answerable", "dossier__unit").filter(dossier=dossier).first()


@dataclass(frozen=True, kw_only=True)
class OwedLine:
    """An apology that is owed: how late the dossier is, what was done about it, what comes next."""

    apology: Apology
    state: str
    late: str
    next_step: str


def owed_line(apology: Apology, *, at: datetime) -> OwedLine:
    due = apology.dossier.due_at or apology.old_due_at
    state, words = ("late", _("quá hẹn %(time)s")) if due < at else ("soon", _("còn %(time)s"))
    step = _("chờ gửi") if apology.signed_at else _("chờ lãnh đạo ký") if apology.drafted_at else _("chưa soạn")
    return OwedLine(apology=apology, state=state, late=words % {"time": span_in_words(abs(at - due))}, next_step=step)


def span_in_words(span: timedelta) -> str:
    """The two largest parts: "5 ngày 7 giờ", "3 giờ 20 phút", "4 phút"."""
    minutes = int(span.total_seconds()) // 60
    days, hours, minutes = minutes // 1440, minutes // 60 % 24, minutes % 60
    parts = [
        ngettext("%(n)s ngày", "%(n)s ngày", days) % {"n": days} if days else "",
        ngettext("%(n)s giờ", "%(n)s giờ", hours) % {"n": hours} if hours else "",
        ngettext("%(n)s phút", "%(n)s phút", minutes) % {"n": minutes} if minutes or not (days or hours) else "",
    ]
    return " ".join([part for part in parts if part][:2])

"""From the signature to the person's hand, with proof; cancelling until then; what to do about a wrong name."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from thanthien.core.events import publish
from thanthien.core.files import CheckedFile, keep
from thanthien.letters import rules
from thanthien.letters.actions.changing import locked, write_down
from thanthien.letters.actions.drafting import draft_letter
from thanthien.letters.enums import Occasion, State, Way
from thanthien.letters.events import LetterHandedOver, WrongNameReported
from thanthien.letters.models import Letter, WrongName
from thanthien.letters.queries import Draft


@dataclass(frozen=True, kw_only=True)
class Handing:
    """How it reached people: `evidence` names the head of the village, the waybill, the address it was sent to."""

    way: Way
    recipient: str
    evidence: str = ""
    file: CheckedFile | None = None
    has_consent: bool = False


@transaction.atomic
def hand_over(letter: Letter, handing: Handing, *, by: Any, at: datetime) -> Letter:
    letter = locked(letter)
    rules.check_can_hand(letter, by=by)
    rules.check_way(letter.kind, handing.way, has_consent=handing.has_consent)
    rules.check_evidence(handing.way, handing.evidence, handing.file is not None)
    letter.state, letter.way, letter.recipient = State.HANDED, handing.way, handing.recipient
    letter.evidence, letter.has_consent = handing.evidence, handing.has_consent
    letter.evidence_file = vars(keep(handing.file, at=at)) if handing.file else None
    letter.handed_at, letter.handed_by = at, str(by)
    letter.save()
    words = {"way": Way(handing.way).label, "who": handing.recipient, "proof": handing.evidence}
    text = _("Thư đến tay %(who)s (%(way)s). %(proof)s") % words
    write_down(letter, "handed", text.strip(), by=by, at=at)
    publish(LetterHandedOver(letter_id=letter.pk, way=str(handing.way)))
    return letter


@transaction.atomic
def cancel_letter(letter: Letter, *, reason: str, by: Any, at: datetime) -> Letter:
    """As long as it has not left the house. Its number stays taken, its paper stays kept."""
    letter = locked(letter)
    rules.check_can_cancel(letter, by=by)
    letter.state, letter.cancelled_at, letter.cancelled_by, letter.cancel_reason = (
        State.CANCELLED, at, str(by), reason,
    )  # fmt: skip
    letter.save(update_fields=["state", "cancelled_at", "cancelled_by", "cancel_reason"])
    write_down(letter, "cancelled", _("Hủy thư: %(reason)s.") % {"reason": reason.rstrip(".")}, by=by, at=at)
    return letter


@transaction.atomic
def record_answer(letter: Letter, *, answer: str, by: Any, at: datetime) -> Letter:
    """What the person said to the apology, or to any letter."""
    letter = locked(letter)
    rules.check_can_answer(letter, by=by)
    letter.answer, letter.answered_at = answer, at
    letter.save(update_fields=["answer", "answered_at"])
    write_down(letter, "answered", _("Ghi lời đáp của người nhận."), by=by, at=at)
    return letter


@transaction.atomic
def report_wrong_name(letter: Letter, *, what: str, by: Any, at: datetime) -> WrongName:
    """A name was wrong: a letter still here is cancelled, a new one is drafted to be confirmed and signed anew, and
    the incident stays open until somebody has apologised in person."""
    letter = locked(letter)
    rules.check_can_report_wrong_name(letter, by=by)
    if letter.state == State.SIGNED:
        cancel_letter(letter, reason=_("sai tên: %(what)s") % {"what": what}, by=by, at=at)
    replacement = _replacement_of(letter, by=by, at=at)
    incident = WrongName.objects.create(
        letter=letter, what=what, reported_by=str(by), reported_at=at, replacement=replacement
    )
    write_down(letter, "wrong_name", _("Báo sự cố sai tên: %(what)s.") % {"what": what.rstrip(".")}, by=by, at=at)
    publish(WrongNameReported(letter_id=letter.pk))
    return incident


def _replacement_of(letter: Letter, *, by: Any, at: datetime) -> Letter:
    """The same letter to be written again; the facts are carried over and wait to be mended."""
    draft = Draft(
        unit=letter.unit, occasion=Occasion(letter.occasion), source=letter.subject, addressee=letter.addressee,
        cause=_("Viết lại thư số %(number)s: %(cause)s") % {"number": letter.reference, "cause": letter.cause},
        address=letter.address, facts=letter.facts, dossier=letter.dossier, person=letter.person, round=letter.round,
    )  # fmt: skip
    new = draft_letter(draft, by=by, at=at)
    new.title, new.body, new.paper, new.signer = letter.title, letter.body, letter.paper, letter.signer
    new.is_whole = rules.is_whole(new.addressee, new.title, new.body, new.facts)
    new.save(update_fields=["title", "body", "paper", "signer", "is_whole"])
    return new


@transaction.atomic
def close_wrong_name(incident: WrongName, *, apologised_by: str, prevention: str, by: Any, at: datetime) -> WrongName:
    rules.check_can_close_wrong_name(incident, by=by)
    incident.apologised_by, incident.prevention, incident.closed_at = apologised_by, prevention, at
    incident.save(update_fields=["apologised_by", "prevention", "closed_at"])
    words = {"who": apologised_by, "what": prevention.rstrip(".")}
    text = _("Khép lại sự cố sai tên. Đã đến xin lỗi: %(who)s. Để không lặp lại: %(what)s.") % words
    write_down(incident.letter, "wrong_name_closed", text, by=by, at=at)
    return incident

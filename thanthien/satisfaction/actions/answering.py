"""Somebody answers: by link, on the citizen's pages, at the tablet, on paper, by phone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from thanthien.core.events import publish
from thanthien.core.rules import Refused
from thanthien.core.text import clean
from thanthien.core.writing import insert
from thanthien.satisfaction import rules
from thanthien.satisfaction.actions.settling import Contact, open_case
from thanthien.satisfaction.enums import Channel, Reached
from thanthien.satisfaction.events import ResponseGiven
from thanthien.satisfaction.models import Answer, Drawn, Invitation, RatingTurn, Response, SurveyVersion
from thanthien.satisfaction.queries.invitations import invitation_by_token
from thanthien.satisfaction.rules.surveys import Sheet, sheet_of

if TYPE_CHECKING:
    from thanthien.dossiers.models import Dossier
    from thanthien.organisation.models import Staff
    from thanthien.satisfaction.models import RatingDevice

LONGEST_COMMENT = 2000


@dataclass(frozen=True, kw_only=True)
class Filled:
    """What was answered: the value of the chosen option by the key of its question; codes of reasons."""

    values: Mapping[str, int]
    reasons: Sequence[str] = ()
    comment: str = ""
    contact: Contact = field(default_factory=Contact)


@dataclass(frozen=True, kw_only=True)
class About:
    """What an answer is about, without anybody's name."""

    unit_id: int
    sector_id: int | None = None
    procedure_id: int | None = None
    neighbourhood_id: int | None = None
    officer_id: int | None = None
    campaign_id: int | None = None


def about(dossier: "Dossier", *, officer_id: int | None = None, campaign_id: int | None = None) -> About:
    """`officer_id`: who is rated; else who received the dossier."""
    procedure, applicant = dossier.offering.procedure, dossier.applicant
    return About(
        unit_id=dossier.unit_id, sector_id=procedure.sector_id, procedure_id=procedure.pk,
        neighbourhood_id=applicant.neighbourhood_id if applicant else None,
        officer_id=officer_id or dossier.received_by_id, campaign_id=campaign_id,
    )  # fmt: skip


@transaction.atomic
def answer_invitation(token: str, filled: Filled, *, at: datetime) -> Response:
    """By the link that holds once. Raises `Refused` for a used, expired or forged one."""
    invitation = invitation_by_token(token)
    rules.check_invitation(invitation, at=at)
    assert invitation is not None
    return answer_invited(invitation, filled, at=at)


@transaction.atomic
def answer_invited(invitation: Invitation, filled: Filled, *, at: datetime) -> Response:
    """The same for a page that has looked at the link already. Taking the link decides between two who hold it."""
    rules.check_invitation(invitation, at=at)
    drawn = invitation.drawn
    if drawn:
        rules.check_takes_answers(drawn.campaign)
    invitation.used_on = timezone.localdate(at)
    if not Invitation.objects.filter(pk=invitation.pk, used_on=None).update(used_on=invitation.used_on):
        rules.check_invitation(invitation, at=at)
    if drawn:
        _note_reached(drawn, Reached.ANSWERED, at=at)
    facts = about(invitation.dossier, campaign_id=drawn.campaign_id if drawn else None)
    return _give(invitation.version, filled, facts, channel=Channel.LINK, dossier_id=invitation.dossier_id, at=at)


@transaction.atomic
def answer_freely(version: SurveyVersion, filled: Filled, facts: About, *, at: datetime) -> Response:
    """On the citizen's pages, by anybody, about a field or nothing in particular."""
    return _give(version, filled, facts, channel=Channel.PORTAL, at=at)


@transaction.atomic
def answer_at_counter(
    device: "RatingDevice", version: SurveyVersion, filled: Filled, *, turn_id: int, at: datetime
) -> Response:
    """At the tablet. What it knew of the dossier is forgotten with the answer; the link to the same is used up."""
    rules.check_device(device)
    mine = RatingTurn.objects.select_for_update(of=("self",)).filter(pk=turn_id, counter=device.counter_id)
    turn = mine.filter(is_over=False).select_related("dossier").first()
    if turn is None:
        raise Refused(_("Lượt đánh giá này đã xong. Cảm ơn ông/bà."))
    dossier, facts = turn.dossier, About(unit_id=device.unit_id, officer_id=turn.officer_id)
    turn.dossier, turn.is_over = None, True
    turn.save(update_fields=["dossier", "is_over"])
    if dossier:
        used = {"used_on": timezone.localdate(at)}
        Invitation.objects.filter(dossier=dossier, drawn=None, used_on=None).update(**used)
        facts = about(dossier, officer_id=turn.officer_id)
    return _give(version, filled, facts, channel=Channel.TABLET, dossier_id=dossier.pk if dossier else None, at=at)


@transaction.atomic
def type_slip(
    version: SurveyVersion, filled: Filled, facts: About, *, day: date, by: "Staff", at: datetime
) -> Response:
    """A paper slip, as it was filled in on `day`."""
    rules.check_can_type(by=by)
    rules.check_is_not_rated(facts.officer_id, by=by)
    if day > timezone.localdate(at):
        raise Refused(_("Ngày trên phiếu chưa tới. Xin xem lại ngày."))
    return _give(version, filled, facts, channel=Channel.PAPER, day=day, by=str(by), at=at)


@transaction.atomic
def answer_for_drawn(drawn: Drawn, filled: Filled, *, channel: Channel, by: "Staff", at: datetime) -> Response:
    """What somebody of the sample said, by phone or on the slip with their number."""
    locked = (
        Drawn.objects.select_for_update(of=("self",)).select_related("campaign__version", "dossier").get(pk=drawn.pk)
    )
    rules.check_can_ask(locked, by=by)
    _note_reached(locked, Reached.ANSWERED, at=at)
    Invitation.objects.filter(drawn=locked, used_on=None).update(used_on=timezone.localdate(at))
    facts = about(locked.dossier, campaign_id=locked.campaign_id)
    return _give(
        locked.campaign.version, filled, facts, channel=channel, dossier_id=locked.dossier_id, by=str(by), at=at
    )


@transaction.atomic
def note_call(drawn: Drawn, reached: Reached, *, note: str, by: "Staff", at: datetime) -> None:
    """A call that brought no answer: refused, nobody there, a wrong number."""
    locked = Drawn.objects.select_for_update(of=("self",)).select_related("campaign", "dossier").get(pk=drawn.pk)
    rules.check_can_ask(locked, by=by)
    locked.note = clean(note)[:300]
    _note_reached(locked, reached, at=at)


def _note_reached(drawn: Drawn, reached: Reached, *, at: datetime) -> None:
    drawn.reached, drawn.tries, drawn.last_try = reached, drawn.tries + 1, timezone.localdate(at)
    drawn.save(update_fields=["reached", "tries", "last_try", "note"])


# ---- one answer ----------------------------------------------------------------------------------------------
def _give(
    version: SurveyVersion, filled: Filled, facts: About, *, channel: Channel, at: datetime, **more: Any
) -> Response:
    """`more`: `day`, else today; `by`, who typed it; `dossier_id`, kept only when the person asks for an answer."""
    sheet = sheet_of(version.content, language="vi")
    answers = _answers(sheet, filled.values)
    overall = sheet.overall.option(filled.values[sheet.overall.key])
    assert overall is not None
    known = {code for code, _text in sheet.reasons}
    response = Response(
        version=version, channel=channel, day=more.get("day") or timezone.localdate(at), value=overall.value,
        level=overall.label, is_satisfied=overall.is_satisfied, comment=filled.comment.strip()[:LONGEST_COMMENT],
        reasons=[code for code in dict.fromkeys(filled.reasons) if code in known], entered_by=more.get("by", ""),
        **vars(facts),
    )  # fmt: skip
    insert(response)
    for answer in answers:
        answer.response = response
    insert(*answers)
    publish(ResponseGiven(response_id=response.pk))
    if not response.is_satisfied:
        open_case(response, filled.contact, dossier_id=more.get("dossier_id"), at=at)
    return response


def _answers(sheet: Sheet, values: Mapping[str, int]) -> list[Answer]:
    answers = []
    for question in sheet.questions:
        if question.key not in values:
            if question.required:
                raise Refused(_("Ông/bà chưa trả lời: %(question)s") % {"question": question.text})
            continue
        option = question.option(values[question.key])
        if option is None:
            raise Refused(_("Câu “%(question)s” không có mức này.") % {"question": question.text})
        answers.append(
            Answer(
                question=question.key, value=option.value, is_satisfied=option.is_satisfied, element=question.element,
                topic=question.topic,
            )
        )  # fmt: skip
    return answers

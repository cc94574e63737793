"""A sample is planned, drawn once by the system, and closed."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from thanthien.core.rules import Refused
from thanthien.core.text import clean
from thanthien.dossiers.queries import dossiers_after
from thanthien.notifications.queries import held_until
from thanthien.organisation.queries import office_of
from thanthien.satisfaction import rules
from thanthien.satisfaction.actions.inviting import send_link
from thanthien.satisfaction.enums import Reached
from thanthien.satisfaction.models import Campaign, Drawn, Invitation, SurveyVersion
from thanthien.satisfaction.queries.campaigns import draw, frame_of, hash_of_frame
from thanthien.satisfaction.queries.invitations import OPEN_FOR

if TYPE_CHECKING:
    from thanthien.dossiers.models import Dossier
    from thanthien.organisation.models import Staff


@dataclass(frozen=True, kw_only=True)
class Plan:
    name: str
    version: SurveyVersion
    first: date
    last: date
    size: int
    sectors: Sequence[int] = ()
    neighbourhoods: Sequence[int] = ()


@transaction.atomic
def plan_campaign(plan: Plan, *, by: "Staff", at: datetime) -> Campaign:
    """The seed is chosen here, before anybody knows the frame, and kept."""
    rules.check_can_keep_surveys(by=by)
    if plan.last < plan.first:
        raise Refused(_("Ngày cuối của kỳ không thể trước ngày đầu."))
    facts = vars(plan) | {"name": clean(plan.name)[:200]}
    facts |= {"sectors": sorted(plan.sectors), "neighbourhoods": sorted(plan.neighbourhoods)}
    campaign: Campaign = Campaign.objects.create(
        unit=office_of(by), seed=secrets.token_hex(8), made_by=str(by), made_at=at, **facts
    )
    return campaign


@transaction.atomic
def draw_sample(campaign: Campaign, *, by: "Staff", at: datetime) -> Campaign:
    """Once. Who is to be left alone stays in the sample and is counted as not asked; the others get a link."""
    campaign = Campaign.objects.select_for_update(of=("self",)).select_related("unit", "version").get(pk=campaign.pk)
    rules.check_can_draw(campaign, by=by, today=timezone.localdate(at))
    frame = frame_of(campaign)
    if not frame:
        raise Refused(_("Kỳ này không có hồ sơ nào xong để rút mẫu."))
    chosen = draw(frame, campaign.size, campaign.seed)
    campaign.frame_size, campaign.frame_hash = len(frame), hash_of_frame(frame)
    campaign.drawn_by, campaign.drawn_at = str(by), at
    campaign.save(update_fields=["frame_size", "frame_hash", "drawn_by", "drawn_at"])
    dossiers = dossiers_after(chosen)
    for position, dossier_id in enumerate(chosen, 1):
        _ask(campaign, dossiers[dossier_id], position, at=at)
    return campaign


def _ask(campaign: Campaign, dossier: "Dossier", position: int, *, at: datetime) -> None:
    is_quiet = held_until(dossier.applicant_id, at=at) is not None
    reached = Reached.QUIET if is_quiet else Reached.WAITING
    drawn = Drawn.objects.create(campaign=campaign, dossier=dossier, position=position, reached=reached)
    if is_quiet or not (dossier.email or dossier.phone):
        return
    invitation = Invitation.objects.create(
        dossier=dossier, version=campaign.version, drawn=drawn, nonce=secrets.token_urlsafe(12), made_at=at,
        expires_at=at + OPEN_FOR,
    )  # fmt: skip
    send_link(invitation, dossier, at=at)


@transaction.atomic
def close_campaign(campaign: Campaign, *, by: "Staff", at: datetime) -> Campaign:
    campaign = Campaign.objects.select_for_update().get(pk=campaign.pk)
    rules.check_can_close(campaign, by=by)
    campaign.closed_by, campaign.closed_at = str(by), at
    campaign.save(update_fields=["closed_by", "closed_at"])
    return campaign

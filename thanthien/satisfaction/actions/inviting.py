"""People are asked once their result is in their hands, unless they are to be left alone."""

import secrets
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from thanthien.dossiers.queries import dossier_after
from thanthien.notifications.actions import Facts, Notice, tell
from thanthien.notifications.enums import Situation
from thanthien.notifications.queries import held_until
from thanthien.satisfaction.enums import Channel
from thanthien.satisfaction.models import Invitation
from thanthien.satisfaction.queries.invitations import OPEN_FOR, address_of
from thanthien.satisfaction.queries.surveys import version_used

if TYPE_CHECKING:
    from thanthien.dossiers.models import Dossier


@transaction.atomic
def invite_after_result(dossier_id: int, *, at: datetime) -> Invitation | None:
    """Makes the link and sends it; once for a dossier. None in a quiet period, after a death for instance."""
    dossier = dossier_after(dossier_id)
    version = version_used(dossier.unit_id, Channel.LINK)
    if version is None or held_until(dossier.applicant_id, at=at):
        return None
    made = {"version": version, "nonce": secrets.token_urlsafe(12), "made_at": at, "expires_at": at + OPEN_FOR}
    invitation, is_new = Invitation.objects.get_or_create(dossier=dossier, drawn=None, defaults=made)
    if is_new:
        send_link(invitation, dossier, at=at)
    return invitation


def send_link(invitation: Invitation, dossier: "Dossier", *, at: datetime) -> None:
    facts = Facts(
        name=dossier.applicant_name, code=dossier.code, procedure=dossier.procedure_name, survey=address_of(invitation),
        desk=dossier.receiving_unit.desk_name, unit=dossier.receiving_unit.name,
    )  # fmt: skip
    notice = Notice(
        subject=dossier.subject, unit_code=dossier.unit.code, situation=Situation.SURVEY, facts=facts,
        occasion=str(invitation.pk), phone=dossier.phone, email=dossier.email, person_id=dossier.applicant_id,
        expires_at=invitation.expires_at,
    )  # fmt: skip
    tell(notice, at=at)

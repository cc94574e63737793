"""People are asked once their result is in their hands, unless they are to be left alone."""

import secrets
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from thanthien.dossiers.queries import dossier_after
from thanthien.notifications.actions import Facts, Notice, tell
from thanthien.notifications.enums import Situation
from thanthien.notifications.queries import held_until
from thanthien.organisation.queries import staff_by_id
from thanthien.satisfaction import rules
from thanthien.satisfaction.enums import Channel
from thanthien.satisfaction.models import Invitation, RatingDevice, RatingTurn
from thanthien.satisfaction.queries.invitations import OPEN_FOR, address_of, hash_of
from thanthien.satisfaction.queries.surveys import version_used

if TYPE_CHECKING:
    from thanthien.dossiers.models import Dossier
    from thanthien.organisation.models import Counter, Staff


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


# ---- tablets -------------------------------------------------------------------------------------------------
@transaction.atomic
def wake_tablet(dossier_id: int, staff_id: int, *, at: datetime) -> RatingTurn | None:
    """The tablet at the counter of who handed the result out may ask; None when there is none, or in a quiet period."""
    staff = staff_by_id(staff_id)
    if staff is None or staff.counter_id is None:
        return None
    if not RatingDevice.objects.filter(counter=staff.counter_id, revoked_at=None).exists():
        return None
    dossier = dossier_after(dossier_id)
    answered = Invitation.objects.filter(dossier=dossier, drawn=None, used_on__isnull=False).exists()
    if answered or held_until(dossier.applicant_id, at=at):
        return None
    RatingTurn.objects.filter(counter=staff.counter_id).delete()  # whoever was before has gone
    turn: RatingTurn = RatingTurn.objects.create(
        counter_id=staff.counter_id, dossier_id=dossier_id, officer=staff, at=dossier.returned_at or at
    )
    return turn


@transaction.atomic
def make_device(counter: "Counter", *, by: "Staff", at: datetime) -> tuple[RatingDevice, str]:
    """The tablet of a counter and, this once, the secret of its address. One that was there before is locked."""
    rules.check_can_keep(counter.unit_id, by=by)
    RatingDevice.objects.filter(counter=counter, revoked_at=None).update(revoked_at=at, revoked_by=str(by))
    token = secrets.token_urlsafe(24)
    device = RatingDevice.objects.create(
        unit_id=counter.unit_id, counter=counter, token_hash=hash_of(token), made_by=str(by), made_at=at
    )
    return device, token


@transaction.atomic
def revoke_device(device: RatingDevice, *, by: "Staff", at: datetime) -> None:
    rules.check_can_keep(device.unit_id, by=by)
    device.revoked_at, device.revoked_by = at, str(by)
    device.save(update_fields=["revoked_at", "revoked_by"])


def forget_turns(*, at: datetime) -> int:
    """Whoever did not answer within the half minute stands nowhere."""
    gone, _each = RatingTurn.objects.filter(at__lt=at - timedelta(minutes=10)).delete()
    return gone

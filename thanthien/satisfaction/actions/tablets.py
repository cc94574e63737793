"""The tablet at a counter wakes when that counter's number or dossier is done, and forgets whose turn it was."""

import secrets
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from thanthien.core import live
from thanthien.dossiers.queries import dossier_after
from thanthien.notifications.queries import held_until
from thanthien.organisation.queries import staff_by_id
from thanthien.queue.queries import last_call_of, session_of
from thanthien.satisfaction import rules
from thanthien.satisfaction.models import Invitation, RatingDevice, RatingTurn
from thanthien.satisfaction.queries.invitations import AWAKE, CHANNEL, hash_of, live_key

if TYPE_CHECKING:
    from thanthien.organisation.models import Counter, Staff

NAMELESS_AFTER = timedelta(minutes=10)  # nobody answered: of whom it was the turn, is forgotten
FORGOTTEN_AFTER = timedelta(hours=12)  # and that there was one


@transaction.atomic
def wake_for_dossier(dossier_id: int, staff_id: int, *, at: datetime) -> RatingTurn | None:
    """The counter of who handed the result out. In a quiet period, and where the link was answered already, the turn
    is over before it begins: the number of the same person does not wake the tablet either."""
    staff = staff_by_id(staff_id)
    counter_id = _counter_of(staff) if staff else None
    if staff is None or counter_id is None:
        return None
    dossier = dossier_after(dossier_id)
    answered = Invitation.objects.filter(dossier=dossier, drawn=None, used_on__isnull=False).exists()
    is_over = answered or held_until(dossier.applicant_id, at=at) is not None
    whose = {"dossier_id": None if is_over else dossier_id, "officer": staff, "is_over": is_over}
    return _wake(counter_id, since=dossier.returned_at or at, moment=dossier.returned_at or at, **whose)


@transaction.atomic
def wake_for_ticket(ticket_id: int, *, at: datetime) -> RatingTurn | None:
    """The counter at which the number was served, unless its person was asked there about a result during the call."""
    call = last_call_of(ticket_id)
    if call is None or call.ended_at is None or call.session.counter_id is None or at - call.ended_at > AWAKE:
        return None
    since = call.started_at or call.called_at
    return _wake(call.session.counter_id, since=since, moment=call.ended_at, officer=call.session.staff)


def _wake(counter_id: int, *, since: datetime, moment: datetime, **whose: object) -> RatingTurn | None:
    """None where there is no tablet, and for an event that came twice or late."""
    devices = list(RatingDevice.objects.select_for_update().filter(counter=counter_id, revoked_at=None))
    if not devices or RatingTurn.objects.filter(counter=counter_id, at__gte=since).exists():
        return None
    RatingTurn.objects.filter(counter=counter_id).delete()  # whoever was before has gone
    turn = RatingTurn.objects.create(counter_id=counter_id, at=moment, **whose)
    if turn.is_over:
        return None
    for device in devices:
        live.send(CHANNEL, live_key(device), {"id": turn.pk, "turn": turn.pk})
    return turn


def _counter_of(staff: "Staff") -> int | None:
    """Where they sit today, else where they usually do."""
    session = session_of(staff)
    return session.counter_id if session else staff.counter_id


# ---- the machines ----------------------------------------------------------------------------------------------
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
    """Whoever did not answer within the half minute stands nowhere; how many turns became nameless."""
    RatingTurn.objects.filter(at__lt=at - FORGOTTEN_AFTER).delete()
    late = RatingTurn.objects.filter(at__lt=at - NAMELESS_AFTER, is_over=False)
    return late.update(is_over=True, dossier=None)

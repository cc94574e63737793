"""Telling people that their turn is near."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from thanthien.notifications.actions import Facts, Notice, tell
from thanthien.notifications.enums import Situation
from thanthien.queue.models import Hall, Ticket
from thanthien.queue.queries.waiting import near_in

NEAR = 3  # people before me


@transaction.atomic
def tell_those_near(hall: Hall, *, at: datetime) -> int:
    """Those who left an address and have at most three people before them; each once, however often this runs."""
    near = near_in(hall, NEAR, at=at)
    for ticket in near:
        ticket.near_told_at = at
        ticket.save(update_fields=["near_told_at"])
        tell(_notice(ticket), at=at)
    return len(near)


def _notice(ticket: Ticket) -> Notice:
    unit = ticket.hall.unit
    link = f"{settings.SITE_URL.rstrip('/')}{reverse('queue:position', args=[ticket.secret])}"
    facts = Facts(
        name=ticket.full_name, code=ticket.code, procedure=ticket.line.name, link=link, desk=unit.desk_name,
        unit=unit.name,
    )  # fmt: skip
    return Notice(
        subject=ticket.subject, unit_code=unit.code, situation=Situation.QUEUE_NEAR, facts=facts,
        occasion=ticket.order_at.isoformat(), phone=ticket.phone, email=ticket.email,
    )  # fmt: skip

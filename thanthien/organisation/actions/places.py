"""Counters and neighbourhoods."""

from datetime import datetime
from typing import TypeVar

from django.db import transaction

from thanthien.organisation.models import Counter, Neighbourhood, Staff
from thanthien.organisation.outside import recording
from thanthien.organisation.rules import check_can_manage

Place = TypeVar("Place", Counter, Neighbourhood)


@transaction.atomic
def save_place(place: Place, *, by: Staff, at: datetime) -> Place:
    """Adds a counter or a neighbourhood (`queries.new_counter`, `new_neighbourhood`), or keeps what was changed."""
    check_can_manage(place.unit, by=by)
    with recording(by=by, at=at):
        place.save()
    return place


@transaction.atomic
def remove_place(place: Counter | Neighbourhood, *, by: Staff, at: datetime) -> None:
    """Who sat or lived there stays, without it."""
    check_can_manage(place.unit, by=by)
    with recording(by=by, at=at):
        place.delete()

"""Counters and neighbourhoods."""

from datetime import datetime
from typing import TypeVar

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from thanthien.core.rules import Refused
from thanthien.organisation.models import Counter, Neighbourhood, Staff
from thanthien.organisation.outside import recording
from thanthien.organisation.rules import check_can_manage

Place = TypeVar("Place", Counter, Neighbourhood)


@transaction.atomic
def save_counter(counter: Counter, *, by: Staff, at: datetime) -> Counter:
    """Adds a counter (`Counter(unit=…, number=…)`), or keeps what was changed in one."""
    return _save(counter, by=by, at=at)


@transaction.atomic
def save_neighbourhood(neighbourhood: Neighbourhood, *, by: Staff, at: datetime) -> Neighbourhood:
    """Adds a thôn or tổ dân phố, or keeps what was changed in one."""
    return _save(neighbourhood, by=by, at=at)


@transaction.atomic
def remove_place(place: Counter | Neighbourhood, *, by: Staff, at: datetime) -> None:
    """Who sat or lived there stays, without it. Refused while something still needs it."""
    check_can_manage(place.unit, by=by)
    try:
        with recording(by=by, at=at), transaction.atomic():
            place.delete()
    except ProtectedError:
        raise Refused(_("%(place)s còn được hồ sơ nhắc đến nên không xóa được.") % {"place": place}) from None


def _save(place: Place, *, by: Staff, at: datetime) -> Place:
    check_can_manage(place.unit, by=by)
    with recording(by=by, at=at):
        place.save()
    return place

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
def save_place(place: Place, *, by: Staff, at: datetime) -> Place:
    """Adds a counter or a neighbourhood (`queries.new_counter`, `new_neighbourhood`), or keeps what was changed."""
    check_can_manage(place.unit, by=by)
    with recording(by=by, at=at):
        place.save()
    return place


@transaction.atomic
def remove_place(place: Counter | Neighbourhood, *, by: Staff, at: datetime) -> None:
    """Who sat or lived there stays, without it. What a room above still needs is refused, with where it is needed."""
    check_can_manage(place.unit, by=by)
    with recording(by=by, at=at):
        try:
            place.delete()
        except ProtectedError as needed:
            where = ", ".join(str(one) for one in needed.protected_objects)
            raise Refused(
                _(
                    "Chưa xóa được %(place)s: đang dùng cho %(where)s. Xin đóng thay vì xóa (bỏ dấu «đang mở»), khi ấy "
                    "lịch hẹn đã đặt được nêu ra để dời; hoặc gỡ khỏi nơi đang dùng trước."
                )
                % {"place": place, "where": where}
            ) from None

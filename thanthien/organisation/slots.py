"""What this room adds to the pages of the house."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from thanthien.core import navigation
from thanthien.core.diagnoses import Trouble, examines
from thanthien.core.slots import fills
from thanthien.organisation.queries import front_unit, missing_holidays, needs_second_factor

ADMINISTRATION = _("Quản trị")
NEXT_YEAR_FROM = 10  # the month in which the notice of the next year is usually out

navigation.add(
    navigation.Entry(
        label=_("Tổ chức, cán bộ"), url_name="organisation:units", icon="diagram-3", group=ADMINISTRATION, order=810
    )
)

navigation.add(navigation.Entry(label=_("Vắng mặt"), url_name="organisation:absences", icon="person-dash", order=60))


@fills("office.top")
def ask_for_second_factor(request: HttpRequest, subject: Any) -> str:
    """Who administrates is asked, on every page, to protect the account with more than a password."""
    if not (request.user.is_authenticated and needs_second_factor(request.user)):
        return ""
    return render_to_string("organisation/_second_factor.html", request=request)


@examines(_("Đơn vị và ngày nghỉ"))
def unit_and_holidays(at: datetime) -> Iterator[Trouble]:
    """Dates promised over the new year need its holidays: from October on those of the next year too."""
    if front_unit() is None:
        yield Trouble(gettext("Chưa có đơn vị nào."), gettext("Tạo đơn vị ở trang «Tổ chức, cán bộ»."), serious=False)
    today = localtime(at)
    for year in [today.year, today.year + 1] if today.month >= NEXT_YEAR_FROM else [today.year]:
        if missing := missing_holidays(year):
            yield Trouble(
                gettext("Lịch năm %(year)s còn thiếu %(count)s ngày nghỉ.") % {"year": year, "count": len(missing)},
                gettext(
                    "Mở trang «Ngày nghỉ» của đơn vị, bấm «Nhập lịch năm %(year)s», rồi đối chiếu thông báo của năm."
                )
                % {"year": year},
                serious=False,
            )

"""Who may send again and who may change texts and channels; when nothing may be sent; how often codes may be asked."""

from datetime import datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from thanthien.core.rules import Refused
from thanthien.notifications.enums import MessageState, Situation
from thanthien.organisation.enums import Role
from thanthien.organisation.queries import office_of

MAY_SEND_AGAIN = (Role.RECEPTION, Role.RETURN, Role.CLERK, Role.UNIT_ADMIN)
# What somebody has asked for a moment ago and waits for.
AT_ANY_HOUR = frozenset({Situation.CODE, Situation.REGISTERED, Situation.HELP})


def check_can_send_again(message: Any, *, by: Any) -> None:
    if not by.has_role(*MAY_SEND_AGAIN):
        raise Refused(_("Gửi lại tin báo là việc của bộ phận tiếp nhận, văn thư hoặc quản trị đơn vị."))
    if message.situation == Situation.CODE:
        raise Refused(_("Mã xác nhận không gửi lại được. Ông/bà ấy có thể xin mã mới trên trang tra cứu."))
    if message.situation == Situation.SURVEY:
        raise Refused(_("Liên kết đánh giá không gửi lại được. Ông/bà ấy vẫn thấy lời mời trên trang tra cứu hồ sơ."))
    if message.situation == Situation.CONFIRM:
        raise Refused(_("Đường dẫn xác nhận không gửi lại được từ đây. Người khai gửi lại được trên trang của mình."))
    if message.state not in (MessageState.FAILED, MessageState.NO_ADDRESS):
        raise Refused(_("Chỉ gửi lại tin chưa gửi được."))


def check_can_edit_texts(unit_code: str, *, by: Any) -> None:
    """Everyone's texts ("") belong to the administrator of the installation, a unit's to its own administrator."""
    if by.is_superuser if unit_code == "" else by.has_role(Role.UNIT_ADMIN) and unit_code == office_of(by).code:
        return
    raise Refused(_("Mẫu tin của đơn vị do quản trị đơn vị sửa; mẫu chung do quản trị hệ thống sửa."))


def check_can_set_channels(unit_code: str, *, by: Any) -> None:
    if not (by.is_superuser or by.has_role(Role.UNIT_ADMIN)) or unit_code != office_of(by).code:
        raise Refused(_("Kênh và giờ gửi tin do quản trị đơn vị đặt."))


# ---- quiet hours -------------------------------------------------------------------------------------------
def default_quiet_hours() -> tuple[time, time] | None:
    """The setting `QUIET_HOURS` ("21:00-07:00"); empty: none."""
    first, _dash, last = settings.QUIET_HOURS.partition("-")
    return (time.fromisoformat(first), time.fromisoformat(last)) if last else None


def end_of_quiet(quiet: tuple[time, time] | None, *, at: datetime) -> datetime | None:
    """When the quiet hours that it is now in are over; None: it is no quiet hour. The hours may pass midnight."""
    if quiet is None or quiet[0] == quiet[1]:
        return None
    local = timezone.localtime(at)
    first, last = quiet
    now = local.time()
    over_night = first > last
    is_quiet = (now >= first or now < last) if over_night else first <= now < last
    if not is_quiet:
        return None
    end = local.replace(hour=last.hour, minute=last.minute, second=0, microsecond=0)
    return end if end > local else end + timedelta(days=1)

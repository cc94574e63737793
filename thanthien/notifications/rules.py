from typing import Any

from django.utils.translation import gettext as _

from thanthien.core.rules import Refused
from thanthien.notifications.enums import MessageState
from thanthien.organisation.enums import Role

MAY_SEND_AGAIN = (Role.RECEPTION, Role.RETURN, Role.CLERK, Role.UNIT_ADMIN)


def check_can_send_again(message: Any, *, by: Any) -> None:
    if not by.has_role(*MAY_SEND_AGAIN):
        raise Refused(_("Gửi lại tin báo là việc của bộ phận tiếp nhận, văn thư hoặc quản trị đơn vị."))
    if message.state != MessageState.FAILED:
        raise Refused(_("Chỉ gửi lại tin chưa gửi được."))

from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from thanthien.core.diagnoses import Trouble, examines
from thanthien.core.navigation import Entry, add
from thanthien.notifications.enums import Channel
from thanthien.notifications.outside import faults
from thanthien.notifications.queries import messages_not_sent, only_by_phone, outcome_of_the_day

MANY = 5

add(
    Entry(
        label=_("Tin báo cho dân"), url_name="notifications:list", icon="envelope", group=_("Lời hứa với dân"), order=60
    )
)


@examines(_("Tin báo cho dân"))
def messages(at: datetime) -> Iterator[Trouble]:
    """Messages that did not go out after every try."""
    if count := messages_not_sent().count():
        yield Trouble(
            gettext("%(count)s tin không gửi được.") % {"count": count},
            gettext("Xem trang «Tin báo cho dân», sửa địa chỉ rồi gửi lại; nếu tất cả đều hỏng, xem máy chủ thư."),
            serious=False,
        )
    sent, failing = outcome_of_the_day(at=at)
    if failing >= MANY and failing * 2 >= sent + failing:
        yield Trouble(
            gettext("Trong 24 giờ qua %(failing)s tin gửi chưa được, chỉ %(sent)s tin gửi được.")
            % {"failing": failing, "sent": sent},
            gettext(
                "Cổng tin nhắn hoặc máy chủ thư có thể đang hỏng: thử bằng `thanthien try_gateway`, xem EMAIL_URL."
            ),
        )


@examines(_("Cổng tin nhắn SMS, Zalo"))
def gateways(at: datetime) -> Iterator[Trouble]:
    """Descriptions that cannot work; and people who can only be reached by a way that is not there."""
    for channel in settings.GATEWAYS:
        for fault in faults(Channel(channel)):
            yield Trouble(fault, gettext("Sửa biến môi trường của cổng (hướng dẫn quản trị, mục tin báo)."))
    if not settings.GATEWAYS and (count := only_by_phone(at=at)):
        yield Trouble(
            gettext("Trong 30 ngày qua %(count)s tin không đến được người chỉ để lại số điện thoại.")
            % {"count": count},
            gettext("Nối một cổng tin nhắn: hướng dẫn quản trị, mục tin báo."),
            serious=False,
        )

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from thanthien.core.diagnoses import Trouble, examines
from thanthien.core.figures import Figure, Scope, Value, register
from thanthien.core.navigation import Entry, add
from thanthien.notifications.enums import Channel
from thanthien.notifications.outside import faults
from thanthien.notifications.queries import figures, messages_not_sent, only_by_phone, outcome_of_the_day

MANY = 5


def _part(records: Callable[[Scope], QuerySet[Any]]) -> Callable[[Scope], Value]:
    """With all that were written as the base."""
    return lambda scope: Value(records(scope).count(), figures.written_in(scope).count())


register(Figure(
    code="notifications.sent", label=_("tin đã gửi"),
    definition=_("Tin báo cho người dân viết trong kỳ và đã gửi đi; cơ sở là mọi tin viết trong kỳ."),
    compute=_part(figures.sent_in), records=figures.sent_in, record=figures.message_record,
))  # fmt: skip
register(Figure(
    code="notifications.under_way", label=_("tin chờ gửi"),
    definition=_("Tin viết trong kỳ, đang chờ gửi, chờ gửi lại hoặc tạm giữ ngoài giờ gửi."),
    compute=_part(figures.under_way_in), records=figures.under_way_in, record=figures.message_record,
))  # fmt: skip
register(Figure(
    code="notifications.failed", label=_("tin không gửi được"),
    definition=_("Tin viết trong kỳ mà mọi kênh đều từ chối hoặc thử hết số lần vẫn không được."),
    compute=_part(figures.failed_in), records=figures.failed_in, record=figures.message_record,
))  # fmt: skip
register(Figure(
    code="notifications.no_address", label=_("người cần gọi điện hoặc gặp"),
    definition=_("Tin quan trọng viết trong kỳ cho người không có địa chỉ nào gửi được."),
    compute=_part(figures.without_address_in), records=figures.without_address_in, record=figures.message_record,
))  # fmt: skip

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

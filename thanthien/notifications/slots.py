from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from thanthien.core.diagnoses import Trouble, examines
from thanthien.core.navigation import Entry, add
from thanthien.notifications.queries import messages_not_sent

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

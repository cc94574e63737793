"""The room's door in the menu of the office, and what the doctor looks for in it."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from thanthien.core.diagnoses import Trouble, examines
from thanthien.core.navigation import Entry, add
from thanthien.procedures.queries import is_catalogue_empty

add(Entry(label=_("Thủ tục"), url_name="procedures:list", icon="journal-text", group=_("Danh mục"), order=310))


@examines(_("Danh mục thủ tục"))
def catalogue(at: datetime) -> Iterator[Trouble]:
    if is_catalogue_empty():
        yield Trouble(
            gettext("Danh mục thủ tục còn trống."),
            gettext("Chạy `thanthien procedures starting-catalogue`, hoặc `thanthien procedures import TỆP`."),
            serious=False,
        )

"""The history of configuration: who changed what, when."""

import re
from dataclasses import dataclass
from datetime import datetime

from auditlog.models import LogEntry
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from thanthien.organisation.enums import Role
from thanthien.organisation.models import Unit

APP = "organisation"
NAMES = {
    "unit": _("Đơn vị"),
    "unitsuccession": _("Kế thừa đơn vị"),
    "staff": _("Cán bộ"),
    "post": _("Chức vụ"),
    "counter": _("Quầy"),
    "neighbourhood": _("Thôn, tổ dân phố"),
    "openinghours": _("Giờ làm việc"),
    "holiday": _("Ngày nghỉ"),
    "absence": _("Vắng mặt"),
}
VERBS = {
    LogEntry.Action.CREATE: _("thêm"),
    LogEntry.Action.UPDATE: _("sửa"),
    LogEntry.Action.DELETE: _("xóa"),
}


@dataclass(frozen=True)
class HistoryLine:
    """One change: `changes` are (name of the field, before, after)."""

    at: datetime
    by: str
    what: str
    name: str
    changes: list[tuple[str, str, str]]


def history_of(unit: Unit) -> QuerySet[LogEntry]:
    """Everything changed about a unit and what belongs to it, and what was changed for all; the latest first."""
    belongs = Q(additional_data__unit=unit.pk) | Q(additional_data__unit=0)
    rows = LogEntry.objects.filter(belongs, content_type__app_label=APP)
    return rows.select_related("actor", "content_type").order_by("-timestamp", "-pk")


def history_line(entry: LogEntry) -> HistoryLine:
    shown = {} if entry.action == LogEntry.Action.DELETE else entry.changes_display_dict
    name, verb = NAMES.get(entry.content_type.model, ""), VERBS.get(entry.action, "")
    return HistoryLine(
        at=entry.timestamp,
        by=entry.actor.full_name if entry.actor else str(_("Máy chủ")),
        what=f"{name}: {verb}",
        name=entry.object_repr,
        changes=[(str(field), _shown(before), _shown(after)) for field, (before, after) in shown.items()],
    )


def _shown(value: str) -> str:
    if value.startswith("["):
        roles = [str(Role(role).label) if role in Role.values else role for role in re.findall(r"[a-z_]+", value)]
        return ", ".join(roles)
    return str({"None": "", "True": _("có"), "False": _("không")}.get(value, value))

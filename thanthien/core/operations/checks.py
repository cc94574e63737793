"""What must be true before real citizens are served: `thanthien serve` and the web entrance refuse otherwise.

The demonstration (`DEMO=1`) is spared. Registered as deployment checks, so that `thanthien migrate` still runs on a
machine that is being set up, and `thanthien check --deploy` shows them.
"""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.exceptions import ImproperlyConfigured
from django.db import connections
from django.utils.translation import gettext as _

SQLITE_FULL = 2  # PRAGMA synchronous: 0 off, 1 normal, 2 full, 3 extra
SHORTEST_SECRET = 32


@register(Tags.security, deploy=True)
def settings_are_safe(app_configs: object = None, **kwargs: Any) -> list[CheckMessage]:
    """The settings that would open the house to strangers."""
    if settings.DEMO:
        return []
    faults: list[CheckMessage] = []
    if settings.SECRET_KEY == settings.DEMO_SECRET_KEY or len(settings.SECRET_KEY) < SHORTEST_SECRET:
        faults.append(
            Error(
                _("SECRET_KEY còn là khóa của bản trình diễn hoặc quá ngắn."),
                hint=_(
                    "Đặt SECRET_KEY là một chuỗi ngẫu nhiên từ 50 ký tự, ví dụ kết quả của `openssl rand -base64 48`."
                ),
                id="thanthien.E001",
            )
        )
    if settings.DEBUG:
        faults.append(
            Error(_("DEBUG đang bật."), hint=_("Bỏ DEBUG=1 khỏi môi trường của dịch vụ."), id="thanthien.E002")
        )
    if not settings.ALLOWED_HOSTS:
        faults.append(
            Error(
                _("ALLOWED_HOSTS còn trống."),
                hint=_("Đặt ALLOWED_HOSTS là tên miền của đơn vị, ví dụ ALLOWED_HOSTS=motcua.xa.gov.vn."),
                id="thanthien.E003",
            )
        )
    return faults


@register(Tags.database, deploy=True)
def database_is_durable(
    app_configs: object = None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """What was acknowledged to a citizen must survive a power cut."""
    if settings.DEMO:
        return []
    return [fault for alias in databases or [] for fault in _durability_faults(alias)]


def _durability_faults(alias: str) -> list[CheckMessage]:
    connection = connections[alias]
    if connection.vendor == "sqlite":
        found = _answer(alias, "PRAGMA synchronous")
        safe, what = int(found) >= SQLITE_FULL, f"SQLite: synchronous = {found}"
    else:
        found = {name: _answer(alias, f"SHOW {name}") for name in ("fsync", "full_page_writes", "synchronous_commit")}
        safe = "off" not in found.values()
        what = "PostgreSQL: " + ", ".join(f"{name} = {value}" for name, value in found.items())
    if safe:
        return []
    return [
        Error(
            _("Cơ sở dữ liệu không ghi chắc xuống đĩa (%(what)s); mất điện là mất hồ sơ.") % {"what": what},
            hint=_(
                "SQLite: PRAGMA synchronous=FULL. PostgreSQL: fsync, full_page_writes và synchronous_commit phải bật."
            ),
            id="thanthien.E004",
        )
    ]


def _answer(alias: str, question: str) -> Any:
    with connections[alias].cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchone()[0]


def refuse_unsafe_settings() -> None:
    """For the web entrance, which may be loaded by any server: ends with the reasons unless all is well."""
    if faults := settings_are_safe():
        raise ImproperlyConfigured("\n".join(f"{fault.msg} {fault.hint}" for fault in faults))

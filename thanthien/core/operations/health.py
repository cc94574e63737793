"""Is the house well? For a monitor that asks every minute (`/suc-khoe/`), and for `thanthien doctor`."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from thanthien.core import schedule
from thanthien.core.models import NumberSeries
from thanthien.core.operations import chores

HEARTBEAT_LIMIT = timedelta(minutes=3)
LATE_AFTER = timedelta(minutes=5)
FREE_BYTES = 500 * 1024 * 1024
PATIENCE = 3  # seconds to wait for the database


@dataclass(frozen=True)
class Part:
    name: str
    ok: bool
    note: str


def parts(*, at: datetime) -> list[Part]:
    """Database, worker, late tasks and disk. What hangs on a database that is away is left out."""
    database = database_part()
    found = [database, disk_part()]
    if database.ok:
        found += [worker_part(at=at), tasks_part(at=at)]
    return found


def database_part() -> Part:
    """Whether it takes a write; nothing stays written."""
    try:
        with _impatient(), transaction.atomic():
            NumberSeries.objects.create(key=f"health:{datetime.now().timestamp()}", last=0)  # noqa: DTZ005
            transaction.set_rollback(True)
    except DatabaseError as error:
        return Part("database", False, str(error).strip().splitlines()[0])
    return Part("database", True, "")


@contextmanager
def _impatient() -> Iterator[None]:
    """The page of health does not wait half a minute for a lock, as other pages may."""
    if connection.vendor != "sqlite":
        yield
        return
    usual = int(settings.DATABASES["default"].get("OPTIONS", {}).get("timeout", 5))
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA busy_timeout = {PATIENCE * 1000}")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {usual * 1000}")


def worker_part(*, at: datetime) -> Part:
    """The heartbeat is a task that the scheduler asks for every minute: when it is done, all three are alive."""
    name = schedule.name_of(chores.heartbeat)
    beats = DBTaskResult.objects.filter(queue_name=schedule.QUEUE, args_kwargs__args__0=name)
    last = beats.filter(status=TaskResultStatus.SUCCESSFUL).order_by("-finished_at").first()
    if last is None or last.finished_at is None:
        return Part("worker", False, _("việc nền chưa chạy lần nào"))
    alive = at - last.finished_at <= HEARTBEAT_LIMIT
    return Part("worker", alive, "" if alive else _("việc nền im lặng đã %(age)s") % {"age": at - last.finished_at})


def tasks_part(*, at: datetime) -> Part:
    before = at - LATE_AFTER
    late = DBTaskResult.objects.ready().filter(Q(run_after__lt=before) | Q(run_after__gt=at), enqueued_at__lt=before)
    count = late.count()
    return Part("tasks", not count, _("%(count)s việc nền trễ quá 5 phút") % {"count": count} if count else "")


def disk_part() -> Part:
    folder = Path(settings.DATA_DIR)
    free = shutil.disk_usage(folder if folder.exists() else folder.anchor).free
    ok = free >= FREE_BYTES
    return Part("disk", ok, "" if ok else _("đĩa chỉ còn %(free)s MB") % {"free": free // 1024 // 1024})

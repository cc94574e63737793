"""What `thanthien serve` does: looks that all is ready, then starts the web server, the worker and the scheduler."""

import errno
import fcntl
import hashlib
import os
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core import checks
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from thanthien.core.operations.processes import Child

RUN = "thanthien.core.operations.run"
SOURCES = ["ui/css/*"]  # pages load the one file that tools/assets.py makes of these
PAGES_FIRST = 2.0  # seconds that the other processes wait, so that the first page is there soon
THREADS = 4  # of each web process with PostgreSQL; SQLite is steadiest with one (docs/decisions/0003)


class NotReady(Exception):
    """Why the house cannot open, and how to mend it: a sentence for the administrator."""


def check_ready(*, host: str, port: int) -> None:
    for fault in (settings_faults, database_faults, migration_faults):
        if reasons := list(fault()):
            raise NotReady("\n".join(reasons))
    _check_port(host, port)


def settings_faults() -> Iterator[str]:
    found = checks.run_checks(tags=[checks.Tags.security], include_deployment_checks=True)
    yield from (f"{one.msg} {one.hint or ''}" for one in found if one.level >= checks.ERROR)


def database_faults() -> Iterator[str]:
    _make_folders()
    try:
        connection.ensure_connection()
    except Exception as error:
        yield _("Không nối được cơ sở dữ liệu: %(error)s. Ông/bà kiểm tra DATABASE_URL.") % {
            "error": str(error).strip()
        }
        return
    found = checks.run_checks(tags=[checks.Tags.database], include_deployment_checks=True, databases=[DEFAULT_DB_ALIAS])
    yield from (f"{one.msg} {one.hint or ''}" for one in found if one.level >= checks.ERROR)


def migration_faults() -> Iterator[str]:
    executor = MigrationExecutor(connection)
    if plan := executor.migration_plan(executor.loader.graph.leaf_nodes()):
        yield _(
            "Cơ sở dữ liệu chưa theo kịp phần mềm (còn %(count)s bước). "
            "Ông/bà sao lưu bằng `thanthien backup TỆP` rồi chạy `thanthien migrate`."
        ) % {"count": len(plan)}


def _make_folders() -> None:
    for folder in (settings.DATA_DIR, settings.MEDIA_ROOT):
        Path(folder).mkdir(parents=True, exist_ok=True)


def _check_port(host: str, port: int) -> None:
    """Asks for the port beforehand: the web server would share it with another one unseen."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            taken = error.errno == errno.EADDRINUSE
            why = _("cổng này đang có chương trình khác dùng") if taken else str(error.strerror)
            raise NotReady(
                _("Không mở được %(host)s:%(port)s: %(why)s. Ông/bà chọn cổng khác bằng --port.")
                % {"host": host, "port": port, "why": why}
            ) from error


@contextmanager
def serve_lock(kind: int) -> Iterator[bool]:
    """Whether nobody stands in the way: serving shares this lock (`LOCK_SH`), restoring wants it alone (`LOCK_EX`)."""
    Path(settings.DATA_DIR).mkdir(parents=True, exist_ok=True)
    with open(Path(settings.DATA_DIR) / "serve.lock", "w") as lock:
        try:
            fcntl.flock(lock, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


def collect_static() -> None:
    """Gathers the files of the pages when one of them has changed."""
    stamp = Path(settings.STATIC_ROOT) / ".made-from"
    made_from = _static_fingerprint()
    if stamp.exists() and stamp.read_text() == made_from:
        return
    call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=SOURCES)
    stamp.write_text(made_from)


def _static_fingerprint() -> str:
    names = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            status = os.stat(storage.path(name))
            names.update(f"{name}:{status.st_size}:{status.st_mtime_ns}\n".encode())
    return names.hexdigest()


def children(*, host: str, port: int) -> list[Child]:
    python = [sys.executable, "-m"]
    return [
        Child("web", [*python, "granian", *web_options(host=host, port=port), "thanthien.config.wsgi:application"]),
        Child("worker", [*python, RUN, "worker"], delay=PAGES_FIRST),
        Child("scheduler", [*python, RUN, "scheduler"], delay=PAGES_FIRST),
    ]


def web_options(*, host: str, port: int) -> list[str]:
    small = connection.vendor == "sqlite"
    workers, threads = (1, 1) if small else (os.cpu_count() or 1, THREADS)
    options = {
        "--interface": "wsgi", "--host": host, "--port": port, "--workers": workers, "--blocking-threads": threads,
        "--http": "1", "--workers-kill-timeout": 5, "--log-level": "warning",
    }  # fmt: skip
    pairs = [word for name, value in options.items() for word in (name, str(value))]
    return [*pairs, "--no-ws", "--respawn-failed-workers"]

"""What `thanthien serve` does: looks that all is ready, then starts the web server, the worker and the scheduler."""

import errno
import fcntl
import gc
import hashlib
import os
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any, cast

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core import checks
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _
from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels

from thanthien.core.live.serving import serve_live
from thanthien.core.operations import scheduler, worker
from thanthien.core.operations.processes import Child, die_with

SOURCES = ["ui/css/*"]  # pages load the one file that tools/assets.py makes of these
PAGES_FIRST = 1.0  # second that the other processes wait, so that the first page is there soon
THREADS = 2  # of each web process with PostgreSQL; SQLite is steadiest with one (docs/decisions/0003)
NEW_OBJECTS = 20_000  # a page makes thousands and drops them: Python need not look for rings after each 700 (0003)


class NotReady(Exception):
    """Why the house cannot open, and how to mend it: a sentence for the administrator."""


def check_ready(*, host: str, port: int, live_port: int) -> None:
    for fault in (settings_faults, database_faults, migration_faults):
        if reasons := list(fault()):
            raise NotReady("\n".join(reasons))
    _check_port(host, port, "--port")
    _check_port(host, live_port, "--live-port")


def settings_faults() -> Iterator[str]:
    found = checks.run_checks(tags=[checks.Tags.security], include_deployment_checks=True)
    yield from (f"{one.msg} {one.hint or ''}" for one in found if one.level >= checks.ERROR)


def database_faults() -> Iterator[str]:
    if fault := _fault_of_folders():
        yield _("Không tạo được thư mục dữ liệu: %(error)s. Ông/bà kiểm tra DATA_DIR và quyền ghi.") % {"error": fault}
        return
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


def _fault_of_folders() -> str:
    """Makes the folders that are missing; why one could not be made, else ""."""
    try:
        for folder in (settings.DATA_DIR, settings.MEDIA_ROOT, settings.COUNTED_DIR):
            Path(folder).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        return str(error)
    return ""


def _check_port(host: str, port: int, option: str) -> None:
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
                _("Không mở được %(host)s:%(port)s: %(why)s. Ông/bà chọn cổng khác bằng %(option)s.")
                % {"host": host, "port": port, "why": why, "option": option}
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


def load_everything() -> None:
    """Before the children are forked: what is loaded once is there for all of them."""
    import_module(settings.ROOT_URLCONF)
    gc.collect()
    gc.freeze()


def children(*, host: str, port: int, live_port: int) -> list[Child]:
    return [
        Child("web", partial(serve_pages, host, port)),
        Child("live", partial(serve_live, host, live_port), delay=PAGES_FIRST),
        Child("worker", worker.main, delay=PAGES_FIRST),
        Child("scheduler", scheduler.main, delay=PAGES_FIRST),
    ]


def serve_pages(host: str, port: int) -> None:
    """One process answers on SQLite, one for each core on PostgreSQL; this process minds them."""
    workers, threads = web_size()
    Granian(
        "thanthien.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,
        websockets=False,
        workers=workers,
        blocking_threads=threads,
        respawn_failed_workers=True,
        respawn_interval=0.5,
        workers_kill_timeout=5,
        log_level=LogLevels.warning,
    ).serve(target_loader=partial(_load, os.getpid()))


def _load(minder: int, target: str) -> Callable[..., Any]:
    """In each process that answers requests, before its first."""
    die_with(minder)
    gc.set_threshold(NEW_OBJECTS)
    module, _, name = target.partition(":")
    return cast("Callable[..., Any]", getattr(import_module(module), name))


def web_size() -> tuple[int, int]:
    """How many processes, and how many threads in each."""
    return (1, 1) if connection.vendor == "sqlite" else (os.cpu_count() or 1, THREADS)


def web_options(*, host: str, port: int) -> list[str]:
    """The same as options of the command `granian`, for another application measured beside ours."""
    workers, threads = web_size()
    options = {
        "--interface": "wsgi",
        "--host": host,
        "--port": port,
        "--workers": workers,
        "--blocking-threads": threads,
        "--http": "1",
        "--log-level": "warning",
    }
    return [*(word for name, value in options.items() for word in (name, str(value))), "--no-ws"]

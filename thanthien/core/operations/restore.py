"""From one backup file back to a working house: on an empty machine, or over what is there.

The file is read whole once before anything is touched: a hash that differs ends it. What was there is laid aside, not
thrown away (SQLite and files).
"""

import fcntl
import gzip
import hashlib
import json
import os
import tarfile
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from thanthien.core.models import TimelineEntry
from thanthien.core.operations.backup import (
    CHUNK,
    FORMAT,
    MANIFEST,
    SEQUENCES,
    SQLITE_FILE,
    BackupFault,
    Manifest,
    Seen,
    all_tables,
    copy_statement,
    uploaded_files,
)
from thanthien.core.operations.serving import serve_lock

BROKEN = (tarfile.TarError, gzip.BadGzipFile, zlib.error, EOFError, OSError, ValueError, TypeError)


def unpacked_bytes(source: Path) -> int:
    """About how much the archive holds: what gzip itself says (modulo 4 GiB, enough for a progress line)."""
    try:
        with source.open("rb") as file:
            file.seek(max(0, file.seek(0, os.SEEK_END) - 4))
            return int.from_bytes(file.read(4), "little")
    except OSError as error:
        raise BackupFault(f"{source}: {error.strerror or error}") from error


def read_manifest(source: Path, *, seen: Seen = lambda done: None) -> Manifest:
    """Reads the whole file and compares every hash; `seen` is told how many bytes of each part were read."""
    found: dict[str, str] = {}
    manifest = None
    try:
        with tarfile.open(source, mode="r|gz") as archive:
            for member, content in _members(archive):
                if member == MANIFEST:
                    manifest = Manifest(**json.load(content))
                else:
                    found[member] = _hash_of(content, seen)
    except BROKEN as error:
        raise BackupFault(f"{source}: {_('không phải bản sao lưu nguyên vẹn')} ({error})") from error
    if manifest is None or manifest.format != FORMAT:
        raise BackupFault(f"{source}: {_('thiếu bảng kê, hoặc do phần mềm mới hơn làm ra')}")
    if changed := sorted(set(found.items()) ^ set(manifest.members.items())):
        raise BackupFault(f"{source}: {_('nội dung đã bị thay đổi')} ({changed[0][0]})")
    return manifest


def _members(archive: tarfile.TarFile) -> Iterator[tuple[str, IO[bytes]]]:
    """Plain files with plain names only: what is restored never leaves its folder."""
    for member in archive:
        content = archive.extractfile(member) if member.isfile() else None
        if content is None or member.name.startswith("/") or ".." in Path(member.name).parts:
            raise ValueError(f"tên không hợp lệ: {member.name}")
        yield member.name, content


def _hash_of(content: IO[bytes], seen: Seen) -> str:
    digest = hashlib.sha256()
    while block := content.read(CHUNK):
        digest.update(block)
        seen(len(block))
    return digest.hexdigest()


def restore(source: Path, *, force: bool, at: datetime, seen: Seen = lambda done: None) -> Manifest:
    """`seen` is told the bytes of both readings: twice the content in all."""
    manifest = read_manifest(source, seen=seen)
    if manifest.database != connection.vendor:
        both = {"theirs": manifest.database, "ours": connection.vendor}
        raise BackupFault(_("Bản sao lưu là của %(theirs)s, còn DATABASE_URL đang trỏ tới %(ours)s.") % both)
    _refuse_newer(manifest)
    if not force and (why := _holds_work()):
        raise BackupFault(f"{why} {_('Thêm --force để thay bằng bản sao lưu.')}")
    with _nobody_serves():
        if connection.vendor == "sqlite":
            _restore_sqlite(source, at, seen)
        else:
            _restore_postgresql(source, manifest, seen)
        _restore_files(source, at, seen)
    call_command("migrate", interactive=False, verbosity=0)  # when the software is newer than the backup
    return manifest


def _refuse_newer(manifest: Manifest) -> None:
    known = set(MigrationExecutor(connection).loader.disk_migrations)
    ours = {app for app, name in known}
    if newer := [f"{app}.{name}" for app, name in manifest.migrations if app in ours and (app, name) not in known]:
        words = {"migration": newer[0]}
        raise BackupFault(
            _("Bản sao lưu do phần mềm mới hơn làm ra (%(migration)s). Hãy cập nhật phần mềm trước.") % words
        )


def _holds_work() -> str:
    """Why this installation is not empty; "" when it is."""
    tables = all_tables()
    for model in (get_user_model(), TimelineEntry):
        if model._meta.db_table in tables and model._default_manager.exists():
            return _("Cơ sở dữ liệu đang có dữ liệu.")
    return _("Thư mục tệp đang có tệp.") if next(uploaded_files(), None) else ""


@contextmanager
def _nobody_serves() -> Iterator[None]:
    with serve_lock(fcntl.LOCK_EX) as free:
        if not free:
            raise BackupFault(_("Dịch vụ đang chạy: hãy dừng `thanthien serve` trước khi khôi phục."))
        yield


def _restore_sqlite(source: Path, at: datetime, seen: Seen) -> None:
    database = Path(str(connection.settings_dict["NAME"]))
    database.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="thanthien-restore-", dir=database.parent) as folder:
        fresh = Path(folder) / "database"
        with _open_member(source, SQLITE_FILE) as content, fresh.open("wb") as target:
            _copy(content, target, seen)
            os.fsync(target.fileno())
        had_tables = bool(all_tables())
        connection.close()
        for suffix in ("-wal", "-shm", ""):
            old = database.with_name(database.name + suffix)
            if not had_tables:
                old.unlink(missing_ok=True)
            elif old.exists():
                old.rename(f"{aside(database, at)}{suffix}")
        fresh.replace(database)


def aside(path: Path, at: datetime) -> Path:
    """Where what was there before is kept."""
    return path.with_name(f"{path.name}.before-{at:%Y%m%d-%H%M%S}")


@contextmanager
def _open_member(source: Path, wanted: str) -> Iterator[IO[bytes]]:
    with tarfile.open(source, mode="r|gz") as archive:
        for name, content in _members(archive):
            if name == wanted:
                yield content
                return
    raise BackupFault(f"{source}: {wanted}?")


def _restore_postgresql(source: Path, manifest: Manifest, seen: Seen) -> None:
    """First the tables as they were made by the migrations of that day, then the rows, all in one transaction."""
    with transaction.atomic(), connection.cursor() as cursor:
        for table in all_tables():
            cursor.execute(f"DROP TABLE {connection.ops.quote_name(table)} CASCADE")
    executor = MigrationExecutor(connection)
    executor.migrate(_heads(manifest, executor))
    with transaction.atomic(), connection.cursor() as cursor:
        names = ", ".join(connection.ops.quote_name(table) for table in manifest.tables)
        cursor.execute(f"TRUNCATE {names}")
        _copy_rows(source, manifest, cursor, seen)


def _copy_rows(source: Path, manifest: Manifest, cursor: Any, seen: Seen) -> None:
    with tarfile.open(source, mode="r|gz") as archive:
        for name, content in _members(archive):
            table = name.removeprefix("database/").removesuffix(".copy")
            if name == SEQUENCES:
                last_values = json.load(content)
            elif name.startswith("database/"):
                with cursor.copy(copy_statement(table, manifest.tables[table], "FROM STDIN")) as rows:
                    _copy(content, rows, seen)
    for sequence, value in last_values.items():
        if value is not None:
            cursor.execute("SELECT setval(%s, %s)", [connection.ops.quote_name(sequence), value])


def _heads(manifest: Manifest, executor: MigrationExecutor) -> list[tuple[str, str]]:
    """The last migration of each app that the backup knows. Only those: an earlier one would be undone to."""
    graph = executor.loader.graph
    applied = {(app, name) for app, name in manifest.migrations if (app, name) in graph.nodes}
    passed = {parent.key for one in applied for parent in graph.node_map[one].parents if parent.key[0] == one[0]}
    return sorted(applied - passed)


def _restore_files(source: Path, at: datetime, seen: Seen) -> None:
    root = Path(settings.MEDIA_ROOT)
    if root.exists() and any(root.iterdir()):
        root.rename(aside(root, at))
    root.mkdir(parents=True, exist_ok=True)
    with tarfile.open(source, mode="r|gz") as archive:
        for name, content in _members(archive):
            if name.startswith("files/"):
                target = root / name.removeprefix("files/")
                target.parent.mkdir(parents=True, exist_ok=True)
                with target.open("wb") as file:
                    _copy(content, file, seen)


def _copy(content: IO[bytes], target: IO[bytes], seen: Seen) -> None:
    while block := content.read(CHUNK):
        target.write(block)
        seen(len(block))

"""One file that holds everything: the database as it stood at one moment, and every uploaded file.

A gzipped tar: `database/…` (SQLite: the file itself; PostgreSQL: each table as COPY text, and the sequences),
`files/…`, and `manifest.json` at its end with the hash of each. The office works on while it is made. The database is
read first: whatever file it knows of is then already there.
"""

import hashlib
import io
import json
import os
import sqlite3
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.utils.translation import gettext as _

import thanthien

FORMAT = 1
MANIFEST = "manifest.json"
SQLITE_FILE = "database/thanthien.sqlite3"
SEQUENCES = "database/sequences.json"
PAGES = 4096  # of SQLite, between two reports of progress
CHUNK = 1024 * 1024
Seen = Callable[[int], object]


class BackupFault(Exception):
    """Why no backup could be made or restored: a sentence for the administrator."""


@dataclass
class Manifest:
    made_at: str
    database: str  # "sqlite" or "postgresql"
    version: str = thanthien.__version__
    format: int = FORMAT
    migrations: list[list[str]] = field(default_factory=list)
    tables: dict[str, list[str]] = field(default_factory=dict)  # PostgreSQL: the columns in the order of the copy
    members: dict[str, str] = field(default_factory=dict)  # name in the archive: SHA-256


def back_up(target: Path, *, at: datetime, seen: Seen = lambda done: None) -> Manifest:
    """Writes the archive; `target` appears only when it is whole. `seen` is told how many bytes went in."""
    manifest = Manifest(made_at=at.isoformat(), database=connection.vendor)
    partial = target.with_name(target.name + ".partial")
    raw = _open_new(partial)
    try:
        with raw, tarfile.open(fileobj=raw, mode="w:gz", compresslevel=3) as archive:
            _Writer(archive, manifest, seen).write_all()
        _to_disk(partial)
        partial.replace(target)
    except OSError as error:
        raise BackupFault(f"{target}: {error.strerror or error}") from error
    finally:
        partial.unlink(missing_ok=True)
    _remember(target, at)
    return manifest


def _open_new(partial: Path) -> IO[bytes]:
    """Readable by its owner alone: it holds every citizen's data."""
    try:
        return open(partial, "xb", opener=lambda path, flags: os.open(path, flags, 0o600))
    except FileExistsError as error:
        why = _("đang có một lần sao lưu khác ghi vào đây; nếu không phải, ông/bà hãy xóa tệp này")
        raise BackupFault(f"{partial}: {why}") from error
    except OSError as error:
        raise BackupFault(f"{partial}: {error.strerror or error}") from error


def _to_disk(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


def expected_bytes() -> int:
    """About how much will go in, for the progress."""
    if connection.vendor == "sqlite":
        database = Path(str(connection.settings_dict["NAME"])).stat().st_size
    else:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_database_size(current_database())")
            database = cursor.fetchone()[0] // 2  # indexes and free space do not go in
    return database + sum(path.stat().st_size for path, name in uploaded_files())


def uploaded_files() -> Iterator[tuple[Path, str]]:
    root = Path(settings.MEDIA_ROOT)
    for path in sorted(root.rglob("*")):
        if path.is_file() and not path.is_symlink():
            yield path, f"files/{path.relative_to(root).as_posix()}"


def all_tables() -> list[str]:
    with connection.cursor() as cursor:
        return sorted(table.name for table in connection.introspection.get_table_list(cursor) if table.type == "t")


@dataclass
class _Writer:
    archive: tarfile.TarFile
    manifest: Manifest
    seen: Seen

    def write_all(self) -> None:
        with tempfile.TemporaryDirectory(prefix="thanthien-backup-", dir=settings.DATA_DIR) as folder:
            scratch = Path(folder) / "part"
            if connection.vendor == "sqlite":
                self._write_sqlite(scratch)
            else:
                self._write_postgresql(scratch)
        for path, name in uploaded_files():
            self._add(path, name)
        self._add_text(MANIFEST, asdict(self.manifest), listed=False)

    def _write_sqlite(self, scratch: Path) -> None:
        source = f"file:{connection.settings_dict['NAME']}?mode=ro"
        with closing(sqlite3.connect(source, uri=True)) as live, closing(sqlite3.connect(scratch)) as copy:
            live.isolation_level = None
            live.execute("BEGIN")  # one moment for all pages, while the office writes on
            live.execute("SELECT count(*) FROM sqlite_schema").fetchone()
            live.backup(copy, pages=PAGES)
            self.manifest.migrations = [list(row) for row in copy.execute("SELECT app, name FROM django_migrations")]
            copy.execute("PRAGMA journal_mode=DELETE")
        self._add(scratch, SQLITE_FILE)

    def _write_postgresql(self, scratch: Path) -> None:
        with transaction.atomic(durable=True), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            self.manifest.migrations = [list(one) for one in MigrationRecorder(connection).applied_migrations()]
            cursor.execute("SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = current_schema()")
            self._add_text(SEQUENCES, dict(cursor.fetchall()))
            for table in all_tables():
                columns = [column.name for column in connection.introspection.get_table_description(cursor, table)]
                self.manifest.tables[table] = columns
                with scratch.open("wb") as part, cursor.copy(copy_statement(table, columns, "TO STDOUT")) as rows:
                    for block in rows:
                        part.write(block)
                self._add(scratch, f"database/{table}.copy")

    def _add(self, path: Path, name: str) -> None:
        with path.open("rb") as source:
            info = self.archive.gettarinfo(arcname=name, fileobj=source)
            info.uid = info.gid = 0
            info.uname = info.gname = ""
            counted = Hashing(source, self.seen)
            self.archive.addfile(info, counted)
        self.manifest.members[name] = counted.digest()

    def _add_text(self, name: str, content: Any, *, listed: bool = True) -> None:
        text = json.dumps(content, ensure_ascii=False, indent=1).encode()
        info = tarfile.TarInfo(name)
        info.size = len(text)
        self.archive.addfile(info, io.BytesIO(text))
        if listed:
            self.manifest.members[name] = hashlib.sha256(text).hexdigest()


class Hashing(io.RawIOBase):
    """Reads on behalf of another and remembers the hash of what passed."""

    def __init__(self, source: Any, seen: Seen) -> None:
        self._source, self._seen, self._hash = source, seen, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        block: bytes = self._source.read(size)
        self._hash.update(block)
        self._seen(len(block))
        return block

    def digest(self) -> str:
        return self._hash.hexdigest()


def copy_statement(table: str, columns: list[str], direction: str) -> str:
    quote = connection.ops.quote_name
    return f"COPY {quote(table)} ({', '.join(map(quote, columns))}) {direction}"


def _note() -> Path:
    return Path(settings.DATA_DIR) / "last-backup.json"


def _remember(target: Path, at: datetime) -> None:
    _note().write_text(json.dumps({"at": at.isoformat(), "file": str(target)}))


def last_backup() -> datetime | None:
    """When the last backup of this installation was made, as far as it knows."""
    try:
        return datetime.fromisoformat(json.loads(_note().read_text())["at"])
    except (OSError, ValueError, KeyError):
        return None

"""Where a measurement keeps its data: a temporary folder and a database of its own, gone at the end."""

import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit, urlunsplit

import psycopg
from psycopg import sql

SQLITE, POSTGRESQL = "sqlite", "postgresql"


@dataclass(frozen=True)
class Place:
    """`url` is its DATABASE_URL."""

    vendor: str
    folder: Path
    url: str

    @property
    def env(self) -> dict[str, str]:
        """The settings of a production house on one machine, without the certificate."""
        return {
            "DATABASE_URL": self.url,
            "DATA_DIR": str(self.folder),
            "SECRET_KEY": f"only-for-this-measurement-{self.folder.name}-{'0' * 20}",
            "ALLOWED_HOSTS": "127.0.0.1",
            "DEMO": "0",
            "HTTPS": "0",
            "LOG_LEVEL": "ERROR",
            "DJANGO_SETTINGS_MODULE": "thanthien.config.settings",
        }

    @property
    def peer_env(self) -> dict[str, str]:
        """What the bare limit and the peer read: a file for SQLite, libpq's names for PostgreSQL."""
        if self.vendor == SQLITE:
            return {"BENCH_DB": str(self.folder / "peer.sqlite3"), "SYNC": "FULL"}
        parts = urlsplit(self.url)
        host = parse_qs(parts.query).get("host", [parts.hostname or "127.0.0.1"])[0]
        return {
            "BENCH_DB": "pg",
            "PGHOST": unquote(host),
            "PGPORT": str(parts.port or 5432),
            "PGUSER": unquote(parts.username or "postgres"),
            "PGPASSWORD": unquote(parts.password or ""),
            "PGDATABASE": parts.path.lstrip("/"),
        }


@contextmanager
def new_place(vendor: str, server: str) -> Iterator[Place]:
    """`server`: the address of the PostgreSQL cluster, in which somebody may create databases (unused with SQLite)."""
    folder = Path(tempfile.mkdtemp(prefix="thanthien-bench-"))
    name = f"thanthien_bench_{os.getpid()}_{secrets.token_hex(3)}"
    try:
        if vendor == SQLITE:
            yield Place(vendor, folder, f"sqlite:///{folder / 'thanthien.sqlite3'}")
        else:
            with _new_database(server, name) as url:
                yield Place(vendor, folder, url)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _new_database(server: str, name: str) -> Iterator[str]:
    _administer(server, "CREATE DATABASE {}", name)
    try:
        yield urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
    finally:
        _administer(server, "DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


def _administer(server: str, statement: str, name: str) -> None:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL(statement).format(sql.Identifier(name)))  # type: ignore[arg-type]

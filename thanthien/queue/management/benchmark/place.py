"""A house for the time of a measurement: its own folder and database, gone at the end."""

import contextlib
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

HERE = Path(__file__).resolve().parents[4]
PATIENCE = 60.0
PREPARE = "thanthien.queue.management.benchmark.prepare"


@dataclass
class House:
    """`facts`: what `prepare` made (kiosk token, officers' cookies …). Its server runs from `opens` to `closes`."""

    env: dict[str, str]
    facts: dict[str, Any]
    port: int = 0
    live_port: int = 0
    server: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        assert self.server is not None
        return self.server.pid

    def opens(self) -> None:
        self.port, self.live_port = self.port or free_port(), self.live_port or free_port()
        ports = ["--port", str(self.port), "--live-port", str(self.live_port)]
        self.server = subprocess.Popen(
            [sys.executable, "-m", "thanthien", "serve", *ports],
            cwd=HERE, env=os.environ | self.env, stdout=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        for one in (self.port, self.live_port):
            _wait_for(self.server, one)

    def closes(self) -> None:
        if self.server is None:
            return
        self.server.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.server.wait(20)
        if self.server.returncode is None:
            os.killpg(self.server.pid, signal.SIGKILL)
            self.server.wait()
        self.server = None

    def ask(self, what: str) -> Any:
        """Looks into the database of the house."""
        return _prepare(self.env, what)

    def live_pids(self) -> list[int]:
        """The processes that hold the lines of the boards."""
        return [pid for child in _below(self.pid) if _name(child) == "tt-live" for pid in [child, *_all_below(child)]]

    def live_memory(self) -> int:
        """Bytes."""
        return sum(_memory(pid) for pid in self.live_pids())


@contextmanager
def new_house(cluster: str, *, counters: int, waiting: int, **settings: str) -> Iterator[House]:
    """`cluster`: address of a PostgreSQL in which databases may be made; empty: SQLite. `settings`: further ones."""
    with tempfile.TemporaryDirectory(prefix="thanthien-queue-") as folder, _database(cluster, folder) as url:
        env = {
            "DATABASE_URL": url, "DATA_DIR": folder, "SECRET_KEY": secrets.token_urlsafe(48), "DEMO": "0", "HTTPS": "0",
            "ALLOWED_HOSTS": "127.0.0.1", "LOG_LEVEL": "ERROR", "DJANGO_SETTINGS_MODULE": "thanthien.config.settings",
        }  # fmt: skip
        house = House(env | settings, _prepare(env, "make", str(counters), str(waiting)))
        try:
            house.opens()
            yield house
        finally:
            house.closes()


def _prepare(env: dict[str, str], *words: str) -> Any:
    done = subprocess.run(
        [sys.executable, "-m", PREPARE, *words], cwd=HERE, env=os.environ | env, stdout=subprocess.PIPE, check=True
    )
    return json.loads(done.stdout)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(process: subprocess.Popen[bytes], port: int) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.05)
    raise SystemExit("the house of the measurement did not open")


@contextmanager
def _database(cluster: str, folder: str) -> Iterator[str]:
    if not cluster:
        yield f"sqlite:///{folder}/thanthien.sqlite3"
        return
    name = f"thanthien_queue_{secrets.token_hex(4)}"
    _administer(cluster, "CREATE DATABASE {}", name)
    try:
        yield urlunsplit(urlsplit(cluster)._replace(path=f"/{name}"))
    finally:
        _administer(cluster, "DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


def _administer(cluster: str, statement: str, name: str) -> None:
    with psycopg.connect(cluster, autocommit=True) as connection:
        connection.execute(sql.SQL(statement).format(sql.Identifier(name)))  # type: ignore[arg-type]


# ---- processes (Linux) -------------------------------------------------------------------------------------
def _below(pid: int) -> list[int]:
    return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _all_below(pid: int) -> list[int]:
    return [one for child in _below(pid) for one in (child, *_all_below(child))]


def _name(pid: int) -> str:
    return Path(f"/proc/{pid}/comm").read_text().strip()


def _memory(pid: int) -> int:
    """Private memory: what is shared with the parent that was forked costs nothing twice."""
    rows = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return sum(1024 * int(row.split()[1]) for row in rows if row.startswith(("Private_Clean", "Private_Dirty")))

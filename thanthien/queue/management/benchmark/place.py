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


@dataclass(frozen=True)
class House:
    """`facts`: what `prepare` made (kiosk token, officers' cookies …)."""

    env: dict[str, str]
    port: int
    live_port: int
    pid: int
    facts: dict[str, Any]

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
def new_house(cluster: str, *, counters: int, waiting: int) -> Iterator[House]:
    """`cluster`: address of a PostgreSQL in which databases may be made; empty: SQLite."""
    with tempfile.TemporaryDirectory(prefix="thanthien-queue-") as folder, _database(cluster, folder) as url:
        env = {
            "DATABASE_URL": url, "DATA_DIR": folder, "SECRET_KEY": secrets.token_urlsafe(48), "DEMO": "0", "HTTPS": "0",
            "ALLOWED_HOSTS": "127.0.0.1", "LOG_LEVEL": "ERROR", "DJANGO_SETTINGS_MODULE": "thanthien.config.settings",
        }  # fmt: skip
        facts = _prepare(env, "make", str(counters), str(waiting))
        port, live_port = free_port(), free_port()
        command = [sys.executable, "-m", "thanthien", "serve", "--port", str(port), "--live-port", str(live_port)]
        process = subprocess.Popen(
            command, cwd=HERE, env=os.environ | env, stdout=subprocess.DEVNULL, start_new_session=True
        )
        try:
            for one in (port, live_port):
                _wait_for(process, one)
            yield House(env, port, live_port, process.pid, facts)
        finally:
            process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(20)
            if process.returncode is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


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

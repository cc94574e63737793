"""Servers for the time of a measurement: ours as an administrator starts it, the bare limit, the peer."""

import contextlib
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from thanthien.dossiers.management.benchmark.place import SQLITE, Place
from thanthien.dossiers.management.benchmark.work import HOST, Ask, Order, Person

PATIENCE = 60.0
HERE = Path(__file__).resolve().parents[4]
# What the framework alone needs for work of the same kind. There is no bare list and no bare step: a page without
# a database and the bare transaction stand beside them.
BARE = {"receive": "/receive", "step": "/receive", "inbox": "/hello", "lookup": "/get?code=none"}
BARE |= dict.fromkeys(("home", "search", "procedure"), "/hello")
HAS_VIEWFLOW = "import sys; from importlib.util import find_spec; sys.exit(not find_spec('viewflow'))"
VIEWFLOW = {"receive": "/dossier/start/", "inbox": "/dossier/inbox/"}


class Missing(Exception):
    """Why there is nothing to compare with."""


@dataclass(frozen=True)
class Server:
    port: int
    seconds_to_first_answer: float
    pid: int

    def cpu_seconds(self) -> float:
        """That the server and all its processes have used so far; the database of PostgreSQL not counted."""
        return sum(map(_cpu_ticks, _family(self.pid))) / os.sysconf("SC_CLK_TCK")


def _family(pid: int) -> list[int]:
    below = [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return [pid, *(one for child in below for one in _family(child))]


def _cpu_ticks(pid: int) -> int:
    user, system = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13]
    return int(user) + int(system)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(command: Sequence[str], *, port: int, env: dict[str, str], cwd: Path, page: str) -> Iterator[Server]:
    begun = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=cwd, env=os.environ | env, stdout=subprocess.DEVNULL, start_new_session=True
    )
    try:
        _wait_for(process, port, page)
        yield Server(port, round(time.perf_counter() - begun, 2), process.pid)
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _wait_for(process: subprocess.Popen[bytes], port: int, page: str) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        with contextlib.suppress(OSError):
            asked = http.client.HTTPConnection(HOST, port, timeout=5)
            asked.request("GET", page)
            asked.getresponse().read()
            return
        time.sleep(0.02)
    raise SystemExit(f"no answer from {' '.join(map(str, process.args))[:200]}")  # type: ignore[arg-type]


def ours(place: Place) -> contextlib.AbstractContextManager[Server]:
    port = free_port()
    command = [sys.executable, "-m", "thanthien", "serve", "--port", str(port), "--live-port", str(free_port())]
    return running(command, port=port, env=place.env, cwd=HERE, page="/tai-khoan/login/")


def shared(*parts: str) -> Path:
    """A part of the common folder beside the repository (`SHARED_DIR`), which a clone alone does not have."""
    path = Path(os.environ.get("SHARED_DIR", HERE.parent / "shared")).joinpath("bench", *parts)
    if not path.exists():
        raise Missing(f"{Path('shared', 'bench', *parts)} is not here (SHARED_DIR)")
    return path


@contextmanager
def bare(place: Place, web: list[str]) -> Iterator[Server]:
    """Django with nothing around it, on a database of its own, under the same web server with the same workers."""
    folder = shared("limits")
    port = int(web[web.index("--port") + 1])
    env = place.peer_env
    if place.vendor != SQLITE:
        _psql(env, (folder / "schema_pg.sql").read_text())
    command = [sys.executable, "-m", "granian", *web, "django_bare:app"]
    with running(command, port=port, env=env, cwd=folder, page="/hello") as server:
        yield server


def _psql(env: dict[str, str], statements: str) -> None:
    import psycopg  # noqa: PLC0415  (only where there is PostgreSQL)

    words = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD", "dbname": "PGDATABASE"}
    with psycopg.connect(**{name: env[variable] for name, variable in words.items()}, autocommit=True) as connection:  # type: ignore[arg-type]
        connection.execute(statements)  # type: ignore[arg-type]


def bare_order(operation: str) -> Order:
    writes = BARE[operation] == "/receive"
    ask = Ask(BARE[operation], {"note": "bench"} if writes else None, is_json=writes)
    return Order(expected=201 if writes else 200, people=[Person({}, [ask])], statements=[], web=[])


@contextmanager
def viewflow(place: Place, web: list[str], rows: int) -> Iterator[tuple[Server, list[dict[str, str]]]]:
    """The peer's little site (its licence is AGPL: it is measured from outside, never imported by the product)."""
    folder, python = shared("peers", "viewflow_site"), os.environ.get("VIEWFLOW_PYTHON", sys.executable)
    env, users = place.peer_env | {"DJANGO_SETTINGS_MODULE": "vfsite.settings"}, place.folder / "viewflow_users.json"
    if subprocess.run([python, "-c", HAS_VIEWFLOW], cwd=folder).returncode:
        raise Missing("django-viewflow is not installed (VIEWFLOW_PYTHON names a python that has it)")
    steps = [["manage.py", "migrate", "-v0"], ["seed.py", "users", str(users)]]
    steps += [["seed.py", "tasks", str(rows)]] if rows and place.vendor != SQLITE else []
    for step in steps:
        subprocess.run([python, *step], cwd=folder, env=os.environ | env, check=True, stdout=subprocess.DEVNULL)
    port = int(web[web.index("--port") + 1])
    command = [python, "-m", "granian", *web, "vfsite.wsgi:application"]
    with running(command, port=port, env=env, cwd=folder, page="/dossier/inbox/") as server:
        yield server, json.loads(users.read_text())


def viewflow_order(operation: str, cookies: list[dict[str, str]]) -> Order:
    fields = {
        "csrfmiddlewaretoken": cookies[0]["csrftoken"], "code": "HS-{key}", "applicant": "Nguyễn Thị Bích Ngọc",
        "national_id": "046190001234", "phone": "0901234567", "birth_place": "Bệnh viện huyện", "note": "nộp trực tiếp",
    }  # fmt: skip
    writes = operation == "receive"
    ask = Ask(VIEWFLOW[operation], fields if writes else None)
    people = [Person(one, [ask]) for one in (cookies if writes else cookies[:1])]
    return Order(expected=302 if writes else 200, people=people, statements=[], web=[])

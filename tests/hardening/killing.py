"""What the crash test needs: a house with a database of its own, clients who press buttons, and a killer."""

import asyncio
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from random import Random
from typing import Any

from thanthien.core.operations.load import Connection
from thanthien.dossiers.management.benchmark import servers
from thanthien.dossiers.management.benchmark.place import POSTGRESQL, Place, new_place
from thanthien.dossiers.management.benchmark.work import NUMBER, Order

HOUSE = Path(__file__).resolve().parents[2]
PREPARE, ACCOUNT = "thanthien.dossiers.management.benchmark.prepare", "tests.hardening.account"
CLIENTS, UNITS = 8, 3


def tool(name: str) -> Any:
    """A program of `tools/`, which is no package."""
    spec = spec_from_file_location(name, HOUSE / "tools" / f"{name}.py")
    module = sys.modules.setdefault(f"tools_{name}", module_from_spec(spec))
    spec.loader.exec_module(module)
    return module


@dataclass
class House:
    """One installation of its own; the last of `postmasters` is its PostgreSQL."""

    place: Place
    order: Order
    postmasters: list[Any] = field(default_factory=list)
    server: subprocess.Popen[bytes] | None = None
    port: int = 0
    seconds_to_first_answer: list[float] = field(default_factory=list)

    def opens(self) -> None:
        self.port, begun = servers.free_port(), time.perf_counter()
        ports = ["--port", str(self.port), "--live-port", str(servers.free_port())]
        self.server = subprocess.Popen(
            [sys.executable, "-m", "thanthien", "serve", *ports],
            cwd=HOUSE, env=os.environ | self.place.env, start_new_session=True,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        servers._wait_for(self.server, self.port, "/tai-khoan/login/")
        self.seconds_to_first_answer.append(time.perf_counter() - begun)

    def is_killed(self) -> None:
        os.killpg(self.server.pid, signal.SIGKILL)
        self.server.wait()

    def loses_its_database(self) -> None:
        postmaster = self.postmasters[-1]
        for pid in [postmaster.pid, *servers._family(postmaster.pid)[1:]]:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        postmaster.wait()

    def gets_its_database_back(self, cluster: Any) -> None:
        for _ in range(20):  # dying back ends may hold the shared memory for a moment
            try:
                self.postmasters.append(tool("postgres").start(cluster, durable=True, port=None))
            except SystemExit as ended:
                why = str(ended)
                time.sleep(0.5)
            else:
                return
        raise AssertionError(f"the database did not come back: {why}")

    def account(self) -> dict[str, Any]:
        done = subprocess.run(
            [sys.executable, "-m", ACCOUNT],
            cwd=HOUSE,
            env=os.environ | self.place.env,
            stdout=subprocess.PIPE,
            check=True,
        )
        return json.loads(done.stdout)

    def verifies_its_timeline(self) -> int:
        command = [sys.executable, "-m", "thanthien", "audit", "verify"]
        return subprocess.run(command, cwd=HOUSE, env=os.environ | self.place.env, capture_output=True).returncode


@contextmanager
def a_house(vendor: str) -> Iterator[tuple[House, Any]]:
    """With the cluster it stands on, None for SQLite. Ready to open; gone at the end."""
    if vendor != POSTGRESQL:
        with new_place(vendor, "") as place:
            yield House(place, order_for(place)), None
        return
    folder = Path(tempfile.mkdtemp(prefix="thanthien-crash-"))
    cluster = tool("postgres").prepare(folder)
    postmasters = [tool("postgres").start(cluster, durable=True, port=None)]
    try:
        with new_place(vendor, cluster.url) as place:
            yield House(place, order_for(place), postmasters), cluster
    finally:
        tool("postgres").stop(postmasters[-1])
        shutil.rmtree(folder, ignore_errors=True)


def order_for(place: Place) -> Order:
    done = subprocess.run(
        [sys.executable, "-m", PREPARE, "receive", "0", str(UNITS), "0"],
        cwd=HOUSE, env=os.environ | place.env, stdout=subprocess.PIPE, check=True,
    )  # fmt: skip
    return Order.from_json(json.loads(done.stdout))


@dataclass
class Crowd:
    """Officers who receive as fast as they are answered. `acknowledged`: key of the form → code of the dossier."""

    house: House
    chance: Random
    acknowledged: dict[str, str] = field(default_factory=dict)
    unanswered: dict[str, tuple[int, dict[str, str]]] = field(default_factory=dict)
    answers_5xx: int = 0
    number: int = 1000

    async def works(self, seconds: float) -> None:
        """Until it is over; whoever gets no answer goes home, as the server was killed meanwhile."""
        end = time.monotonic() + seconds
        await asyncio.gather(*(self._officer(n, end) for n in range(CLIENTS)))

    async def _officer(self, who: int, end: float) -> None:
        person = self.house.order.people[who % len(self.house.order.people)]
        connection = Connection(self.house.port, person.cookies, who)
        try:
            while time.monotonic() < end:
                if not await self._receives(connection, who, *self._form(who)):
                    return
        finally:
            await connection.close()

    def _form(self, who: int) -> tuple[str, dict[str, str]]:
        self.number += 1
        key = uuid.uuid4().hex
        ask = self.house.order.people[who % len(self.house.order.people)].asks[0]
        fields = {
            name: value.replace("{key}", key).replace(NUMBER, f"{self.number:06d}")
            for name, value in ask.fields.items()
        }
        return key, fields | {"request": key, "email": "nguoi.dan@example.org"}

    async def _receives(self, connection: Connection, who: int, key: str, fields: dict[str, str]) -> bool:
        path = self.house.order.people[who % len(self.house.order.people)].asks[0].path
        self.unanswered[key] = who, fields
        try:
            answer = await connection.post(path, fields)
        except (OSError, EOFError, ValueError):
            return False
        if answer.status >= 500:
            self.answers_5xx += 1
            return True
        assert answer.status == 302, answer.body[:2000].decode(errors="replace")
        self.acknowledged[key] = answer.location.strip("/").split("/")[1]
        del self.unanswered[key]
        return True

    async def presses_again(self) -> int:
        """Whoever got no answer sends the same form once more, one after the other."""
        again = list(self.unanswered.items())
        for key, (who, fields) in again:
            person = self.house.order.people[who % len(self.house.order.people)]
            connection = Connection(self.house.port, person.cookies, who)
            await self._receives(connection, who, key, fields)
            await connection.close()
        return len(again)

    async def presses_at_once(self, times: int) -> list[str]:
        """One form from many connections in the same instant; the codes they were answered."""
        key, fields = self._form(0)
        person = self.house.order.people[0]
        connections = [Connection(self.house.port, person.cookies) for _ in range(times)]
        answers = await asyncio.gather(*(one.post(person.asks[0].path, fields) for one in connections))
        for one in connections:
            await one.close()
        codes = [answer.location.strip("/").split("/")[1] for answer in answers if answer.status == 302]
        if codes:
            self.acknowledged[key] = codes[0]
        return codes

"""The measurements P7 to P10 of a hall. Closed loops, loopback only, bounded in time."""

import asyncio
import json
import os
import random
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from thanthien.core.operations.load import Connection
from thanthien.queue.management.benchmark.place import House

PATIENCE = 15.0
ROUND_REST = 0.05


def percentile(values: list[float], share: int) -> float:
    return sorted(values)[max(0, -(-share * len(values) // 100) - 1)] if values else 0.0


def milliseconds(values: list[float]) -> dict[str, float]:
    return {f"p{share}_ms": round(1000 * percentile(values, share), 1) for share in (50, 95, 100)}


def form(house: House, **fields: str) -> dict[str, str]:
    return {"csrfmiddlewaretoken": house.facts["token"], "idempotency_key": uuid4().hex, **fields}


# ---- P7 ----------------------------------------------------------------------------------------------------
async def issue(house: House, *, clients: int, seconds: float) -> dict[str, Any]:
    """Tickets taken at the kiosk as fast as so many of them press."""
    path, until = f"/xep-hang/may/{house.facts['kiosk']}/", time.perf_counter() + seconds
    times, errors = [], 0

    async def press(number: int) -> None:
        nonlocal errors
        line = Connection(house.port, {"csrftoken": house.facts["token"]}, number)
        while (begun := time.perf_counter()) < until:
            answer = await line.post(path, form(house, line=str(house.facts["line"])))
            times.append(time.perf_counter() - begun)
            errors += answer.status != 302
        await line.close()

    begun = time.perf_counter()
    await asyncio.gather(*(press(number) for number in range(clients)))
    spent = time.perf_counter() - begun
    return {"clients": clients, "per_second": round(len(times) / spent, 1), "errors": errors, **milliseconds(times)}


# ---- P8 ----------------------------------------------------------------------------------------------------
async def call_together(house: House, *, rounds: int) -> dict[str, Any]:
    """Every officer presses "next" at the same instant, then says that the person has come.

    The first round, in which each thread of the server opens its connection, is told apart (`first_ms`).
    """
    officers = [Connection(house.port, cookies, place) for place, cookies in enumerate(house.facts["officers"])]
    times, errors = [], 0

    async def press(line: Connection, what: str) -> None:
        nonlocal errors
        begun = time.perf_counter()
        answer = await line.post("/xep-hang/quay/lam/", form(house, do=what))
        errors += answer.status != 302
        if what == "next":
            times.append(time.perf_counter() - begun)

    for _round in range(rounds + 1):
        for what in ("next", "start"):
            await asyncio.gather(*(press(line, what) for line in officers))
    for line in officers:
        await line.close()
    first, times = max(times[: len(officers)]), times[len(officers) :]
    found = {"callers": len(officers), "rounds": rounds, "errors": errors, **milliseconds(times)}
    return found | {"first_ms": round(first * 1000, 1)}


# ---- P9, P10 -----------------------------------------------------------------------------------------------
@dataclass
class Board:
    """One board: keeps its line open, comes back by itself, notes when each call arrived."""

    house: House
    last: int = 0
    seen: dict[int, float] = field(default_factory=dict)
    opened: float = 0.0
    writer: asyncio.StreamWriter | None = None

    async def live(self) -> None:
        while True:
            try:
                await self._listen()
            except (OSError, asyncio.IncompleteReadError, ConnectionError):
                self.opened = 0.0
            await asyncio.sleep(random.uniform(0.5, 1.0))  # noqa: S311  (as browsers do after `retry: 1000`)

    async def _listen(self) -> None:
        reader, self.writer = await asyncio.open_connection("127.0.0.1", self.house.live_port, limit=2**20)
        path = f"/truc-tiep/board/{self.house.facts['hall']}/?after={self.last}"
        self.writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/event-stream\r\n\r\n".encode())
        await reader.readuntil(b"\r\n\r\n")
        try:
            while line := await reader.readline():
                if line.startswith(b'data: {"state"'):
                    self._take(json.loads(line[6:]))
        finally:
            self.writer.close()
            self.opened = 0.0

    def _take(self, told: dict[str, Any]) -> None:
        now = time.perf_counter()
        self.opened = self.opened or now
        facts = [*told.get("missed", []), *([told["fact"]] if "fact" in told else [])]
        for number in [fact["id"] for fact in facts] + [call["id"] for call in told["state"]["calls"]]:
            self.seen.setdefault(number, now)
        self.last = max(self.last, told["state"]["last"])


async def boards(house: House, count: int) -> tuple[list[Board], list[asyncio.Task[None]]]:
    all_of_them = [Board(house) for _ in range(count)]
    tasks = [asyncio.create_task(board.live()) for board in all_of_them]
    await until(lambda: all(board.opened for board in all_of_them), 30)
    return all_of_them, tasks


async def until(happened: Callable[[], bool], seconds: float) -> bool:
    end = time.perf_counter() + seconds
    while not happened():
        if time.perf_counter() > end:
            return False
        await asyncio.sleep(0.001)
    return True


async def fan_out(house: House, *, count: int, rounds: int) -> dict[str, Any]:
    """From the press until the last of so many boards has the call, with its full content; the first press apart."""
    before = house.live_memory()
    all_of_them, tasks = await boards(house, count)
    memory = house.live_memory() - before
    officer = Connection(house.port, house.facts["officers"][0], 0)
    times, lost = [], 0
    for _round in range(rounds + 1):
        last, begun = max(board.last for board in all_of_them), time.perf_counter()
        await officer.post("/xep-hang/quay/lam/", form(house, do="next"))
        done = await until(lambda last=last: all(board.last > last for board in all_of_them), PATIENCE)  # type: ignore[misc]
        lost += 0 if done else sum(board.last <= last for board in all_of_them)
        number = max(board.last for board in all_of_them)
        times.append(max(board.seen.get(number, begun + PATIENCE) for board in all_of_them) - begun)
        await officer.post("/xep-hang/quay/lam/", form(house, do="start"))
        await asyncio.sleep(ROUND_REST)
    back = {"all_back_s": await _back_after(house, all_of_them, _kill_live)}
    back["after_restart_s"] = await _back_after(house, all_of_them, _restart)
    await _end(tasks, officer)
    each = round(memory / count / 1024, 1)
    found = {"boards": count, "rounds": rounds, "lost": lost, "kb_each": each, **milliseconds(times[1:]), **back}
    return found | {"first_ms": round(times[0] * 1000, 1)}


async def _back_after(house: House, all_of_them: list[Board], what: Callable[[House], None]) -> float:
    """R15: how long until every board has the state again, the time of starting anew included."""
    begun = time.perf_counter()
    await asyncio.to_thread(what, house)
    await until(lambda: not any(board.opened < begun for board in all_of_them if board.opened), PATIENCE)
    done = await until(lambda: all(board.opened > begun for board in all_of_them), 60)
    return round(time.perf_counter() - begun, 2) if done else -1.0


def _kill_live(house: House) -> None:
    for pid in house.live_pids():
        os.kill(pid, signal.SIGKILL)


def _restart(house: House) -> None:
    """The whole server, as for an update."""
    house.closes()
    house.opens()


async def _end(tasks: list[asyncio.Task[None]], *lines: Connection) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    for line in lines:
        await line.close()

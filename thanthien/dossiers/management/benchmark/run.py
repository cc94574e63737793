"""One measurement: our server at each fill, the bare limit and the peer, in turn, client count by client count."""

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any

from thanthien.core.operations.load import Sample, summary
from thanthien.dossiers.management.benchmark import servers
from thanthien.dossiers.management.benchmark.place import Place, new_place
from thanthien.dossiers.management.benchmark.work import Load, Order

PREPARE = "thanthien.dossiers.management.benchmark.prepare"
WARM_UP = 2.0  # seconds, before anything counts
SLICE = 2.0
Say = Callable[[str], None]


@dataclass(frozen=True)
class Wish:
    operation: str
    clients: list[int]
    seconds: float
    rows: list[int]
    units: int
    server: str  # address of the PostgreSQL cluster
    say: Say


@dataclass
class Series:
    """One server under the load, with what was measured at each number of clients."""

    name: str
    load: Load
    server: servers.Server
    more: dict[str, Any] = field(default_factory=dict)
    figures: list[dict[str, float]] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        return {"name": self.name, **self.more, "clients": self.figures}


def measure_on(vendor: str, wish: Wish) -> dict[str, Any]:
    with ExitStack() as stack:
        compared, notes = _servers(vendor, wish, stack)
        for one in compared:
            asyncio.run(one.load.run(clients=max(wish.clients), seconds=WARM_UP))
        load_before = os.getloadavg()[0]
        for clients in wish.clients:
            _in_turn(compared, clients, wish.seconds)
            for one in compared:
                wish.say(line(vendor, one))
    return {
        "operation": wish.operation, "database": vendor, "units": wish.units, "cores": os.cpu_count(),
        "load_average_before": round(load_before, 2), "servers": [one.as_json() for one in compared], "notes": notes,
    }  # fmt: skip


def _in_turn(compared: list[Series], clients: int, seconds: float) -> None:
    """Each gets so many seconds, a slice at a time: what else the machine does meets all alike."""
    slices = max(1, round(seconds / SLICE))
    samples, cpu = [Sample(clients) for _ in compared], [0.0 for _ in compared]
    for _ in range(slices):
        for place, one in enumerate(compared):
            before = one.server.cpu_seconds()
            samples[place].add(asyncio.run(one.load.run(clients=clients, seconds=seconds / slices)))
            cpu[place] += one.server.cpu_seconds() - before
    for one, sample, used in zip(compared, samples, cpu, strict=True):
        each = round(1000 * used / max(1, len(sample.times)), 2)
        one.figures.append(summary(sample).as_json() | {"server_cpu_ms": each})


def line(vendor: str, one: Series) -> str:
    last = one.figures[-1]
    return (
        f"{vendor:10} {one.name:18} {last['clients']:3} clients {last['per_second']:8.1f}/s  "
        f"p50 {last['p50_ms']:7.2f} ms  p95 {last['p95_ms']:7.2f} ms  server {last['server_cpu_ms']:6.2f} ms CPU each  "
        f"errors {last['errors']}"
    )


def _servers(vendor: str, wish: Wish, stack: ExitStack) -> tuple[list[Series], list[str]]:
    """All are up at once and are asked in turn; one that is not asked does nothing."""
    compared, notes = [], []
    for rows in wish.rows:
        wish.say(f"{vendor}: {rows} dossiers …")
        place = stack.enter_context(new_place(vendor, wish.server))
        order = _prepared(place, wish, rows)
        server = stack.enter_context(servers.ours(place))
        more = {
            "rows": rows, "sql": len(order.statements), "statements": order.statements,
            "seconds_to_first_answer": server.seconds_to_first_answer,
        }  # fmt: skip
        compared.append(Series(f"thanthien {rows}", Load(order, server.port), server, more))
    for other in (_bare, _viewflow):
        try:
            compared.append(other(stack.enter_context(new_place(vendor, wish.server)), wish, order.web, stack))
        except servers.Missing as reason:
            notes.append(f"{other.__name__[1:]}: {reason}")
    return compared, notes


def _prepared(place: Place, wish: Wish, rows: int) -> Order:
    words = [wish.operation, str(rows), str(wish.units), "0"]
    done = subprocess.run(
        [sys.executable, "-m", PREPARE, *words], env=os.environ | place.env, cwd=servers.HERE, stdout=subprocess.PIPE
    )
    if done.returncode:
        raise SystemExit(f"the database of the measurement could not be prepared ({done.returncode})")
    return Order.from_json(json.loads(done.stdout))


def _bare(place: Place, wish: Wish, web: list[str], stack: ExitStack) -> Series:
    server = stack.enter_context(servers.bare(place, _on_free_port(web)))
    return Series("bare Django", Load(servers.bare_order(wish.operation), server.port), server)


def _viewflow(place: Place, wish: Wish, web: list[str], stack: ExitStack) -> Series:
    if wish.operation not in servers.VIEWFLOW:
        raise servers.Missing("its site has no such page")
    rows = max(wish.rows) if wish.operation == "inbox" else 0
    server, cookies = stack.enter_context(servers.viewflow(place, _on_free_port(web), rows))
    load = Load(servers.viewflow_order(wish.operation, cookies), server.port)
    return Series("viewflow", load, server, {"rows": rows})


def _on_free_port(web: list[str]) -> list[str]:
    at = web.index("--port") + 1
    return [*web[:at], str(servers.free_port()), *web[at + 1 :]]

"""A minute of ratings on each database: how many a second, and whether every acknowledged one was kept."""

import asyncio
import json
import os
import subprocess
import sys
from typing import Any

from thanthien.core.operations.load import summary
from thanthien.dossiers.management.benchmark import servers
from thanthien.dossiers.management.benchmark.place import POSTGRESQL, SQLITE, Place, new_place
from thanthien.dossiers.management.benchmark.work import Load, Order

PREPARE = "thanthien.satisfaction.management.benchmark.prepare"
FLOORS = {SQLITE: 100.0, POSTGRESQL: 200.0}  # ratings a second
MOST_A_SECOND = 700  # so many links are made for each second


def measure_ratings(vendor: str, *, server: str, seconds: float, clients: int) -> dict[str, Any]:
    """`server`: the address of the PostgreSQL cluster (unused with SQLite)."""
    with new_place(vendor, server) as place:
        count = int(seconds * MOST_A_SECOND) + 100
        order = Order.from_json(_asked(place, "links", str(count)))
        with servers.ours(place) as house:
            sample = asyncio.run(Load(order, house.port).run(clients=clients, seconds=seconds))
        kept = _asked(place, "kept")
    found = summary(sample).as_json()
    acknowledged = int(found["operations"]) - int(found["errors"])
    reached = found["per_second"] >= FLOORS[vendor] and kept["responses"] >= acknowledged and not found["errors"]
    told = {"database": vendor, "floor_per_second": FLOORS[vendor], "acknowledged": acknowledged, "reached": reached}
    return told | {"kept": kept["responses"], **found}


def _asked(place: Place, *words: str) -> Any:
    command = [sys.executable, "-m", PREPARE, *words]
    done = subprocess.run(command, env=os.environ | place.env, cwd=servers.HERE, stdout=subprocess.PIPE, check=True)
    return json.loads(done.stdout)

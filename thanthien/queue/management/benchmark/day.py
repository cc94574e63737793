"""A working day of a hall in two minutes: come, take a number, be called, be served, leave, until nobody is left."""

import asyncio
import random
import time
from dataclasses import dataclass, field
from typing import Any

from thanthien.core.operations.load import Connection
from thanthien.queue.management.benchmark.measure import form, milliseconds
from thanthien.queue.management.benchmark.place import House

ACT = "/xep-hang/quay/lam/"
BUSY = 0.6  # of the officers' time
PAUSE = 0.5  # second until an officer with nobody waiting looks again
LONGEST = 3.0  # times as long as planned until the day is broken off


@dataclass
class Day:
    """`seconds` stand for the whole day; visitors come in its first nine tenths."""

    house: House
    visitors: int
    seconds: float
    begun: float = field(default_factory=time.perf_counter)
    served: int = 0
    errors: list[str] = field(default_factory=list)
    taking: list[float] = field(default_factory=list)
    calling: list[float] = field(default_factory=list)

    @property
    def is_over(self) -> bool:
        spent = time.perf_counter() - self.begun
        return self.served >= self.visitors or spent > LONGEST * self.seconds

    async def play(self) -> dict[str, Any]:
        dice, officers = random.Random(600), self.house.facts["officers"]  # noqa: S311
        come = [self.visitor(dice.uniform(0, 0.9 * self.seconds)) for _ in range(self.visitors)]
        sit = [self.officer(cookies, random.Random(n)) for n, cookies in enumerate(officers)]  # noqa: S311
        await asyncio.gather(*come, *sit)
        took, called = milliseconds(self.taking), milliseconds(self.calling)
        return {
            "visitors": self.visitors, "served": self.served, "counters": len(officers),
            "seconds": round(time.perf_counter() - self.begun), "errors": len(self.errors), "faults": self.errors[:3],
            "take_p50_ms": took["p50_ms"], "take_p95_ms": took["p95_ms"], "call_p50_ms": called["p50_ms"],
            "call_p95_ms": called["p95_ms"],
        }  # fmt: skip

    async def ask(self, line: Connection, path: str, times: list[float] | None = None, /, **fields: str) -> Any:
        begun = time.perf_counter()
        answer = await line.post(path, form(self.house, **fields))
        if times is not None:
            times.append(time.perf_counter() - begun)
        if answer.status != 302:  # noqa: PLR2004
            self.errors.append(f"{answer.status} {path.split('/')[2]} {fields.get('do', '')}")
        return answer

    async def visitor(self, moment: float) -> None:
        await asyncio.sleep(moment)
        line = Connection(self.house.port, {"csrftoken": self.house.facts["token"]})
        kiosk, wanted = f"/xep-hang/may/{self.house.facts['kiosk']}/", str(self.house.facts["line"])
        answer = await self.ask(line, kiosk, self.taking, line=wanted)
        await self.ask(line, answer.location, do="spoken")
        await line.close()

    async def officer(self, cookies: dict[str, str], dice: random.Random) -> None:
        line = Connection(self.house.port, cookies)
        mean = BUSY * self.seconds * len(self.house.facts["officers"]) / self.visitors
        while not self.is_over:
            await self.ask(line, ACT, self.calling, do="next")
            page = await line.get("/xep-hang/quay/")
            if b'value="start"' not in page.body:
                await asyncio.sleep(PAUSE)
                continue
            await self.ask(line, ACT, do="start")
            await asyncio.sleep(dice.uniform(0.5, 1.5) * mean)
            await self.ask(line, ACT, do="finish")
            self.served += 1
        await line.close()

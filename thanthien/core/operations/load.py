"""A closed-loop load client: N clients, each sends its next request when it has the answer to the last.

Standard library only, loopback only, bounded in time. It shares the machine with the server, as on a small office
computer; quote its figures beside a limit measured in the same run.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass, field
from typing import NamedTuple
from urllib.parse import urlencode

HOST = "127.0.0.1"


class Reply(NamedTuple):
    status: int
    location: str
    body: bytes


@dataclass(frozen=True)
class Figures:
    """Operations a second and milliseconds an operation; `errors` are answers that were not as they should be."""

    clients: int
    seconds: float
    operations: int
    per_second: float
    p50_ms: float
    p95_ms: float
    p99_ms: float
    max_ms: float
    errors: int

    def as_json(self) -> dict[str, float]:
        return asdict(self)


class Connection:
    """One kept-alive HTTP/1.1 connection with the cookies of one person; `number` of the client, from 0."""

    def __init__(self, port: int, cookies: dict[str, str], number: int = 0) -> None:
        self.port, self.cookies, self.number = port, cookies, number
        self.reader: asyncio.StreamReader | None = None
        self.writer: asyncio.StreamWriter | None = None

    async def get(self, path: str) -> Reply:
        return await self._send("GET", path, b"", "")

    async def post(self, path: str, fields: dict[str, str]) -> Reply:
        return await self._send("POST", path, urlencode(fields).encode(), "application/x-www-form-urlencoded")

    async def post_json(self, path: str, body: bytes) -> Reply:
        return await self._send("POST", path, body, "application/json")

    async def close(self) -> None:
        if self.writer:
            self.writer.close()
        self.reader = self.writer = None

    async def _send(self, method: str, path: str, body: bytes, kind: str) -> Reply:
        if self.writer is None:
            self.reader, self.writer = await asyncio.open_connection(HOST, self.port, limit=1 << 22)
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        head = f"{method} {path} HTTP/1.1\r\nHost: {HOST}:{self.port}\r\nConnection: keep-alive\r\n"
        head += f"Cookie: {cookies}\r\n" if cookies else ""
        head += f"Content-Type: {kind}\r\nContent-Length: {len(body)}\r\n" if kind else ""
        self.writer.write(head.encode() + b"\r\n" + body)
        return await self._answer()

    async def _answer(self) -> Reply:
        assert self.reader
        lines = (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        headers = {k.lower(): v.strip() for k, _, v in (line.partition(":") for line in lines[1:])}
        body = await self._body(headers)
        if headers.get("connection", "").lower() == "close":
            await self.close()
        return Reply(int(lines[0].split(" ", 2)[1]), headers.get("location", ""), body)

    async def _body(self, headers: dict[str, str]) -> bytes:
        assert self.reader
        if headers.get("transfer-encoding", "").lower() != "chunked":
            return await self.reader.readexactly(int(headers.get("content-length", "0")))
        body = b""
        while size := int((await self.reader.readline()).split(b";")[0], 16):
            body += await self.reader.readexactly(size)
            await self.reader.readline()
        await self.reader.readline()
        return body


Step = Callable[[Connection, int], Awaitable[bool]]


@dataclass
class Sample:
    """What was seen in one or more slices of time: seconds of each operation, how many were not as they should be."""

    clients: int
    wall: float = 0.0
    times: list[float] = field(default_factory=list)
    errors: int = 0

    def add(self, other: "Sample") -> None:
        self.wall += other.wall
        self.times += other.times
        self.errors += other.errors


async def measure(port: int, step: Step, *, cookies: list[dict[str, str]], clients: int, seconds: float) -> Sample:
    """Runs `step(connection, running number) -> was it right` on every client until the time is over."""
    connections = [Connection(port, cookies[n % len(cookies)], n) for n in range(clients)]
    times: list[float] = []
    errors, counter, end = 0, 0, time.perf_counter() + seconds

    async def client(connection: Connection) -> None:
        nonlocal errors, counter
        while (begun := time.perf_counter()) < end:
            counter += 1
            try:
                errors += not await step(connection, counter)
            except (OSError, EOFError):
                errors += 1
                await connection.close()
            times.append(time.perf_counter() - begun)

    begun = time.perf_counter()
    await asyncio.gather(*map(client, connections))
    wall = time.perf_counter() - begun
    for connection in connections:
        await connection.close()
    return Sample(clients, wall, times, errors)


def summary(sample: Sample) -> Figures:
    times = sorted(sample.times)

    def at(share: float) -> float:
        return round(times[min(len(times) - 1, int(len(times) * share))] * 1000, 2) if times else 0.0

    per_second = round((len(times) - sample.errors) / sample.wall, 1)
    span = round(sample.wall, 1)
    return Figures(sample.clients, span, len(times), per_second, at(0.5), at(0.95), at(0.99), at(1), sample.errors)

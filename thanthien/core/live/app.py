"""The live process: a small ASGI application beside the pages, which are served by WSGI (docs/decisions/0003, 0014)."""

import asyncio
import contextlib
import logging
import re
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import parse_qs

import psycopg
from django.conf import settings
from django.core import signing
from django.db import connection

from thanthien.core.live.hub import Hub
from thanthien.core.live.sending import NOTIFY_CHANNEL, SALT

logger = logging.getLogger(__name__)
Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
ADDRESS = re.compile(r"/truc-tiep/([a-z_]{1,30})/([0-9a-zA-Z_-]{1,40})/?")
HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
    (b"access-control-allow-origin", b"*"),  # a board is public and asks without cookies
    (b"cross-origin-resource-policy", b"cross-origin"),
]
PAUSE = 1.0  # second before the database is asked for notifications again


class Live:
    """`hub` is made when the server says that its loop runs."""

    def __init__(self) -> None:
        self.hub: Hub | None = None
        self.tasks: list[asyncio.Task[None]] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http":
            await self._answer(scope, receive, send)

    async def _live(self, receive: Receive, send: Send) -> None:
        while True:
            said = (await receive())["type"]
            if said == "lifespan.startup":
                await self.begin()
            else:
                await self.end()
            await send({"type": f"{said}.complete"})
            if said == "lifespan.shutdown":
                return

    async def begin(self) -> None:
        self.hub = Hub()
        hear = hear_notifications if connection.vendor == "postgresql" else hear_datagrams
        self.tasks = [asyncio.create_task(work) for work in (hear(self.hub), self.hub.keep_fresh(), self.hub.beat())]

    async def end(self) -> None:
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        asked = ADDRESS.fullmatch(scope["path"])
        joined = None
        if asked and scope["method"] == "GET" and self.hub:
            joined = await self.hub.join(asked[1], asked[2], last_seen(scope))
        if joined is None:
            await _short(send, 404)
            return
        topic, listener = joined
        writing = asyncio.create_task(_write(listener, send))
        leaving = asyncio.create_task(_left(receive))
        try:
            await asyncio.wait([writing, leaving], return_when=asyncio.FIRST_COMPLETED)
        finally:
            topic.listeners.discard(listener)
            for task in (writing, leaving):
                task.cancel()
            await asyncio.gather(writing, leaving, return_exceptions=True)


def last_seen(scope: Scope) -> int | None:
    """What the board had last: the browser's own header, or `?after=` of a line opened anew."""
    header = dict(scope["headers"]).get(b"last-event-id", b"").decode("latin-1")
    query = scope["query_string"]
    asked = parse_qs(query.decode("latin-1") if isinstance(query, bytes) else query).get("after", [""])[0]
    text = header or asked
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None  # noqa: PLR2004


async def _write(listener: asyncio.Queue[bytes | None], send: Send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
    await send({"type": "http.response.body", "body": b"retry: 1000\n\n", "more_body": True})
    while (text := await listener.get()) is not None:
        await send({"type": "http.response.body", "body": text, "more_body": True})
    await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _left(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _short(send: Send, status: int) -> None:
    await send({"type": "http.response.start", "status": status, "headers": [(b"content-length", b"0")]})
    await send({"type": "http.response.body", "body": b"", "more_body": False})


async def hear_notifications(hub: Hub) -> None:
    """PostgreSQL tells of every commit that sent something, in whichever process and machine."""
    left_out = ("cursor_factory", "context", "prepare_threshold", "client_encoding")
    params = {name: value for name, value in connection.get_connection_params().items() if name not in left_out}
    while True:
        with contextlib.suppress(psycopg.OperationalError):
            async with await psycopg.AsyncConnection.connect(**params, autocommit=True) as line:
                await line.execute(f"LISTEN {NOTIFY_CHANNEL}")
                async for notice in line.notifies():
                    hub.hear(notice.payload)
        await asyncio.sleep(PAUSE)  # what was said meanwhile is found by `Hub.refresh`


class _Post(asyncio.DatagramProtocol):
    def __init__(self, hub: Hub) -> None:
        self.hub = hub

    def datagram_received(self, data: bytes, addr: Any) -> None:
        try:
            self.hub.hear(signing.loads(data.decode("ascii"), salt=SALT))
        except (signing.BadSignature, UnicodeDecodeError):
            logger.warning("a datagram that none of ours sent was dropped")


async def hear_datagrams(hub: Hub) -> None:
    """On SQLite the web server, on the same machine, says it itself."""
    loop, here = asyncio.get_running_loop(), ("127.0.0.1", settings.LIVE_PORT)
    transport, _ = await loop.create_datagram_endpoint(lambda: _Post(hub), local_addr=here)
    try:
        await asyncio.Event().wait()
    finally:
        transport.close()


application = Live()

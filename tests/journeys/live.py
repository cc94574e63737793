"""The live process of the boards beside the stories' server: the same application in a thread, on a port of its own."""

import asyncio
import contextlib
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from thanthien.core.live.app import Live


@contextmanager
def live_process() -> Iterator[int]:
    """Its port. It opens the database that is in use when it begins."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    loop, ready = asyncio.new_event_loop(), threading.Event()
    stop = asyncio.Event()
    thread = threading.Thread(target=loop.run_until_complete, args=(_serve(port, ready, stop),), daemon=True)
    yield_port = _starter(port, thread, ready)
    try:
        yield yield_port
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join(10)
        loop.close()


def _starter(port: int, thread: threading.Thread, ready: threading.Event) -> int:
    from django.conf import settings  # noqa: PLC0415  (its port is told before anything is sent)

    settings.LIVE_PORT = port
    thread.start()
    assert ready.wait(10)
    return port


async def _serve(port: int, ready: threading.Event, stop: asyncio.Event) -> None:
    live, tasks = Live(), set()
    await live.begin()

    async def hold(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        tasks.add(asyncio.current_task())
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            await _answer(live, reader, writer)
        writer.close()

    server = await asyncio.start_server(hold, "127.0.0.1", port)
    ready.set()
    await stop.wait()
    server.close()
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    await live.end()
    assert live.hub
    await live.hub.ask(lambda: connection.close())
    live.hub.asking.shutdown()


async def _answer(live: Live, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    method, target, _version = head.split("\r\n", 1)[0].split(" ")
    path, _mark, query = target.partition("?")
    lines = [line.partition(": ") for line in head.split("\r\n")[1:] if line]
    headers = [(name.lower().encode(), value.encode()) for name, _colon, value in lines]
    scope = {"type": "http", "method": method, "path": path, "query_string": query.encode(), "headers": headers}

    async def receive() -> dict[str, str]:
        await reader.read()  # the end of the line: the board has left
        return {"type": "http.disconnect"}

    async def send(what: dict) -> None:
        if what["type"] == "http.response.start":
            told = b"".join(b"%s: %s\r\n" % pair for pair in what["headers"])
            writer.write(b"HTTP/1.1 %d OK\r\n%sconnection: close\r\n\r\n" % (what["status"], told))
        writer.write(what.get("body", b""))
        await writer.drain()

    await live(scope, receive, send)

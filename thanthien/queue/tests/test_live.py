"""The live process that brings a call to everybody who looks; whoever was away misses none (R15)."""

import asyncio
import json
import socket
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
import time_machine
from django.conf import settings
from django.core import signing
from django.db import connection, transaction

from thanthien.core.live import channel_named
from thanthien.core.live.app import Live, last_seen
from thanthien.core.live.hub import Hub, Topic
from thanthien.queue.factories import LineFactory, a_session, a_ticket, later
from thanthien.queue.models import QueueEvent
from thanthien.queue.tests.asking import call

SECOND = 20  # patience on a busy machine


@pytest.fixture
def line():
    return LineFactory(letter="A")


# ---- how it comes to everybody -----------------------------------------------------------------------------
class Reader:
    """One line to the live process, as the server would hold it."""

    def __init__(self, live, path, query=b"", headers=()):
        self.live, self.sent, self.gone = live, [], asyncio.Event()
        self.scope = {"type": "http", "method": "GET", "path": path, "query_string": query, "headers": list(headers)}
        self.task = asyncio.ensure_future(live(self.scope, self._receive, self._send))

    async def _receive(self):
        await self.gone.wait()
        return {"type": "http.disconnect"}

    async def _send(self, what):
        self.sent.append(what)

    @property
    def states(self):
        text = b"".join(one.get("body", b"") for one in self.sent).decode()
        blocks = [block for block in text.split("\n\n") if "event: state" in block]
        return [json.loads(block.partition("data: ")[2]) for block in blocks]

    async def until(self, happened):
        async with asyncio.timeout(SECOND):
            while not happened(self):
                await asyncio.sleep(0.01)

    async def leave(self):
        self.gone.set()
        await self.task


@pytest.fixture
def live(settings):
    """Runs a story in the live process's loop, in a thread of its own, with what it needs to ask the database."""
    settings.LIVE_PORT = free_port()

    def run(story):
        async def whole():
            process = Live()
            await process.begin()
            try:
                return await story(process)
            finally:
                await process.end()
                await process.hub.ask(lambda: connection.close())
                process.hub.asking.shutdown()

        with ThreadPoolExecutor(1) as pool:
            return pool.submit(asyncio.run, whole()).result(timeout=60)

    return run


def free_port():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def today():
    """The live process asks the clock; the stories happen on their Monday."""
    with time_machine.travel(later(0), tick=True):
        yield


async def elsewhere(work):
    """In a thread with a connection of its own, as another process would."""

    def with_connection():
        try:
            return work()
        finally:
            connection.close()

    return await asyncio.get_running_loop().run_in_executor(None, with_connection)


@pytest.mark.django_db(transaction=True)
def test_every_board_of_the_hall_gets_the_call_with_its_full_content(line, live, today):
    session = a_session(line.hall, line)
    a_ticket(line)

    async def story(process):
        boards = [Reader(process, f"/truc-tiep/board/{line.hall_id}/") for _ in range(3)]
        for board in boards:
            await board.until(lambda one: len(one.states) == 1)
        await elsewhere(lambda: call(session, 1))
        for board in boards:
            await board.until(lambda one: any("fact" in state for state in one.states))
        for board in boards:
            await board.leave()
        return [next(state for state in board.states if "fact" in state) for board in boards]

    told = live(story)

    assert len(told) == 3
    for one in told:
        assert one["state"]["calls"][0] == one["fact"]["call"]
        shown = {name: one["fact"]["call"][name] for name in ("code", "counter", "line")}
        assert shown == {"code": "A 001", "counter": session.counter_number, "line": line.name}


@pytest.mark.django_db(transaction=True)
def test_a_board_that_was_away_gets_every_call_that_it_missed(line, live, today):
    session = a_session(line.hall, line)
    for _ in range(4):
        a_ticket(line)
    seen = call(session, 1)
    last = QueueEvent.objects.filter(ticket=seen.ticket, kind="called").get().pk

    async def story(process):
        await elsewhere(lambda: [call(session, minute) for minute in (2, 3, 4)])
        back = Reader(process, f"/truc-tiep/board/{line.hall_id}/", headers=[(b"last-event-id", b"%d" % last)])
        again = Reader(process, f"/truc-tiep/board/{line.hall_id}/", query=b"after=%d" % last)
        for one in (back, again):
            await one.until(lambda reader: reader.states)
            await one.leave()
        return [one.states[0] for one in (back, again)]

    for state in live(story):
        assert [fact["call"]["code"] for fact in state["missed"]] == ["A 002", "A 003", "A 004"]
        assert state["state"]["calls"][0]["code"] == "A 004"


@pytest.mark.django_db(transaction=True)
def test_a_call_whose_message_was_lost_appears_all_the_same(line, live, today, monkeypatch):
    session = a_session(line.hall, line)
    a_ticket(line)
    monkeypatch.setattr("thanthien.core.live.send", lambda *_: None)

    async def story(process):
        board = Reader(process, f"/truc-tiep/board/{line.hall_id}/")
        await board.until(lambda one: one.states)
        await elsewhere(lambda: call(session, 1))
        await process.hub.refresh()
        await board.until(lambda one: any("fact" in state for state in one.states))
        await board.leave()
        return [one for one in board.states if "fact" in one]

    (told,) = live(story)

    assert told["fact"]["call"]["code"] == "A 001"


@pytest.mark.django_db(transaction=True)
def test_a_call_that_is_rolled_back_is_never_shown(line, live, today):
    session = a_session(line.hall, line)
    a_ticket(line)

    def changes_its_mind():
        with transaction.atomic():
            call(session, 1)
            transaction.set_rollback(True)

    async def story(process):
        board = Reader(process, f"/truc-tiep/board/{line.hall_id}/")
        await board.until(lambda one: one.states)
        await elsewhere(changes_its_mind)
        await process.hub.refresh()
        await board.leave()
        return board.states

    assert [state["state"]["calls"] for state in live(story)] == [[]]


@pytest.mark.django_db(transaction=True)
def test_whoever_asks_for_something_else_is_told_that_it_is_not_there(line, live):
    paths = [
        "/truc-tiep/board/999999/",
        "/truc-tiep/board/x/",
        "/truc-tiep/nothing/1/",
        "/",
        "/truc-tiep/board/1/../2/",
    ]

    async def story(process):
        readers = [Reader(process, path) for path in paths]
        for one in readers:
            await one.task
        return [one.sent[0]["status"] for one in readers]

    assert live(story) == [404] * len(paths)


@pytest.mark.django_db(transaction=True)
def test_a_forged_datagram_is_dropped(line, live, today):
    if connection.vendor != "sqlite":
        pytest.skip("datagrams are heard on SQLite only")
    forged = json.dumps(
        {"channel": "board", "key": str(line.hall_id), "fact": {"id": 9, "call": {"id": 9, "code": "X"}}}
    )

    async def story(process):
        board = Reader(process, f"/truc-tiep/board/{line.hall_id}/")
        await board.until(lambda one: one.states)
        loop = asyncio.get_running_loop()
        for text in (forged.encode(), b"\xff\xfe", signing.dumps(forged, salt="other").encode()):
            transport, _ = await loop.create_datagram_endpoint(
                asyncio.DatagramProtocol, remote_addr=("127.0.0.1", settings.LIVE_PORT)
            )
            transport.sendto(text)
            transport.close()
        await asyncio.sleep(0.2)
        await board.leave()
        return board.states

    assert [state["state"]["calls"] for state in live(story)] == [[]]


def test_a_line_that_is_too_slow_is_cut_and_the_others_go_on():
    state = {"calls": [], "last": 0}
    topic = Topic(channel_named("board"), "1", state)
    slow, quick = asyncio.Queue(), asyncio.Queue()
    topic.listeners |= {slow, quick}

    for number in range(1, 105):
        topic.take({"id": number, "call": {"id": number, "code": f"A {number:03d}"}})
        quick.get_nowait()

    assert topic.listeners == {quick}
    assert slow.qsize() == 101


@pytest.mark.parametrize(
    ("headers", "query", "expected"),
    [([], b"", None), ([], b"after=7", 7), ([(b"last-event-id", b"12")], b"after=7", 12), ([], b"after=-1", None)],
)
def test_what_was_seen_last_is_read_from_header_or_address(headers, query, expected):
    assert last_seen({"headers": headers, "query_string": query}) == expected


@pytest.mark.django_db(transaction=True)
def test_a_thousand_boards_that_come_back_at_once_make_one_question(line, today):
    asked = []

    async def story():
        hub = Hub()
        real = hub.ask

        async def counted(question, *about):
            asked.append(question)
            return await real(question, *about)

        hub.ask = counted
        joined = await asyncio.gather(*(hub.join("board", str(line.hall_id), None) for _ in range(1000)))
        await real(lambda: connection.close())
        hub.asking.shutdown()
        return len({id(topic) for topic, _ in joined}), len(joined[0][0].listeners)

    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(asyncio.run, story()).result(timeout=60) == (1, 1000)
    assert len(asked) == 2  # the state, and the last facts
    assert threading.active_count() < 50

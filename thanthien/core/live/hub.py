"""The live process's memory: the state of each channel that somebody looks at, and who looks.

Facts come in from the database's notifications (PostgreSQL) or by datagram (SQLite); every few seconds each state is
read anew, so that a fact that was lost on its way, and everything that is not announced, appears all the same.
"""

import asyncio
import json
import logging
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.db import connection

from thanthien.core.live.channels import Channel, State, channel_named

logger = logging.getLogger(__name__)
REFRESH = 3.0  # seconds
BEAT = 2.0
KEPT = 300  # facts that are remembered for whoever comes back
LATE = 100  # numbers behind the last one in which a fact may still appear: its transaction took longer
LISTENER_MAX = 100  # messages that a slow line may be behind before it is cut: it comes back and gets the whole state

T = TypeVar("T")
Listener = asyncio.Queue[bytes | None]


def message(event: str, data: dict[str, Any], number: int | None = None) -> bytes:
    head = f"id: {number}\n" if number is not None else ""
    return f"{head}event: {event}\ndata: {json.dumps(data, ensure_ascii=False, separators=(',', ':'))}\n\n".encode()


@dataclass
class Topic:
    """One channel with one key: its state, the last facts, who listens."""

    channel: Channel
    key: str
    state: State
    facts: deque[dict[str, Any]] = field(default_factory=lambda: deque(maxlen=KEPT))
    listeners: set[Listener] = field(default_factory=set)

    def knows(self, fact: dict[str, Any]) -> bool:
        return any(one["id"] == fact["id"] for one in self.facts)

    def take(self, fact: dict[str, Any]) -> None:
        """A new fact changes the state and goes to everybody, with the whole state."""
        if self.knows(fact):
            return
        self.facts.append(fact)
        self.state = self.channel.merge(self.state, fact)
        self.tell(message("state", {"state": self.state, "fact": fact}, self.state["last"]))

    def tell(self, text: bytes) -> None:
        for listener in list(self.listeners):
            if listener.qsize() >= LISTENER_MAX:
                self.listeners.discard(listener)
                listener.put_nowait(None)
            else:
                listener.put_nowait(text)

    def missed_after(self, last: int) -> list[dict[str, Any]]:
        return sorted((fact for fact in self.facts if fact["id"] > last), key=lambda fact: int(fact["id"]))


class Hub:
    """Lives in one event loop. The database is asked by one thread, one question after the other."""

    def __init__(self) -> None:
        self.topics: dict[tuple[str, str], Topic] = {}
        self.asking = ThreadPoolExecutor(1, thread_name_prefix="live-db")
        self.opening = asyncio.Lock()

    async def ask(self, question: Callable[..., T], *about: Any) -> T:
        return await asyncio.get_running_loop().run_in_executor(self.asking, _asked, question, about)

    async def join(self, name: str, key: str, last: int | None) -> tuple[Topic, Listener] | None:
        """Begins to listen: first comes the whole state, with the facts after `last`. None: no such channel."""
        topic = await self._topic(name, key)
        if topic is None:
            return None
        listener: Listener = asyncio.Queue()
        missed = topic.missed_after(last) if last is not None else []
        listener.put_nowait(message("state", {"state": topic.state, "missed": missed}, topic.state["last"]))
        topic.listeners.add(listener)
        return topic, listener

    async def _topic(self, name: str, key: str) -> Topic | None:
        if found := self.topics.get((name, key)):
            return found
        async with self.opening:  # a thousand boards that come back at once make one question
            if found := self.topics.get((name, key)):
                return found
            channel = channel_named(name)
            state = await self.ask(channel.load, key) if channel else None
            if channel is None or state is None:
                return None
            topic = Topic(channel, key, state)
            topic.facts.extend(await self.ask(channel.since, key, max(0, state["last"] - KEPT)))
            self.topics[name, key] = topic
            return topic

    def hear(self, text: str) -> None:
        """A fact that came in."""
        told = json.loads(text)
        if topic := self.topics.get((told["channel"], told["key"])):
            topic.take(told["fact"])

    async def refresh(self) -> None:
        """Reads every state that somebody looks at; forgets those that nobody does."""
        for name, topic in list(self.topics.items()):
            if not topic.listeners:
                del self.topics[name]
                continue
            for fact in await self.ask(topic.channel.since, topic.key, max(0, topic.state["last"] - LATE)):
                topic.take(fact)
            state = await self.ask(topic.channel.load, topic.key)
            if state is not None and state != topic.state and state["last"] >= topic.state["last"]:
                topic.state = state
                topic.tell(message("state", {"state": state}, state["last"]))

    async def keep_fresh(self) -> None:
        while True:
            await asyncio.sleep(REFRESH)
            try:
                await self.refresh()
            except Exception:
                logger.exception("the live states could not be read")

    async def beat(self) -> None:
        """A sign of life, so that a board notices a line that died silently."""
        while True:
            await asyncio.sleep(BEAT)
            sign = message("beat", {})
            for topic in list(self.topics.values()):
                topic.tell(sign)


def _asked(question: Callable[..., T], about: tuple[Any, ...]) -> T:
    try:
        return question(*about)
    except Exception:
        connection.close()  # the next question gets a new connection
        raise

"""What is asked of a server, by whom, and how it is put to it. Knows neither Django nor the database."""

import json
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count, cycle, zip_longest
from typing import Any

from thanthien.core.operations.load import Connection, Sample, measure

HOST = "127.0.0.1"
TOKEN = "a" * 32  # of the CSRF cookie and of its field
KEY, NUMBER = "{key}", "{number}"


@dataclass
class Ask:
    """A page (`fields` None), or a form sent; "{key}" and "{number}" in a value are others each time."""

    path: str
    fields: dict[str, str] | None = None
    is_json: bool = False

    def filled(self, number: int) -> dict[str, str]:
        change = {KEY: uuid.uuid4().hex, NUMBER: f"{number:06d}"}
        filled = dict(self.fields or {})
        for name, value in filled.items():
            for mark, instead in change.items():
                value = value.replace(mark, instead)
            filled[name] = value
        return filled


@dataclass
class Person:
    """Who asks, with their cookies."""

    cookies: dict[str, str]
    asks: list[Ask]


@dataclass
class Order:
    """All that the load needs to know. `statements` of one request; `web`: how the peers' web server is started."""

    expected: int
    people: list[Person]
    statements: list[str]
    web: list[str]

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "Order":
        people = [Person(one["cookies"], [Ask(**ask) for ask in one["asks"]]) for one in stored.pop("people")]
        return cls(people=people, **stored)


def in_turn(people: list[Person]) -> Iterator[tuple[Person, Ask]]:
    """The first ask of everybody, then the second of everybody who has one, and so on: as many units at work at once
    as there are."""
    for round_ in zip_longest(*(person.asks for person in people)):
        yield from ((person, ask) for person, ask in zip(people, round_, strict=True) if ask)


class Load:
    """An order on its way to one server: what was asked once is not asked again as long as there is something else."""

    def __init__(self, order: Order, port: int) -> None:
        self.order, self.port = order, port
        self._asks = cycle(in_turn(order.people))
        self._numbers = count(100)

    async def run(self, *, clients: int, seconds: float) -> Sample:
        cookies = [person.cookies for person in self.order.people]
        return await measure(self.port, self._step, cookies=cookies, clients=clients, seconds=seconds)

    async def _step(self, connection: Connection, number: int) -> bool:
        person, ask = next(self._asks)
        connection.cookies = person.cookies
        if ask.fields is None:
            reply = await connection.get(ask.path)
        elif ask.is_json:
            reply = await connection.post_json(ask.path, json.dumps(ask.fields).encode())
        else:
            reply = await connection.post(ask.path, ask.filled(next(self._numbers)))
        return reply.status == self.order.expected

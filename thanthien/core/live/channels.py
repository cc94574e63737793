"""The registry of channels."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

State = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Channel:
    """`load(key)` reads the present state from the database (None: there is no such channel); its "last" is the number
    of the last fact that it holds. `merge(state, fact)` gives the state after a fact, which carries its number as "id".
    `since(key, last)` gives the facts that came after a number, also those that committed late."""

    name: str
    load: Callable[[str], State | None]
    merge: Callable[[State, dict[str, Any]], State]
    since: Callable[[str, int], list[dict[str, Any]]]


_channels: dict[str, Channel] = {}


def register(channel: Channel) -> Channel:
    _channels[channel.name] = channel
    return channel


def channel_named(name: str) -> Channel | None:
    return _channels.get(name)

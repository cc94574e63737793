"""What a channel is given, and how it may say no."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class Letter:
    """`id` is the same in every try. `address` is an e-mail address or a phone in the form +84912345678."""

    id: str
    address: str
    title: str
    body: str
    situation: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)


class DeliveryProblem(Exception):
    """Its text says why, in Vietnamese, for the officers; without addresses and secrets."""


class Rejected(DeliveryProblem):
    """The channel will never take this letter."""


class NotNow(DeliveryProblem):
    """The channel asks to come again."""


class Unreachable(NotNow):
    """Nobody answered at all: for a while it is of no use to ask for any letter."""

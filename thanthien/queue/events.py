"""What the queue announces. Ids and codes only (STYLE 5.4)."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class TicketIssued:
    ticket_id: int


@dataclass(frozen=True, kw_only=True)
class TicketCalled:
    ticket_id: int
    call_id: int


@dataclass(frozen=True, kw_only=True)
class TurnsCameNearer:
    """Somebody was called while people wait who left an address to be told."""

    hall_id: int


@dataclass(frozen=True, kw_only=True)
class TicketFinished:
    ticket_id: int


@dataclass(frozen=True, kw_only=True)
class HelpCalled:
    """Somebody pressed the quiet button at a counter."""

    hall_id: int
    session_id: int
    counter_number: int
    staff_id: int

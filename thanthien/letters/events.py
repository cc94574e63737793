"""What letters announce. Ids and codes only."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class LetterSigned:
    letter_id: int


@dataclass(frozen=True, kw_only=True)
class LetterHandedOver:
    letter_id: int
    way: str


@dataclass(frozen=True, kw_only=True)
class WrongNameReported:
    letter_id: int

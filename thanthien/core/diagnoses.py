"""What `thanthien doctor` looks at. A room adds its own examinations in its `slots.py`."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise as LazyText


@dataclass(frozen=True)
class Trouble:
    """What is wrong and how to mend it, as sentences. Not serious: the house works, but somebody should look."""

    what: str
    mend: str
    serious: bool = True


Examine = Callable[[datetime], Iterator[Trouble]]


@dataclass(frozen=True)
class Examination:
    name: str | LazyText
    examine: Examine


_examinations: dict[str, Examination] = {}


def examines(name: str | LazyText) -> Callable[[Examine], Examine]:
    """Registers a function that takes the moment and yields what is wrong."""

    def register(examine: Examine) -> Examine:
        _examinations[f"{examine.__module__}.{examine.__name__}"] = Examination(name, examine)
        return examine

    return register


def examinations() -> list[Examination]:
    return list(_examinations.values())

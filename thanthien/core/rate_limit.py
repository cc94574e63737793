"""So many tries in so many seconds, counted for all web processes of this machine (decision 0019).

Counted are misses, and deeds that cost something; a good look-up of a dossier only looks whether there is a file.
"""

import logging
import pickle
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import cache
from django.core.files import locks
from django.http import HttpRequest

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Limit:
    """At most `tries` in a window of `seconds`."""

    name: str
    tries: int
    seconds: int


def seconds_to_wait(limit: Limit, who: str) -> int:
    """0 while this one is within the limit, else how long the window still lasts. Counts nothing."""
    begun, tries = _so_far(limit, who)
    left = int(begun + limit.seconds - time.time()) + 1
    return left if tries >= limit.tries and left > 0 else 0


def count(limit: Limit, who: str) -> None:
    """One more try. On a full disk nothing is counted, and the citizen is answered all the same."""
    try:
        with _alone():
            begun, tries = _so_far(limit, who)
            if time.time() - begun > limit.seconds:
                begun, tries = time.time(), 0
            cache.set(_key(limit, who), (begun, tries + 1), limit.seconds)
    except OSError:
        logger.exception("a try could not be counted")


def _so_far(limit: Limit, who: str) -> tuple[float, int]:
    """When the window began, and the tries in it. What a power cut left half written counts as nothing."""
    try:
        found: tuple[float, int] = cache.get(_key(limit, who), (0.0, 0))
    except (OSError, EOFError, zlib.error, pickle.UnpicklingError):
        logger.exception("tries could not be read")
        return 0.0, 0
    return found


@contextmanager
def _alone() -> Iterator[None]:
    """One process or thread at a time, so that no try is lost between reading and writing."""
    with open(Path(settings.COUNTED_DIR).with_suffix(".lock"), "a") as gate:
        locks.lock(gate, locks.LOCK_EX)
        yield


def asker_of(request: HttpRequest) -> str:
    """The network address that asks, also behind a proxy (`BEHIND_PROXY`): there all would else be one."""
    return str(get_adapter().get_client_ip(request))


def _key(limit: Limit, who: str) -> str:
    """Of letters that any cache takes, however odd the address or code that is asked for."""
    return f"rate:{limit.name}:{sha256(who.encode(errors='surrogatepass')).hexdigest()[:32]}"

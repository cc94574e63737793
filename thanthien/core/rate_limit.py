"""So many tries in so many seconds, counted in the cache (each web process counts for itself)."""

import time
from dataclasses import dataclass
from hashlib import sha256

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest


@dataclass(frozen=True)
class Limit:
    """At most `tries` in a window of `seconds`."""

    name: str
    tries: int
    seconds: int


def seconds_to_wait(limit: Limit, who: str) -> int:
    """0 while this one is within the limit, else how long the window still lasts. Counts nothing."""
    begun, tries = cache.get(_key(limit, who), (0.0, 0))
    left = int(begun + limit.seconds - time.time()) + 1
    return left if tries >= limit.tries and left > 0 else 0


def count(limit: Limit, who: str) -> None:
    """One more try."""
    begun, tries = cache.get(_key(limit, who), (0.0, 0))
    if time.time() - begun > limit.seconds:
        begun, tries = time.time(), 0
    cache.set(_key(limit, who), (begun, tries + 1), limit.seconds)


def asker_of(request: HttpRequest) -> str:
    """The network address that asks, also behind a proxy (`BEHIND_PROXY`): there all would else be one."""
    return str(get_adapter().get_client_ip(request))


def _key(limit: Limit, who: str) -> str:
    """Of letters that any cache takes, however odd the address or code that is asked for."""
    return f"rate:{limit.name}:{sha256(who.encode(errors='surrogatepass')).hexdigest()[:32]}"

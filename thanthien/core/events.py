"""Events: a room announces a fact, rooms above answer (STYLE 5.4).

`publish` stores one task for each listener in the transaction that made the fact true; the worker that
`thanthien serve` starts carries them out after the commit, again with a growing pause when one fails, and lays what
failed for good in `EventFailure`. An event may be delivered twice: a listener must bear that.
"""

import logging
from collections.abc import Callable
from dataclasses import asdict
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from thanthien.core.models import EventFailure

logger = logging.getLogger(__name__)
PAUSES = [timedelta(seconds=s) for s in (10, 60, 600, 3600)]

Listener = Callable[[Any], None]
_listeners: dict[str, tuple[type, Listener]] = {}


def listens_to(event_class: type) -> Callable[[Listener], Listener]:
    def register(listener: Listener) -> Listener:
        _listeners[f"{listener.__module__}.{listener.__name__}"] = event_class, listener
        return listener

    return register


def listeners() -> dict[str, tuple[type, Listener]]:
    """Who answers what: for `docs/events.md` and the guard tests."""
    return dict(_listeners)


def publish(event: Any) -> None:
    """Announces a fact (a frozen dataclass of ids, codes and ISO dates). Only actions call this."""
    facts = asdict(event)
    for name, (event_class, _) in _listeners.items():
        if event_class is type(event):
            deliver.enqueue(name, facts, 0)


@task()
def deliver(name: str, payload: dict[str, Any], failures: int) -> None:
    event_class, listener = _listeners[name]
    try:
        with transaction.atomic():
            listener(event_class(**payload))
    except Exception as error:
        logger.exception("listener %s failed (%s times before)", name, failures)
        _try_again(name, payload, failures, error)


def _try_again(name: str, payload: dict[str, Any], failures: int, error: Exception) -> None:
    if failures < len(PAUSES):
        later = timezone.now() + PAUSES[failures]
        deliver.using(run_after=later).enqueue(name, payload, failures + 1)
    else:
        EventFailure.objects.create(listener=name, payload=payload, error=repr(error), failed_at=timezone.now())

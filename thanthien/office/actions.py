"""One verb over many dossiers: each succeeds or fails by itself, and the answer says which and why."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from thanthien.core.rules import Refused
from thanthien.dossiers import actions

if TYPE_CHECKING:
    from thanthien.dossiers.models import Dossier, HandOver
    from thanthien.organisation.models import Staff


@dataclass(frozen=True)
class Outcome:
    """Codes of the dossiers that went well, and (code, reason) of those that did not."""

    done: list[str] = field(default_factory=list)
    failed: list[tuple[str, str]] = field(default_factory=list)


def finish_steps(dossiers: Iterable["Dossier"], *, by: "Staff", at: datetime) -> Outcome:
    return _each(dossiers, lambda dossier: actions.finish_step(dossier, by=by, at=at))


def assign_all(dossiers: Iterable["Dossier"], *, to: "Staff", by: "Staff", at: datetime) -> Outcome:
    return _each(dossiers, lambda dossier: actions.assign(dossier, to=to, by=by, at=at))


def acknowledge_all(hand_overs: Iterable["HandOver"], *, by: "Staff", at: datetime) -> Outcome:
    return _each(hand_overs, lambda hand_over: actions.acknowledge(hand_over.pk, by=by, at=at))


def _each(things: Iterable[Any], act: Callable[[Any], Any]) -> Outcome:
    """Acts on each under a savepoint of its own, always in the same order, so that two crowds do not lock crosswise."""
    outcome = Outcome()
    for thing in sorted(things, key=lambda thing: thing.pk):
        code = getattr(thing, "code", "") or thing.dossier.code
        try:
            with transaction.atomic():
                act(thing)
        except Refused as refusal:
            outcome.failed.append((code, str(refusal)))
        else:
            outcome.done.append(code)
    return outcome

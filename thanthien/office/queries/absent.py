"""What is promised for a while in which the officer who holds it is away."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from thanthien.dossiers.queries import due_between
from thanthien.organisation.queries import halves_of


@dataclass(frozen=True)
class DueWhileAway:
    """An absence, its span in words, and the dossiers that fall due in it."""

    absence: Any
    when: str
    dossiers: list[Any]


def due_while_away(absences: Sequence[Any]) -> list[DueWhileAway]:
    """Of these absences the ones in which something falls due; one statement, none without absences."""
    if not absences:
        return []
    span = {"first": min(one.starts_at for one in absences), "last": max(one.ends_at for one in absences)}
    due = list(due_between([one.staff_id for one in absences], **span))
    found = [(one, [d for d in due if d.holder_id == one.staff_id and _within(one, d)]) for one in absences]
    return [DueWhileAway(one, halves_of(one).words, dossiers) for one, dossiers in found if dossiers]


def _within(absence: Any, dossier: Any) -> bool:
    return bool(absence.starts_at <= dossier.due_at < absence.ends_at)

"""The promise ledger: a promised date is never overwritten without a row that says why (FEATURES 5.6, 5.7).

Every room that promises a date to a citizen writes it here; the page "Lời hứa" and the figures read it from here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from thanthien.core.enums import PromiseChangeReason
from thanthien.core.models import Promise, PromiseChange
from thanthien.core.rules import Refused
from thanthien.core.writing import insert


@dataclass(frozen=True, kw_only=True)
class Move:
    """A change of date: to when, why, on what basis; `explanation` is the JSON of the new `Deadline`."""

    due_at: datetime
    reason: PromiseChangeReason
    note: str = ""
    legal_basis: str = ""
    explanation: Sequence[dict[str, Any]] = ()


def make(promise: Promise) -> Promise:
    """Writes a new promise down; `first_due_at` is set from `due_at`, once and for all."""
    promise.first_due_at = promise.due_at
    insert(promise)
    return promise


def change(promise: Promise, move: Move, *, by: str, at: datetime) -> PromiseChange:
    """Moves a promised date. A second extension is refused (NĐ 61/2018 Đ19.9: hẹn lại không quá một lần)."""
    check_can_change(promise, move)
    row = PromiseChange.objects.create(
        promise=promise, old_due_at=promise.due_at, new_due_at=move.due_at, reason=move.reason, note=move.note,
        legal_basis=move.legal_basis, explanation=list(move.explanation), by=by, at=at,
    )  # fmt: skip
    promise.due_at = move.due_at
    if move.explanation:
        promise.explanation = list(move.explanation)
    promise.save(update_fields=["due_at", "explanation"])
    return row


def check_can_change(promise: Promise, move: Move) -> None:
    if promise.kept_at or promise.dropped_at:
        raise Refused(_("Lời hứa này đã khép lại, không đổi ngày hẹn được nữa."))
    if move.reason == PromiseChangeReason.EXTENSION and has_extension(promise):
        raise Refused(_("Hồ sơ đã được hẹn lại một lần. Pháp luật không cho hẹn lại lần thứ hai."))


def has_extension(promise: Promise) -> bool:
    return promise.changes.filter(reason=PromiseChangeReason.EXTENSION).exists()


def keep(promise: Promise, *, at: datetime) -> None:
    promise.kept_at, promise.paused_at = at, None
    promise.save(update_fields=["kept_at", "paused_at"])


def drop(promise: Promise, *, at: datetime) -> None:
    """The promise no longer stands (withdrawn, stopped): neither kept nor broken."""
    promise.dropped_at, promise.paused_at = at, None
    promise.save(update_fields=["dropped_at", "paused_at"])


def pause(promise: Promise, *, at: datetime) -> None:
    promise.paused_at = at
    promise.save(update_fields=["paused_at"])


def resume(promise: Promise) -> None:
    promise.paused_at = None
    promise.save(update_fields=["paused_at"])


def promise_of(subject: str, kind: str) -> Promise:
    return Promise.objects.select_for_update().get(subject=subject, kind=kind)


def open_promises(unit_codes: Sequence[str]) -> QuerySet[Promise]:
    """What is still promised by these units, the most urgent first."""
    return Promise.objects.filter(unit_code__in=unit_codes, kept_at=None, dropped_at=None).order_by("due_at", "pk")

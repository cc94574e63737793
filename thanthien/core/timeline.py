"""The story of each subject: append-only, hash-chained, readable in Vietnamese.

Every entry carries the SHA-256 of its own words and of the entry before it; `TimelineChain` keeps the number of
entries and the last hash, so that a changed, removed (also the last) or inserted entry shows. Rooms name the
subjects that must have a chain (`expect_subjects`), so that a whole chain cannot vanish either.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.db.models import QuerySet

from thanthien.core.models import TimelineChain, TimelineEntry
from thanthien.core.prepared import Given, Prepared
from thanthien.core.writing import insert


@dataclass(frozen=True, kw_only=True)
class Note:
    """What to write down. `public_text` is what the citizen reads ("" keeps the entry inside the office)."""

    kind: str
    text: str
    public_text: str = ""
    data: dict[str, Any] = field(default_factory=dict)


_expected: dict[str, Callable[[], Iterable[str]]] = {}


def expect_subjects(name: str, subjects: Callable[[], Iterable[str]]) -> None:
    """A room says which subjects must have a chain; `verify` reports those that have none."""
    _expected[name] = subjects


def fingerprint(entry: TimelineEntry) -> str:
    words = [
        entry.subject, entry.position, entry.kind, entry.text, entry.public_text, entry.actor, entry.data,
        entry.at.astimezone(UTC).isoformat(), entry.previous,
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(words, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def begin(subject: str, note: Note, *, by: str, at: datetime) -> TimelineEntry:
    """The first entry of a subject that did not exist before this transaction (two statements)."""
    entry = _entry(subject, 1, "", note, by, at)
    insert(TimelineChain(subject=subject, length=1, head=entry.hash))
    insert(entry)
    return entry


_locked_chain = Prepared(lambda: TimelineChain.objects.select_for_update().filter(pk=Given("subject")))


def append(subject: str, note: Note, *, by: str, at: datetime) -> TimelineEntry:
    """One more entry. The chain's row is locked until the end of the transaction, so that entries stand in line."""
    chain = _locked_chain.first(subject=subject)
    if chain is None:
        return begin(subject, note, by=by, at=at)
    entry = _entry(subject, chain.length + 1, chain.head, note, by, at)
    insert(entry)
    TimelineChain.objects.filter(pk=subject).update(length=entry.position, head=entry.hash)
    return entry


def _entry(subject: str, position: int, previous: str, note: Note, by: str, at: datetime) -> TimelineEntry:
    entry = TimelineEntry(
        subject=subject, position=position, kind=note.kind, text=note.text, public_text=note.public_text,
        data=note.data, actor=by, at=at, previous=previous,
    )  # fmt: skip
    entry.hash = fingerprint(entry)
    return entry


def entries_of(subject: str) -> QuerySet[TimelineEntry]:
    return TimelineEntry.objects.filter(subject=subject).order_by("position")


@dataclass(frozen=True)
class Fault:
    subject: str
    position: int
    what: str


def verify(seen: Callable[[], object] = lambda: None) -> Iterator[Fault]:
    """Walks all chains once, in constant memory, and yields what does not fit; calls `seen` for each entry."""
    heads = dict(TimelineChain.objects.values_list("subject", "length"))
    last: TimelineEntry | None = None
    for entry in TimelineEntry.objects.order_by("subject", "position").iterator(chunk_size=2000):
        seen()
        if last and last.subject != entry.subject:
            yield from _check_head(last)
            heads.pop(last.subject, None)
            last = None
        yield from _check_entry(entry, last)
        last = entry
    if last:
        yield from _check_head(last)
        heads.pop(last.subject, None)
    for subject, length in heads.items():
        yield Fault(subject, length, f"cả {length} dòng nhật ký đã bị xóa")
    yield from _check_expected()


def _check_entry(entry: TimelineEntry, before: TimelineEntry | None) -> Iterator[Fault]:
    position, previous = (before.position + 1, before.hash) if before else (1, "")
    if entry.position != position:
        yield Fault(entry.subject, position, "dòng này đã bị xóa")
    elif entry.previous != previous:
        yield Fault(entry.subject, entry.position, "không nối tiếp dòng trước (đã bị chèn hoặc thay)")
    if entry.hash != fingerprint(entry):
        yield Fault(entry.subject, entry.position, "nội dung đã bị sửa")


def _check_head(last: TimelineEntry) -> Iterator[Fault]:
    chain = TimelineChain.objects.filter(pk=last.subject).first()
    if chain is None:
        yield Fault(last.subject, last.position, "sổ đầu chuỗi đã bị xóa")
    elif chain.length > last.position:
        yield Fault(last.subject, chain.length, f"{chain.length - last.position} dòng cuối đã bị xóa")
    elif chain.length < last.position or chain.head != last.hash:
        yield Fault(last.subject, last.position, "dòng cuối không khớp sổ đầu chuỗi (đã bị chèn hoặc sửa)")


def _check_expected() -> Iterator[Fault]:
    have = set(TimelineChain.objects.values_list("subject", flat=True))
    for subjects in _expected.values():
        for subject in subjects():
            if subject not in have:
                yield Fault(subject, 0, "không có nhật ký nào")

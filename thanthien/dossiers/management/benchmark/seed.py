"""Many dossiers that look like those of a few years: each a copy of one that went through the real actions.

A copy has its own applicant, code, number in the book, days, and a whole chain of entries with true hashes. Most were
returned; some lie on the desks of their units; two in a thousand on the desk of the first officer.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from itertools import count
from typing import Any

from django.db import models

from thanthien.core import timeline
from thanthien.core.models import NumberSeries, Promise, TimelineChain, TimelineEntry
from thanthien.core.text import name_sort_key, plain
from thanthien.dossiers import actions, factories
from thanthien.dossiers.actions import FeeIn, PaperIn
from thanthien.dossiers.actions.receiving import PROMISE
from thanthien.dossiers.enums import Status
from thanthien.dossiers.management.benchmark.filling import Table, finish
from thanthien.dossiers.models import Dossier, DossierPaper, Fee, HandOver
from thanthien.organisation.enums import Role
from thanthien.organisation.factories import UnitFactory, full_name
from thanthien.people.models import Person
from thanthien.procedures.models import Offering

THOUSAND = 1000
MINE = 2  # in a thousand: on the desk of the first officer
DAYS = 700  # over which the old ones are spread
STEP = timedelta(minutes=5)
EVERYTHING = (Role.RECEPTION, Role.SPECIALIST, Role.LEADER, Role.RETURN, Role.CASHIER)
PROCEDURES = ("Đăng ký khai sinh", "Cấp giấy phép xây dựng nhà ở riêng lẻ", "Đăng ký tạm trú")


@dataclass(frozen=True)
class Office:
    """One unit with the officer who works there and what it offers."""

    unit: Any
    officer: Any
    offerings: list[Offering]


def make_offices(number: int) -> list[Office]:
    procedures = [factories.ProcedureFactory(name=name) for name in PROCEDURES]
    for procedure in procedures:
        factories.VersionFactory(procedure=procedure)
    return [_office(procedures) for _ in range(number)]


def _office(procedures: list[Any]) -> Office:
    unit = UnitFactory()
    offerings = [factories.OfferingFactory(unit=unit, procedure=procedure) for procedure in procedures]
    for offering in offerings:
        for position, (name, role, share) in enumerate(factories.THREE_STEPS, 1):
            amount = offering.committed_amount * type(offering.committed_amount)(share)
            factories.StepFactory(offering=offering, position=position, name=name, role=role, amount=amount)
    return Office(unit, factories.officer(unit, *EVERYTHING, password=None), offerings)


def fill(offices: list[Office], *, rows: int, open_in_thousand: int, at: datetime) -> None:
    """`rows` more dossiers, of which so many in a thousand are still open."""
    if not rows:
        return
    first = offices[0]
    patterns = [_returned(first, at=at), _open(first, at=at)]
    start = max(pattern.dossier.pk for pattern in patterns) + 1
    copies = [_Copy(n, start + n, offices, open_in_thousand) for n in range(rows)]
    _fill_people(patterns[0].dossier.applicant, copies)
    for kind, pattern in enumerate(patterns):
        pattern.write([c for c in copies if c.is_open == bool(kind)])
    _count_on(offices, rows, at=at)
    finish(Dossier, Person, Promise, TimelineEntry, DossierPaper, HandOver, Fee)


@dataclass(frozen=True)
class _Copy:
    number: int
    pk: int
    offices: list[Office]
    open_in_thousand: int

    @property
    def is_mine(self) -> bool:
        return self.number % THOUSAND < MINE

    @property
    def is_open(self) -> bool:
        return self.number % THOUSAND < max(MINE, self.open_in_thousand)

    @property
    def office(self) -> Office:
        return self.offices[0 if self.is_mine else self.number % len(self.offices)]

    @property
    def offering(self) -> Offering:
        return self.office.offerings[self.number // len(self.offices) % len(PROCEDURES)]

    @property
    def earlier(self) -> timedelta:
        """By how much it came before its pattern: the open ones minutes, the others up to some years."""
        return STEP * (self.number // THOUSAND) if self.is_open else timedelta(days=1 + self.number % DAYS)


def _intake(office: Office) -> Any:
    papers = (PaperIn(name="Tờ khai theo mẫu", originals=1), PaperIn(name="Căn cước", is_shown_only=True))
    fees = (FeeIn(name="Lệ phí", amount=8000, method="cash", receipt_number="000123"),)
    return factories.an_intake(office.offerings[0], papers=papers, fees=fees)


def _returned(office: Office, *, at: datetime) -> "_Pattern":
    moment = at - timedelta(days=20)
    dossier = actions.receive_dossier(_intake(office), by=office.officer, at=moment)
    return _Pattern(factories.hand_out(dossier, by=office.officer, at=moment + timedelta(days=2)))


def _open(office: Office, *, at: datetime) -> "_Pattern":
    return _Pattern(actions.receive_dossier(_intake(office), by=office.officer, at=at - timedelta(hours=1)))


class _Pattern:
    """A dossier with all that hangs on it, to be copied."""

    def __init__(self, dossier: Dossier) -> None:
        self.dossier = dossier
        self.entries = list(timeline.entries_of(dossier.subject))
        self.promise = Promise.objects.get(subject=dossier.subject, kind=PROMISE)
        self.parts = [part for kind in (DossierPaper, Fee, HandOver) for part in kind.objects.filter(dossier=dossier)]
        self.times = _times_of(dossier)

    def write(self, copies: list[_Copy]) -> None:
        own = "id", "code", "secret", "unit", "receiving_unit", "desk_unit", "offering", "applicant", "applicant_name"
        more = "applicant_plain", "received_by", "holder", "book_number"
        Table(self.dossier, *own, *more, *self.times).fill(self._dossier(copy) for copy in copies)
        times = _times_of(self.promise)
        Table(self.promise, "id", "subject", "unit_code", "explanation", *times).fill(
            [
                copy.pk, f"dossier:{copy.pk}", copy.office.unit.code, self._explanation(copy.earlier.days),
                *_moved(self.promise, times, copy),
            ]
            for copy in copies
        )  # fmt: skip
        self._write_story(copies)
        for part in self.parts:
            self._write_part(part, copies)

    def _dossier(self, copy: _Copy) -> list[Any]:
        unit, officer, name = copy.office.unit.pk, copy.office.officer.pk, full_name(copy.number)
        own = [copy.pk, code_of(copy.number), secret_of(copy.number), unit, unit, unit, copy.offering.pk, copy.pk, name]
        more = [plain(name), officer, officer if copy.is_mine else None, THOUSAND + copy.number]
        return [*own, *more, *_moved(self.dossier, self.times, copy)]

    @cache  # noqa: B019  (one for each of some hundred days, as long as the filling takes)
    def _explanation(self, days: int) -> list[dict[str, Any]]:
        """The story of the date, as many days earlier."""
        earlier = timedelta(days=days)
        return [
            line | {"date": (date.fromisoformat(line["date"]) - earlier).isoformat()}
            for line in self.promise.explanation
        ]

    def _write_story(self, copies: list[_Copy]) -> None:
        pks = count((TimelineEntry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0) + 1)
        chains: list[list[Any]] = []
        Table(self.entries[0], *[field.name for field in TimelineEntry._meta.concrete_fields]).fill(
            self._entries(copies, pks, chains)
        )
        Table(TimelineChain(length=len(self.entries)), "subject", "head").fill(chains)

    def _entries(self, copies: list[_Copy], pks: Iterator[int], chains: list[list[Any]]) -> Iterator[list[Any]]:
        names = [field.attname for field in TimelineEntry._meta.concrete_fields]
        moments = [entry.at for entry in self.entries]
        for copy in copies:
            head = ""
            for entry, moment in zip(self.entries, moments, strict=True):
                entry.pk, entry.subject, entry.at, entry.previous = next(pks), f"dossier:{copy.pk}", moment, head
                entry.at -= copy.earlier
                entry.hash = head = timeline.fingerprint(entry)
                yield [getattr(entry, name) for name in names]
            chains.append([f"dossier:{copy.pk}", head])

    def _write_part(self, part: models.Model, copies: list[_Copy]) -> None:
        last = type(part)._default_manager.order_by("-pk").values_list("pk", flat=True).first() or 0
        units = [name for name in ("from_unit", "to_unit") if hasattr(part, name)]
        Table(part, "id", "dossier", *units).fill(
            [last + at, copy.pk, *[copy.office.unit.pk] * len(units)] for at, copy in enumerate(copies, 1)
        )


def _times_of(row: models.Model) -> list[str]:
    named = [field.attname for field in row._meta.concrete_fields if isinstance(field, models.DateTimeField)]
    return [name for name in named if getattr(row, name)]


def _moved(row: models.Model, times: list[str], copy: _Copy) -> list[datetime]:
    return [getattr(row, name) - copy.earlier for name in times]


def dossiers_on_desk(unit: Any) -> list[str]:
    """The codes of those that wait for the first step and were given to nobody."""
    waiting = Dossier.objects.filter(desk_unit=unit, step_position=1, holder=None, status=Status.RECEIVED)
    return list(waiting.order_by("pk").values_list("code", flat=True))


def code_of(number: int) -> str:
    return f"BENCH-260101-{number:07d}"


def secret_of(number: int) -> str:
    return f"secret-{number:09d}"


def _fill_people(pattern: Person, copies: list[_Copy]) -> None:
    """One for each dossier, under the same key: looking somebody up has as many to look through."""
    names = "id", "full_name", "plain_name", "sort_name", "personal_id", "phone"
    Table(pattern, *names).fill(_person(copy.pk, copy.number) for copy in copies)


def _person(pk: int, number: int) -> list[Any]:
    name = full_name(number)
    return [pk, name, plain(name), name_sort_key(name), f"{number:012d}", f"+847{number:08d}"]


def _count_on(offices: list[Office], rows: int, *, at: datetime) -> None:
    """The books go on after the copies."""
    for year in {at.year, (at - timedelta(days=20)).year}:
        for office in offices:
            key = f"book:{office.unit.code}:{year}"
            NumberSeries.objects.update_or_create(key=key, defaults={"last": THOUSAND + rows})

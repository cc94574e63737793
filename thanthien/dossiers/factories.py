"""Dossiers for tests, made by the real actions at a fixed hour: Monday 23/11/2026, 08:12. People are invented."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import factory
from factory.django import DjangoModelFactory

from thanthien.core.text import plain
from thanthien.core.working_time import TimeUnit
from thanthien.dossiers import actions
from thanthien.dossiers.actions import Collection, Intake
from thanthien.dossiers.enums import OPEN, ReturnChannel
from thanthien.dossiers.models import Dossier
from thanthien.dossiers.queries import next_step
from thanthien.organisation.enums import Role
from thanthien.organisation.factories import StaffFactory, UnitFactory, full_name
from thanthien.people.actions import PersonFacts
from thanthien.procedures.enums import RecordKind

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
MONDAY = datetime(2026, 11, 23, 8, 12, tzinfo=ZONE)
THREE_STEPS = (
    ("Tiếp nhận", Role.RECEPTION, "0.2"),
    ("Thẩm định", Role.SPECIALIST, "0.6"),
    ("Trình ký", Role.LEADER, "0.2"),
)


class SectorFactory(DjangoModelFactory):
    class Meta:
        model = "procedures.Sector"

    name = factory.Sequence(lambda n: f"Lĩnh vực mẫu {n}")


class ProcedureFactory(DjangoModelFactory):
    class Meta:
        model = "procedures.Procedure"

    code = factory.Sequence(lambda n: f"9.{n:06d}")
    name = factory.Sequence(lambda n: f"Thủ tục mẫu số {n}")
    plain_name = factory.LazyAttribute(lambda procedure: plain(procedure.name))
    sector = factory.SubFactory(SectorFactory)


class VersionFactory(DjangoModelFactory):
    class Meta:
        model = "procedures.ProcedureVersion"

    procedure = factory.SubFactory(ProcedureFactory)
    number = 1
    valid_from = date(2025, 7, 1)
    name = factory.SelfAttribute("procedure.name")
    content = factory.LazyFunction(dict)
    kind = RecordKind.STARTING
    fingerprint = factory.Sequence(lambda n: f"{n:064d}")
    imported_at = datetime(2026, 1, 5, 8, 0, tzinfo=ZONE)


class OfferingFactory(DjangoModelFactory):
    class Meta:
        model = "procedures.Offering"

    unit = factory.SubFactory(UnitFactory)
    procedure = factory.SubFactory(ProcedureFactory)
    committed_amount = Decimal(5)
    committed_unit = TimeUnit.WORKING_DAY
    fee = 0
    channels = factory.LazyFunction(lambda: ["counter", "online", "post"])
    valid_from = date(2025, 7, 1)


class StepFactory(DjangoModelFactory):
    class Meta:
        model = "procedures.ProcessStep"


def an_offering(
    name: str = "", *, steps: Any = THREE_STEPS, version: dict[str, Any] | None = None, **facts: Any
) -> Any:
    """A unit offers a procedure with a version in force. `steps` are (name, role, share of the time[, other unit]);
    `version` holds facts of the version, `facts` those of the offering (unit=, committed_amount=, committed_unit=…)."""
    if "procedure" not in facts:
        facts["procedure"] = ProcedureFactory(**({"name": name} if name else {}))
    VersionFactory(procedure=facts["procedure"], **(version or {}))
    offering = OfferingFactory(**facts)
    for position, (step, role, share, *unit) in enumerate(steps, 1):
        StepFactory(
            offering=offering,
            position=position,
            name=step,
            role=role,
            amount=Decimal(share) * offering.committed_amount,
            unit=unit[0] if unit else None,
        )
    return offering


def officer(unit: Any, *roles: str, **facts: Any) -> Any:
    """Somebody of this unit with these roles (else: reception)."""
    return StaffFactory(unit=unit, roles=list(roles) or [Role.RECEPTION], **facts)


def everyone_of(unit: Any) -> Any:
    """One officer who may do all of the work of a unit."""
    return officer(unit, Role.RECEPTION, Role.SPECIALIST, Role.LEADER, Role.RETURN, Role.CASHIER, Role.DIVISION_HEAD)


_people = iter(range(10_000_000))


def a_person(**facts: Any) -> PersonFacts:
    """A woman born in 1990 whose number fits; each call another one."""
    number = next(_people)
    return PersonFacts(
        **{
            "full_name": full_name(number),
            "personal_id": f"038190{number % 1_000_000:06d}",
            "phone": f"+8491{number % 10_000_000:07d}",
            "address": "Thôn 1, xã Mẫu",
            **facts,
        }
    )


def an_intake(offering: Any = None, *, person: dict[str, Any] | None = None, **facts: Any) -> Intake:
    """What somebody files; `person` and `facts` change what the factory invents."""
    offering = offering or an_offering()
    version = facts.pop("version", None) or offering.procedure.versions.get(valid_to=None)
    return Intake(offering=offering, version=version, person=a_person(**(person or {})), **facts)


def receive(
    procedure: str = "", *, offering: Any = None, by: Any = None, at: datetime = MONDAY, **facts: Any
) -> Dossier:
    """A received dossier, of a new procedure of this name unless an `offering` is given. The rest: see `an_intake`."""
    offering = offering or an_offering(procedure)
    return actions.receive_dossier(an_intake(offering, **facts), by=by or officer(offering.unit), at=at)


def register(
    procedure: str = "", *, offering: Any = None, by: Any = None, at: datetime = MONDAY, **facts: Any
) -> Dossier:
    """A dossier that waits to be accepted (Mới đăng ký)."""
    offering = offering or an_offering(procedure)
    return actions.register_dossier(an_intake(offering, **facts), by=by or officer(offering.unit), at=at)


def finish(dossier: Dossier, *, by: Any = None, at: datetime = MONDAY, reference: str = "12/QĐ-UBND") -> Dossier:
    """Takes a running dossier through the rest of its steps to the signed result."""
    by = by or everyone_of(dossier.unit)
    while next_step(dossier):
        dossier = actions.finish_step(dossier, by=by, at=at)
    return actions.sign_off_result(dossier, reference=reference, by=by, at=at)


def hand_out(dossier: Dossier, *, by: Any = None, at: datetime = MONDAY, **facts: Any) -> Dossier:
    """The result reaches its owner, at the counter unless `facts` (of `Collection`) say otherwise."""
    by = by or everyone_of(dossier.unit)
    if dossier.status in OPEN:
        dossier = finish(dossier, by=by, at=at)
    how = {"channel": ReturnChannel.COUNTER, "collector_name": dossier.applicant_name, "collector_id": "038190000001"}
    return actions.return_result(dossier, Collection(**how | facts), by=by, at=at)

"""The catalogue and what units offer, for tests of every room. Names are invented."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import factory
from factory.django import DjangoModelFactory

from thanthien.core.text import plain
from thanthien.core.working_time import TimeUnit
from thanthien.organisation.enums import Role
from thanthien.organisation.factories import UnitFactory
from thanthien.procedures.enums import Channel, RecordKind
from thanthien.procedures.models import Offering, Procedure, ProcedureVersion, ProcessStep, Sector

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


class SectorFactory(DjangoModelFactory):
    class Meta:
        model = Sector

    name = factory.Sequence(lambda n: f"Lĩnh vực thử {n}")


class ProcedureFactory(DjangoModelFactory):
    class Meta:
        model = Procedure

    code = factory.Sequence(lambda n: f"8.{n:06d}")
    name = factory.Sequence(lambda n: f"Thủ tục thử số {n}")
    plain_name = factory.LazyAttribute(lambda procedure: plain(procedure.name))
    sector = factory.SubFactory(SectorFactory)


class ProcedureVersionFactory(DjangoModelFactory):
    """In force, ten working days."""

    class Meta:
        model = ProcedureVersion

    procedure = factory.SubFactory(ProcedureFactory)
    number = 1
    valid_from = date(2025, 7, 1)
    name = factory.SelfAttribute("procedure.name")
    limit_amount = Decimal(10)
    limit_unit = TimeUnit.WORKING_DAY
    content = factory.LazyFunction(dict)
    kind = RecordKind.STARTING
    fingerprint = factory.Sequence(lambda n: f"{n:064x}")
    imported_at = datetime(2026, 1, 5, 8, 0, tzinfo=ZONE)


class OfferingFactory(DjangoModelFactory):
    """Five working days of the ten that the law gives, with a version of the procedure in force."""

    class Meta:
        model = Offering
        skip_postgeneration_save = True

    unit = factory.SubFactory(UnitFactory)
    procedure = factory.LazyFunction(lambda: ProcedureVersionFactory().procedure)
    committed_amount = Decimal(5)
    committed_unit = TimeUnit.WORKING_DAY
    statutory_amount = Decimal(10)
    statutory_unit = TimeUnit.WORKING_DAY
    fee = 0
    channels = factory.LazyFunction(lambda: [Channel.COUNTER.value])
    valid_from = date(2025, 7, 1)

    @factory.post_generation
    def process(self: Offering, create: bool, steps: Sequence[tuple[str, str]] | None, **kwargs: Any) -> None:
        """`process=[(role, amount), …]`; without it one specialist has the whole time."""
        for position, (role, amount) in enumerate(steps or [(Role.SPECIALIST, str(self.committed_amount))], 1):
            ProcessStep.objects.create(
                offering=self, position=position, name=f"Bước {position}", role=role, amount=Decimal(amount)
            )

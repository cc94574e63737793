"""Units and staff for tests, demonstration and benchmarks. Names are invented."""

from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import factory
from factory.django import DjangoModelFactory

from thanthien.organisation.enums import AbsenceKind, HolidayKind, Level, Role, SuccessionShare
from thanthien.organisation.models import (
    Absence,
    Counter,
    Holiday,
    Neighbourhood,
    OpeningHours,
    Staff,
    Unit,
    UnitSuccession,
)

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
PASSWORD = "mot-cua-than-thien"
FAMILY_NAMES = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi")
MIDDLE_NAMES = ("Thị", "Văn", "Minh", "Thu", "Đức", "Ngọc")
GIVEN_NAMES = ("Lan", "Hùng", "Ánh", "Đạt", "Yến", "Oanh", "Sơn", "Thủy", "Tú", "Phượng")


def full_name(number: int) -> str:
    """An invented name; the first 240 differ from each other."""
    given, rest = number % len(GIVEN_NAMES), number // len(GIVEN_NAMES)
    family, middle = (rest + number) % len(FAMILY_NAMES), rest // len(FAMILY_NAMES) + number
    return f"{FAMILY_NAMES[family]} {MIDDLE_NAMES[middle % len(MIDDLE_NAMES)]} {GIVEN_NAMES[given]}"


class UnitFactory(DjangoModelFactory):
    """A commune of today's two levels without a parent; `division` below it needs `parent=`."""

    class Meta:
        model = Unit

    class Params:
        province = factory.Trait(
            level=Level.PROVINCE,
            code=factory.Sequence(lambda n: f"H{n % 90 + 10}" if n < 90 else f"K{n % 90 + 10}.{n:02d}"),
            name=factory.Sequence(lambda n: f"Tỉnh Mẫu {n}"),
            kind="tỉnh",
        )
        division = factory.Trait(
            level=Level.DIVISION,
            code=factory.Sequence(lambda n: f"H56.14.{n % 899 + 100}.{n // 899 + 10}"),
            name=factory.Sequence(lambda n: f"Phòng Mẫu {n}"),
            kind="phòng",
        )

    code = factory.Sequence(lambda n: f"H56.{n // 80 + 14}.{n % 80 + 18}")
    name = factory.Sequence(lambda n: f"Xã Mẫu {n}")
    kind = "xã"
    level = Level.COMMUNE
    valid_from = date(2025, 7, 1)

    @classmethod
    def _create(cls, model_class: type[Unit], *args: Any, **kwargs: Any) -> Unit:
        unit: Unit = super()._create(model_class, *args, **kwargs)
        unit.path = f"{unit.parent.path if unit.parent else '/'}{unit.pk}/"
        unit.save(update_fields=["path"])
        return unit


class UnitSuccessionFactory(DjangoModelFactory):
    class Meta:
        model = UnitSuccession

    old = factory.SubFactory(UnitFactory)
    new = factory.SubFactory(UnitFactory)
    date = date(2025, 7, 1)
    share = SuccessionShare.WHOLE


class CounterFactory(DjangoModelFactory):
    class Meta:
        model = Counter

    unit = factory.SubFactory(UnitFactory)
    number = factory.Sequence(lambda n: n + 1)
    name = "Hộ tịch, chứng thực"


class NeighbourhoodFactory(DjangoModelFactory):
    class Meta:
        model = Neighbourhood

    unit = factory.SubFactory(UnitFactory)
    name = factory.Sequence(lambda n: f"Thôn {n + 1}")


class StaffFactory(DjangoModelFactory):
    """A reception officer; `roles=[...]` or a trait says otherwise. The password is `PASSWORD`."""

    class Meta:
        model = Staff
        skip_postgeneration_save = True

    class Params:
        specialist = factory.Trait(roles=[Role.SPECIALIST])
        leader = factory.Trait(roles=[Role.LEADER])
        unit_admin = factory.Trait(roles=[Role.UNIT_ADMIN])
        province_admin = factory.Trait(roles=[Role.PROVINCE_ADMIN])
        inspector = factory.Trait(roles=[Role.INSPECTOR])
        superuser = factory.Trait(is_superuser=True, roles=[])

    username = factory.Sequence(lambda n: f"canbo{n}")
    full_name = factory.Sequence(full_name)
    unit = factory.SubFactory(UnitFactory)
    title = "Công chức"
    roles = factory.LazyFunction(lambda: [Role.RECEPTION])
    password = PASSWORD

    @classmethod
    def _create(cls, model_class: type[Staff], *args: Any, **kwargs: Any) -> Staff:
        password = kwargs.pop("password", None)
        kwargs["roles"] = [str(role) for role in kwargs.get("roles", [])]
        staff = model_class(*args, **kwargs)
        staff.set_password(password)
        staff.save()
        return staff


class OpeningHoursFactory(DjangoModelFactory):
    class Meta:
        model = OpeningHours

    unit = factory.SubFactory(UnitFactory)
    weekday = 0
    opens = time(7, 30)
    closes = time(11, 30)
    valid_from = date(2020, 1, 1)


class HolidayFactory(DjangoModelFactory):
    class Meta:
        model = Holiday

    unit = None
    date = date(2026, 9, 2)
    kind = HolidayKind.OFF
    name = "Quốc khánh"


class AbsenceFactory(DjangoModelFactory):
    """The whole of 25/11/2026, agreed to."""

    class Meta:
        model = Absence

    staff = factory.SubFactory(StaffFactory)
    kind = AbsenceKind.LEAVE
    starts_at = datetime(2026, 11, 25, tzinfo=ZONE)
    ends_at = datetime(2026, 11, 26, tzinfo=ZONE)
    entered_by = agreed_by = "Đỗ Thị Hoài An"
    entered_at = agreed_at = datetime(2026, 11, 20, 8, tzinfo=ZONE)

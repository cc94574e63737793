from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from thanthien.organisation.enums import HolidayKind
from thanthien.organisation.factories import UnitFactory
from thanthien.organisation.models import Holiday
from thanthien.organisation.queries import missing_holidays
from thanthien.organisation.slots import unit_and_holidays

pytestmark = pytest.mark.django_db
HANOI = ZoneInfo("Asia/Ho_Chi_Minh")


def fill(year):
    for seed in missing_holidays(year):
        Holiday.objects.create(date=seed.date, name="Ngày nghỉ", kind=HolidayKind.values[0])


@pytest.mark.parametrize(("month", "told"), [(9, []), (10, [2027])])
def test_doctor_asks_for_the_holidays_of_next_year_from_october(month, told):
    UnitFactory()
    fill(2026)
    missing = len(missing_holidays(2027))

    found = [trouble.what for trouble in unit_and_holidays(datetime(2026, month, 1, 9, 0, tzinfo=HANOI))]

    assert found == [f"Lịch năm {year} còn thiếu {missing} ngày nghỉ." for year in told]


def test_doctor_says_that_there_is_no_unit_yet():
    fill(2026)

    found = [trouble.what for trouble in unit_and_holidays(datetime(2026, 3, 2, 9, 0, tzinfo=HANOI))]

    assert found == ["Chưa có đơn vị nào."]

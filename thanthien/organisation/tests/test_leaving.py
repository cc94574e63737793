"""Units and officers leave as workbooks: as the page has them, with who took them."""

from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from thanthien.organisation.factories import StaffFactory, UnitFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit():
    return UnitFactory(parent=UnitFactory(province=True))


@pytest.fixture
def admin(unit, client):
    staff = StaffFactory(unit=unit, unit_admin=True)
    client.force_login(staff)
    return staff


def address(name, *args):
    return reverse(f"organisation:{name}", args=args)


def leaving(client, page, *args):
    sheet = load_workbook(BytesIO(client.get(address(page, *args), {"excel": "1"}).content)).worksheets[0]
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_units_leave_as_excel_as_the_page_has_them(client, admin, unit):
    office = UnitFactory(parent=unit, level="division", name="Phòng Kinh tế", kind="phòng")

    title, _filters, printed, _empty, head, *rows = leaving(client, "units")

    assert (title[0], printed[0].endswith(f"người in: {admin.full_name}")) == ("Các đơn vị", True)
    assert head[:5] == ["Đơn vị", "Mã định danh", "Thuộc", "Loại", "Cán bộ"]
    assert [row[:3] for row in rows] == [
        [unit.name, unit.code, unit.parent.name],
        ["— Phòng Kinh tế", office.code, unit.name],
    ]


@pytest.mark.parametrize("number", [1, 3])
def test_units_leave_at_the_same_cost_however_many(client, admin, unit, django_assert_num_queries, number):
    for _ in range(number):
        UnitFactory(parent=unit, level="division")

    with django_assert_num_queries(3):
        client.get(address("units"), {"excel": "1"})


def test_officers_of_a_unit_leave_as_excel_those_of_another_do_not(client, admin, unit):
    gone = StaffFactory(unit=unit, full_name="Trần Văn Đi", is_active=False, phone="0912 000 111")

    *_top, head, first, last = leaving(client, "unit", unit.pk)

    assert head == ["Họ và tên", "Chức danh", "Quầy", "Điện thoại", "Tài khoản"]
    assert (first[0], first[4], last[0], last[3], last[4]) == (
        admin.full_name, "đang làm việc", gone.full_name, "0912 000 111", "đã khóa",
    )  # fmt: skip
    assert client.get(address("unit", UnitFactory().pk), {"excel": "1"}).status_code == 404

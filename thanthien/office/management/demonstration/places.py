"""The units, counters, neighbourhoods and accounts of the demonstration. The ward and its people are invented."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from thanthien.organisation.actions import (
    PostFacts,
    StaffFacts,
    UnitFacts,
    choose_password,
    create_staff,
    create_unit,
    found_installation,
    import_holidays,
    save_place,
)
from thanthien.organisation.enums import Level, Role
from thanthien.organisation.queries import new_counter, new_neighbourhood

PASSWORD = "giu-loi-hua-2026"  # noqa: S105  (printed on purpose: this place exists for looking around)
FOUNDED = date(2025, 7, 1)
NOTE = "Đơn vị trình diễn, người và số liệu đều hư cấu"


@dataclass(frozen=True)
class Places:
    """The units and people that the dossiers of the demonstration need."""

    ward: Any
    neighbour: Any
    police: Any
    insurance: Any
    staff: dict[str, Any]
    accounts: list[tuple[str, str, str]]


UNITS = {
    "ward": UnitFacts(
        code="H56.14.18", name="UBND phường Sen Hồng", level=Level.COMMUNE, kind="phường", valid_from=FOUNDED,
        governing_body="UBND tỉnh Bình Minh", one_stop_name="Trung tâm Phục vụ hành chính công", place="Sen Hồng",
        head_title="CHỦ TỊCH", address="Số 1 đường Hoa Sen, phường Sen Hồng", phone="0237 000 0001",
        hotline="0237 000 0002",
    ),
    "neighbour": UnitFacts(
        code="H56.14.19", name="UBND xã Lúa Vàng", level=Level.COMMUNE, kind="xã", valid_from=FOUNDED,
        governing_body="UBND tỉnh Bình Minh", one_stop_name="Trung tâm Phục vụ hành chính công", place="Lúa Vàng",
        head_title="CHỦ TỊCH", address="Thôn Đông, xã Lúa Vàng", phone="0237 000 0011", hotline="0237 000 0012",
    ),
    "police": UnitFacts(code="H56.90.18", name="Công an phường Sen Hồng", level=Level.OTHER, kind="công an"),
    "insurance": UnitFacts(code="H56.91.01", name="Bảo hiểm xã hội cơ sở Sen Hồng", level=Level.OTHER, kind="BHXH"),
}  # fmt: skip

DIVISIONS = {
    "centre": ("H56.14.18.01", "Trung tâm Phục vụ hành chính công"),
    "economy": ("H56.14.18.02", "Phòng Kinh tế, Hạ tầng và Đô thị"),
    "culture": ("H56.14.18.03", "Phòng Văn hóa – Xã hội"),
    "office": ("H56.14.18.04", "Văn phòng HĐND và UBND"),
}

AT_COUNTER = {"mai": 1, "son": 2, "ngoc": 3, "huong": 4}

# account, name, unit, title, roles
STAFF = [
    ("mai", "Lê Thị Mai", "centre", "Cán bộ Một cửa", [Role.RECEPTION, Role.RETURN]),
    ("huong", "Phạm Thu Hương", "centre", "Cán bộ trả kết quả", [Role.RETURN, Role.CASHIER]),
    ("duc", "Nguyễn Minh Đức", "office", "Công chức Tư pháp – Hộ tịch", [Role.SPECIALIST]),
    ("son", "Trần Văn Sơn", "economy", "Công chức Địa chính – Xây dựng", [Role.SPECIALIST]),
    ("ngoc", "Vũ Bích Ngọc", "culture", "Công chức Văn hóa – Xã hội", [Role.SPECIALIST]),
    ("thang", "Hoàng Văn Thắng", "ward", "Trưởng phòng", [Role.DIVISION_HEAD]),
    ("chutich", "Đỗ Thị Hoài An", "ward", "Chủ tịch UBND phường", [Role.LEADER]),
    ("vanthu", "Bùi Thị Nhàn", "office", "Văn thư", [Role.CLERK]),
    ("tiepdan", "Ngô Quang Huy", "ward", "Cán bộ tiếp công dân", [Role.CITIZEN_RECEPTION]),
    ("quantri", "Lý Thành Công", "ward", "Quản trị đơn vị", [Role.UNIT_ADMIN]),
    ("tinh", "Phan Thị Tâm", "province", "Quản trị tỉnh", [Role.PROVINCE_ADMIN]),
    ("thanhtra", "Tạ Văn Minh", "province", "Thanh tra", [Role.INSPECTOR]),
    ("buudien", "Mai Văn Lộc", "centre", "Nhân viên bưu chính", [Role.POSTAL]),
    ("congan", "Đinh Văn Hải", "police", "Cán bộ đăng ký cư trú", [Role.SPECIALIST]),
    ("bhxh", "Cao Thị Thanh", "insurance", "Cán bộ thẻ BHYT", [Role.SPECIALIST]),
    ("luavang", "Hà Thị Xuân", "neighbour", "Cán bộ Một cửa xã Lúa Vàng", [Role.RECEPTION, Role.RETURN]),
]


def make_places(*, at: datetime) -> Places:
    admin, units = _units(at=at)
    for year in (2025, 2026, 2027):
        import_holidays(year, by=admin, at=at)
    counters = _places(units, by=admin, at=at)
    staff = {"quantrihethong": admin}
    accounts = [("quantrihethong", admin.full_name, "Quản trị hệ thống")]
    for username, full_name, unit, title, roles in STAFF:
        facts = StaffFacts(
            username=username, full_name=full_name, roles=roles,
            counter=counters[AT_COUNTER[username] - 1] if username in AT_COUNTER else None,
        )  # fmt: skip
        post = PostFacts(unit=units[unit], title=title, valid_from=FOUNDED)
        staff[username] = create_staff(facts, post, password=PASSWORD, by=admin, at=at)
        choose_password(staff[username], PASSWORD, at=at)
        accounts.append((username, full_name, title))
    return Places(units["ward"], units["neighbour"], units["police"], units["insurance"], staff, accounts)


def _units(*, at: datetime) -> tuple[Any, dict[str, Any]]:
    """The province comes with its administrator, since only an administrator makes units."""
    top = StaffFacts(username="quantrihethong", full_name="Quản trị hệ thống")
    province_facts = UnitFacts(
        code="H56", name="UBND tỉnh Bình Minh", level=Level.PROVINCE, kind="tỉnh", valid_from=FOUNDED,
        place="Bình Minh", head_title="CHỦ TỊCH", address=NOTE,
    )  # fmt: skip
    province, admin = found_installation(province_facts, top, password=PASSWORD, at=at)
    choose_password(admin, PASSWORD, at=at)
    units = {"province": province}
    for name, facts in UNITS.items():
        units[name] = create_unit(_below(facts, province), by=admin, at=at)
    for name, (code, title) in DIVISIONS.items():
        facts = UnitFacts(code=code, name=title, level=Level.DIVISION, kind="phòng", parent=units["ward"])
        units[name] = create_unit(facts, by=admin, at=at)
    return admin, units


def _below(facts: UnitFacts, parent: Any) -> UnitFacts:
    return replace(facts, parent=parent)


def _places(units: dict[str, Any], *, by: Any, at: datetime) -> list[Any]:
    """Four counters and six neighbourhoods of the ward."""
    fields = "Hộ tịch, chứng thực", "Đất đai, xây dựng", "Chính sách xã hội", "Trả kết quả, thu phí"
    for number in range(1, 7):
        place = new_neighbourhood(units["ward"])
        place.name = f"Tổ dân phố số {number}"
        save_place(place, by=by, at=at)
    return [_counter(units["ward"], number, name, by=by, at=at) for number, name in enumerate(fields, 1)]


def _counter(unit: Any, number: int, name: str, *, by: Any, at: datetime) -> Any:
    counter = new_counter(unit)
    counter.number, counter.name = number, name
    return save_place(counter, by=by, at=at)

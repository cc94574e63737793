"""The pages of units, staff and calendars: who enters, what they do, what stays when something is wrong."""

from datetime import date

import pytest
from auditlog.models import LogEntry
from django.urls import reverse

from thanthien.core.idempotency import new_key
from thanthien.organisation import queries
from thanthien.organisation.factories import (
    CounterFactory,
    HolidayFactory,
    NeighbourhoodFactory,
    OpeningHoursFactory,
    StaffFactory,
    UnitFactory,
    UnitSuccessionFactory,
)
from thanthien.organisation.models import Counter, Holiday, Neighbourhood, Post, Staff, Unit

pytestmark = pytest.mark.django_db
SENTENCE = "nắng ấm đầu xuân 26"


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


def send(client, page, *args, **told):
    return client.post(address(page, *args), told | {"idempotency_key": new_key()})


def week_of_mornings(**more):
    return (
        {"valid_from": "01/01/2026", "valid_to": ""}
        | {f"day_{n}": "7h30-11h30, 13:00 – 16:30" for n in range(5)}
        | more
    )


def pages_of(unit, staff, counter, neighbourhood):
    return [
        address("units"),
        address("add_unit"),
        address("unit", unit.pk),
        address("change_unit", unit.pk),
        address("close_unit", unit.pk),
        address("succeed_unit", unit.pk),
        address("history", unit.pk),
        address("add_counter", unit.pk),
        address("change_counter", counter.pk),
        address("add_neighbourhood", unit.pk),
        address("change_neighbourhood", neighbourhood.pk),
        address("add_staff", unit.pk),
        address("staff_member", staff.pk),
        address("change_staff", staff.pk),
        address("appoint", staff.pk),
        address("password", staff.pk),
        address("hours", unit.pk),
        address("change_hours", unit.pk),
        address("holidays", unit.pk, 2026),
    ]


OPEN_TO_COLLEAGUES = {"units", "unit", "staff_member", "hours", "holidays"}


def kinds_of(unit):
    """A unit with something in every part of its page."""
    staff = StaffFactory(unit=unit, title="Công chức", functions="Hộ tịch\nChứng thực")
    counter = CounterFactory(unit=unit)
    neighbourhood = NeighbourhoodFactory(unit=unit, head_name="Lê Văn Tám", head_phone="0912345678")
    OpeningHoursFactory(unit=unit)
    HolidayFactory(unit=unit)
    UnitSuccessionFactory(new=unit)
    return staff, counter, neighbourhood


def test_an_administrator_opens_every_page(client, unit, admin):
    pages = pages_of(unit, *kinds_of(unit))

    assert {page: client.get(page).status_code for page in pages} == dict.fromkeys(pages, 200)


def test_a_colleague_reads_and_changes_nothing(client, unit):
    pages = pages_of(unit, *kinds_of(unit))
    client.force_login(StaffFactory(unit=unit))

    allowed = {page for page in pages if client.get(page).status_code == 200}

    readable = {"units": [], "unit": [unit.pk], "hours": [unit.pk], "holidays": [unit.pk, 2026]}
    assert allowed == {address(name, *args) for name, args in readable.items()} | {pages[12]}
    assert {client.get(page).status_code for page in set(pages) - allowed} == {403}


def test_the_administrator_of_another_unit_finds_nothing(client, unit):
    pages = pages_of(unit, *kinds_of(unit))[2:]
    client.force_login(StaffFactory(unit_admin=True))

    assert {client.get(page).status_code for page in pages} == {404}


def test_a_stranger_is_asked_to_sign_in(client, unit):
    pages = pages_of(unit, *kinds_of(unit))

    for page in pages:
        assert client.get(page).headers["Location"] == f"{reverse('account_login')}?next={page}"


def test_what_changes_something_is_never_a_get(client, unit, admin):
    staff, counter, neighbourhood = kinds_of(unit)
    pages = [
        address("remove_counter", counter.pk), address("remove_neighbourhood", neighbourhood.pk),
        address("deactivate", staff.pk), address("reactivate", staff.pk), address("remove_hours", unit.pk),
        address("import_holidays", unit.pk, 2026), address("remove_holiday", unit.pk, 1),
    ]  # fmt: skip

    assert {client.get(page).status_code for page in pages} == {405}


def test_a_form_sent_twice_counts_once(client, unit, admin):
    told = {"number": 7, "name": "Đất đai", "is_open": "on", "idempotency_key": new_key()}

    answers = [client.post(address("add_counter", unit.pk), told) for _ in range(2)]

    assert [answer.headers["Location"] for answer in answers] == [address("unit", unit.pk)] * 2
    assert Counter.objects.filter(unit=unit).count() == 1


@pytest.mark.parametrize(
    ("name", "told", "complaint"),
    [
        ("add_counter", {"number": "7"}, "Đơn vị đã có quầy số 7."),
        ("add_counter", {"number": "x"}, "Xin nhập một số nguyên"),
        ("add_neighbourhood", {"name": "Thôn 7"}, "Đơn vị đã có Thôn 7."),
        ("add_neighbourhood", {"name": "Thôn 8", "head_phone": "gọi sau"}, "Số điện thoại chỉ gồm"),
        ("change_unit", {"code": "56.H", "name": "X"}, "Mã gồm một chữ cái"),
        ("change_unit", {"code": "H10.10", "name": "X"}, "Mã này đã có"),
        ("close_unit", {"last_day": "31/02/2026"}, "không có trên lịch"),
        ("close_unit", {"last_day": "01/01/2001"}, "trước ngày đơn vị bắt đầu"),
        ("change_hours", {"valid_from": "01/01/2026", "day_0": "sáng"}, "Xin viết giờ như"),
        ("change_hours", {"valid_from": "01/01/2026", "day_0": "25:00-26:00"}, "Xin viết giờ như"),
        ("change_hours", {"valid_from": "01/01/2026", "day_0": "11:00-07:00"}, "Xin viết giờ như"),
        ("change_hours", {"valid_from": "01/01/2026"}, "ít nhất một buổi"),
        ("change_hours", {"valid_from": "02/01/2026", "valid_to": "01/01/2026"}, "phải sau ngày bắt đầu"),
        ("add_staff", {"username": "Lan Nguyễn"}, "chữ thường không dấu"),
        ("add_staff", {"username": "lan", "password": "1234567890"}, "chỉ gồm chữ số"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(client, unit, admin, name, told, complaint):
    CounterFactory(unit=unit, number=7)
    NeighbourhoodFactory(unit=unit, name="Thôn 7")
    UnitFactory(code="H10.10")

    answer = send(client, name, unit.pk, **told)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert complaint in page
    assert all(str(value) in page for key, value in told.items() if key != "password")


@pytest.mark.parametrize(
    ("proxies", "headers", "kept"),
    [
        (0, {"x-forwarded-for": "NaN", "x-forwarded-port": "9" * 30}, "127.0.0.1"),
        (0, {"x-forwarded-for": "203.0.113.7"}, "127.0.0.1"),  # anybody can write this header
        (1, {"x-forwarded-for": "198.51.100.1, 203.0.113.7"}, "203.0.113.7"),
        (1, {"x-forwarded-for": "NaN"}, None),
    ],
)
def test_history_keeps_the_address_that_our_own_proxy_saw(client, unit, admin, settings, proxies, headers, kept):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    told = {"name": "Thôn 9", "idempotency_key": new_key()}

    answer = client.post(address("add_neighbourhood", unit.pk), told, headers=headers)

    assert answer.status_code == 302
    assert LogEntry.objects.get_for_object(Neighbourhood.objects.get()).get().remote_addr == kept


def test_counters_and_neighbourhoods_are_added_changed_and_removed(client, unit, admin):
    send(client, "add_counter", unit.pk, number=3, name=" Hộ  tịch ", is_open="on")
    send(client, "add_neighbourhood", unit.pk, name="Thôn 9", head_phone="0912 345 678")
    counter, place = Counter.objects.get(unit=unit), Neighbourhood.objects.get(unit=unit)
    assert (counter.name, place.head_phone) == ("Hộ tịch", "0912 345 678")

    send(client, "change_counter", counter.pk, number=4, name="Đất đai")
    send(client, "change_neighbourhood", place.pk, name="Thôn 10")
    counter.refresh_from_db()
    place.refresh_from_db()
    assert (counter.number, counter.is_open, place.name) == (4, False, "Thôn 10")

    send(client, "remove_counter", counter.pk)
    send(client, "remove_neighbourhood", place.pk)
    assert not Counter.objects.exists() and not Neighbourhood.objects.exists()


def test_a_unit_is_added_changed_and_closed(client, unit, admin):
    told = {"name": "Phòng Kinh tế", "code": "H56.77", "level": "division", "parent": unit.pk, "count_from": "next_day"}
    send(client, "add_unit", **told)
    office = Unit.objects.get(code="H56.77")
    assert (office.parent, office.name) == (unit, "Phòng Kinh tế")

    answer = send(client, "change_unit", unit.pk, **told | {"name": "Xã Mới", "code": unit.code, "level": "commune"})
    assert answer.status_code == 302
    changed = Unit.objects.get(pk=unit.pk)
    assert (changed.name, changed.parent, changed.valid_to) == ("Xã Mới", unit.parent, None)

    send(client, "close_unit", office.pk, last_day="31/12/2026")
    assert Unit.objects.get(pk=office.pk).valid_to == date(2026, 12, 31)


def test_a_merger_is_recorded_by_the_province(client, unit):
    client.force_login(StaffFactory(unit=unit.parent, province_admin=True))
    new = UnitFactory(parent=unit.parent)

    wrong = send(client, "succeed_unit", unit.pk, kind="merge", successors=[new.pk, unit.pk], date="01/07/2026")
    send(client, "succeed_unit", unit.pk, kind="merge", successors=[new.pk], date="01/07/2026")

    assert wrong.status_code == 422
    assert queries.resolve_code(unit.code) == [new]


def test_an_account_is_opened_and_its_link_opens_the_door(client, unit, admin):
    told = {
        "full_name": "Nguyễn Thị Lan",
        "username": "lan",
        "roles": ["reception"],
        "title": "Công chức",
        "valid_from": "01/03/2026",
    }
    opened = send(client, "add_staff", unit.pk, **told)
    staff = Staff.objects.get(username="lan")
    assert opened.headers["Location"] == address("password", staff.pk)
    link = client.get(address("password", staff.pk)).context["link"]
    assert Post.objects.get().title == "Công chức"

    client.logout()
    page = client.get(link)
    wrong = client.post(link, {"password": SENTENCE, "again": "khác", "idempotency_key": new_key()})
    right = client.post(link, {"password": SENTENCE, "again": SENTENCE, "idempotency_key": new_key()})

    assert (page.status_code, wrong.status_code, right.headers["Location"]) == (200, 422, reverse("account_login"))
    assert Staff.objects.get(pk=staff.pk).check_password(SENTENCE)
    assert client.get(link).status_code == 404


def test_an_officer_is_changed_appointed_and_locked(client, unit, admin):
    staff = StaffFactory(unit=unit)
    office = UnitFactory(division=True, parent=unit)

    send(client, "change_staff", staff.pk, full_name="Lê Bình", username="binh", roles=["clerk", "return"])
    send(client, "appoint", staff.pk, unit=office.pk, title="Trưởng phòng", valid_from="01/04/2026")
    send(client, "password", staff.pk, password=SENTENCE)
    send(client, "deactivate", staff.pk)

    kept = Staff.objects.get(pk=staff.pk)
    assert (kept.full_name, kept.roles, kept.unit, kept.is_active) == ("Lê Bình", ["clerk", "return"], office, False)
    assert kept.check_password(SENTENCE) and kept.must_change_password
    send(client, "reactivate", staff.pk)
    assert Staff.objects.get(pk=staff.pk).is_active


def test_a_unit_administrator_is_offered_no_wide_roles_and_cannot_send_them(client, unit, admin):
    staff = StaffFactory(unit=unit)

    answer = send(client, "change_staff", staff.pk, full_name="Lê Bình", username="binh", roles=["province_admin"])

    assert answer.status_code == 422
    assert "province_admin" not in dict(answer.context["form"].fields["roles"].choices)
    assert Staff.objects.get(pk=staff.pk).roles == ["reception"]


def test_nobody_locks_themselves_out_on_the_page(client, unit, admin):
    answer = send(client, "deactivate", admin.pk)

    assert answer.status_code == 403
    assert "không thể tự khóa" in answer.content.decode()


def test_hours_are_written_shown_and_removed(client, unit, admin):
    send(client, "change_hours", unit.pk, **week_of_mornings(day_5="07:30-11:30"))

    [week] = queries.weeks_of(unit)
    assert (len(week.intervals[0]), len(week.intervals[5])) == (2, 1)
    page = client.get(f"{address('change_hours', unit.pk)}?tu=2026-01-01").content.decode()
    assert "07:30–11:30, 13:00–16:30" in page

    send(client, "remove_hours", unit.pk, tu="2026-01-01")
    assert queries.weeks_of(unit) == []


def test_holidays_are_added_imported_and_removed(client, unit, admin):
    send(client, "holidays", unit.pk, 2026, date="04/03/2026", kind="off", name="Lễ hội làng", for_all="on")
    own = Holiday.objects.get()
    assert (own.unit, own.name) == (unit, "Lễ hội làng")
    twice = send(client, "holidays", unit.pk, 2026, date="04/03/2026", kind="off", name="Lễ hội làng")
    assert (twice.status_code, "đã có: Lễ hội làng" in twice.content.decode()) == (422, True)
    assert send(client, "import_holidays", unit.pk, 2026).status_code == 403

    client.force_login(StaffFactory(unit=unit, superuser=True))
    send(client, "import_holidays", unit.pk, 2026)
    send(client, "remove_holiday", unit.pk, own.pk)
    assert Holiday.objects.filter(unit=None, date=date(2026, 1, 2)).exists()
    assert not Holiday.objects.filter(unit=unit).exists()


def test_a_holiday_of_another_unit_is_not_removed_here(client, unit, admin):
    other = HolidayFactory(unit=UnitFactory())

    assert send(client, "remove_holiday", unit.pk, other.pk).status_code == 404


@pytest.mark.parametrize("year", ["1999", "2101", "99999999999999999999"])
def test_a_year_too_far_away_is_not_found(client, unit, admin, year):
    assert client.get(f"/to-chuc/don-vi/{unit.pk}/ngay-nghi/{year}/").status_code == 404


def test_a_number_too_large_is_not_found(client, admin):
    for page in ("don-vi", "can-bo", "quay", "thon"):
        assert client.get(f"/to-chuc/{page}/{'9' * 30}/").status_code == 404


def test_the_history_says_who_changed_what_and_no_password(client, unit, admin):
    send(client, "change_unit", unit.pk, name="Xã Mới", code=unit.code, level="commune", count_from="at_once")
    send(client, "add_counter", unit.pk, number=3)
    send(client, "password", StaffFactory(unit=unit).pk, password=SENTENCE)

    lines = client.get(address("history", unit.pk)).context["lines"]

    assert [(line.what, line.by) for line in lines if line.by == admin.full_name] == [
        ("Quầy: thêm", admin.full_name),
        ("Đơn vị: sửa", admin.full_name),
    ]
    [unit_line] = [line for line in lines if line.what == "Đơn vị: sửa"]
    assert ("tên", unit.name, "Xã Mới") in unit_line.changes
    assert not any("password" in field or "mật khẩu" in field for line in lines for field, _, _ in line.changes)


def test_an_account_with_a_first_password_leads_back_to_the_unit(client, unit, admin):
    told = {"full_name": "Nguyễn Thị Lan", "username": "lan", "title": "Công chức", "valid_from": "01/03/2026"}

    opened = send(client, "add_staff", unit.pk, password=SENTENCE, **told)

    assert opened.headers["Location"] == address("unit", unit.pk)

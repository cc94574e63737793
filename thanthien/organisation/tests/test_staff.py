"""Accounts, posts and roles: who gives them, who never loses them."""

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError

from thanthien.core.rules import Refused
from thanthien.core.timeline import entries_of
from thanthien.organisation import queries
from thanthien.organisation.actions import (
    PostFacts,
    StaffFacts,
    appoint_staff,
    change_staff,
    choose_password,
    create_staff,
    deactivate_staff,
    make_administrator,
    reactivate_staff,
    reset_password,
)
from thanthien.organisation.factories import CounterFactory, StaffFactory, UnitFactory
from thanthien.organisation.models import Staff

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 9, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
PASSWORD = "nắng ấm đầu xuân 26"
LAN = StaffFacts(username="lan", full_name="Nguyễn Thị Lan", phone="0912345678", roles=["reception"])


@pytest.fixture
def unit():
    return UnitFactory(parent=UnitFactory(province=True))


@pytest.fixture
def admin(unit):
    return StaffFactory(unit=unit, unit_admin=True)


def post_in(unit, first=date(2026, 1, 1), **more):
    return PostFacts(unit=unit, title="Công chức Tư pháp – Hộ tịch", valid_from=first, **more)


def test_an_account_is_opened_with_its_first_post(unit, admin):
    post = post_in(unit, order_number="12/QĐ-UBND", superior=admin)

    staff = create_staff(LAN, post, password=PASSWORD, by=admin, at=AT)

    assert (staff.unit, staff.title, staff.roles) == (unit, post.title, ["reception"])
    assert staff.check_password(PASSWORD) and staff.must_change_password
    assert [(p.order_number, p.superior, p.valid_to) for p in queries.posts_of(staff)] == [("12/QĐ-UBND", admin, None)]
    assert [(entry.text, entry.actor) for entry in entries_of(f"staff:{staff.pk}")] == [
        ("Mở tài khoản", admin.full_name)
    ]


@pytest.mark.parametrize("password", ["ngắn", "1234567890", "password123"])
def test_a_weak_password_is_refused(unit, admin, password):
    with pytest.raises(ValidationError):
        create_staff(LAN, post_in(unit), password=password, by=admin, at=AT)

    assert not Staff.objects.filter(username="lan").exists()


def test_without_a_password_one_chooses_it_once_by_a_link(unit, admin):
    staff = create_staff(LAN, post_in(unit), by=admin, at=AT)
    reference, token = queries.password_token(staff)

    assert queries.staff_of_token(reference, token) == staff
    choose_password(staff, PASSWORD, at=AT)

    assert queries.staff_of_token(reference, token) is None
    assert Staff.objects.get(pk=staff.pk).check_password(PASSWORD)


@pytest.mark.parametrize("reference", ["", "@@", "MQ", "OTk5OTk5OTk5OTk5OTk5OTk5OTk5"])
def test_a_made_up_link_leads_nowhere(reference):
    assert queries.staff_of_token(reference, "x-y") is None


def test_an_administrator_elsewhere_opens_no_account_here(unit):
    with pytest.raises(Refused, match="Chỉ quản trị của"):
        create_staff(LAN, post_in(unit), by=StaffFactory(unit_admin=True), at=AT)


@pytest.mark.parametrize("role", ["province_admin", "inspector"])
def test_roles_that_reach_further_are_given_from_above(unit, admin, role):
    staff = StaffFactory(unit=unit)
    facts = replace(LAN, roles=["reception", role])

    with pytest.raises(Refused, match="Chỉ quản trị tỉnh"):
        change_staff(staff, facts, by=admin, at=AT)

    change_staff(staff, facts, by=StaffFactory(unit=unit.parent, province_admin=True), at=AT)
    assert Staff.objects.get(pk=staff.pk).roles == sorted(["reception", role])


def test_a_role_that_does_not_exist_is_refused(unit, admin):
    with pytest.raises(Refused, match="Không có vai trò này: king"):
        change_staff(StaffFactory(unit=unit), replace(LAN, roles=["king"]), by=admin, at=AT)


def test_nobody_takes_their_own_administration_away(unit, admin):
    StaffFactory(unit=unit, unit_admin=True)

    with pytest.raises(Refused, match="không thể tự bỏ"):
        change_staff(admin, replace(LAN, username=admin.username), by=admin, at=AT)
    with pytest.raises(Refused, match="không thể tự khóa"):
        deactivate_staff(admin, by=admin, at=AT)


def test_the_last_administrator_of_a_unit_stays(unit, admin):
    above = StaffFactory(unit=unit.parent, province_admin=True)

    with pytest.raises(Refused, match="quản trị cuối cùng"):
        change_staff(admin, replace(LAN, username=admin.username), by=above, at=AT)
    with pytest.raises(Refused, match="quản trị cuối cùng"):
        deactivate_staff(admin, by=above, at=AT)
    with pytest.raises(Refused, match="quản trị cuối cùng"):
        appoint_staff(admin, post_in(unit.parent), by=above, at=AT)

    StaffFactory(unit=unit, unit_admin=True)
    deactivate_staff(admin, by=above, at=AT)
    assert not Staff.objects.get(pk=admin.pk).is_active


def test_the_last_administrator_of_the_installation_stays():
    last, gone = StaffFactory(superuser=True), StaffFactory(superuser=True)
    deactivate_staff(gone, by=last, at=AT)

    with pytest.raises(Refused, match="quản trị hệ thống cuối cùng"):
        deactivate_staff(last, by=gone, at=AT)


def test_nobody_changes_an_account_that_may_do_more(unit, admin):
    for staff in (StaffFactory(unit=unit, superuser=True), StaffFactory(unit=unit, province_admin=True)):
        with pytest.raises(Refused, match="Chỉ quản trị"):
            reset_password(staff, PASSWORD, by=admin, at=AT)


def test_an_appointment_ends_the_post_before_and_moves_the_account(unit, admin):
    staff = create_staff(replace(LAN, counter=CounterFactory(unit=unit)), post_in(unit), by=admin, at=AT)
    office = UnitFactory(division=True, parent=unit)

    appoint_staff(staff, PostFacts(unit=office, title="Trưởng phòng", valid_from=date(2026, 4, 1)), by=admin, at=AT)

    assert [(p.title, p.valid_from, p.valid_to) for p in queries.posts_of(staff)] == [
        ("Trưởng phòng", date(2026, 4, 1), None),
        ("Công chức Tư pháp – Hộ tịch", date(2026, 1, 1), date(2026, 3, 31)),
    ]
    kept = Staff.objects.get(pk=staff.pk)
    assert (kept.unit, kept.title, kept.counter) == (office, "Trưởng phòng", None)


def test_a_post_does_not_begin_before_the_one_it_follows(unit, admin):
    staff = create_staff(LAN, post_in(unit), by=admin, at=AT)

    with pytest.raises(Refused, match="phải bắt đầu sau ngày ấy"):
        appoint_staff(staff, post_in(unit), by=admin, at=AT)


def test_nobody_is_appointed_into_a_unit_of_others(unit, admin):
    with pytest.raises(Refused, match="Chỉ quản trị của"):
        appoint_staff(StaffFactory(unit=unit), post_in(UnitFactory()), by=admin, at=AT)


def test_an_account_is_locked_and_opened_again(unit, admin):
    staff = create_staff(LAN, post_in(unit), by=admin, at=AT)

    deactivate_staff(staff, by=admin, at=AT)
    assert [post.valid_to for post in queries.posts_of(staff)] == [AT.date()]

    reactivate_staff(staff, by=admin, at=AT)
    assert [entry.text for entry in entries_of(f"staff:{staff.pk}")] == [
        "Mở tài khoản", "Khóa tài khoản", "Mở lại tài khoản",
    ]  # fmt: skip
    assert Staff.objects.get(pk=staff.pk).is_active


def test_the_console_makes_an_administrator_and_mends_a_lost_password(unit):
    staff = make_administrator(LAN, unit, password=PASSWORD, at=AT)
    again = make_administrator(LAN, unit, password="hoa đào phai rồi 27", at=AT)

    kept = Staff.objects.get()
    assert kept == staff == again
    assert kept.is_superuser and kept.check_password("hoa đào phai rồi 27")


def test_the_public_board_shows_who_is_there_and_nothing_private(unit, admin):
    StaffFactory(unit=unit, full_name="Vũ Ánh", title="Chủ tịch", leader=True, phone="0912345678")
    StaffFactory(unit=unit, full_name="Lê Bình", functions="Hộ tịch", counter=CounterFactory(unit=unit, number=2))
    StaffFactory(unit=unit, full_name="Đã Nghỉ", is_active=False)
    StaffFactory(unit=unit, superuser=True)
    Staff.objects.filter(pk=admin.pk).update(title="")

    board = queries.staff_board(unit)

    assert [(line.full_name, line.functions, line.counter) for line in board] == [
        ("Vũ Ánh", "", ""),
        ("Lê Bình", "Hộ tịch", "Quầy 2"),
    ]


def test_staff_with_a_role_are_found_in_the_unit_and_below(unit, admin):
    office = UnitFactory(division=True, parent=unit)
    binh = StaffFactory(unit=office, full_name="Lê Bình", specialist=True)
    an = StaffFactory(unit=unit, full_name="Vũ An", specialist=True)
    StaffFactory(unit=unit, specialist=True, is_active=False)
    StaffFactory(specialist=True)

    assert queries.staff_with_role(unit, "specialist", "clerk") == [an, binh]

"""One person is one record, found again by number, or by phone and name."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime
from importlib import import_module
from zoneinfo import ZoneInfo

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from thanthien.people.actions import PersonFacts, remember_person
from thanthien.people.actions.person import _insert
from thanthien.people.factories import PersonFactory
from thanthien.people.models import Person

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 9, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
LAN = PersonFacts(
    full_name="Nguyễn Thị Lan", personal_id="038190001234", birth_date=date(1990, 5, 12), sex="female",
    address="Thôn 1", phone="+84912345678", email="lan@example.vn", id_issued_date=date(2021, 4, 25),
)  # fmt: skip


def remember(facts: PersonFacts) -> Person:
    return remember_person(facts, by="Trần Văn Hùng", at=AT)


def test_a_new_person_is_written_down_with_all_facts():
    person = Person.objects.get(pk=remember(LAN).pk)

    assert (person.full_name, person.plain_name, person.birth_date) == (
        "Nguyễn Thị Lan",
        "nguyen thi lan",
        LAN.birth_date,
    )
    assert (person.phone, person.email, person.id_issued_date) == (LAN.phone, LAN.email, LAN.id_issued_date)
    assert (person.created_at, person.updated_at, person.updated_by) == (AT, AT, "Trần Văn Hùng")


@pytest.mark.parametrize(
    "again",
    [
        LAN,
        replace(LAN, phone="", address=""),
        replace(LAN, full_name="NGUYEN THI LAN".title()),
        replace(LAN, personal_id=""),
        PersonFacts(full_name="nguyen thi lan", phone=LAN.phone),
    ],
)
def test_who_comes_again_is_found_and_nothing_is_blanked(again):
    first = remember(LAN)

    second = remember(again)

    kept = Person.objects.get()
    assert (first.pk, second.pk) == (kept.pk, kept.pk)
    assert (kept.full_name, kept.phone, kept.address) == (LAN.full_name, LAN.phone, LAN.address)


def test_new_facts_are_written_down():
    remember(LAN)

    remember(replace(LAN, full_name="Nguyễn Thị Lân", address="Thôn 2", phone="+84987654321"))

    kept = Person.objects.get()
    assert (kept.full_name, kept.plain_name) == ("Nguyễn Thị Lân", "nguyen thi lan")
    assert (kept.address, kept.phone, kept.email) == ("Thôn 2", "+84987654321", LAN.email)


def test_who_was_known_by_phone_gets_the_number_later():
    remember(PersonFacts(full_name="Nguyễn Thị Lan", phone=LAN.phone))

    remember(LAN)

    assert Person.objects.get().personal_id == LAN.personal_id


@pytest.mark.parametrize(
    "other",
    [
        replace(LAN, personal_id="038190009999"),
        replace(LAN, personal_id="", birth_date=date(1960, 1, 1)),
        replace(LAN, personal_id="", sex="male"),
        replace(LAN, personal_id="", full_name="Nguyễn Văn Nam"),
        replace(LAN, personal_id="", phone=""),
    ],
)
def test_who_only_shares_a_phone_or_a_name_is_another_person(other):
    remember(LAN)

    remember(other)

    assert Person.objects.count() == 2


def test_the_number_wins_over_the_phone():
    shared = remember(PersonFacts(full_name="Nguyễn Thị Lan", phone=LAN.phone))
    PersonFactory(personal_id=LAN.personal_id, full_name="Nguyễn Thị Lan", phone="")

    found = remember(LAN)

    assert found.personal_id == LAN.personal_id
    assert found.pk != shared.pk


@pytest.mark.parametrize(("again", "statements"), [(LAN, 1), (replace(LAN, address="Thôn 3"), 2)])
def test_remembering_takes_at_most_two_statements(again, statements):
    with CaptureQueriesContext(
        connection,
    ) as first:
        remember(LAN)
    with CaptureQueriesContext(connection) as second:
        remember(again)

    assert (len(first), len(second)) == (2, statements)


def test_a_twin_request_that_came_between_is_no_duplicate():
    PersonFactory(personal_id=LAN.personal_id, phone="", address="Thôn 9", email="cu@example.vn", old_id="172345678")

    person = _insert(LAN, by="Trần Văn Hùng", at=AT)  # as after a look that found nobody

    kept = Person.objects.get()
    assert (kept.pk, kept.email, kept.old_id) == (person.pk, LAN.email, "172345678")


def test_a_person_without_number_and_phone_is_a_new_record():
    remember(PersonFacts(full_name="Nguyễn Thị Lan"))
    remember(PersonFacts(full_name="Nguyễn Thị Lan"))

    assert list(Person.objects.values_list("personal_id", flat=True)) == [None, None]


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite lets one writer in at a time; PostgreSQL does not")
@pytest.mark.django_db(transaction=True)
def test_many_requests_at_once_make_one_record():
    def remember_in_thread(_: int) -> int:
        try:
            with transaction.atomic():
                return remember(LAN).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        found = set(pool.map(remember_in_thread, range(24)))

    assert found == {Person.objects.get().pk}


def test_nobody_is_called_none_any_more_and_who_wrote_stays():
    wrong, right = PersonFactory(updated_by="None"), PersonFactory(updated_by="Lê Thị Mai")

    import_module("thanthien.people.migrations.0003_who_wrote").forget_nobody(apps, None)

    wrong.refresh_from_db()
    right.refresh_from_db()
    assert (wrong.updated_by, right.updated_by) == ("", "Lê Thị Mai")

"""Who is known already is offered at the counter, masked until chosen."""

import pytest
from django.urls import reverse

from thanthien.core import timeline
from thanthien.dossiers.factories import officer
from thanthien.organisation.enums import Role
from thanthien.organisation.factories import UnitFactory
from thanthien.people.factories import PersonFactory

pytestmark = pytest.mark.django_db
KNOWN = reverse("dossiers:known_people")


@pytest.fixture
def counter(client):
    client.force_login(officer(UnitFactory(), full_name="Lê Thị Mai"))
    return client


@pytest.mark.parametrize(
    "typed", [{"full_name": "le thi buoi"}, {"phone": "0912 345 678"}, {"personal_id": "038190000123"}]
)
def test_known_person_is_offered_by_name_phone_or_number(counter, typed):
    facts = {"full_name": "Lê Thị Bưởi", "personal_id": "038190000123", "phone": "+84912345678", "address": "Thôn 2"}
    person = PersonFactory(**facts)
    PersonFactory(full_name="Trần Văn Đạt")

    answer = counter.post(KNOWN, typed).json()

    label = "Lê Thị Bưởi · 12/05/1990 · 038*****0123 · Thôn 2"
    assert answer == {"people": [{"id": person.pk, "label": label}], "warnings": []}


def test_odd_number_is_told_while_it_is_typed(counter):
    typed = {"personal_id": "038190000123", "birth_date": "12/05/1991", "sex": "male"}

    answer = counter.post(KNOWN, typed).json()

    assert [warning["field"] for warning in answer["warnings"]] == ["birth_date", "sex"]


@pytest.mark.parametrize(
    "typed", [{}, {"personal_id": "12"}, {"birth_date": "31/02/1990", "personal_id": "038190000123"}]
)
def test_half_typed_values_break_nothing(counter, typed):
    response = counter.post(KNOWN, typed)

    assert (response.status_code, response.json()["people"]) == (200, [])


def test_chosen_person_fills_the_form_and_the_look_is_written_down(counter):
    person = PersonFactory(full_name="Lê Thị Bưởi", personal_id="038190000123", phone="+84912345678")

    values = counter.post(reverse("dossiers:known_person", args=[person.pk])).json()["values"]

    told = values["full_name"], values["personal_id"], values["phone"], values["birth_date"]
    assert told == ("Lê Thị Bưởi", "038190000123", "0912 345 678", "12/05/1990")
    assert [entry.actor for entry in timeline.entries_of(f"person:{person.pk}")] == ["Lê Thị Mai"]


@pytest.mark.parametrize("roles", [[Role.SPECIALIST], [Role.POSTAL]])
def test_only_the_counter_looks_people_up(client, roles):
    person = PersonFactory()
    client.force_login(officer(UnitFactory(), *roles))

    addresses = KNOWN, reverse("dossiers:known_person", args=[person.pk])
    assert [client.post(address, {"full_name": "le"}).status_code for address in addresses] == [403, 403]


def test_stranger_learns_nothing(client):
    assert client.post(KNOWN, {"full_name": "le"}).status_code == 302


def test_looking_up_is_never_a_plain_address(counter):
    assert counter.get(KNOWN, {"full_name": "le"}).status_code == 405

"""People are found as they are asked for at the counter; numbers stay masked until somebody answers for looking."""

import pytest
from django.http import Http404

from thanthien.core.rules import Refused
from thanthien.organisation.factories import StaffFactory
from thanthien.people import queries
from thanthien.people.factories import BusinessFactory, HouseholdFactory, PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return StaffFactory()


@pytest.fixture
def lan():
    return PersonFactory(
        full_name="Nguyễn Thị Lan", personal_id="038190001234", old_id="172345678", phone="+84912345678"
    )


def found(text, officer):
    return [person.full_name for person in queries.find_people(text, seen_by=officer)]


@pytest.mark.parametrize(
    "text",
    [
        "Nguyễn Thị Lan", "nguyen thi lan", "NGUYEN LAN", "lan", "ng th la", "Lan Nguyễn", "038190001234",
        "038 190 001 234", "0381", "172345678", "0912345678", "0912 345", "+84912345678", "84912345678",
        "038190001234|172345678|Nguyễn Thị Lan|12051990|Nữ|Thôn 1|25042021",
    ],
)  # fmt: skip
def test_a_person_is_found_by_name_number_phone_or_card(text, officer, lan):
    PersonFactory(full_name="Trần Văn Hùng", personal_id="001090001234", phone="+84987654321")

    assert found(text, officer) == ["Nguyễn Thị Lan"]


@pytest.mark.parametrize(
    "text", ["", " ", "l", "an", "guyen", "038", "999999", "lan hung", "%", "|", "0" * 300, "\x00"]
)
def test_what_fits_nobody_finds_nobody(text, officer, lan):
    assert found(text, officer) == []


def test_both_tone_placements_find_each_other(officer):
    PersonFactory(full_name="Lê Thị Thuỷ")
    PersonFactory(full_name="Lê Thị Thúy")

    assert found("thuý", officer) == ["Lê Thị Thuỷ", "Lê Thị Thúy"]
    assert found("Lê Thị Thúy", officer)[0] == "Lê Thị Thúy"


def test_answers_are_limited_and_in_order_of_given_names(officer):
    for name in ("Lê Văn Yên", "Lê Văn Ân", "Lê Văn An"):
        PersonFactory(full_name=name)

    assert found("le van", officer) == ["Lê Văn An", "Lê Văn Ân", "Lê Văn Yên"]
    assert len(queries.find_people("le van", seen_by=officer, limit=2)) == 2


@pytest.mark.parametrize("roles", [["postal"], []])
def test_who_serves_no_citizens_sees_none(roles, lan):
    officer = StaffFactory(roles=roles)

    for look in (
        lambda: queries.find_people("lan", seen_by=officer),
        lambda: queries.find_businesses("lan", seen_by=officer),
        lambda: queries.person_for(officer, lan.pk),
        lambda: queries.household_for(officer, HouseholdFactory().pk),
        lambda: queries.business_for(officer, BusinessFactory().pk),
    ):
        with pytest.raises(Refused, match="không có nhiệm vụ"):
            look()


def test_a_card_shows_no_whole_number(lan):
    card = queries.card_of(lan)

    assert (card.personal_id, card.phone) == ("038*****1234", "091* *** 678")
    assert (queries.open_card_of(lan).personal_id, queries.open_card_of(lan).phone) == ("038190001234", "0912 345 678")


def test_a_merged_record_leads_to_the_one_that_stays(officer, lan):
    gone = PersonFactory(full_name="Nguyễn Thị Lan", personal_id=None, merged_into=lan)

    assert queries.person_for(officer, gone.pk) == lan
    assert found("lan", officer) == ["Nguyễn Thị Lan"]
    with pytest.raises(Http404):
        queries.person_for(officer, 0)


def test_possible_duplicates_have_the_same_name_and_nothing_against_it(lan):
    same = PersonFactory(full_name="Nguyên Thị Lan", personal_id=None, phone=lan.phone, birth_date=None)
    unknown = PersonFactory(full_name="Nguyễn Thị Lan", personal_id=None, phone="", birth_date=lan.birth_date)
    PersonFactory(full_name="Nguyễn Thị Lan", personal_id=None, phone="+84999999999", birth_date=None)
    PersonFactory(full_name="Nguyễn Thị Lan")
    PersonFactory(full_name="Nguyễn Văn Nam", personal_id=None, phone=lan.phone)

    assert queries.same_as(lan) == [same, unknown]


def test_households_and_organisations_of_a_person_are_found(officer, lan):
    led, member = HouseholdFactory(head=lan), HouseholdFactory(members=[lan])
    business = BusinessFactory(name="Công ty Hoa Đào", tax_code="2801234567", representative=lan)

    assert list(queries.households_of(lan)) == [led, member]
    assert list(queries.businesses_of(lan)) == [business]
    assert queries.members_of(member) == [member.head, lan]
    assert [queries.find_businesses(text, seen_by=officer) for text in ("hoa dao", "2801", "x")] == [
        [business],
        [business],
        [],
    ]

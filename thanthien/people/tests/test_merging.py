"""Two records become one; looking at whole numbers is written down."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from thanthien.core.rules import Refused
from thanthien.core.timeline import entries_of
from thanthien.organisation.factories import StaffFactory
from thanthien.people import queries
from thanthien.people.actions import (
    BusinessFacts,
    HouseholdFacts,
    PersonFacts,
    add_person,
    change_business,
    change_person,
    merge_people,
    reveal_person,
    save_household,
)
from thanthien.people.factories import BusinessFactory, HouseholdFactory, PersonFactory
from thanthien.people.models import Person

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 9, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


@pytest.fixture
def officer():
    return StaffFactory()


def told_of(person):
    return [entry.text for entry in entries_of(f"person:{person.pk}")]


def test_the_record_that_stays_takes_what_only_the_other_knew(officer):
    keep = PersonFactory(full_name="Nguyễn Thị Lan", personal_id=None, phone="+84911111111", address="")
    drop = PersonFactory(full_name="NGUYỄN THỊ LAN", personal_id="038190001234", phone="+84922222222", address="Thôn 2")
    older = PersonFactory(personal_id=None, merged_into=drop)
    led, joined, business = (
        HouseholdFactory(head=drop),
        HouseholdFactory(members=[drop]),
        BusinessFactory(representative=drop),
    )

    merge_people(keep, drop, by=officer, at=AT)

    kept, dropped = Person.objects.get(pk=keep.pk), Person.objects.get(pk=drop.pk)
    assert (kept.full_name, kept.personal_id, kept.phone, kept.address) == (
        "Nguyễn Thị Lan", "038190001234", "+84911111111", "Thôn 2",
    )  # fmt: skip
    assert (dropped.merged_into, dropped.personal_id) == (kept, None)
    assert Person.objects.get(pk=older.pk).merged_into == kept
    assert set(queries.households_of(kept)) == {led, joined}
    assert list(queries.businesses_of(kept)) == [business]
    assert (told_of(keep), told_of(drop)) == (
        ["Gộp bản ghi trùng của NGUYỄN THỊ LAN"],
        ["Được gộp vào bản ghi của Nguyễn Thị Lan"],
    )


def test_what_is_not_one_person_is_not_merged(officer):
    lan, hoa = PersonFactory(), PersonFactory()
    gone = PersonFactory(personal_id=None, merged_into=lan)

    for keep, drop, why in ((lan, lan, "một người khác"), (lan, hoa, "khác nhau"), (hoa, gone, "được gộp trước đó")):
        with pytest.raises(Refused, match=why):
            merge_people(keep, drop, by=officer, at=AT)


def test_who_only_reads_changes_nothing():
    inspector = StaffFactory(inspector=True)
    lan, twin = PersonFactory(), PersonFactory(personal_id=None)

    for change in (
        lambda: merge_people(lan, twin, by=inspector, at=AT),
        lambda: add_person(PersonFacts(full_name="Lê Bình"), by=inspector, at=AT),
        lambda: change_person(lan, PersonFacts(full_name="Lê Bình"), by=inspector, at=AT),
        lambda: save_household(queries.new_household(lan), HouseholdFacts(head=lan, kind="poor"), by=inspector, at=AT),
        lambda: change_business(BusinessFactory(), BusinessFacts(name="X"), by=inspector, at=AT),
    ):
        with pytest.raises(Refused, match="chỉ được xem"):
            change()


def test_a_look_at_whole_numbers_is_written_down_masked(officer):
    lan = PersonFactory(personal_id="038190001234")

    reveal_person(lan, by=officer, at=AT)

    [entry] = entries_of(f"person:{lan.pk}")
    assert (entry.text, entry.actor, entry.at) == (
        "Xem đầy đủ số giấy tờ, điện thoại (038*****1234)", officer.full_name, AT,
    )  # fmt: skip


def test_a_correction_may_take_something_out_and_says_which_fields(officer):
    lan = PersonFactory(full_name="Nguyễn Thị Lan", phone="+84911111111")
    facts = PersonFacts(full_name="Nguyễn Thị Lân", personal_id=lan.personal_id, birth_date=lan.birth_date, sex=lan.sex)

    change_person(lan, facts, by=officer, at=AT)

    kept = Person.objects.get(pk=lan.pk)
    assert (kept.full_name, kept.plain_name, kept.phone, kept.updated_by) == (
        "Nguyễn Thị Lân", "nguyen thi lan", "", officer.full_name,
    )  # fmt: skip
    assert told_of(lan) == ["Sửa: họ và tên, địa chỉ, điện thoại"]


def test_nothing_changed_leaves_no_entry(officer):
    lan = PersonFactory()
    names = PersonFacts.__dataclass_fields__

    change_person(lan, PersonFacts(**{name: getattr(lan, name) for name in names}), by=officer, at=AT)

    assert told_of(lan) == []


def test_a_number_belongs_to_one_person(officer):
    lan, hoa = PersonFactory(full_name="Nguyễn Thị Lan"), PersonFactory()
    facts = PersonFacts(full_name="Ai Đó", personal_id=lan.personal_id)

    for change in (lambda: add_person(facts, by=officer, at=AT), lambda: change_person(hoa, facts, by=officer, at=AT)):
        with pytest.raises(Refused, match="là của Nguyễn Thị Lan"):
            change()


def test_a_household_has_its_head_among_its_members(officer):
    head, child = PersonFactory(), PersonFactory()

    household = save_household(
        queries.new_household(head), HouseholdFacts(head=head, kind="poor", members=[child]), by=officer, at=AT
    )

    assert queries.members_of(household) == [head, child]
    assert told_of(head) == ["Ghi hộ gia đình 2 người"]


def test_a_tax_code_belongs_to_one_organisation(officer):
    one, other = BusinessFactory(), BusinessFactory()

    change_business(one, BusinessFacts(name="Tên mới", tax_code="2811111111"), by=officer, at=AT)
    with pytest.raises(Refused, match="tổ chức khác"):
        change_business(other, BusinessFacts(name="Tên khác", tax_code="2811111111"), by=officer, at=AT)

    one.refresh_from_db()
    assert (one.plain_name, one.tax_code) == ("ten moi", "2811111111")

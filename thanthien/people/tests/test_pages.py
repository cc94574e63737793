"""The pages about people, and the scan: who enters, what is shown, what stays when something is wrong."""

import json
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from thanthien.core.idempotency import new_key
from thanthien.core.timeline import entries_of
from thanthien.organisation.factories import NeighbourhoodFactory, StaffFactory, UnitFactory
from thanthien.people.factories import BusinessFactory, HouseholdFactory, PersonFactory
from thanthien.people.models import Business, Household, Person
from thanthien.people.queries import LIMIT

pytestmark = pytest.mark.django_db
SCAN = "038190001234|172345678|Lê Thị Ánh|12051990|Nữ|Thôn 1, Xã Mẫu|25042021"


@pytest.fixture
def officer(client):
    staff = StaffFactory()
    client.force_login(staff)
    return staff


@pytest.fixture
def lan():
    return PersonFactory(full_name="Nguyễn Thị Lan", personal_id="038190001234", phone="+84912345678")


def address(name, *args):
    return reverse(f"people:{name}", args=args)


def send(client, page, *args, **told):
    return client.post(address(page, *args), told | {"idempotency_key": new_key()})


def pages_of(lan):
    twin = PersonFactory(full_name="Nguyễn Thị Lan", personal_id=None, phone=lan.phone)
    household = HouseholdFactory(head=lan, members=[twin])
    business = BusinessFactory(representative=lan)
    return {
        "people": address("people"),
        "person": address("person", lan.pk),
        "household": address("household", household.pk),
        "business": address("business", business.pk),
        "add_person": address("add_person"),
        "change_person": address("change_person", lan.pk),
        "merge": address("merge", lan.pk, twin.pk),
        "add_household": address("add_household", lan.pk),
    }


@pytest.mark.parametrize(
    ("roles", "refused"),
    [
        (["reception"], set()),
        (["inspector"], {"add_person", "change_person", "merge", "add_household"}),
        (
            ["postal"],
            {"people", "person", "household", "business", "add_person", "change_person", "merge", "add_household"},
        ),
    ],
)
def test_pages_open_by_role(client, lan, roles, refused):
    client.force_login(StaffFactory(roles=roles))
    pages = pages_of(lan)

    answers = {name: client.get(page).status_code for name, page in pages.items()}

    assert answers == {name: 403 if name in refused else 200 for name in pages}


def test_a_stranger_is_asked_to_sign_in(client, lan):
    for page in pages_of(lan).values():
        assert client.get(page).headers["Location"] == f"{reverse('account_login')}?next={page}"


def test_looking_and_scanning_are_never_a_get(client, officer, lan):
    assert [client.get(address("reveal", lan.pk)).status_code, client.get(address("scan")).status_code] == [405, 405]


def test_the_list_shows_masked_numbers(client, officer, lan):
    page = client.get(address("people"), {"q": "lan nguyen"}).content.decode()

    assert "038*****1234" in page and "091* *** 678" in page
    assert "038190001234" not in page and "912345678" not in page


@pytest.mark.parametrize("text", ["không có ai", "'; drop table", "|||", "\x00", "a" * 5000, "０９１"])
def test_any_search_is_answered(client, officer, text):
    assert client.get(address("people"), {"q": text}).status_code == 200


def test_whole_numbers_are_shown_after_a_look_that_is_written_down(client, officer, lan):
    masked = client.get(address("person", lan.pk)).content.decode()
    shown = send(client, "reveal", lan.pk).content.decode()

    assert ("038190001234" in masked, "038190001234" in shown, "0912 345 678" in shown) == (False, True, True)
    assert [entry.actor for entry in entries_of(f"person:{lan.pk}")] == [officer.full_name]


def test_a_person_is_added_and_corrected(client, officer):
    place = NeighbourhoodFactory(unit=officer.unit)
    told = {
        "full_name": " lê thị  ánh ",
        "personal_id": "038 190 001 234",
        "birth_date": "12/05/1990",
        "phone": "0912345678",
    }
    send(client, "add_person", **told, neighbourhood=place.pk, sex="female")
    person = Person.objects.get()
    assert (person.full_name, person.phone, person.neighbourhood) == ("Lê Thị Ánh", "+84912345678", place)

    answer = send(client, "change_person", person.pk, **told | {"phone": "", "sex": "male"})

    assert answer.headers["Location"] == address("person", person.pk)
    page = client.get(address("person", person.pk)).content.decode()
    assert "Giới tính không khớp với số định danh" in page
    assert Person.objects.get().phone == ""


@pytest.mark.parametrize(
    ("told", "complaint"),
    [
        ({"full_name": ""}, "full_name"),
        ({"full_name": "Lan 2"}, "full_name"),
        ({"personal_id": "123"}, "personal_id"),
        ({"phone": "123"}, "phone"),
        ({"email": "lan@"}, "email"),
        ({"old_id": "x"}, "old_id"),
        ({"birth_date": "01/01/2999"}, "birth_date"),
        ({"birth_date": "31/02/1990"}, "birth_date"),
        ({"neighbourhood": "999"}, "neighbourhood"),
        ({"personal_id": "038190001234"}, "__all__"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(client, officer, lan, told, complaint):
    answer = send(client, "add_person", **{"full_name": "Lê Bình", "address": "Thôn 7"} | told)

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [complaint])
    assert "Thôn 7" in answer.content.decode()


def test_two_records_are_merged_on_the_page(client, officer, lan):
    twin = PersonFactory(full_name="Nguyễn Thị Lan", personal_id=None, phone=lan.phone, birth_date=None)
    assert address("merge", lan.pk, twin.pk) in client.get(address("person", lan.pk)).content.decode()

    send(client, "merge", lan.pk, twin.pk)

    assert Person.objects.get(pk=twin.pk).merged_into == lan
    assert client.get(address("person", twin.pk)).headers["Location"] == address("person", lan.pk)


def test_a_household_is_written_and_changed(client, officer, lan):
    child = PersonFactory()
    send(client, "add_household", lan.pk, kind="near_poor", address="Thôn 1", added=f"{child.personal_id}\n")
    household = Household.objects.get()
    assert set(household.members.all()) == {lan, child}

    wrong = send(client, "household", household.pk, kind="poor", kept=[child.pk], added="038190009999")
    send(client, "household", household.pk, kind="poor", added="")

    household.refresh_from_db()
    assert (wrong.status_code, "Chưa có người mang số 038190009999" in wrong.content.decode()) == (422, True)
    assert (household.kind, list(household.members.all())) == ("poor", [lan])


def test_an_organisation_is_changed(client, officer):
    business = BusinessFactory()

    wrong = send(client, "business", business.pk, name="Công ty Mới", tax_code="12")
    send(client, "business", business.pk, name="Công ty  Mới", tax_code="2811111111", phone="0237 3852 123")

    assert wrong.status_code == 422
    kept = Business.objects.get()
    assert (kept.name, kept.tax_code, kept.phone) == ("Công ty Mới", "2811111111", "+842373852123")


def test_a_scan_fills_the_form_and_knows_who_it_is(client, officer, lan):
    answer = client.post(address("scan"), {"text": f"{SCAN}\r\n"})

    assert json.loads(answer.content) == {
        "card": {
            "personal_id": "038190001234", "old_id": "172345678", "full_name": "Lê Thị Ánh", "birth_date": "12/05/1990",
            "birth_year": 1990, "sex": "female", "address": "Thôn 1, Xã Mẫu", "id_issued_date": "25/04/2021",
        },
        "person": {"id": lan.pk, "phone": "0912 345 678", "email": ""},
        "warnings": [],
    }  # fmt: skip


def test_a_scan_of_a_stranger_warns_of_what_does_not_fit(client, officer):
    told = client.post(address("scan"), {"text": SCAN.replace("Nữ", "Nam")}).json()

    assert (told["person"], [warning["field"] for warning in told["warnings"]]) == (None, ["sex"])


def test_another_code_and_other_people_get_no_answer(client, officer, lan):
    wrong = client.post(address("scan"), {"text": "https://example.vn"})
    client.force_login(StaffFactory(roles=["postal"]))
    forbidden = client.post(address("scan"), {"text": SCAN})
    client.logout()
    unknown = client.post(address("scan"), {"text": SCAN})

    assert [answer.status_code for answer in (wrong, forbidden, unknown)] == [422, 403, 401]
    assert all(list(answer.json()) == ["error"] for answer in (wrong, forbidden, unknown))


def test_a_number_too_large_is_not_found(client, officer):
    huge = "9" * 30
    for page in (f"{huge}/", f"ho/{huge}/", f"to-chuc/{huge}/"):
        assert client.get(f"/nguoi-dan/{page}").status_code == 404


def test_people_of_another_commune_are_found_too(client, lan):
    client.force_login(StaffFactory(unit=UnitFactory()))

    assert client.get(address("person", lan.pk)).status_code == 200


# ---- a list that leaves as a workbook --------------------------------------------------------------------
def leaving(client, excel, text):
    """Its lines of cells."""
    answer = client.get(address("people"), {"q": text, "excel": excel})
    sheet = load_workbook(BytesIO(answer.content)).worksheets[0]
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_people_found_leave_as_excel_with_numbers_masked_and_who_took_them(client, officer, lan):
    PersonFactory(full_name="Trần Văn Bình")

    title, filters, printed, _empty, head, *rows = leaving(client, "1", "nguyen thi lan")

    assert (title[0], filters[0]) == ("Người dân", "Lọc theo: Tìm: nguyen thi lan")
    assert printed[0].endswith(f"người in: {officer.full_name}")
    assert head == ["Họ và tên", "Số định danh", "Ngày sinh", "Điện thoại", "Địa chỉ"]
    [row] = rows
    assert (row[0], row[1], row[3]) == ("Nguyễn Thị Lan", "038*****1234", "091* *** 678")


def test_no_more_people_leave_than_the_page_shows(client, officer):
    for _ in range(LIMIT + 2):
        PersonFactory(full_name="Nguyễn Thị Lan")

    assert len(leaving(client, "1", "lan nguyen")) - 5 == LIMIT


@pytest.mark.parametrize("text", ["038190001234", SCAN, "038 190 001 234"])
def test_a_number_that_was_searched_is_masked_in_the_file(client, officer, lan, text):
    _title, filters, *_rest = leaving(client, "1", text)

    assert filters[0] == "Lọc theo: Tìm: 038*****1234"


def test_organisations_found_leave_as_excel(client, officer):
    business = BusinessFactory(name="Công ty Hoa Sen", tax_code="0101234567")

    *_head, row = leaving(client, "to-chuc", "hoa sen")

    assert row == [business.name, "0101234567", business.address or None]


def test_who_may_not_see_people_takes_no_list_of_them(client, lan):
    client.force_login(StaffFactory(roles=["postal"]))

    assert client.get(address("people"), {"q": "lan", "excel": "1"}).status_code == 403

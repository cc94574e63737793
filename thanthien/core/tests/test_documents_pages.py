"""The pages on which administrators read and change the printed forms."""

from datetime import date

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.urls import reverse

from thanthien.core.documents.kinds import KINDS
from thanthien.core.idempotency import new_key
from thanthien.core.models import DocumentTemplate

pytestmark = pytest.mark.django_db
PLAIN = '#import "/lib.typ": *\n#show: sheet.with(title: "Phiếu")\n#data.office_name\n'
LIST = "/giay-to/mau/"
EDIT = "/giay-to/mau/guidance/"


def make_staff(*, superuser: bool = False, roles: tuple[str, ...] = ()):
    unit_model = apps.get_model("organisation", "Unit")
    unit, _ = unit_model.objects.get_or_create(code="H99.01", defaults={"name": "Xã Mẫu Sơn", "level": "commune"})
    person = get_user_model()(username=f"canbo-{superuser}-{roles}", full_name="Lê Thị Thử", unit=unit)
    person.roles, person.is_superuser = list(roles), superuser
    person.save()
    return person


@pytest.fixture
def administrator(client):
    person = make_staff(superuser=True)
    client.force_login(person)
    return person


def form(**more):
    words = {"source": PLAIN, "valid_from": "05/02/2026", "note": "Theo văn bản số 12"}
    return words | {"idempotency_key": new_key()} | more


def text_of(response) -> str:
    return response.content.decode()


def test_the_list_names_every_kind_and_what_is_in_use(client, administrator):
    client.post(EDIT, form())

    page = text_of(client.get(LIST))

    assert [kind.code for kind in KINDS.values() if f"/giay-to/mau/{kind.code}/" not in page] == []
    assert page.count("Mẫu gốc") == len(KINDS) - 1
    assert "phiên bản 1" in page


def test_the_editor_shows_the_template_in_force_and_its_paper(client, administrator):
    response = client.get(EDIT)

    assert response.status_code == 200
    assert response.context["form"]["source"].value() == KINDS["guidance"].source
    assert len(response.context["pages"]) == 1
    assert 'alt="Trang 1: Phiếu hướng dẫn, điền dữ liệu ví dụ"' in text_of(response)
    assert ("data.party.full_name", "Nguyễn Thị Mẫu") in response.context["fields"]


def test_saving_makes_a_version_of_everyones_template(client, administrator):
    response = client.post(EDIT, form())

    saved = DocumentTemplate.objects.get()
    assert (response.status_code, response["Location"]) == (302, EDIT)
    assert (saved.version, saved.unit_code, saved.valid_from, saved.note, saved.created_by) == (
        1, "", date(2026, 2, 5), "Theo văn bản số 12", "Lê Thị Thử",
    )  # fmt: skip
    assert saved.source.replace("\r\n", "\n") == PLAIN


def test_a_unit_administrator_saves_a_template_of_the_own_unit(client):
    client.force_login(make_staff(roles=("unit_admin",)))

    client.post(EDIT, form())

    assert DocumentTemplate.objects.get().unit_code == "H99.01"


def test_a_faulty_template_is_explained_and_nothing_typed_is_lost(client, administrator):
    response = client.post(EDIT, form(source=PLAIN + "#hoSo"))

    assert response.status_code == 422
    assert response.context["form"]["source"].value() == PLAIN + "#hoSo"
    assert response.context["form"].errors["source"][0].startswith("Dòng 4, cột 2: Không có tên «hoSo».")
    assert DocumentTemplate.objects.count() == 0


@pytest.mark.parametrize(
    ("field", "value"),
    [("valid_from", "31/02/2026"), ("valid_from", ""), ("note", ""), ("source", ""), ("source", "\x00")],
)
def test_a_form_that_is_not_right_says_so_beside_the_field(client, administrator, field, value):
    response = client.post(EDIT, form(**{field: value}))

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert DocumentTemplate.objects.count() == 0


def test_an_older_version_is_opened_and_saved_again(client, administrator):
    client.post(EDIT, form())
    client.post(EDIT, form(source=PLAIN + "hai"))

    opened = client.get(f"{EDIT}?from=1").context["form"]["source"].value()
    client.post(EDIT, form(source=opened, note="quay lại bản 1"))

    newest = DocumentTemplate.objects.order_by("-version")[0]
    assert (newest.version, newest.source) == (3, DocumentTemplate.objects.get(version=1).source)


def test_the_built_in_template_is_opened_again(client, administrator):
    client.post(EDIT, form())

    assert client.get(EDIT).context["form"]["source"].value() != KINDS["guidance"].source
    assert client.get(f"{EDIT}?from=0").context["form"]["source"].value() == KINDS["guidance"].source


@pytest.mark.parametrize("address", ["/giay-to/mau/khong-co/", f"{EDIT}?from=99"])
def test_what_does_not_exist_is_not_found(client, administrator, address):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("wanted", ["x", "-1", "9" * 40, "²"])
def test_a_senseless_version_opens_the_template_in_force(client, administrator, wanted):
    response = client.get(EDIT, {"from": wanted})

    assert (response.status_code, response.context["form"]["source"].value()) == (200, KINDS["guidance"].source)


def test_the_preview_is_drawn_from_what_is_typed(client, administrator):
    response = client.post(f"{EDIT}xem-truoc/", {"source": PLAIN})

    assert text_of(response).count("data:image/png;base64,") == 1


def test_the_preview_explains_a_fault(client, administrator):
    page = text_of(client.post(f"{EDIT}xem-truoc/", {"source": PLAIN + "#hoSo"}))

    assert "Dòng 4, cột 2: Không có tên «hoSo»." in page
    assert "data:image/png" not in page


def test_the_preview_only_answers_to_a_post(client, administrator):
    assert client.get(f"{EDIT}xem-truoc/").status_code == 405


@pytest.mark.parametrize("address", [LIST, EDIT])
def test_officers_and_leaders_may_not_edit_templates(client, address):
    client.force_login(make_staff(roles=("reception", "leader")))

    response = client.get(address)

    assert response.status_code == 403
    assert "mẫu giấy tờ của đơn vị mình" in text_of(response)


@pytest.mark.parametrize("address", [LIST, EDIT])
def test_a_stranger_signs_in_first(client, address):
    assert client.get(address)["Location"] == f"{reverse('account_login')}?next={address}"

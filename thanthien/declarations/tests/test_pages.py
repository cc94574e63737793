"""The administrator's pages: try a form out, take it out, bring a new version in."""

import json

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from thanthien.core.idempotency import new_key
from thanthien.declarations.factories import DeclarationVersionFactory, small_content
from thanthien.declarations.models import DeclarationVersion
from thanthien.organisation.enums import Role
from thanthien.organisation.factories import StaffFactory
from thanthien.procedures.factories import ProcedureFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel("2026-03-02 02:00+00:00", tick=False):
        yield


@pytest.fixture
def admin(client):
    client.force_login(StaffFactory(superuser=True))
    return client


def upload(client, content, day="03/03/2026"):
    file = SimpleUploadedFile("to-khai.json", content if isinstance(content, bytes) else json.dumps(content).encode())
    told = {"file": file, "valid_from": day, "note": "Theo nghị định mới", "idempotency_key": new_key()}
    return client.post(reverse("declarations:list"), told)


def test_form_goes_out_and_comes_back_the_same(admin):
    code = DeclarationVersionFactory().form.procedure.code

    out = admin.get(reverse("declarations:export", args=[code, 1]))
    back = upload(admin, out.content)

    assert (back.status_code, DeclarationVersion.objects.count()) == (302, 1)
    assert json.loads(out.content)["content"] == DeclarationVersion.objects.get().content


def test_changed_form_becomes_the_version_of_tomorrow(admin):
    code = DeclarationVersionFactory().form.procedure.code

    upload(admin, {"procedure": code, "content": small_content(title="Tờ khai mới")})

    last = DeclarationVersion.objects.order_by("number").last()
    assert (last.number, f"{last.valid_from}", last.note) == (2, "2026-03-03", "Theo nghị định mới")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\xff", "Tệp không đọc được"),
        (b"[" * 100_000, "Tệp không đọc được"),
        (b"1" * 1_000_001, "lớn quá 1 MB"),
        ({}, "không phải tờ khai của một thủ tục"),
        ({"procedure": "0.000"}, "không phải tờ khai của một thủ tục"),
        ({"procedure": "8.1", "content": {}}, "Tờ khai chưa dùng được. title: còn thiếu."),
        (
            {"procedure": "8.1", "content": small_content(tests=[{"name": "T", "on": "2026-03-01", "answers": {}}])},
            "không qua được bài kiểm tra",
        ),
    ],
)
def test_file_that_is_no_form_is_answered_beside_its_field(admin, content, words):
    ProcedureFactory(code="8.1")

    answer = upload(admin, content)

    assert (answer.status_code, words in answer.content.decode()) == (422, True)
    assert not DeclarationVersion.objects.exists()


def test_day_that_is_gone_is_refused(admin):
    code = DeclarationVersionFactory().form.procedure.code

    answer = upload(admin, {"procedure": code, "content": small_content(title="Mới")}, day="02/03/2026")

    assert (answer.status_code, "sớm nhất từ ngày mai" in answer.content.decode()) == (422, True)


def test_form_is_tried_out_and_nothing_is_kept(admin):
    code = DeclarationVersionFactory().form.procedure.code
    address = reverse("declarations:preview", args=[code])
    sent = {"asked": ["way", "amount", "person", "papers"], "way": "desk", "person.full_name": "Lan"}

    wrong = admin.post(address, sent | {"amount": "mười", "idempotency_key": new_key()})
    right = admin.post(address, sent | {"amount": "2", "idempotency_key": new_key()})

    assert (wrong.status_code, 'value="mười"' in wrong.content.decode()) == (422, True)
    assert "qua được mọi bước kiểm tra" in right.content.decode()


def test_built_in_forms_are_loaded_by_a_button(admin):
    ProcedureFactory(code="1.001193")

    admin.post(reverse("declarations:load"), {"idempotency_key": new_key()})

    assert "Tờ khai đăng ký khai sinh" in admin.get(reverse("declarations:list")).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_list_takes_the_same_statements_for_any_number_of_forms(admin, django_assert_num_queries, count):
    DeclarationVersionFactory.create_batch(count)
    admin.get(reverse("declarations:list"))

    with django_assert_num_queries(STATEMENTS):
        admin.get(reverse("declarations:list"))


STATEMENTS = 7


@pytest.mark.parametrize("role", [Role.UNIT_ADMIN, Role.RECEPTION])
def test_others_are_refused(client, role):
    client.force_login(StaffFactory(roles=[role]))
    code = DeclarationVersionFactory().form.procedure.code

    answers = [
        client.get(reverse("declarations:list")),
        client.get(reverse("declarations:preview", args=[code])),
        client.get(reverse("declarations:export", args=[code, 1])),
        client.post(reverse("declarations:load"), {"idempotency_key": new_key()}),
    ]

    assert [answer.status_code for answer in answers] == [403] * 4


def test_version_that_is_not_there_is_404(admin):
    code = DeclarationVersionFactory().form.procedure.code

    assert admin.get(reverse("declarations:export", args=[code, 9])).status_code == 404
    assert admin.get(reverse("declarations:preview", args=["0.000"])).status_code == 404

"""A form whose session ended or whose page grew old gives back what was typed."""

import re

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from thanthien.core.idempotency import FIELD, new_key
from thanthien.organisation.factories import StaffFactory
from thanthien.organisation.models import Neighbourhood

pytestmark = pytest.mark.django_db
HERE = {"Origin": "http://testserver"}


@pytest.fixture
def admin():
    return StaffFactory(unit_admin=True)


def a_form(**more):
    return {FIELD: new_key(), "name": 'Thôn "Sen" <1>', "kind": "thôn", **more}


def address_of(admin):
    return reverse("organisation:add_neighbourhood", args=[admin.unit_id])


def ended(client):
    client.cookies[settings.SESSION_COOKIE_NAME] = "phien-da-het-tu-lau-khong-con-trong-bang"


def hidden(response):
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', response.content.decode()))


def test_a_form_sent_after_the_session_ended_is_offered_again_with_its_words(client, admin):
    ended(client)

    answer = client.post(address_of(admin), a_form(), headers=HERE)

    assert (answer.status_code, hidden(answer)["name"]) == (403, "Thôn &quot;Sen&quot; &lt;1&gt;")
    assert reverse("account_login") in answer.content.decode()
    assert not Neighbourhood.objects.exists()


def test_after_signing_in_elsewhere_the_old_page_is_sent_again_and_counts_once(admin):
    client = Client(enforce_csrf_checks=True)
    client.force_login(admin)
    form = a_form(csrfmiddlewaretoken="tu-truoc-khi-dang-nhap")

    old = client.post(address_of(admin), form, headers=HERE)
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', old.content.decode())[1]
    again = [client.post(address_of(admin), form | {"csrfmiddlewaretoken": token}, headers=HERE) for _ in range(2)]

    assert (old.status_code, [answer.status_code for answer in again]) == (403, [302, 302])
    assert Neighbourhood.objects.get().name == form["name"]


@pytest.mark.parametrize(
    ("more", "headers"),
    [({}, {"Origin": "https://noi-khac.example"}), ({}, {}), ({"password": "bi-mat"}, HERE)],
    ids=["of another site", "of no known site", "with a secret"],
)
def test_what_is_not_ours_or_a_secret_is_not_offered_again(client, admin, more, headers):
    ended(client)

    answer = client.post(address_of(admin), a_form(**more), headers=headers)

    assert answer.url == f"{reverse('account_login')}?next={address_of(admin)}"


def test_who_was_never_signed_in_is_sent_to_the_door(client, admin):
    answer = client.post(address_of(admin), a_form(), headers=HERE)

    assert answer.url == f"{reverse('account_login')}?next={address_of(admin)}"

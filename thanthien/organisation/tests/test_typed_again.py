"""A form whose session ended or whose page grew old gives back what was typed."""

import re
from html import unescape

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from thanthien.core.idempotency import FIELD, new_key
from thanthien.core.pages import PRESSED
from thanthien.organisation.factories import PASSWORD, StaffFactory
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


def test_a_press_after_signing_in_elsewhere_needs_no_second_one(admin):
    """The token is a new one since; the page with it sends itself, with the same key, and once only."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(admin)
    typed = a_form(csrfmiddlewaretoken="tu-truoc-khi-dang-nhap")

    pressed = client.post(address_of(admin), typed | {PRESSED: "1"}, headers=HERE)
    sent = {name: unescape(value) for name, value in hidden(pressed).items()}
    failed_again = client.post(address_of(admin), sent | {"csrfmiddlewaretoken": "cu"}, headers=HERE)
    answer = client.post(address_of(admin), sent, headers=HERE)

    by_itself = ["data-sends-itself" in page.content.decode() for page in (pressed, failed_again)]
    assert (by_itself, PRESSED in sent, answer.status_code) == ([True, False], False, 302)
    assert Neighbourhood.objects.get().name == typed["name"]


def test_a_press_before_signing_in_waits_for_the_person(client, admin):
    ended(client)

    answer = client.post(address_of(admin), a_form(**{PRESSED: "1"}), headers=HERE)

    assert (hidden(answer)[PRESSED], "data-sends-itself" in answer.content.decode()) == ("1", False)


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_who_signs_in_in_a_new_window_sends_again_with_one_press(browser, live_server, client, admin):
    client.force_login(admin)
    context = browser.new_context()
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
    page = context.new_page()
    page.goto(live_server.url + address_of(admin))
    page.fill("[name=name]", "Thôn Sen")
    client.logout()
    page.click("main button[type=submit]")
    with context.expect_page() as opened:
        page.get_by_role("link", name="Đăng nhập ở cửa sổ mới").click()
    opened.value.fill("[name=login]", admin.username)
    opened.value.fill("[name=password]", PASSWORD)
    opened.value.click("main button[type=submit]")
    opened.value.wait_for_url("**/can-bo/**")

    page.get_by_role("button", name="Gửi lại").click()
    page.wait_for_url(f"**{reverse('organisation:unit', args=[admin.unit_id])}")
    context.close()

    assert Neighbourhood.objects.get().name == "Thôn Sen"


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

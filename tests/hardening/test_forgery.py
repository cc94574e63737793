"""S2: a form that does not come from our own page, of this very session, is refused and changes nothing."""

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.middleware.csrf import get_token
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from tests.commune import Commune, all_addresses, empty_form

pytestmark = [pytest.mark.hardening, pytest.mark.django_db]
FIELD = "csrfmiddlewaretoken"
WRITES = ("INSERT", "UPDATE", "DELETE", "WITH")


@pytest.fixture(scope="module")
def commune(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield Commune()
        transaction.set_rollback(True)


@pytest.fixture
def client(commune):
    """The administrator's browser, which checks as real ones are checked."""
    return commune.client("superuser", enforce_csrf_checks=True)


def token_of(client: Client) -> str:
    """A true token of this browser, as a page of ours would carry it."""
    request = RequestFactory().get("/")
    if settings.CSRF_COOKIE_NAME in client.cookies:
        request.COOKIES[settings.CSRF_COOKIE_NAME] = client.cookies[settings.CSRF_COOKIE_NAME].value
        request.META["CSRF_COOKIE"] = client.cookies[settings.CSRF_COOKIE_NAME].value
    token = get_token(request)
    client.cookies[settings.CSRF_COOKIE_NAME] = request.META["CSRF_COOKIE"]
    return token


def refused_everywhere(commune, client, form, **headers) -> list[str]:
    """Which addresses took the form, or wrote something."""
    taken = []
    for address in all_addresses():
        with CaptureQueriesContext(connection) as asked:
            answer = client.post(commune.path(address), empty_form() | form, headers=headers)
        wrote = [q["sql"][:80] for q in asked.captured_queries if q["sql"].lstrip().upper().startswith(WRITES)]
        if answer.status_code != 403 or wrote:
            taken.append(f"{address.name}: {answer.status_code} {wrote}")
    return taken


def test_without_a_token_no_address_takes_a_form(commune, client):
    assert refused_everywhere(commune, client, {}) == []


def test_the_token_of_somebody_else_is_not_taken(commune, client):
    token_of(client)
    theirs = token_of(commune.client("leader", enforce_csrf_checks=True))

    assert refused_everywhere(commune, client, {FIELD: theirs}) == []


def test_a_token_from_before_signing_in_is_not_taken(commune):
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    old = token_of(client)
    client.cookies[settings.CSRF_COOKIE_NAME] = "b" * 32  # signing in makes a new one
    client.force_login(commune.people["superuser"])

    assert refused_everywhere(commune, client, {FIELD: old}) == []


@pytest.mark.parametrize("origin", ["https://example.org", "null", "http://testserver.example.org"])
def test_a_true_token_from_a_foreign_page_is_not_taken(commune, client, origin):
    form = {FIELD: token_of(client)}

    assert refused_everywhere(commune, client, form, origin=origin) == []


def test_a_true_token_from_our_own_page_is_taken(commune, client):
    form = {FIELD: token_of(client)}

    answer = client.post("/can-bo/bo-loc/", empty_form() | form, headers={"origin": "http://testserver"})

    assert answer.status_code != 403


def test_signing_in_makes_a_new_token(commune):
    client = Client(enforce_csrf_checks=True)
    staff = commune.people["reception"]
    staff.set_password("mot-cua-than-thien")
    staff.save()
    page = client.get("/tai-khoan/login/")
    before = client.cookies[settings.CSRF_COOKIE_NAME].value
    form = {"login": staff.username, "password": "mot-cua-than-thien", FIELD: page.context["csrf_token"]}

    answer = client.post("/tai-khoan/login/", {name: str(value) for name, value in form.items()})

    assert answer.status_code == 302
    assert client.cookies[settings.CSRF_COOKIE_NAME].value != before

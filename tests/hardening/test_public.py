"""The citizen's door as a stranger's browser and a stranger's eye see it: S7 (headers), S12 (nothing private told)."""

import logging
import re

import pytest
from django.conf import settings as house
from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests.commune import Commune, all_addresses, empty_form
from thanthien.core.idempotency import new_key
from thanthien.dossiers.factories import receive
from thanthien.notifications.models import Message

pytestmark = pytest.mark.django_db
WANTED = 145  # of 165; preloading by browsers and integrity of scripts from elsewhere (there are none) are left out
HALF_A_YEAR = 180 * 24 * 3600
DOORS = ("portal:", "filing:", "queue:", "guidance:", "satisfaction:", "health", "ui:", "account_l")
PUBLIC = [address for address in all_addresses() if address.name.startswith(DOORS)]
UNSAFE = ("'unsafe-inline'", "'unsafe-eval'", "data: ", "http:", "*")


@pytest.fixture(scope="module")
def commune(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield Commune()
        transaction.set_rollback(True)


@pytest.fixture
def as_in_an_office(settings):
    """What the tests switch off for themselves."""
    settings.HTTPS = settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    settings.SECURE_HSTS_SECONDS, settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = 31536000, True


def points(answer) -> dict[str, int]:
    """The rules of the HTTP Observatory, each with what it gives or takes; 100 stand at the beginning."""
    headers, policy = answer.headers, _policy(answer.headers.get("Content-Security-Policy", ""))
    scripts = policy.get("script-src", policy.get("default-src", "*"))
    safe = bool(policy) and not any(bad in scripts for bad in UNSAFE)
    bare = policy.get("default-src") == "'none'"
    age = re.search(r"max-age=(\d+)", headers.get("Strict-Transport-Security", ""))
    private = headers.get("Referrer-Policy", "") in ("no-referrer", "same-origin", "strict-origin")
    return {
        "policy": (10 if bare else 5) if safe else -25,
        "cookies": _cookie_points(answer.cookies.values()),
        "others may read": 0 if "Access-Control-Allow-Origin" not in headers else -50,
        "referrer": 5 if private else -5,
        "only safe lines": 0 if age and int(age[1]) >= HALF_A_YEAR else -20,
        "kinds are not guessed": 0 if headers.get("X-Content-Type-Options") == "nosniff" else -5,
        "not in frames": _frame_points(policy, headers),
        "not loaded by others": 10 if headers.get("Cross-Origin-Resource-Policy") == "same-origin" else 0,
        "apart from its opener": 10 if headers.get("Cross-Origin-Opener-Policy") == "same-origin" else 0,
        "embeds by consent": 10 if headers.get("Cross-Origin-Embedder-Policy") == "require-corp" else 0,
    }


def _policy(text: str) -> dict[str, str]:
    parts = [part.strip().partition(" ") for part in text.split(";") if part.strip()]
    return {name: values for name, _, values in parts}


def _frame_points(policy: dict[str, str], headers) -> int:
    if policy.get("frame-ancestors") == "'none'":
        return 5
    return 0 if headers.get("X-Frame-Options") == "DENY" else -20


def _cookie_points(cookies) -> int:
    """Secure, hidden from scripts, not sent along by other sites; none at all is as good."""
    kept = [bool(one["secure"] and one["httponly"] and one["samesite"] in ("Lax", "Strict")) for one in cookies]
    return 5 if all(kept) else -20


@pytest.mark.parametrize("address", PUBLIC, ids=lambda address: address.name)
def test_every_public_answer_is_among_the_safest(address, commune, as_in_an_office):
    path = commune.path(address)
    answer = Client().get(path, secure=True)

    got = points(answer)

    assert 100 + sum(got.values()) >= WANTED, got


def test_so_is_what_answers_a_form_and_what_is_not_there(commune, as_in_an_office):
    client = Client()
    found = {"code": commune.running.code, "digits": commune.running.phone[-4:]}
    answers = [
        client.post(reverse("portal:track"), found, secure=True),
        client.post(reverse("portal:track"), found | {"digits": "0000"}, secure=True),
        client.get("/khong-co-trang-nay/", secure=True),
        client.get(reverse("portal:language", args=["en"]), secure=True),
    ]

    assert [100 + sum(points(answer).values()) >= WANTED for answer in answers] == [True] * 4
    assert answers[0].cookies and answers[3].cookies


def test_whoever_comes_without_a_safe_line_is_led_to_one(settings):
    settings.SECURE_SSL_REDIRECT = True

    answer = Client().get(reverse("portal:home"))

    assert (answer.status_code, answer.headers["Location"]) == (301, "https://testserver/")


# ---- S12 -------------------------------------------------------------------------------------------------
NAME, PHONE, NUMBER, MAIL = "Lò Thị Xuyến Chi", "+84936271845", "038190771123", "xuyenchi.lo@example.vn"
ADDRESS, DIGITS = "Thôn Bí Mật 7", "1845"
MARKS = (NAME, "936271845", "0936 271 845", NUMBER, MAIL, ADDRESS)


@pytest.fixture
def marked(settings):
    settings.DEMONSTRATION_CHANNELS = ["sms"]
    person = {"full_name": NAME, "phone": PHONE, "personal_id": NUMBER, "address": ADDRESS, "email": MAIL}
    return receive(person=person)


def walk(dossier):
    """What citizens and the curious do at the door, rightly and wrongly; answers every response."""
    client, track, mine = Client(raise_request_exception=False), reverse("portal:track"), reverse("portal:mine")
    code, secret = dossier.code, dossier.secret
    yield client.get(reverse("portal:home"))
    yield client.get(reverse("portal:procedure", args=[dossier.offering.procedure.code]))
    yield client.get(reverse("portal:figure", args=["dossiers.received"]))
    yield client.get(reverse("portal:state", args=[code]))
    yield client.get(reverse("portal:tracking", args=[code, "x" * 16]))
    yield client.get(reverse("portal:tracking", args=[code, secret]))
    yield client.post(track, {"code": code, "digits": "0000"})
    yield client.post(track, {"code": code, "digits": DIGITS})
    yield client.get(reverse("portal:state", args=[code]))
    yield client.get(reverse("portal:result", args=[code, secret, 1]))
    yield client.get(f"/ho-so/{code}/")
    yield client.get("/khong-co/")
    yield client.post(mine, {"to": PHONE, "idempotency_key": new_key()})
    yield client.get(reverse("portal:prove"))
    yield client.post(reverse("portal:prove"), {"code": "000000", "idempotency_key": new_key()})
    sent = Message.objects.filter(situation="code").latest("pk").facts["mã xác nhận"]
    yield client.post(reverse("portal:prove"), {"code": sent, "idempotency_key": new_key()})
    yield client.get(mine)
    yield client.post(mine, {"to": PHONE})  # without the key: refused
    yield client.post(reverse("portal:leave"), empty_form())
    yield client.get(mine)


def test_nothing_private_is_on_any_page_in_any_address_cookie_or_log(marked, caplog):
    caplog.set_level(logging.DEBUG)

    for answer in walk(marked):
        assert answer.status_code < 500, answer.request["PATH_INFO"]
        told = "\n".join([str(dict(answer.headers)), str(answer.cookies), answer.content.decode()])
        assert [mark for mark in MARKS if mark in told] == [], answer.request["PATH_INFO"]

    # The statements of the database, which only a developer's logging shows, hold what is stored.
    logged = "\n".join(str(record.getMessage()) for record in caplog.records if record.name != "django.db.backends")
    assert [mark for mark in MARKS if mark in logged] == []


def test_the_walk_really_opened_the_dossier(marked):
    answers = [answer.content.decode() for answer in walk(marked)]

    assert sum(marked.procedure_name in text for text in answers) == 3


def test_the_session_of_the_list_is_as_guarded_as_an_officers():
    assert (house.SESSION_COOKIE_HTTPONLY, house.SESSION_COOKIE_SAMESITE, house.CSRF_COOKIE_HTTPONLY) == (
        True, "Lax", True,
    )  # fmt: skip

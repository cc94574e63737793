"""Signing in as it really goes: right, wrong, too often; locked accounts; the second factor."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.cache import cache
from django.test import Client
from django.test.utils import override_settings
from django.urls import reverse
from django.utils import timezone

from thanthien.core.timeline import entries_of
from thanthien.organisation.actions import deactivate_staff, note_sign_in_failure, reset_password
from thanthien.organisation.factories import PASSWORD, StaffFactory
from thanthien.organisation.models import SignInFailure, Staff
from thanthien.organisation.queries import needs_second_factor
from thanthien.organisation.rules import TRIES_OF_A_NAME, TRIES_OF_AN_ADDRESS

pytestmark = pytest.mark.django_db
LOGIN = "/tai-khoan/login/"
WRONG = "Tên đăng nhập hoặc mật khẩu chưa đúng."


@pytest.fixture(autouse=True)
def fresh_limits():
    cache.clear()


@pytest.fixture
def lan():
    return StaffFactory(username="lan")


def sign_in(client, username, password=PASSWORD, **more):
    return client.post(LOGIN, {"login": username, "password": password, **more})


def is_in(client):
    return client.get(reverse("organisation:units")).status_code == 200


def test_the_right_password_opens_the_desk_and_is_written_down(client, lan):
    answer = sign_in(client, "lan")

    assert answer.headers["Location"] == reverse(settings.LOGIN_REDIRECT_URL)
    assert is_in(client)
    assert [entry.text for entry in entries_of(f"staff:{lan.pk}")] == ["Đăng nhập"]


def test_a_wrong_password_and_an_unknown_name_read_the_same(client, lan):
    pages = [sign_in(client, "lan", "sai rồi nhé"), sign_in(client, "khongcoai", "sai rồi nhé")]

    assert [page.context["form"].non_field_errors() for page in pages] == [
        ["Tên đăng nhập hoặc mật khẩu chưa đúng. Xin ông/bà kiểm tra rồi nhập lại."]
    ] * 2
    assert not is_in(client)
    assert list(SignInFailure.objects.order_by("pk").values_list("username", flat=True)) == ["lan", "khongcoai"]


def test_fields_left_empty_are_named_and_count_for_nothing(client, lan):
    page = sign_in(client, "lan", "")

    assert list(page.context["form"].errors) == ["password"]
    assert not SignInFailure.objects.exists()


@pytest.mark.parametrize("name", ["lan", "LAN ", "khongcoai"])
def test_after_ten_wrong_passwords_the_name_must_wait(client, lan, name):
    for _ in range(TRIES_OF_A_NAME):
        assert sign_in(client, name, "sai rồi nhé").status_code == 200

    answer = sign_in(client, name)

    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 300
    until = timezone.localtime(SignInFailure.objects.order_by("at").first().at + timedelta(minutes=5))
    assert f"{until:%H:%M}" in answer.content.decode()
    assert not is_in(client)


def test_colleagues_behind_the_same_address_still_get_in(client, lan):
    for _ in range(TRIES_OF_A_NAME):
        note_sign_in_failure("hung", "127.0.0.1", at=timezone.now())

    assert sign_in(client, "lan").status_code == 302


def test_one_address_does_not_guess_many_names(client, lan):
    for number in range(TRIES_OF_AN_ADDRESS):
        note_sign_in_failure(f"ai{number}", "127.0.0.1", at=timezone.now())

    assert sign_in(client, "lan").status_code == 429
    assert sign_in(Client(REMOTE_ADDR="192.0.2.7"), "lan").status_code == 302


def test_waiting_ends_after_five_minutes(client, lan):
    for _ in range(TRIES_OF_A_NAME):
        note_sign_in_failure("lan", "127.0.0.1", at=timezone.now() - timedelta(minutes=5, seconds=1))

    assert sign_in(client, "lan").status_code == 302


def test_old_failures_are_forgotten():
    now = timezone.now()
    note_sign_in_failure("lan", "127.0.0.1", at=now - timedelta(days=91))
    note_sign_in_failure("lan", "127.0.0.1", at=now)

    assert SignInFailure.objects.count() == 1


@pytest.mark.parametrize(
    ("next_page", "leads_to"),
    [
        ("/to-chuc/", "/to-chuc/"),
        ("https://example.com/", None),
        ("//example.com/", None),
        ("javascript:alert(1)", None),
        ("http:///example.com", None),
        ("\\\\example.com", None),
    ],
)
def test_the_next_page_is_always_ours(client, lan, next_page, leads_to):
    answer = sign_in(client, "lan", next=next_page)

    assert answer.headers["Location"] == (leads_to or reverse(settings.LOGIN_REDIRECT_URL))


def test_a_locked_account_loses_its_session_at_once_and_does_not_come_back(client, lan):
    sign_in(client, "lan")
    assert is_in(client)

    deactivate_staff(lan, by=StaffFactory(superuser=True), at=timezone.now())

    assert not is_in(client)
    again = sign_in(client, "lan")
    assert again.headers["Location"] == reverse("account_inactive")
    assert "Tài khoản" in client.get(again.headers["Location"]).content.decode()
    assert not is_in(client)


def test_a_password_set_anew_ends_every_session(lan):
    desks = [Client(), Client()]
    for desk in desks:
        sign_in(desk, "lan")

    reset_password(lan, "nắng ấm đầu xuân 26", by=StaffFactory(superuser=True), at=timezone.now())

    assert [is_in(desk) for desk in desks] == [False, False]


def test_who_was_given_a_password_chooses_their_own_first(client, lan):
    reset_password(lan, "nắng ấm đầu xuân 26", by=StaffFactory(superuser=True), at=timezone.now())

    answer = sign_in(client, "lan", "nắng ấm đầu xuân 26")
    own = {"oldpassword": "nắng ấm đầu xuân 26", "password1": "hoa đào phai 27", "password2": "hoa đào phai 27"}
    client.post(answer.headers["Location"], own)

    kept = Staff.objects.get(pk=lan.pk)
    assert answer.headers["Location"] == reverse("account_change_password")
    assert (kept.check_password("hoa đào phai 27"), kept.must_change_password) == (True, False)
    assert is_in(client)


def test_signing_out_closes_the_door(client, lan):
    sign_in(client, "lan")

    answer = client.post(reverse("account_logout"))

    assert answer.headers["Location"] == LOGIN
    assert not is_in(client)


def test_nobody_opens_an_account_by_themselves(client):
    told = {"username": "moi", "password1": PASSWORD, "password2": PASSWORD}

    client.post("/tai-khoan/signup/", told)

    assert not Staff.objects.exists()


def test_an_account_without_a_password_opens_to_none(client):
    staff = StaffFactory(username="lan", password=None)

    assert [sign_in(client, "lan", password).status_code for password in ("!", "None", staff.password)] == [200] * 3
    assert not is_in(client)


def test_passwords_are_kept_with_argon2():
    hashers = ["django.contrib.auth.hashers.Argon2PasswordHasher", "django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    with override_settings(PASSWORD_HASHERS=hashers):
        assert make_password(PASSWORD).startswith("argon2$argon2id$")


# ---- the second factor -----------------------------------------------------------------------------------
def sign_in_and_prove(client):
    """Who changes the second factor types the password once more."""
    sign_in(client, "lan")
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})


def code_of(secret):
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def test_an_app_and_recovery_codes_are_set_up_and_asked_for(client, lan):
    sign_in_and_prove(client)
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret

    client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})
    kinds = set(Authenticator.objects.values_list("type", flat=True))
    client.post(reverse("account_logout"))
    cache.clear()
    asked = sign_in(client, "lan")
    wrong = client.post(asked.headers["Location"], {"code": "000000"})
    closed = is_in(client)
    right = client.post(asked.headers["Location"], {"code": code_of(secret)})

    assert kinds == {"totp", "recovery_codes"}
    assert asked.headers["Location"] == reverse("mfa_authenticate")
    assert (wrong.status_code, closed, right.status_code, is_in(client)) == (200, False, 302, True)


def test_a_recovery_code_opens_once(client, lan):
    TOTP.activate(lan, "JBSWY3DPEHPK3PXP")
    code = RecoveryCodes.activate(lan).get_unused_codes()[0]
    answers = []
    for _ in range(2):
        asked = sign_in(client, "lan")
        answers.append(client.post(asked.headers["Location"], {"code": code}).status_code)
        client.logout()
        cache.clear()

    assert answers == [302, 200]


def test_a_security_key_can_be_added(client, lan):
    sign_in_and_prove(client)

    page = client.get(reverse("mfa_add_webauthn"))

    assert page.status_code == 200
    assert page.context["js_data"]["creation_options"]["publicKey"]["user"]["name"] == "lan"


@pytest.mark.parametrize(
    ("who", "asked"),
    [({"unit_admin": True}, True), ({"province_admin": True}, True), ({"superuser": True}, True), ({}, False)],
)
def test_administrators_are_asked_for_a_second_factor_until_they_have_one(client, who, asked):
    staff = StaffFactory(**who)
    client.force_login(staff)

    before = "Bật bảo vệ hai lớp" in client.get(reverse("organisation:units")).content.decode()
    TOTP.activate(staff, "JBSWY3DPEHPK3PXP")
    after = "Bật bảo vệ hai lớp" in client.get(reverse("organisation:units")).content.decode()

    assert (before, after, needs_second_factor(staff)) == (asked, False, False)

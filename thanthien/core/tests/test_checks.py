import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from thanthien.core.operations.checks import database_is_durable, refuse_unsafe_settings, settings_are_safe

SAFE = {"DEMO": False, "DEBUG": False, "SECRET_KEY": "x" * 50, "ALLOWED_HOSTS": ["motcua.example.vn"]}


@pytest.fixture
def production(settings):
    for name, value in SAFE.items():
        setattr(settings, name, value)
    return settings


def test_safe_settings_pass(production):
    assert settings_are_safe() == []


@pytest.mark.parametrize(
    ("name", "value", "fault"),
    [
        ("SECRET_KEY", "demonstration-only-never-for-a-real-office", "thanthien.E001"),
        ("SECRET_KEY", "short", "thanthien.E001"),
        ("DEBUG", True, "thanthien.E002"),
        ("ALLOWED_HOSTS", [], "thanthien.E003"),
    ],
)
def test_production_refuses(production, name, value, fault):
    setattr(production, name, value)

    assert [found.id for found in settings_are_safe()] == [fault]


def test_the_demonstration_is_spared(production):
    production.DEMO, production.ALLOWED_HOSTS = True, []

    assert settings_are_safe() == []


def test_the_web_entrance_says_why_it_refuses(production):
    production.ALLOWED_HOSTS = []

    with pytest.raises(ImproperlyConfigured, match="ALLOWED_HOSTS còn trống"):
        refuse_unsafe_settings()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("durable", "faults"), [(False, ["thanthien.E004"]), (True, [])])
def test_a_database_that_forgets_is_refused(production, durable, faults):
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"PRAGMA synchronous = {'FULL' if durable else 'NORMAL'}")
        elif durable:
            pytest.skip("the PostgreSQL of the tests runs without fsync, which cannot be changed while it runs")

    found = [fault.id for fault in database_is_durable(databases=["default"])]

    connection.close()
    assert found == faults


@pytest.mark.django_db
def test_the_database_of_the_demonstration_is_not_asked(production):
    production.DEMO = True

    assert database_is_durable(databases=["default"]) == []

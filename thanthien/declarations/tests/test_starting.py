"""What is built in is there without a button: by a command, and as soon as the catalogue is."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError

from thanthien.declarations.actions.starting import built_in
from thanthien.declarations.management.commands import declarations
from thanthien.declarations.models import DeclarationForm, DeclarationVersion
from thanthien.declarations.tests.test_versions import AT, publish
from thanthien.procedures.actions import import_starting_catalogue
from thanthien.procedures.factories import ProcedureFactory

pytestmark = pytest.mark.django_db


def command():
    out = StringIO()
    call_command("declarations", "load", stdout=out)
    return out.getvalue()


def test_command_loads_once_and_leaves_what_somebody_made():
    codes = list(dict(built_in()))
    own, *_ = [ProcedureFactory(code=code) for code in codes]
    publish(own)

    said = [command() for _time in range(2)]

    assert said == ["Đã nạp 6 tờ khai có sẵn.\n", "Đã nạp 0 tờ khai có sẵn.\n"]
    assert DeclarationVersion.objects.get(form__procedure=own).content["title"] == "Tờ khai thử"


def test_command_says_what_to_do_when_there_is_no_database(monkeypatch):
    def broken(**_):
        raise OperationalError("no such table")

    monkeypatch.setattr(declarations, "load_starting_forms", broken)

    with pytest.raises(CommandError, match="thanthien migrate"):
        command()


def test_forms_come_with_the_catalogue_and_once_only(committed, run_tasks):
    with committed():
        import_starting_catalogue(by="thử", at=AT)
    run_tasks()

    assert DeclarationForm.objects.count() == len(dict(built_in()))

"""What is built in is there without a button: by a command, and as soon as the catalogue is."""

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError

from thanthien.declarations.actions import starting
from thanthien.declarations.actions.publishing import write_version
from thanthien.declarations.actions.starting import built_in, load_starting_forms
from thanthien.declarations.management.commands import declarations
from thanthien.declarations.models import DeclarationForm, DeclarationVersion
from thanthien.declarations.rules import content_from, fingerprint_of
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


# ---- a new version of what is built in -----------------------------------------------------------------------
def test_form_that_nobody_changed_gets_the_new_built_in_version_from_today(tmp_path, monkeypatch):
    procedure = ProcedureFactory(code="1.001193")
    old = content_from(dict(built_in())["1.001193"] | {"title": "Bản trước", "tests": []})
    monkeypatch.setattr(starting, "KNOWN", tmp_path / "known.txt")
    starting.KNOWN.write_text(f"{fingerprint_of(old)}\n")
    before = write_version(procedure, old, valid_from=date(2025, 7, 1), by="phần mềm", at=AT)

    counts = [load_starting_forms(by="phần mềm", at=AT) for _time in range(2)]

    last, first = DeclarationVersion.objects.filter(form__procedure=procedure)
    assert counts == [1, 0]
    assert (first.pk, first.content["title"], first.valid_to) == (before.pk, "Bản trước", AT.date() - timedelta(days=1))
    assert (last.number, last.valid_from, last.note) == (2, AT.date(), starting.NEW)


def test_form_that_somebody_changed_stays_as_it_is(tmp_path, monkeypatch):
    own = ProcedureFactory(code="1.001193")
    publish(own)

    assert load_starting_forms(by="phần mềm", at=AT) == 0
    assert DeclarationVersion.objects.get(form__procedure=own).number == 1


def test_whoever_changes_a_built_in_form_adds_its_fingerprint_to_the_known():
    known = starting.KNOWN.read_text("ascii").split()
    now = [fingerprint_of(content_from(raw)) for _code, raw in built_in()]

    assert [one for one in now if one not in known] == [], "xin thêm (không thay) vào declarations/data/known.txt"
    assert len(set(known)) == len(known) > len(now)

"""What is built in is there without a button: by a command, and as soon as the catalogue is."""

from datetime import datetime
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError

from thanthien.guidance.actions import built_in
from thanthien.guidance.factories import FlowFactory
from thanthien.guidance.management.commands import guidance
from thanthien.guidance.models import Flow
from thanthien.procedures.actions import import_starting_catalogue

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 9, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


def command():
    out = StringIO()
    call_command("guidance", "load", stdout=out)
    return out.getvalue()


def test_command_loads_once_and_leaves_what_somebody_made():
    FlowFactory(code="birth")

    said = [command() for _time in range(2)]

    assert said == ["Đã nạp 5 luồng hướng dẫn có sẵn.\n", "Đã nạp 0 luồng hướng dẫn có sẵn.\n"]
    assert Flow.objects.get(code="birth").content["title"] == "Luồng thử"


def test_command_says_what_to_do_when_there_is_no_database(monkeypatch):
    def broken(**_):
        raise OperationalError("no such table")

    monkeypatch.setattr(guidance, "load_starting_flows", broken)

    with pytest.raises(CommandError, match="thanthien migrate"):
        command()


def test_flows_come_with_the_catalogue_and_once_only(committed, run_tasks):
    with committed():
        import_starting_catalogue(by="thử", at=AT)
    run_tasks()

    assert Flow.objects.count() == len(list(built_in()))

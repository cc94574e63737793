"""`thanthien procedures …`: what it prints and how it ends."""

import json
import subprocess
import sys
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from thanthien.procedures.models import Procedure
from thanthien.procedures.tests.test_import import SAMPLE, counts, written

pytestmark = pytest.mark.django_db


def command(*args: str) -> tuple[int, str]:
    out = StringIO()
    try:
        call_command("procedures", *args, stdout=out, stderr=StringIO())
    except CommandError as refusal:
        return refusal.returncode, out.getvalue()
    return 0, out.getvalue()


def test_command_reports_as_json_and_ends_with_zero():
    status, out = command("import", str(SAMPLE), "--json")

    assert (status, json.loads(out)) == (0, counts(8, 0, 1))


def test_command_ends_with_one_when_something_was_rejected(tmp_path):
    written(tmp_path, "{", "bad.json")

    status, out = command("import", str(tmp_path), str(SAMPLE), "--json")

    assert status == 1
    assert [fault["source"] for fault in json.loads(out)["rejected"]] == ["bad.json"]
    assert json.loads(out)["created"] == 8


def test_command_ends_with_two_when_a_path_is_not_there(tmp_path):
    status, out = command("import", str(SAMPLE), str(tmp_path / "nowhere"))

    assert (status, out, Procedure.objects.count()) == (2, "", 0)


def test_command_takes_a_file_once_that_lies_in_a_named_folder():
    assert command("import", str(SAMPLE), str(SAMPLE / "catalog.jsonl"), "--json")[0] == 0


def test_command_speaks_vietnamese_without_json(tmp_path):
    written(tmp_path, "{", "bad.json")

    _, out = command("import", str(tmp_path))
    _, start = command("starting-catalogue")

    assert out.splitlines() == [
        "  bỏ: bad.json: JSON hỏng hoặc bị cắt ngang (dòng 1, cột 2).",
        "Mới 0, cập nhật 0, giữ nguyên 0, từ chối 1.",
    ]
    assert start == "Mới 55, cập nhật 0, giữ nguyên 0, từ chối 0.\n"


def test_command_without_paths_is_a_usage_error():
    done = subprocess.run([sys.executable, "-m", "thanthien", "procedures", "import"], capture_output=True, text=True)

    assert done.returncode == 2

import json
from datetime import UTC, datetime

import pytest
from django.core.management import call_command

from thanthien.core import timeline
from thanthien.core.models import TimelineEntry

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)


@pytest.fixture
def story():
    for kind in ("received", "assigned", "returned"):
        timeline.append("thing:1", timeline.Note(kind=kind, text=f"Việc {kind}"), by="Lê Văn Thử", at=AT)


def verify(capsys, *options):
    """Exit status, stdout, stderr."""
    try:
        call_command("audit", "verify", *options)
        code = 0
    except SystemExit as end:
        code = end.code
    told = capsys.readouterr()
    return code, told.out, told.err


def test_an_untouched_timeline_passes(story, capsys):
    assert verify(capsys)[:2] == (0, "3 dòng nhật ký, 0 chỗ sai.\n")


def test_a_changed_entry_is_named_with_exit_status_one(story, capsys):
    TimelineEntry.objects.filter(position=2).update(text="Việc khác")

    code, out, _ = verify(capsys)

    assert (code, out.splitlines()[0]) == (1, "✗ thing:1 #2: nội dung đã bị sửa")


def test_a_program_reads_the_same_as_json_and_progress_stays_apart(story, capsys):
    TimelineEntry.objects.filter(position=3).delete()

    code, out, err = verify(capsys, "--json")

    faults = [{"subject": "thing:1", "position": 3, "what": "1 dòng cuối đã bị xóa"}]
    assert (code, json.loads(out)) == (1, {"ok": False, "entries": 2, "faults": faults})
    assert err.endswith("Đang kiểm tra nhật ký: 100 %\n")

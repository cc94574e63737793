from datetime import UTC, datetime

import pytest

from thanthien.core import timeline
from thanthien.core.models import TimelineChain, TimelineEntry
from thanthien.core.timeline import Note

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 2, 30, tzinfo=UTC)


def story(subject: str = "dossier:1", length: int = 4) -> None:
    for number in range(length):
        timeline.append(subject, Note(kind="step", text=f"Việc {number}", data={"n": number}), by="Lê Thị Mai", at=AT)


def faults() -> list[tuple[str, int, str]]:
    return [(fault.subject, fault.position, fault.what) for fault in timeline.verify()]


def test_an_untouched_story_has_no_fault():
    story("dossier:1")
    story("dossier:2", length=1)

    assert faults() == []


def test_entries_come_back_in_order_and_chained():
    story(length=3)

    entries = list(timeline.entries_of("dossier:1"))

    assert [entry.position for entry in entries] == [1, 2, 3]
    assert [entry.previous for entry in entries] == ["", entries[0].hash, entries[1].hash]


@pytest.mark.parametrize("field", ["text", "public_text", "actor", "kind"])
def test_a_changed_word_is_found(field):
    story()

    TimelineEntry.objects.filter(position=2).update(**{field: "khác"})

    assert faults() == [("dossier:1", 2, "nội dung đã bị sửa")]


def test_changed_data_and_time_are_found():
    story()

    TimelineEntry.objects.filter(position=1).update(data={"n": 7})
    TimelineEntry.objects.filter(position=3).update(at=AT.replace(hour=3))

    assert [fault[1] for fault in faults()] == [1, 3]


def test_a_removed_entry_in_the_middle_is_found():
    story()

    TimelineEntry.objects.filter(position=2).delete()

    assert ("dossier:1", 2, "dòng này đã bị xóa") in faults()


def test_the_removed_last_entry_is_found():
    story()

    TimelineEntry.objects.filter(position=4).delete()

    assert faults() == [("dossier:1", 4, "1 dòng cuối đã bị xóa")]


def test_an_entry_inserted_at_the_end_is_found():
    story(length=2)
    last = TimelineEntry.objects.get(position=2)
    forged = TimelineEntry(
        subject="dossier:1", position=3, kind="x", text="chèn", actor="ai đó", at=AT, previous=last.hash
    )
    forged.hash = timeline.fingerprint(forged)

    forged.save()

    assert faults() == [("dossier:1", 3, "dòng cuối không khớp sổ đầu chuỗi (đã bị chèn hoặc sửa)")]


def test_an_entry_rewritten_with_a_fresh_hash_breaks_the_chain():
    story()
    entry = TimelineEntry.objects.get(position=2)
    entry.text = "khác"
    entry.hash = timeline.fingerprint(entry)

    entry.save()

    assert faults() == [("dossier:1", 3, "không nối tiếp dòng trước (đã bị chèn hoặc thay)")]


def test_a_story_removed_whole_is_found():
    story("dossier:1")
    story("dossier:2", length=2)

    TimelineEntry.objects.filter(subject="dossier:2").delete()

    assert faults() == [("dossier:2", 2, "cả 2 dòng nhật ký đã bị xóa")]


def test_a_removed_head_is_found():
    story()

    TimelineChain.objects.all().delete()

    assert faults() == [("dossier:1", 4, "sổ đầu chuỗi đã bị xóa")]


def test_a_subject_that_must_have_a_story_and_has_none_is_found(monkeypatch):
    monkeypatch.setitem(timeline._expected, "test", lambda: ["thing:1"])

    assert faults() == [("thing:1", 0, "không có nhật ký nào")]

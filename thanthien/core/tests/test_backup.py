"""A round trip on the database of the run: every row and every file comes back as it was."""

import io
import json
import os
import re
import sqlite3
import tarfile
from contextlib import closing
from pathlib import Path
from threading import Event, Thread

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.utils.timezone import now

from thanthien.core import timeline
from thanthien.core.models import NumberSeries, TimelineEntry
from thanthien.core.operations.backup import BackupFault, all_tables, back_up, last_backup
from thanthien.core.operations.restore import read_manifest, restore, unpacked_bytes
from thanthien.core.tests.houses import empty_house, remove_house

AT = now()


@pytest.fixture
def house_with_work(transactional_db, settings, tmp_path):
    """Rows with every kind of value that COPY must carry, and files with names that people give."""
    settings.DATA_DIR, settings.MEDIA_ROOT = tmp_path, tmp_path / "files"
    for number in range(3):
        note = timeline.Note(
            kind="received", text="Dòng\tcó\ttab\nvà \\N xuống dòng 'nháy'", data={"số": number, "x": None}
        )
        with transaction.atomic():
            timeline.append("thing:1", note, by="Trần Thị Bích Ngọc", at=AT)
    NumberSeries.objects.create(key="series", last=7)
    (settings.MEDIA_ROOT / "2026" / "03").mkdir(parents=True)
    (settings.MEDIA_ROOT / "2026" / "03" / "Giấy khai sinh (bản sao).pdf").write_bytes(
        b"%PDF-1.7\n" + bytes(range(256))
    )
    (settings.MEDIA_ROOT / "empty").write_bytes(b"")
    return tmp_path


def everything():
    """All rows of all tables, and the hash of every file."""
    rows = {}
    with connection.cursor() as cursor:
        for table in all_tables():
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            rows[table] = sorted(map(repr, cursor.fetchall()))
    root = Path(settings.MEDIA_ROOT)
    files = {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()}
    return rows, files


def spoil():
    TimelineEntry.objects.all().delete()
    NumberSeries.objects.create(key="later", last=1)
    (Path(settings.MEDIA_ROOT) / "empty").write_bytes(b"changed")


def rebuilt(archive, target, change):
    """A copy of the archive in which `change(name, content)` may alter a part."""
    with tarfile.open(archive) as old, tarfile.open(target, "w:gz") as new:
        for member in old:
            content = change(member.name, old.extractfile(member).read())
            info = tarfile.TarInfo(member.name)
            info.size = len(content)
            new.addfile(info, io.BytesIO(content))
    return target


def test_every_row_and_every_file_comes_back_and_what_was_there_is_laid_aside(house_with_work):
    before = everything()
    archive = house_with_work / "backup.tar.gz"
    back_up(archive, at=AT)
    spoil()

    restore(archive, force=True, at=AT)

    aside = house_with_work / f"files.before-{AT:%Y%m%d-%H%M%S}"
    assert everything() == before
    assert (aside / "empty").read_bytes() == b"changed"
    assert list(timeline.verify()) == []
    with transaction.atomic():
        after = timeline.append("thing:1", timeline.Note(kind="later", text="Việc sau"), by="Lê Văn Thử", at=AT)
    assert after.position == 4


def test_the_office_works_on_while_a_backup_is_made(house_with_work):
    """The archive holds one moment: whatever it has of a story is whole."""
    archive, stop, written = house_with_work / "backup.tar.gz", Event(), []

    def office():
        while not stop.is_set():
            with transaction.atomic():
                timeline.append("thing:2", timeline.Note(kind="moved", text="Việc"), by="Lê Văn Thử", at=AT)
            written.append(1)
        connection.close()

    worker = Thread(target=office)
    worker.start()
    for _ in range(5):
        archive.unlink(missing_ok=True)
        back_up(archive, at=AT)
    stop.set()
    worker.join()
    restore(archive, force=True, at=AT)

    assert list(timeline.verify()) == []
    assert 0 < TimelineEntry.objects.filter(subject="thing:2").count() <= len(written)


def test_only_its_owner_reads_the_backup_and_doctor_remembers_it(house_with_work):
    archive = house_with_work / "backup.tar.gz"

    back_up(archive, at=AT)

    assert oct(archive.stat().st_mode & 0o777) == "0o600"
    assert last_backup() == AT
    assert list(house_with_work.glob("*.partial")) == []


def test_a_house_with_work_is_not_overwritten_unasked(house_with_work):
    archive = house_with_work / "backup.tar.gz"
    back_up(archive, at=AT)
    before = everything()

    with pytest.raises(BackupFault, match="đang có dữ liệu"):
        restore(archive, force=False, at=AT)

    assert everything() == before


@pytest.mark.parametrize(
    ("name", "why"),
    [("files/2026/03/Giấy khai sinh (bản sao).pdf", "nội dung đã bị thay đổi"), ("manifest.json", "nguyên vẹn")],
)
def test_a_changed_backup_is_refused_before_anything_is_touched(house_with_work, name, why):
    archive = house_with_work / "backup.tar.gz"
    back_up(archive, at=AT)
    before = everything()
    changed = rebuilt(
        archive, house_with_work / "changed.tar.gz", lambda part, content: b"other" if part == name else content
    )

    with pytest.raises(BackupFault, match=why):
        restore(changed, force=True, at=AT)

    assert everything() == before


def test_a_backup_cut_off_in_the_middle_is_refused(house_with_work):
    archive = house_with_work / "backup.tar.gz"
    back_up(archive, at=AT)
    archive.write_bytes(archive.read_bytes()[:-200])

    with pytest.raises(BackupFault, match="không phải bản sao lưu nguyên vẹn"):
        read_manifest(archive)


def test_a_name_that_leaves_the_folder_is_refused(house_with_work):
    evil = house_with_work / "evil.tar.gz"
    with tarfile.open(evil, "w:gz") as archive:
        archive.addfile(tarfile.TarInfo("files/../../etc/passwd"), io.BytesIO())

    with pytest.raises(BackupFault, match="tên không hợp lệ"):
        read_manifest(evil)


def test_a_backup_of_newer_software_is_refused(house_with_work):
    archive = house_with_work / "backup.tar.gz"
    back_up(archive, at=AT)

    def from_the_future(name, content):
        if name != "manifest.json":
            return content
        manifest = json.loads(content)
        manifest["migrations"].append(["core", "9999_not_yet"])
        return json.dumps(manifest).encode()

    newer = rebuilt(archive, house_with_work / "newer.tar.gz", from_the_future)

    with pytest.raises(BackupFault, match="core.9999_not_yet"):
        restore(newer, force=True, at=AT)


def test_a_backup_of_the_other_database_is_refused(house_with_work):
    archive = house_with_work / "backup.tar.gz"
    back_up(archive, at=AT)
    other = {"sqlite": "postgresql", "postgresql": "sqlite"}[connection.vendor]

    def of_the_other(name, content):
        ours, theirs = (f'"database": "{kind}"'.encode() for kind in (connection.vendor, other))
        return content.replace(ours, theirs) if name == "manifest.json" else content

    swap = rebuilt(archive, house_with_work / "other.tar.gz", of_the_other)

    with pytest.raises(BackupFault, match=f"là của {other}"):
        restore(swap, force=True, at=AT)


def test_a_second_backup_to_the_same_place_waits_for_the_first(house_with_work):
    archive = house_with_work / "backup.tar.gz"
    (house_with_work / "backup.tar.gz.partial").touch()

    with pytest.raises(BackupFault, match="đang có một lần sao lưu khác"):
        back_up(archive, at=AT)


def test_a_place_that_cannot_be_written_is_named(house_with_work):
    with pytest.raises(CommandError, match="No such file or directory"):
        call_command("backup", house_with_work / "nowhere" / "backup.tar.gz")


def test_a_file_that_is_not_there_is_named(house_with_work):
    with pytest.raises(CommandError, match="No such file or directory"):
        call_command("restore", house_with_work / "nothing.tar.gz")


def test_the_commands_tell_how_far_they_are_and_what_they_did(house_with_work, capsys):
    archive = house_with_work / "backup.tar.gz"

    call_command("backup", archive)
    saved = capsys.readouterr()
    call_command("restore", archive, "--force")
    restored = capsys.readouterr()

    assert saved.out.startswith("Đã sao lưu ")
    assert saved.err.endswith("Đang sao lưu: 100 %\n")
    assert re.match(r"Đã khôi phục bản sao lưu lúc \d\d:\d\d \d\d/\d\d/\d{4} \(", restored.out)
    assert restored.err.endswith("Đang khôi phục: 100 %\n")
    assert unpacked_bytes(archive) > 1000


def test_an_empty_machine_becomes_the_same_house(house_with_work, tmp_path_factory):
    archive = house_with_work / "backup.tar.gz"
    back_up(archive, at=AT)
    folder = tmp_path_factory.mktemp("empty")
    name = f"empty_{os.getpid()}"
    house = empty_house(folder, name)

    done = house.command("restore", str(archive))
    again = house.command("backup", str(folder / "again.tar.gz"))
    told = house.command("audit", "verify", "--json")
    remove_house(name)

    assert (done.returncode, again.returncode) == (0, 0), done.stderr + again.stderr
    assert json.loads(told.stdout) == {"ok": True, "entries": 3, "faults": []}
    assert contents(folder / "again.tar.gz") == contents(archive)


def contents(archive):
    """What each part says; SQLite's own file by its rows, since it counts its changes too."""
    with tarfile.open(archive) as parts:
        found = {member.name: parts.extractfile(member).read() for member in parts}
    del found["manifest.json"]
    found.pop("database/sequences.json", None)
    if database := found.get("database/thanthien.sqlite3"):
        with closing(sqlite3.connect(":memory:")) as copy:
            copy.deserialize(database)
            found["database/thanthien.sqlite3"] = sorted(copy.iterdump())
    return found

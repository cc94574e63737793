"""The national portal's own records. They are read where they lie and never copied; without them a reason is shown."""

import json
import os
import unicodedata
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from thanthien.core.working_time import TimeUnit
from thanthien.procedures.actions import import_records
from thanthien.procedures.models import Procedure, ProcedureVersion
from thanthien.procedures.outside import ProcedureRecord, read_path
from thanthien.procedures.outside.detail import DROPPED
from thanthien.procedures.outside.values import lines

ROOT = Path(__file__).resolve().parents[3]
SHARED = Path(os.environ.get("SHARED_DIR") or ROOT.parent / "shared")
PORTAL = SHARED / "data" / "national-portal"
AT = datetime(2026, 11, 20, 9, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
pytestmark = pytest.mark.skipif(not PORTAL.is_dir(), reason=f"no real records here: set SHARED_DIR ({PORTAL.name})")

# Keys inside the portal: of a paper, of a currency (its name stands beside), of a folder of files.
DROPPED_INSIDE = DROPPED | {"profileComponentId", "currencyId", "bucketName"}
WORDS_OF_CODES = {"DIRECT": "counter", "POSTAL": "post", "Việt Nam Đồng": "VND"}
LINES_OF_BODIES = {"executingAgencies", "delegatedAgencies", "authorizedAgencies", "coordinatingAgencies"}
DAYS = {"decisionDate", "publicationDate"}


def leaves(value: Any, key: str = "") -> Iterator[tuple[str, Any]]:
    """Every value of a record that says something, with its key."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if name not in DROPPED_INSIDE:
                yield from leaves(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from leaves(inner, key)
    elif value not in (None, "", False) and not isinstance(value, bool):
        yield key, value


def bodies(line: str, kept: list[Any]) -> list[str]:
    """What a line of agencies says beyond the names that stand in the record one by one."""
    line = lines(line)
    for name in sorted({value for value in kept if isinstance(value, str)}, key=len, reverse=True):
        line = line.replace(name, "")
    return [line.strip(" ,;.")]


def squeezed(value: Any) -> str:
    return "".join(unicodedata.normalize("NFC", lines(value)).lower().split())


@pytest.fixture(scope="module")
def details() -> dict[str, ProcedureRecord]:
    return {record.code: record for record in read_path(PORTAL / "details")}


def test_every_detail_record_is_understood(details):
    assert len(details) == 359
    assert all(isinstance(record, ProcedureRecord) for record in details.values())


def test_no_word_of_a_detail_record_is_lost(details):
    lost = []
    for path in sorted((PORTAL / "details").glob("*.json")):
        raw = json.loads(path.read_text(encoding="utf-8"))["data"]
        record = details[raw["code"]]
        kept = [record.name, record.code, *(value for _, value in leaves(record.content))]
        whole = "\n".join(map(squeezed, kept))
        for key, value in leaves(raw):
            parts = bodies(value, kept) if key in LINES_OF_BODIES else [value]
            said = [squeezed(WORDS_OF_CODES.get(part, part)) for part in parts]
            lost += [(raw["code"], key, word[:60]) for word in said if word not in whole and key not in DAYS]

    assert lost == []


def test_days_of_the_decision_are_vietnamese_days(details):
    decision = details["1.001193"].content["decision"]

    assert (decision["number"], decision["date"]) == ("163/QĐ-BTP", "2026-01-16")


def test_no_flag_of_a_detail_record_is_lost(details):
    raw = json.loads((PORTAL / "details" / "1.001193.json").read_text(encoding="utf-8"))["data"]

    flags = details["1.001193"].content["flags"]

    assert (flags["ward"], flags["non_territorial"]) == (raw["isWard"], raw["isNonTerritorial"])
    assert (flags["full_process"], flags["state"]) == (raw["isFullProcess"], raw["state"])


def test_no_record_has_leftovers_that_nobody_placed(details):
    assert [code for code, record in details.items() if "other" in record.content] == []


@pytest.mark.parametrize(
    ("code", "amount", "unit"),
    [
        ("1.001193", "1", TimeUnit.SAME_DAY),  # OTHER 1, "sau 15 giờ … ngày làm việc tiếp theo"
        ("1.000656", "1", TimeUnit.SAME_DAY),
        ("2.000635", "1", TimeUnit.SAME_DAY),  # OTHER 0
        ("2.000527", "1", TimeUnit.SAME_DAY),  # HOUR 15: the 15:00 rule, no number of hours
        ("1.115715", "1", TimeUnit.SAME_DAY),  # words only
        ("1.004222", "7", TimeUnit.WORKING_DAY),
        ("1.004873", "3", TimeUnit.WORKING_DAY),  # OTHER 3, the unit stands in the words
        ("1.004884", "5", TimeUnit.WORKING_DAY),  # OTHER 5, the unit stands in its case
        ("1.115316", "7.5", TimeUnit.WORKING_DAY),
        ("1.009122", "10", TimeUnit.DAY),  # 15 for works, 10 for houses
        ("1.115403", "60", TimeUnit.DAY),  # two months
        ("2.001159", "1", TimeUnit.HOUR),
        ("1.115714", "10", TimeUnit.WORKING_DAY),  # words, with ten days more for mountain communes
        ("1.115464", "5", TimeUnit.WORKING_DAY),  # 5, 10, and OTHER "1" that means "by the project"
        ("1.115734", None, ""),  # the words name the times of five parts
    ],
)
def test_statutory_limit_is_read_as_the_record_means_it(details, code, amount, unit):
    record = details[code]

    assert (record.limit_amount, record.limit_unit) == (amount, unit)


def test_words_about_time_stay_where_there_is_no_amount(details):
    without = [record for record in details.values() if record.limit_amount is None]

    assert len(without) == 14
    assert [record.code for record in without if len(record.limit_text) < 50] == []


@pytest.mark.django_db
def test_everything_of_the_portal_imports_and_a_second_time_changes_nothing():
    first = [import_records(read_path(path), by="thử", at=AT).as_dict() for path in sources()]
    rows = (Procedure.objects.count(), ProcedureVersion.objects.count())

    second = [import_records(read_path(path), by="thử", at=AT).as_dict() for path in sources()]

    assert first == [counts(359, 0, 0), counts(5311, 0, 359), counts(6, 0, 265)]
    assert second == [counts(0, 0, 359), counts(0, 0, 5670), counts(0, 0, 271)]
    assert (Procedure.objects.count(), ProcedureVersion.objects.count()) == rows


@pytest.mark.django_db
def test_details_enrich_what_came_from_the_catalogue_first():
    _, catalogue, _ = sources()
    import_records(read_path(catalogue), by="thử", at=AT)

    report = import_records(read_path(PORTAL / "details" / "1.001193.json"), by="thử", at=AT)

    versions = ProcedureVersion.objects.filter(procedure__code="1.001193").order_by("number")
    assert report.as_dict() == counts(0, 1, 0)
    assert [(version.kind, version.valid_to is None) for version in versions] == [
        ("catalogue", False),
        ("detail", True),
    ]


def test_a_folder_that_holds_more_is_read_and_the_stranger_is_named():
    faults = [found for found in read_path(PORTAL) if not isinstance(found, ProcedureRecord)]

    assert [(fault.source, fault.reason) for fault in faults] == [
        ("provinces.json", "Tệp không chứa thủ tục hành chính nào.")
    ]


def sources() -> list[Path]:
    return [PORTAL / "details", PORTAL / "catalog.jsonl", PORTAL / "danh-sach-tthc-BoTuPhap.xlsx"]


def counts(created: int, updated: int, unchanged: int) -> dict[str, Any]:
    return {"created": created, "updated": updated, "unchanged": unchanged, "rejected": []}

"""The import, with the few records that we wrote ourselves, and with everything that can be wrong."""

import json
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from thanthien.core import timeline
from thanthien.core.working_time import PausePolicy
from thanthien.procedures.actions import import_records, import_starting_catalogue
from thanthien.procedures.enums import LifeEvent
from thanthien.procedures.models import Procedure, ProcedureVersion, Sector
from thanthien.procedures.outside import RecordFault, read_path

SAMPLE = Path(__file__).resolve().parent.parent / "data" / "sample"
AT = datetime(2026, 11, 20, 9, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
pytestmark = pytest.mark.django_db


def sample(code: str = "1.001193") -> dict[str, Any]:
    return json.loads((SAMPLE / "details" / f"{code}.json").read_text(encoding="utf-8"))


def written(folder: Path, value: Any, name: str = "a.json") -> Path:
    path = folder / name
    path.write_text(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False), encoding="utf-8")
    return path


def take(path: Path, at: datetime = AT) -> dict[str, Any]:
    return import_records(read_path(path), by="thử", at=at).as_dict()


def counts(created: int, updated: int, unchanged: int, *rejected: tuple[str, str]) -> dict[str, Any]:
    faults = [{"source": source, "reason": reason} for source, reason in rejected]
    return {"created": created, "updated": updated, "unchanged": unchanged, "rejected": faults}


def test_folder_of_details_and_catalogue_imports_each_procedure_once():
    report = take(SAMPLE)

    assert report == counts(8, 0, 1)
    assert Procedure.objects.count() == ProcedureVersion.objects.count() == 8
    assert ProcedureVersion.objects.get(procedure__code="1.001193").kind == "detail"


def test_second_import_changes_nothing():
    take(SAMPLE)
    before = list(ProcedureVersion.objects.order_by("pk").values())

    report = take(SAMPLE, AT + timedelta(days=30))

    assert report == counts(0, 0, 9)
    assert list(ProcedureVersion.objects.order_by("pk").values()) == before
    assert timeline.entries_of("catalogue").count() == 1


def test_dry_run_tells_what_would_come_and_writes_nothing():
    report = import_records(read_path(SAMPLE), by="thử", at=AT, dry_run=True)

    assert report.as_dict() == counts(8, 0, 1)
    assert (Procedure.objects.count(), Sector.objects.count()) == (0, 0)


def test_changed_record_makes_a_second_version_and_ends_the_first(tmp_path):
    record = sample()
    take(written(tmp_path, record))
    ProcedureVersion.objects.update(supplement_policy=PausePolicy.PAUSE, is_immediate=True)
    record["data"]["legalBasisesDetails"].append({"code": "03/2026/QH16", "name": "Luật Hộ tịch"})

    report = take(written(tmp_path, record), AT + timedelta(days=5))

    first, second = ProcedureVersion.objects.order_by("number")
    assert report == counts(0, 1, 0)
    assert (first.number, first.valid_from, first.valid_to) == (1, date(2026, 1, 16), date(2026, 11, 24))
    assert (second.number, second.valid_from, second.valid_to) == (2, date(2026, 11, 25), None)
    assert (second.supplement_policy, second.is_immediate) == (PausePolicy.PAUSE, True)
    assert len(second.content["legal_bases"]) == len(first.content["legal_bases"]) + 1


def test_two_changes_on_one_day_keep_every_version(tmp_path):
    record = sample()
    record["data"]["procedureProposal"] = None
    for name in ("Đăng ký khai sinh", "Đăng ký khai sinh (sửa)", "Đăng ký khai sinh (sửa lần hai)"):
        record["data"]["name"] = name
        take(written(tmp_path, record))

    versions = ProcedureVersion.objects.order_by("number").values_list("number", "valid_from", "valid_to")
    day = date(2026, 11, 20)
    assert list(versions) == [(1, day, day), (2, day, day), (3, day, None)]
    assert Procedure.objects.get().name == "Đăng ký khai sinh (sửa lần hai)"


def test_internal_keys_and_their_order_make_no_new_version(tmp_path):
    record = sample()
    take(written(tmp_path, record))
    record["data"] = dict(reversed(record["data"].items())) | {"updatedAt": 1, "id": "x"}

    assert take(written(tmp_path, record)) == counts(0, 0, 1)


def test_poorer_line_never_replaces_a_richer_record():
    take(SAMPLE / "details")

    report = take(SAMPLE / "catalog.jsonl")

    assert report == counts(3, 0, 1)
    assert Procedure.objects.get(code="1.001193").name == "Đăng ký khai sinh"


def test_richer_record_follows_a_poorer_one():
    take(SAMPLE / "catalog.jsonl")

    report = take(SAMPLE / "details")

    assert report == counts(4, 1, 0)
    assert ProcedureVersion.objects.filter(procedure__code="1.001193", valid_to=None).get().kind == "detail"


def test_procedure_knows_its_sector_its_event_of_life_and_its_search_key():
    take(SAMPLE)

    birth, copy = Procedure.objects.get(code="1.001193"), Procedure.objects.get(code="2.000815")
    assert (birth.sector.name, birth.sector.code, birth.life_event) == ("Hộ tịch", "G15-TP07", LifeEvent.BIRTH)
    assert birth.plain_name == "dang ky khai sinh"
    assert (copy.life_event, copy.versions.get().is_immediate) == (LifeEvent.PAPERS, True)


def test_closed_state_closes_the_procedure(tmp_path):
    record = sample()
    record["data"]["state"] = "EXPIRED"

    take(written(tmp_path, record))

    procedure = Procedure.objects.get()
    assert (procedure.is_active, procedure.closing_reason) == (False, "Cổng Dịch vụ công quốc gia: EXPIRED")


ENCODING = "Sai bảng mã: tệp phải là UTF-8. Xin lưu lại tệp theo UTF-8 rồi nhập lại."
BAD_FILES = {
    "cut.json": (b'{"code":"OK","data":{"code":', "JSON hỏng hoặc bị cắt ngang (dòng 1, cột 29)."),
    "empty.json": (b"", "Tệp rỗng."),
    "blank.json": (b" \n ", "Tệp rỗng."),
    "empty.jsonl": (b"", "Tệp rỗng."),
    "utf16.json": ('{"data":{}}'.encode("utf-16"), ENCODING),
    "utf16.jsonl": ('{"data":{}}\n'.encode("utf-16"), ENCODING),
    "latin.json": ('{"name":"Thủ tục é"}'.encode("cp1258", "replace"), ENCODING),
    "number.json": (b"42", "Không phải bản ghi thủ tục hành chính."),
    "nodata.json": (b'{"code":"ERROR","data":null}', "Bản ghi không có phần nội dung (data)."),
    "nocode.json": (b'{"data":{"name":"X","executionSteps":[]}}', "Thiếu mã thủ tục (code)."),
    "badcode.json": (b'{"data":{"code":"ABC","name":"X","cases":[]}}', "Mã thủ tục “ABC” không đúng dạng N.NNNNNN."),
    "noname.json": (b'{"data":{"code":"1.000001","name":null}}', "Thủ tục 1.000001 thiếu tên (name)."),
    "long.json": (b'{"code":"1.000001","name":"' + b"x" * 2001 + b'"}', "Tên của thủ tục 1.000001 dài quá 2000 ký tự."),
    "nan.json": (b'{"data":{"code":"1.000001","name":NaN}}', "JSON có giá trị không hợp lệ hoặc lồng quá sâu."),
    "half.json": (
        b'{"code":"OK","data":{"code":"1.000001","name":"X","executionSteps":[{}]}}',
        "Thủ tục 1.000001 không có trình tự, cách thức hay thành phần hồ sơ: bản ghi không đủ.",
    ),
    "deep.json": (b"[" * 100_000, "JSON có giá trị không hợp lệ hoặc lồng quá sâu."),
    "no.xlsx": (b"not a zip", "Tệp không phải Excel (.xlsx) hoặc đã hỏng."),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD_FILES)
def test_bad_file_is_named_skipped_whole_and_the_rest_done(tmp_path, name):
    data, reason = BAD_FILES[name]
    (tmp_path / name).write_bytes(data)
    written(tmp_path, sample(), "good.json")

    report = take(tmp_path)

    assert report == counts(1, 0, 0, (name, reason))


def test_byte_order_mark_of_utf8_is_no_fault(tmp_path):
    (tmp_path / "a.json").write_bytes(b"\xef\xbb\xbf" + json.dumps(sample()).encode())

    assert take(tmp_path) == counts(1, 0, 0)


def test_second_record_of_a_code_is_named_and_the_first_stays(tmp_path):
    second = sample()
    second["data"]["name"] = "Bản khác"
    written(tmp_path, sample(), "a.json")
    written(tmp_path, second, "b.json")

    report = take(tmp_path)

    assert report == counts(1, 0, 0, ("b.json", "Trùng mã 1.001193: đã có ở a.json trong cùng lần nhập."))
    assert Procedure.objects.get().name == "Đăng ký khai sinh"


def test_two_procedures_that_differ_by_a_stray_space_in_the_code_are_both_kept(tmp_path):
    lines = [{"code": " 1.014325", "name": "A", "categories": []}, {"code": "1.014325", "name": "B", "categories": []}]

    report = take(written(tmp_path, "\n".join(map(json.dumps, lines)), "c.jsonl"))

    assert report == counts(2, 0, 0)
    assert sorted(Procedure.objects.values_list("code", "name")) == [("1.014325", "B"), ("1.014325-2", "A")]


def test_bad_line_of_a_catalogue_costs_only_itself(tmp_path):
    lines = ['{"code":"1.000001","name":"Một","categories":["A"]}', "{oops", '{"code":"1.000002","name":"Hai"}']

    report = take(written(tmp_path, "\n".join(lines), "c.jsonl"))

    assert report == counts(2, 0, 0, ("c.jsonl, dòng 2", "JSON hỏng hoặc bị cắt ngang (dòng 1, cột 2)."))


def test_folder_without_files_is_named(tmp_path):
    (tmp_path / "readme.txt").write_text("x")

    reason = "Thư mục không có tệp .json, .jsonl hay .xlsx nào."
    assert take(tmp_path) == counts(0, 0, 0, (tmp_path.name, reason))


def test_page_of_rows_and_list_of_details_are_understood(tmp_path):
    page = {"code": "OK", "data": {"rows": [{"code": "1.000001", "name": "Một", "categories": ["A"]}]}}
    written(tmp_path, page, "page.json")
    written(tmp_path, [sample()["data"], sample("2.000815")], "list.json")

    assert take(tmp_path) == counts(3, 0, 0)


@pytest.mark.parametrize("nothing", [None, "", [], {}, 0, "chữ", [None], [[]], [{"name": None}], {"a": 1}])
def test_record_with_any_part_missing_or_of_another_type_is_taken(tmp_path, nothing):
    data = sample()["data"]
    keys = sorted(set(data) - {"code", "name"})
    records = [data | {"code": f"1.{number:06d}", key: nothing} for number, key in enumerate(keys)]

    assert take(written(tmp_path, records)) == counts(len(keys), 0, 0)


@pytest.mark.parametrize("part", ["executionMethods", "executionCases", "executionSteps", "cases"])
@pytest.mark.parametrize("nothing", [None, "", [], {}, 1.5, "chữ", True])
def test_part_with_any_field_missing_or_of_another_type_is_taken(tmp_path, part, nothing):
    record = sample()
    for item in record["data"][part]:
        for key in item:
            item[key] = nothing

    assert take(written(tmp_path, record)) == counts(1, 0, 0)


def test_hostile_text_is_cleaned_where_it_enters(tmp_path):
    record = sample()
    record["data"]["name"] = "<p>Đăng&nbsp;ký\u0000\u200e \ud800khai\t\tsinh</p>"
    record["data"]["futureKey"] = {"\u0000x": "gia\u0301 trị", "n": 1e999, "empty": []}

    report = take(written(tmp_path, json.dumps(record).replace("Infinity", "1e999")))

    version = ProcedureVersion.objects.get()
    assert report == counts(1, 0, 0)
    assert version.name == "Đăng ký khai sinh"
    assert version.content["other"] == {"futureKey": {"x": "giá trị"}}


def test_record_that_the_database_refuses_is_named_alone(tmp_path, monkeypatch):
    bad = sample("2.000815")
    written(tmp_path, sample(), "a.json")
    written(tmp_path, bad, "b.json")
    found = list(read_path(tmp_path))
    object.__setattr__(found[1], "limit_unit", "")
    object.__setattr__(found[1], "limit_amount", "1")

    report = import_records(found, by="thử", at=AT).as_dict()

    assert report == counts(1, 0, 0, ("b.json", "Cơ sở dữ liệu không nhận bản ghi này."))
    assert Procedure.objects.filter(code="2.000815").count() == 0


def test_starting_catalogue_gives_the_fifty_five_procedures_of_a_commune():
    first = import_starting_catalogue(by="thử", at=AT).as_dict()
    second = import_starting_catalogue(by="thử", at=AT).as_dict()

    permit = ProcedureVersion.objects.get(procedure__code="1.013225")
    assert (first, second) == (counts(55, 0, 0), counts(0, 0, 55))
    assert (permit.limit_amount, permit.limit_unit) == (10, "working_day")
    assert len(permit.content["paper_groups"][0]["papers"]) >= 2


def test_starting_catalogue_leaves_national_records_alone_and_is_followed_by_them():
    take(SAMPLE / "details" / "1.001193.json")

    report = import_starting_catalogue(by="thử", at=AT).as_dict()

    assert report == counts(54, 0, 1)
    assert take(SAMPLE / "details") == counts(0, 4, 1)


def test_unreadable_ending_is_named(tmp_path):
    path = written(tmp_path, "x", "a.xls")

    reason = "Loại tệp “.xls” không nhập được; xin dùng .json, .jsonl hoặc .xlsx."
    assert list(read_path(path)) == [RecordFault(source="a.xls", reason=reason)]

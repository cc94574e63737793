"""Reading the catalogue: versions in time, search, papers, what to suggest."""

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.http import Http404
from django.utils import timezone

from thanthien.core.working_time import TimeLimit, TimeUnit
from thanthien.procedures import queries, slots
from thanthien.procedures.actions import import_records, import_starting_catalogue
from thanthien.procedures.factories import ProcedureFactory, ProcedureVersionFactory
from thanthien.procedures.models import Procedure, ProcedureVersion
from thanthien.procedures.outside import read_path
from thanthien.procedures.queries.catalogue import is_slip
from thanthien.procedures.queries.pages import time_words
from thanthien.procedures.rules import check_steps

AT = datetime(2026, 11, 20, 9, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
SAMPLE = Path(__file__).resolve().parent.parent / "data" / "sample"
pytestmark = pytest.mark.django_db


@pytest.fixture
def catalogue():
    import_records(read_path(SAMPLE), by="thử", at=AT)
    import_starting_catalogue(by="thử", at=AT)


def version(code: str) -> ProcedureVersion:
    return ProcedureVersion.objects.get(procedure__code=code, valid_to=None)


def names(text: str) -> list[str]:
    return [procedure.name for procedure in queries.search_procedures(text)]


def test_version_of_a_day_is_the_one_that_held_then():
    procedure = ProcedureFactory()
    first = ProcedureVersionFactory(procedure=procedure, valid_from=date(2025, 7, 1), valid_to=date(2026, 3, 1))
    short = ProcedureVersionFactory(
        procedure=procedure, number=2, valid_from=date(2026, 3, 1), valid_to=date(2026, 3, 1)
    )
    third = ProcedureVersionFactory(procedure=procedure, number=3, valid_from=date(2026, 3, 2))

    days = [date(2025, 6, 30), date(2025, 7, 1), date(2026, 3, 1), date(2026, 3, 2), None]
    assert [queries.version_in_force(procedure, day) for day in days] == [None, first, short, third, third]
    assert list(queries.versions_of(procedure)) == [third, short, first]


def test_code_that_is_not_there_is_not_found():
    with pytest.raises(Http404):
        queries.procedure_for("1.999999")


@pytest.mark.parametrize("text", ["đăng ký khai sinh", "dang ky khai sinh", "KHAI  SINH", "Đăng ký khai sinh"])
def test_search_ignores_marks_and_case_and_puts_the_plain_name_first(catalogue, text):
    assert names(text)[0] == "Đăng ký khai sinh"


def test_search_puts_the_name_written_as_typed_first():
    for name in ("Cấp thẻ tam trú", "Đăng ký tạm trú", "Tam trú"):
        ProcedureFactory(name=name)

    assert names("tạm trú") == ["Đăng ký tạm trú", "Tam trú", "Cấp thẻ tam trú"]


@pytest.mark.parametrize("text", ["khai snih", "khai sin tre", "chung thuc bản soa", "kết hon", "kêt hốn lưu đọng"])
def test_one_slip_a_word_is_forgiven(catalogue, text):
    assert names(text) != []


def test_beginning_of_a_code_finds_codes(catalogue):
    assert [procedure.code for procedure in queries.search_procedures("1.00419")] == ["1.004194"]


@pytest.mark.parametrize("text", ["", "  ", "%", "_", "xyzzyx", "'; DROP TABLE", "\0", "a" * 5000, "(", "1.(("])
def test_search_for_nothing_sensible_finds_nothing(catalogue, text):
    assert names(text) == []


def test_search_leaves_out_what_is_closed(catalogue):
    Procedure.objects.filter(code="1.004837").update(is_active=False)

    assert "1.004837" not in [procedure.code for procedure in queries.search_procedures("giám hộ")]
    assert "1.004837" in [one.code for one in queries.search_procedures("giám hộ", Procedure.objects.all())]


def test_search_is_two_statements_at_most_and_brings_the_sector(catalogue, django_assert_num_queries):
    with django_assert_num_queries(1):
        [procedure.sector.name for procedure in queries.search_procedures("khai sinh")]
    with django_assert_num_queries(3):
        [procedure.sector.name for procedure in queries.search_procedures("khai snih")]


@pytest.mark.parametrize(
    ("word", "other", "slip"),
    [
        ("sinh", "sinh", True), ("snih", "sinh", True), ("sin", "sinh", True), ("sinhh", "sinh", True),
        ("sanh", "sinh", True), ("shin", "sinh", False), ("ab", "abc", False), ("sih", "sinh", True),
        ("hsinh", "sinh", True), ("xung", "sinh", False), ("sinh", "snih", True), ("abcd", "bacd", True),
    ],
)  # fmt: skip
def test_slip_is_one_letter_more_less_wrong_or_swapped(word, other, slip):
    assert is_slip(word, other) is slip


def test_content_has_every_part_also_where_the_record_says_little():
    content = queries.content_of(ProcedureVersionFactory())

    assert (content["steps"], content["agencies"], content["requirements"]) == ([], {}, "")


def test_papers_of_the_citizens_case_come_with_those_for_all(catalogue):
    permit, birth = version("1.013225"), version("1.001193")

    house = queries.papers_of(permit, "Đối với nhà ở riêng lẻ")

    assert queries.cases_of(permit) == ["Đối với nhà ở riêng lẻ", "Đối với công trình cấp III, cấp IV"]
    assert [paper.name for paper in house] == [
        "Đơn đề nghị cấp giấy phép xây dựng", "Giấy tờ hợp pháp về đất đai", "Bản vẽ thiết kế xây dựng",
    ]  # fmt: skip
    assert (house[0].forms, house[0].is_electronic) == ((("Mau so 1.docx", "sample/Mau so 1.docx"),), True)
    assert (house[2].originals, house[1].copies, len(queries.papers_of(permit))) == (2, 1, 6)
    assert queries.cases_of(birth) == []


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("- Tờ khai theo mẫu;", "Tờ khai theo mẫu"),
        ("+  Giấy chứng sinh", "Giấy chứng sinh"),
        ("Bản sao A; bản sao B", "Bản sao A; bản sao B"),
        ("-", "-"),
    ],
)
def test_a_paper_is_read_without_the_marks_of_the_list_it_came_from(written, read):
    paper = {
        "code": "", "name": written, "originals": 1, "copies": 0, "electronic_form": False, "is_result": False,
        "forms": [],
    }  # fmt: skip
    listed = ProcedureVersionFactory(content={"paper_groups": [{"name": "", "kind": "", "papers": [paper]}]})

    assert [paper.name for paper in queries.papers_of(listed)] == [read]


def test_doctor_says_how_to_fill_an_empty_catalogue():
    empty = [trouble.what for trouble in slots.catalogue(timezone.now())]
    ProcedureVersionFactory()

    assert (empty, list(slots.catalogue(timezone.now()))) == (["Danh mục thủ tục còn trống."], [])


def test_papers_only_to_be_shown_are_marked_and_advice_is_no_paper(catalogue):
    birth = version("1.001193")

    kinds = [(paper.kind, paper.name) for paper in queries.papers_of(birth)]

    assert [kind for kind, _ in kinds] == ["submit", "submit", "submit", "show"]
    assert queries.notes_of(birth) == ["Không nộp giấy tờ mà cơ quan đã tra cứu được trong cơ sở dữ liệu quốc gia"]


def test_suggested_terms_are_those_of_the_law(catalogue):
    birth, copy = queries.suggested_terms(version("1.001193")), queries.suggested_terms(version("2.000815"))
    permit, police = queries.suggested_terms(version("1.013225")), queries.suggested_terms(version("1.004222"))

    assert (birth.committed, birth.fee, birth.online_level) == (TimeLimit.same_day(), 0, "partial")
    assert birth.channels == ["counter", "online", "post"]
    assert (birth.is_non_territorial, copy.fee_rule, copy.committed_unit) == (True, "certified_copy", "same_day")
    assert (permit.committed_amount, permit.statutory_amount, permit.fee_rule) == (10, 10, "unknown")
    assert (police.fee, police.is_tracked_only, police.online_level) == (20_000, True, "full")


def test_procedure_without_a_limit_is_suggested_five_working_days():
    bare = ProcedureVersionFactory(limit_amount=None, limit_unit="")

    terms = queries.suggested_terms(bare)

    assert (terms.committed, terms.statutory) == (TimeLimit(Decimal(5), TimeUnit.WORKING_DAY), None)


@pytest.mark.parametrize("said", ["10 working_day", "5 day", "7.5 working_day", "1 same_day", "4 hour"])
def test_suggested_steps_share_out_the_committed_time_exactly(said):
    amount, unit = said.split()
    committed = TimeLimit(Decimal(amount), TimeUnit(unit))

    steps = queries.suggested_steps(committed)

    check_steps(steps, committed)
    assert (steps[0].role, steps[-1].role, steps[-1].amount) == ("reception", "return", 0)


def test_every_starting_procedure_can_be_offered_as_suggested(catalogue):
    for one in ProcedureVersion.objects.filter(valid_to=None).select_related("procedure"):
        terms = queries.suggested_terms(one)
        check_steps(queries.suggested_steps(terms.committed), terms.committed)


def test_limits_of_the_law_name_the_normal_case_first():
    times = [{"amount": amount, "unit": "day", "text": ""} for amount in ("15", "10")]
    content = {"channels": [{"channel": "counter", "time": time, "fees": [], "text": ""} for time in times]}
    permit = ProcedureVersionFactory(limit_amount=Decimal(10), limit_unit="day", content=content)

    assert [str(one) for one in queries.statutory_limits(permit)] == ["10 ngày", "15 ngày"]


@pytest.mark.parametrize(
    ("amount", "unit", "said"),
    [
        ("7.5", "working_day", "7,5 ngày làm việc"),
        ("3", "day", "3 ngày"),
        ("1", "same_day", "trong ngày"),
        ("4", "hour", "4 giờ"),
        ("1", "month", "1 tháng"),
        ("2", "week", "2 tuần"),
        ("5", "", "5 (Cổng không ghi đơn vị)"),
        (None, "", "theo thông báo"),
    ],
)
def test_the_time_of_a_record_is_said_in_its_own_unit(amount, unit, said):
    assert time_words({"amount": amount, "unit": unit, "text": "theo thông báo"}) == said

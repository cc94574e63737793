"""Flows: every way has an end, papers come once, files come and go whole, nothing typed is in the address."""

from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from thanthien.core.idempotency import new_key
from thanthien.core.rules import Refused
from thanthien.guidance import rules
from thanthien.guidance.actions import built_in, exported, import_flow, load_starting_flows, show_flow
from thanthien.guidance.factories import FlowFactory, small_flow
from thanthien.guidance.models import Flow
from thanthien.guidance.queries import ending, flow_for, flows, turns
from thanthien.organisation.enums import Role
from thanthien.organisation.factories import StaffFactory, UnitFactory
from thanthien.procedures.actions import import_starting_catalogue
from thanthien.procedures.factories import OfferingFactory, ProcedureFactory, ProcedureVersionFactory

AT = datetime(2026, 3, 2, 9, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
BUILT_IN = {told["code"]: told["flow"] for told in built_in()}
SMALL = rules.flow_from(small_flow())


def paper(name, **more):
    usual = {"code": "", "originals": 1, "copies": 0, "required": False, "electronic_form": False, "is_result": False}
    return usual | {"name": name, "forms": [], "source": ""} | more


def offered(code, papers, unit=None, **facts):
    """A procedure of the catalogue with these papers; offered when a unit is given."""
    content = {"paper_groups": [{"name": "", "kind": "", "papers": [paper(name) for name in papers]}]}
    version = ProcedureVersionFactory(procedure=ProcedureFactory(code=code), content=content)
    return OfferingFactory(procedure=version.procedure, unit=unit, **facts) if unit else version


# ---- what is built in --------------------------------------------------------------------------------------
@pytest.mark.parametrize("code", BUILT_IN)
def test_built_in_flow_passes_its_tests_and_survives_the_round_trip(code):
    flow = rules.flow_from(BUILT_IN[code])

    assert rules.broken(flow) == []
    assert rules.flow_as_json(flow) == BUILT_IN[code]


@pytest.mark.parametrize("code", BUILT_IN)
def test_every_way_through_a_built_in_flow_ends_in_a_procedure_or_a_word(code):
    flow = rules.flow_from(BUILT_IN[code])

    silent = [way for way in rules.every_end(flow) if not rules.outcomes(flow, way) and not rules.advice(flow, way)]

    assert silent == []


@pytest.mark.django_db
def test_every_procedure_that_a_built_in_flow_names_is_in_the_starting_catalogue():
    import_starting_catalogue(by="thử", at=AT)
    flows_read = [rules.flow_from(raw) for raw in BUILT_IN.values()]

    missing = [code for flow in flows_read for way in rules.every_end(flow) for code in ending(flow, way, None).missing]

    assert missing == []


# ---- walking -----------------------------------------------------------------------------------------------
def test_question_is_asked_when_its_condition_holds():
    assert rules.next_question(SMALL, {}).code == "kind"
    assert rules.next_question(SMALL, {"kind": "a"}).code == "more"
    assert rules.next_question(SMALL, {"kind": "b"}) is None


def test_answers_that_fit_nowhere_are_not_looked_at():
    assert rules.answered(SMALL, {"kind": "a", "more": "x", "name": "Lan"}) == {"kind": "a"}
    assert rules.answered(SMALL, {"more": "yes"}) == {}
    assert rules.answered(SMALL, {"kind": "b", "more": "yes"}) == {"kind": "b"}


def test_procedure_comes_once_with_its_first_reason():
    found = rules.outcomes(SMALL, {"kind": "a", "more": "yes"})

    assert [(one.procedure, one.why) for one in found] == [("8.1", "vì a"), ("8.2", "vì thêm")]


@given(st.dictionaries(st.sampled_from(["kind", "more", "x"]), st.none() | st.text(max_size=5) | st.sampled_from("ab")))
def test_whatever_stands_in_the_address_the_way_is_the_same(answers):
    kept = rules.answered(SMALL, answers)

    assert rules.answered(SMALL, kept) == kept
    assert rules.outcomes(SMALL, kept) == rules.outcomes(SMALL, answers)


def test_each_turn_leads_back_to_its_question():
    assert [(turn.answer, turn.back) for turn in turns(SMALL, {"kind": "a", "more": "yes"})] == [
        ("A", ""),
        ("Có", "kind=a"),
    ]


# ---- reading -----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"title": ""}, "title: còn thiếu."),
        ({"questions": []}, "questions: luồng phải có ít nhất một câu hỏi và một thủ tục."),
        ({"outcomes": [{"procedure": "8.1", "why": "x", "when": [{"question": "z", "answers": ["a"]}]}]},
         "8.1: điều kiện nhắc đến câu hỏi không đứng trước: z."),
        ({"outcomes": [{"procedure": "8.1", "why": "x", "when": [{"question": "kind", "answers": ["z"]}]}]},
         "8.1: câu hỏi kind không có câu trả lời z."),
        ({"questions": [{"code": "kind", "text": "?", "answers": []}]}, "kind: câu hỏi phải có câu trả lời để chọn."),
        ({"tests": [{"name": "T", "answers": {"kind": "z"}, "asked": [], "procedures": []}]},
         "T: câu trả lời không có trong luồng: kind."),
    ],
)  # fmt: skip
def test_flow_that_does_not_hang_together_is_refused_with_its_place(change, fault):
    with pytest.raises(rules.Invalid) as refused:
        rules.flow_from(small_flow(**change))

    assert fault in [str(one) for one in refused.value.faults]


def test_flow_that_does_not_do_what_its_test_says_is_told_so():
    test = {"name": "T", "answers": {"kind": "a"}, "asked": ["more"], "procedures": ["8.2"]}

    assert rules.broken(rules.flow_from(small_flow(tests=[test]))) == [
        "T: còn hỏi «Thêm?».",
        "T: hỏi «Việc gì?», lẽ ra hỏi «Thêm?».",
        "T: ra thủ tục 8.1, lẽ ra 8.2.",
    ]


# ---- the end -----------------------------------------------------------------------------------------------
@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 3])
def test_ending_takes_two_statements_however_many_procedures(count, django_assert_num_queries):
    unit, codes = UnitFactory(), [f"8.{number}" for number in range(count)]
    for code in codes:
        offered(code, ["Tờ khai"], unit)
    flow = rules.flow_from(small_flow(tests=[], outcomes=[{"procedure": code, "why": "x"} for code in codes]))

    with django_assert_num_queries(2):
        found = ending(flow, {"kind": "b"}, unit)

    assert len(found.needed) == count


@pytest.mark.django_db
def test_papers_are_merged_and_say_for_how_many_procedures():
    unit = UnitFactory()
    offered("8.1", ["Tờ khai A", "Xuất trình giấy tờ tùy thân", "Giấy chứng sinh"], unit)
    offered("8.2", ["Tờ khai B", "xuất trình  giấy tờ tuỳ thân.", "Giấy chứng sinh"])

    found = ending(SMALL, {"kind": "a", "more": "yes"}, unit)

    assert [(one.name, len(one.used_for), one.is_shown_only) for one in found.papers] == [
        ("Tờ khai A", 1, False),
        ("Giấy chứng sinh", 2, False),
        ("Tờ khai B", 1, False),
        ("Xuất trình giấy tờ tùy thân", 2, True),
    ]


@pytest.mark.django_db
def test_committed_time_stands_where_the_unit_offers_it_and_the_laws_where_not():
    unit = UnitFactory()
    offered("8.1", [], unit, committed_amount=Decimal(3), fee=15000)
    offered("8.2", [])

    first, second = ending(SMALL, {"kind": "a", "more": "yes"}, unit).needed

    assert (str(first.offered.committed), first.fee) == ("3 ngày làm việc", "15.000 đ")
    assert (second.offered, str(second.statutory)) == (None, "10 ngày làm việc")


@pytest.mark.django_db
def test_procedure_that_the_catalogue_lacks_is_named_as_missing():
    found = ending(SMALL, {"kind": "b"}, None)

    assert (found.needed, found.missing) == ([], ["8.1"])


# ---- coming and going --------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_flow_goes_out_and_comes_back_the_same():
    admin, before = StaffFactory(superuser=True), FlowFactory(code="thu")
    told = exported(before)

    taken = import_flow(told, by=admin, at=AT)

    assert (taken.pk, exported(taken)) == (before.pk, told)


@pytest.mark.django_db
@pytest.mark.parametrize("raw", [None, [], {}, {"code": "Sai Mã", "flow": {}}, {"code": "a.b", "flow": {}}])
def test_file_that_is_no_flow_is_refused(raw):
    with pytest.raises(Refused, match="không phải luồng"):
        import_flow(raw, by=StaffFactory(superuser=True), at=AT)


@pytest.mark.django_db
def test_flow_with_a_fault_or_a_failing_test_is_refused():
    admin = StaffFactory(superuser=True)
    wrong = {"name": "T", "answers": {"kind": "b"}, "asked": ["kind"], "procedures": []}

    with pytest.raises(Refused, match="Luồng chưa dùng được. title: còn thiếu."):
        import_flow({"code": "thu", "flow": small_flow(title="")}, by=admin, at=AT)
    with pytest.raises(Refused, match="không qua được bài kiểm tra"):
        import_flow({"code": "thu", "flow": small_flow(tests=[wrong])}, by=admin, at=AT)


@pytest.mark.django_db
@pytest.mark.parametrize("role", [Role.UNIT_ADMIN, Role.LEADER])
def test_only_administrators_of_all_change_flows(role):
    staff, flow = StaffFactory(roles=[role]), FlowFactory()

    with pytest.raises(Refused, match="chỉ quản trị hệ thống hoặc quản trị tỉnh"):
        import_flow(exported(flow), by=staff, at=AT)
    with pytest.raises(Refused, match="chỉ quản trị hệ thống hoặc quản trị tỉnh"):
        show_flow(flow, is_shown=False, by=staff, at=AT)


@pytest.mark.django_db
def test_built_in_flows_are_given_once_and_never_over_what_somebody_changed():
    FlowFactory(code="birth")

    counts = [load_starting_flows(by="thử", at=AT) for _time in range(2)]

    assert counts == [5, 0]
    assert flow_for("birth").content.title == "Luồng thử"


@pytest.mark.django_db
def test_hidden_flow_is_for_nobody(client):
    FlowFactory(code="an", is_shown=False)

    assert flows() == []
    assert client.get(reverse("guidance:flow", args=["an"])).status_code == 404


# ---- pages -------------------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_citizen_walks_by_links_and_ends_at_the_procedures(client):
    unit = UnitFactory()
    name = offered("8.1", ["Tờ khai A"], unit).procedure.name
    FlowFactory(code="thu")
    address = reverse("guidance:flow", args=["thu"])

    first = client.get(address).content.decode()
    second = client.get(f"{address}?kind=a").content.decode()
    end = client.get(f"{address}?kind=a&more=no").content.decode()

    assert ('href="?kind=a"' in first, 'href="?kind=a&amp;more=yes"' in second) == (True, True)
    assert [words in end for words in (name, "Tờ khai A", "5 ngày làm việc", "Nhớ mang bút.")] == [True] * 4


@pytest.mark.django_db
def test_what_is_no_answer_never_stands_on_the_page(client):
    FlowFactory(code="thu")

    content = client.get(reverse("guidance:flow", args=["thu"]), {"kind": "<script>", "name": "Trần Thị Lan"})

    assert (content.status_code, "Trần Thị Lan" in content.content.decode()) == (200, False)


@pytest.fixture
def admin(client):
    client.force_login(StaffFactory(superuser=True))
    return client


def upload(client, content):
    from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: PLC0415  (one test helper)

    file = SimpleUploadedFile("luong.json", content)
    return client.post(reverse("guidance:manage"), {"file": file, "idempotency_key": new_key()})


@pytest.mark.django_db
def test_administrator_takes_a_flow_out_and_in_again(admin):
    FlowFactory(code="thu")

    out = admin.get(reverse("guidance:export", args=["thu"]))
    Flow.objects.all().delete()
    back = upload(admin, out.content)

    assert (back.status_code, Flow.objects.get().code) == (302, "thu")


@pytest.mark.django_db
@pytest.mark.parametrize("content", [b"\xff\xfe", b"{", b"[" * 100_000, b"{}", b"1" * 500_001])
def test_file_that_cannot_be_read_is_answered_beside_its_field(admin, content):
    answer = upload(admin, content)

    assert (answer.status_code, "field-error" in answer.content.decode()) == (422, True)


@pytest.mark.django_db
def test_administrator_hides_a_flow_and_loads_the_built_in_ones(admin):
    FlowFactory(code="thu")

    admin.post(reverse("guidance:show", args=["thu"]), {"shown": "0", "idempotency_key": new_key()})
    admin.post(reverse("guidance:load"), {"idempotency_key": new_key()})

    assert [flow.code for flow in flows()] == ["birth", "marriage", "death", "house", "business", "disability"]
    assert "đang ẩn" in admin.get(reverse("guidance:manage")).content.decode()

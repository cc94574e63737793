"""The pages: what stands on them, who may do what, and that a list costs the same however long it is."""

import io
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from thanthien.organisation.enums import Role
from thanthien.organisation.factories import StaffFactory, UnitFactory
from thanthien.organisation.queries import calendar_for
from thanthien.procedures import queries
from thanthien.procedures.actions import import_records
from thanthien.procedures.factories import OfferingFactory, ProcedureFactory, ProcedureVersionFactory
from thanthien.procedures.models import Offering, ProcedureVersion
from thanthien.procedures.outside import read_path

AT = datetime(2026, 11, 20, 9, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
SAMPLE = Path(__file__).resolve().parent.parent / "data" / "sample"
pytestmark = pytest.mark.django_db
KEY = "a" * 32


@pytest.fixture
def admin():
    """Of a unit whose calendar is known already, as it is after the first page of the day (the menu asks for it)."""
    staff = StaffFactory(unit_admin=True)
    calendar_for(staff.unit)
    return staff


@pytest.fixture
def catalogue():
    import_records(read_path(SAMPLE), by="thử", at=AT)


def page(staff: Any, name: str, *args: Any, **filters: str) -> Any:
    client = Client()
    client.force_login(staff)
    return client.get(reverse(f"procedures:{name}", args=args), filters)


def send(staff: Any, name: str, *args: Any, **data: Any) -> Any:
    client = Client()
    client.force_login(staff)
    return client.post(reverse(f"procedures:{name}", args=args), {"idempotency_key": KEY} | data)


def form_of(**more: Any) -> dict[str, Any]:
    """The editor's form for five working days in two steps."""
    terms = {
        "statutory": "10 working_day", "committed_amount": "5", "committed_unit": "working_day", "fee_rule": "fixed",
        "fee": "20.000", "channels": ["counter"], "online_level": "none", "do": "save", "steps": "2",
    }  # fmt: skip
    rows = step_of(0, "Thẩm định", "specialist", "3,5") | step_of(1, "Ký", "leader", "1,5")
    return terms | rows | more


def step_of(place: int, name: str, role: str, amount: str, unit: str = "") -> dict[str, str]:
    facts = {"name": name, "role": role, "amount": amount, "unit": unit}
    return {f"step-{place}-{key}": value for key, value in facts.items()}


def names(response: Any) -> list[Any]:
    return [(row.step.name if hasattr(row, "step") else row.initial.get("name")) for row, _ in response.context["rows"]]


@pytest.mark.parametrize("many", [1, 3])
def test_list_shows_committed_and_statutory_time_and_the_cut(admin, django_assert_num_queries, many):
    OfferingFactory.create_batch(many, unit=admin.unit)
    client = Client()
    client.force_login(admin)

    with django_assert_num_queries(7):
        response = client.get(reverse("procedures:list"))

    rows = response.context["rows"]
    assert [(str(row.committed), str(row.statutory), row.cut) for row in rows] == [
        ("5 ngày làm việc", "10 ngày làm việc", 50)
    ] * many
    assert response.content.decode().count("cắt 50 %") == many


def test_list_is_narrowed_by_words_without_marks_code_and_sector(admin):
    first = OfferingFactory(unit=admin.unit, procedure=ProcedureFactory(name="Đăng ký khai sinh"))
    second = OfferingFactory(unit=admin.unit, procedure=ProcedureFactory(name="Đăng ký kết hôn"))
    OfferingFactory(procedure=ProcedureFactory(name="Đăng ký khai sinh nơi khác"))

    def found(**filters: str) -> list[Offering]:
        return [row.offering for row in page(admin, "list", **filters).context["rows"]]

    assert found(text="khai sinh") == found(text=first.procedure.code) == [first]
    assert found(sector=str(second.procedure.sector_id)) == [second]
    assert (found(text="zzz"), len(found(sector="99999"))) == ([], 2)


def test_list_leaves_as_excel_with_its_filter(admin):
    offering = OfferingFactory(unit=admin.unit, fee=20_000)

    response = page(admin, "list", text="thủ tục", excel="1")

    book = openpyxl.load_workbook(io.BytesIO(response.content))
    cells = [cell for row in book.worksheets[0].iter_rows(values_only=True) for cell in row if cell]
    assert {offering.procedure.code, offering.procedure.name, 50, "20.000 đ"} <= set(cells)
    assert any("thủ tục" in str(cell) and "Lọc theo" in str(cell) for cell in cells)


@pytest.mark.parametrize("many", [1, 3])
def test_catalogue_costs_the_same_however_long(admin, django_assert_num_queries, many):
    ProcedureFactory.create_batch(many)
    client = Client()
    client.force_login(admin)

    with django_assert_num_queries(8):
        response = client.get(reverse("procedures:catalogue"))

    assert len(response.context["page"].object_list) == many


def test_catalogue_is_searched_and_says_what_the_unit_has(admin, catalogue):
    birth = ProcedureVersion.objects.get(procedure__code="1.001193").procedure
    OfferingFactory(unit=admin.unit, procedure=birth)

    response = page(admin, "catalogue", text="khai sinh")

    assert [procedure.code for procedure in response.context["page"].object_list] == ["1.001193", "2.000986"]
    assert response.content.decode().count("đã có") == 1


@pytest.mark.parametrize("code", ["1.001193", "1.004222", "1.013225", "2.000815", "2.000986", "1.000656"])
def test_every_sample_procedure_has_a_page(admin, catalogue, code):
    response = page(admin, "detail", code)

    assert response.status_code == 200
    assert response.context["record"].limit == response.context["record"].limit
    assert ProcedureVersion.objects.get(procedure__code=code).name in response.content.decode()


def test_detail_tells_papers_time_money_and_law(admin, catalogue):
    text = page(admin, "detail", "1.013225").content.decode()

    for words in (
        "Bản vẽ thiết kế xây dựng", "10 ngày làm việc", "Theo quy định của Hội đồng nhân dân cấp tỉnh.",
        "175/2024/NĐ-CP", "Ủy ban nhân dân cấp xã", "Mau so 1.docx", "Đưa vào danh mục đơn vị",
    ):  # fmt: skip
        assert words in text


def test_detail_shows_the_units_own_process(admin, catalogue):
    procedure = ProcedureVersion.objects.get(procedure__code="1.013225").procedure
    OfferingFactory(unit=admin.unit, procedure=procedure, process=[("specialist", "4"), ("leader", "1")])

    response = page(admin, "detail", "1.013225")

    assert [(line.start, line.width) for line in response.context["steps"]] == [(0, 800), (800, 200)]
    assert "cắt 50 %" in response.content.decode()


def test_unknown_code_and_unknown_version_are_not_found(admin, catalogue):
    assert page(admin, "detail", "1.999999").status_code == 404
    assert page(admin, "version", "1.001193", 9).status_code == 404
    assert page(admin, "offer", "1.999999").status_code == 404
    assert page(admin, "change", 999).status_code == 404


def test_procedure_without_content_says_so(admin):
    procedure = ProcedureFactory()

    response = page(admin, "detail", procedure.code)

    assert "chưa có nội dung đang có hiệu lực" in response.content.decode()


def test_version_page_says_what_changed(admin):
    procedure = ProcedureFactory()
    laws = [{"code": "60/2014/QH13", "name": "Luật Hộ tịch"}]
    old = {"legal_bases": laws, "requirements": "Có mặt"}
    new = {
        "legal_bases": [*laws, {"code": "03/2026/QH16", "name": "Luật Hộ tịch"}],
        "requirements": "Vắng mặt cũng được",
    }
    ProcedureVersionFactory(procedure=procedure, content=old, valid_to=date(2026, 1, 1))
    ProcedureVersionFactory(
        procedure=procedure, content=new, number=2, valid_from=date(2026, 1, 2), limit_amount=Decimal(5)
    )

    changes = page(admin, "version", procedure.code, 2).context["changes"]

    assert [(change.part, change.gone, change.come) for change in changes] == [
        ("Thời hạn giải quyết", ["10 working_day"], ["5 working_day"]),
        ("Yêu cầu, điều kiện", ["Có mặt"], ["Vắng mặt cũng được"]),
        ("Căn cứ pháp lý", [], ["03/2026/QH16 Luật Hộ tịch"]),
    ]


def test_administrator_sets_the_policy_of_a_version(admin, catalogue):
    OfferingFactory(unit=admin.unit, procedure=ProcedureVersion.objects.get(procedure__code="1.001193").procedure)

    response = send(admin, "policy", "1.001193", 1, supplement_policy="pause", is_immediate="on")

    version = ProcedureVersion.objects.get(procedure__code="1.001193")
    assert (response.status_code, version.supplement_policy, version.is_immediate) == (302, "pause", True)


def test_policy_without_a_choice_is_shown_again(admin, catalogue):
    response = send(admin, "policy", "1.001193", 1, supplement_policy="whenever")

    assert (response.status_code, "supplement_policy" in response.context["form"].errors) == (422, True)


def test_offer_page_begins_with_the_law_and_the_usual_process(admin, catalogue):
    response = page(admin, "offer", "1.013225")

    form, bar = response.context["form"], response.context["bar"]
    assert (form["committed_amount"].value(), bar.total, bar.committed, bar.missing) == ("10", "10", "10", 0)
    assert len(response.context["rows"]) == 7


def test_administrator_offers_a_procedure(admin, catalogue):
    response = send(admin, "offer", "1.013225", **form_of())

    offering = Offering.objects.get()
    assert response.headers["Location"] == reverse("procedures:detail", args=["1.013225"])
    assert (offering.unit, offering.committed_amount, offering.statutory_amount, offering.fee) == (
        admin.unit,
        5,
        10,
        20_000,
    )
    assert [(step.name, step.amount) for step in queries.steps_of(offering)] == [
        ("Thẩm định", Decimal("3.5")), ("Ký", Decimal("1.5")),
    ]  # fmt: skip


def test_basis_for_waiting_for_another_agency_is_tidied_kept_and_shown(admin, catalogue):
    send(admin, "offer", "1.013225", **form_of(agency_basis="  Luật  Xây dựng,\u200b Điều 102 "))

    offering = Offering.objects.get()
    shown = page(admin, "detail", "1.013225").content.decode()
    again = page(admin, "change", offering.pk).context["form"]
    assert offering.agency_basis == "Luật Xây dựng, Điều 102"
    assert "Chờ cơ quan khác trả lời thì đồng hồ dừng, theo Luật Xây dựng, Điều 102." in shown
    assert again["agency_basis"].value() == "Luật Xây dựng, Điều 102"


def test_same_form_sent_twice_offers_once(admin, catalogue):
    first, second = send(admin, "offer", "1.013225", **form_of()), send(admin, "offer", "1.013225", **form_of())

    assert (first.status_code, second.status_code, Offering.objects.count()) == (302, 302, 1)


def test_step_goes_to_another_agency_of_the_province(catalogue):
    province = UnitFactory(province=True)
    commune, police = UnitFactory(parent=province), UnitFactory(parent=province, name="Công an xã")
    admin = StaffFactory(unit=commune, unit_admin=True)

    send(admin, "offer", "1.013225", **form_of(**{"step-1-unit": str(police.pk)}))

    assert [step.unit for step in queries.steps_of(Offering.objects.get())] == [None, police]


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"committed_amount": "11"}, "không được dài hơn thời hạn theo quy định"),
        ({"step-0-amount": "3"}, "Tổng thời gian các bước là 4,5, phải đúng bằng thời hạn cam kết là 5."),
        ({"committed_amount": "năm"}, "Xin nhập một số, ví dụ 3 hoặc 0,5."),
        ({"committed_amount": ""}, "Xin nhập thời hạn cam kết, lớn hơn 0."),
        ({"step-0-amount": "x"}, "Xin nhập một số, ví dụ 3 hoặc 0,5."),
        ({"step-0-amount": "1e400"}, "Thời gian dài nhất là 16.000."),
        ({"step-0-amount": "NaN"}, "Xin nhập một số, ví dụ 3 hoặc 0,5."),
        ({"step-0-name": ""}, "Xin ghi việc làm của bước này."),
        ({"channels": []}, "Xin chọn ít nhất một hình thức nộp hồ sơ."),
        ({"steps": "0"}, "Quy trình nội bộ phải có ít nhất một bước."),
        ({"steps": "-1"}, "Quy trình nội bộ phải có ít nhất một bước."),
        ({"steps": "9" * 50}, "Quy trình nội bộ phải có ít nhất một bước."),
        ({"online_level": "full"}, "Mức trực tuyến phải đi cùng hình thức nộp trực tuyến"),
    ],
)
def test_wrong_input_is_explained_and_nothing_typed_is_lost(admin, catalogue, changed, sentence):
    response = send(admin, "offer", "1.013225", **form_of(fee_note="Ghi chú của tôi", **changed))

    text = response.content.decode()
    assert (response.status_code, Offering.objects.count()) == (422, 0)
    assert sentence in text
    assert "Ghi chú của tôi" in text


@pytest.mark.parametrize(
    ("deed", "order"),
    [
        ("add", ["Thẩm định", "Ký", None]),
        ("up:1", ["Ký", "Thẩm định"]),
        ("down:0", ["Ký", "Thẩm định"]),
        ("up:0", ["Thẩm định", "Ký"]),
        ("down:1", ["Thẩm định", "Ký"]),
        ("remove:0", ["Ký"]),
        ("remove:7", ["Thẩm định", "Ký"]),
        ("remove:-1", ["Thẩm định", "Ký"]),
        ("up:", ["Thẩm định", "Ký"]),
        ("dance", ["Thẩm định", "Ký"]),
        ("up:²", ["Thẩm định", "Ký"]),
    ],
)
def test_editor_moves_rows_without_script_and_judges_nothing(admin, catalogue, deed, order):
    response = send(admin, "offer", "1.013225", **form_of(do=deed, committed_amount="rất nhanh", fee_note="giữ lại"))

    assert (response.status_code, names(response), Offering.objects.count()) == (200, order, 0)
    assert response.context["form"]["committed_amount"].value() == "rất nhanh"
    assert "giữ lại" in response.content.decode()


def test_bar_shows_shares_and_what_is_missing(admin, catalogue):
    bar = send(admin, "offer", "1.013225", **form_of(do="sum", committed_amount="10")).context["bar"]

    assert [(share.start, share.width) for share in bar.shares] == [(0, 350), (350, 150)]
    assert (bar.total, bar.committed, bar.missing_words) == ("5", "10", "5")


def test_administrator_changes_and_withdraws(admin, catalogue):
    procedure = ProcedureVersion.objects.get(procedure__code="1.013225").procedure
    old = OfferingFactory(unit=admin.unit, procedure=procedure)

    first = page(admin, "change", old.pk)
    changed = send(admin, "change", old.pk, **form_of(committed_amount="4", **{"step-0-amount": "2,5"}))
    new = Offering.objects.get(valid_to=None)
    withdrawn = send(admin, "withdraw", new.pk, idempotency_key="b" * 32)

    assert first.context["form"]["committed_amount"].value() == "5"
    assert (changed.status_code, new.committed_amount, withdrawn.status_code) == (302, 4, 302)
    assert Offering.objects.filter(valid_to=None).count() == 0


def test_same_day_is_one_day_whatever_is_typed(admin, catalogue):
    rows = step_of(0, "Làm", "specialist", "0,75") | step_of(1, "Ký", "leader", "0,25")
    data = form_of(statutory="1 same_day", committed_unit="same_day", committed_amount="", **rows)

    response = send(admin, "offer", "1.001193", **data)

    assert (response.status_code, Offering.objects.get().committed_amount) == (302, 1)


def test_every_staff_member_reads_and_only_the_administrator_changes(catalogue):
    admin = StaffFactory(unit_admin=True)
    clerk = StaffFactory(unit=admin.unit, roles=[Role.RECEPTION])
    stranger = StaffFactory(unit_admin=True)
    offering = OfferingFactory(unit=admin.unit)
    code = offering.procedure.code

    reading = [
        page(clerk, *address).status_code
        for address in (["list"], ["catalogue"], ["detail", code], ["version", code, 1])
    ]
    clerks = [
        page(clerk, "offer", "1.001193"),
        page(clerk, "change", offering.pk),
        send(clerk, "withdraw", offering.pk),
    ]
    strangers = [page(stranger, "change", offering.pk), send(stranger, "withdraw", offering.pk)]
    policy = send(clerk, "policy", code, 1, supplement_policy="pause")

    assert reading == [200, 200, 200, 200]
    assert {response.status_code for response in [*clerks, *strangers, policy]} == {403}
    assert "Sửa cam kết" not in page(clerk, "detail", code).content.decode()


def test_guest_is_sent_to_sign_in():
    for name in ("list", "catalogue"):
        response = Client().get(reverse(f"procedures:{name}"))
        assert (response.status_code, response.headers["Location"].startswith("/tai-khoan/")) == (302, True)


def test_deeds_are_done_by_post_only(admin, catalogue):
    offering = OfferingFactory(unit=admin.unit)

    assert page(admin, "withdraw", offering.pk).status_code == 405
    assert page(admin, "policy", offering.procedure.code, 1).status_code == 405

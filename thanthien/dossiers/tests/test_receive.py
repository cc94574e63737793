"""The counter's page: what comes in, who may, what it costs, and that bad input loses nothing."""

from decimal import Decimal

import pytest
from django.db import connection
from django.urls import reverse

from thanthien.core.documents.codes import qr
from thanthien.core.idempotency import new_key
from thanthien.core.working_time import TimeUnit
from thanthien.dossiers.enums import Status
from thanthien.dossiers.factories import an_offering, officer, receive
from thanthien.dossiers.models import Dossier, Fee, Guidance
from thanthien.organisation.enums import Role
from thanthien.organisation.factories import UnitFactory
from thanthien.procedures.enums import FeeRule

pytestmark = pytest.mark.django_db
CARD = "038190000123|281234567|Lê Thị Bưởi|12051990|Nữ|Thôn 2, xã Mẫu|01062022"
PAPER = {"code": "KQ.1", "originals": 1, "copies": 0, "required": True, "electronic_form": False, "is_result": False}
CONTENT = {
    "paper_groups": [
        {
            "name": "Giấy tờ phải nộp",
            "kind": "submit",
            "papers": [
                PAPER | {"name": "Tờ khai", "forms": []},
                PAPER | {"name": "Bản vẽ", "originals": 2, "copies": 1, "forms": []},
            ],
        }
    ]
}


def page(offering):
    return reverse("dossiers:receive_procedure", args=[offering.pk])


def form(**more):
    """What the page sends for two papers, the first of which is there."""
    papers = {
        "paper-1-name": "Tờ khai", "paper-1-code": "KQ.1", "paper-1-usual": "1-0-0", "paper-1-here": "1",
        "paper-1-originals": "", "paper-1-certified": "", "paper-1-photocopies": "",
        "paper-2-name": "Bản vẽ", "paper-2-usual": "2-0-1",
        "paper-2-originals": "", "paper-2-certified": "", "paper-2-photocopies": "",
        "extra-1-name": "", "extra-1-originals": "", "extra-1-certified": "", "extra-1-photocopies": "",
    }  # fmt: skip
    person = {"full_name": "Lê Thị Bưởi", "personal_id": "038190000123", "phone": "0912 345 678", "address": "Thôn 2"}
    ways = {"channel": "counter", "return_channel": "counter", "do": "receive", "idempotency_key": new_key()}
    return papers | person | ways | more


@pytest.fixture
def offering():
    return an_offering("Cấp giấy phép xây dựng", fee=75000, version={"content": CONTENT})


@pytest.fixture
def counter(client, offering):
    """The client of a reception officer."""
    client.force_login(officer(offering.unit))
    return client


def test_complete_dossier_is_received_and_leads_to_its_slip(counter, offering):
    response = counter.post(page(offering), form())

    dossier = Dossier.objects.get()
    papers = list(dossier.papers.values_list("name", "code", "originals", "photocopies"))
    assert response.url == reverse("dossiers:received", args=[dossier.code])
    assert (dossier.status, dossier.applicant_name, dossier.phone) == (Status.RECEIVED, "Lê Thị Bưởi", "+84912345678")
    assert papers == [("Tờ khai", "KQ.1", 1, 0)]


def test_receiving_costs_few_statements(counter, offering, django_assert_num_queries):
    """PERFORMANCE P1: at most 14 with BEGIN and COMMIT (the test's own transaction turns them into savepoints) for a
    person who never came before. PostgreSQL takes papers, fee, promise, story and reply in one; SQLite
    one more for a fee."""
    counter.post(page(offering), form())
    without_fee, with_fee = (10, 10) if connection.vendor == "postgresql" else (14, 15)

    with django_assert_num_queries(without_fee):
        counter.post(page(offering), form(personal_id="038190000999", phone="0912345999", fee_amount="0"))
    with django_assert_num_queries(with_fee):
        counter.post(page(offering), form(personal_id="038190000998", phone="0912345998"))

    assert Dossier.objects.count() == 3


def test_form_sent_twice_gives_one_dossier(counter, offering):
    sent = form()

    first, second = counter.post(page(offering), sent), counter.post(page(offering), sent)

    assert (second.headers["Location"], Dossier.objects.count()) == (first.url, 1)


def test_counts_that_were_typed_win_over_what_a_tick_means(counter, offering):
    counts = {"paper-2-here": "1", "paper-2-originals": "3", "paper-2-certified": "1"}
    counter.post(page(offering), form(**counts))

    drawing = Dossier.objects.get().papers.get(name="Bản vẽ")
    assert (drawing.originals, drawing.certified, drawing.photocopies) == (3, 1, 0)


def test_paper_that_is_on_no_list_is_taken_down_too(counter, offering):
    counter.post(page(offering), form(**{"extra-1-name": "Đơn giải trình", "extra-1-here": "1"}))

    extra = Dossier.objects.get().papers.get(name="Đơn giải trình")
    assert (extra.position, extra.originals) == (2, 1)


@pytest.mark.parametrize(
    ("wrong", "field", "sentence"),
    [
        ({"full_name": ""}, "full_name", "Xin nhập họ và tên người nộp, hoặc quét thẻ căn cước vào ô này."),
        ({"personal_id": "12"}, "personal_id", "Số định danh cá nhân phải đủ 12 chữ số;"),
        ({"phone": "113"}, "phone", "Số điện thoại chưa đúng."),
        ({"birth_date": "31/02/1990"}, "birth_date", "Ngày này không có trên lịch."),
        ({"return_channel": "home", "address": ""}, "address", "Cần nơi cư trú để mang kết quả đến cho người dân."),
        ({"tax_code": "0101234567"}, "business_name", "Xin ghi tên doanh nghiệp, tổ chức của mã số thuế này."),
        ({"paper-1-originals": "ba"}, "__all__", "Tờ khai: Số bản phải là số từ 0 đến 99."),
        ({"extra-1-here": "1"}, "__all__", "Dòng thêm: Xin ghi tên giấy tờ này."),
        ({"do": "supplement"}, "supplement_reason", "Xin ghi vì sao cần bổ sung, để in trên phiếu cho người dân."),
        ({"do": "refuse"}, "refusal_reason", "Xin chọn lý do từ chối."),
        ({"do": "xoa"}, "__all__", "Chưa rõ việc cần làm. Xin bấm lại một nút ở cuối trang."),
    ],
)  # fmt: skip
def test_bad_input_is_said_beside_its_field_and_nothing_typed_is_lost(counter, offering, wrong, field, sentence):
    response = counter.post(page(offering), form(note="Dặn riêng", **wrong))

    [said] = response.context["form"].errors[field]
    text = response.content.decode()
    assert (response.status_code, said[: len(sentence)]) == (422, sentence)
    assert ('id="paper-1-here" name="paper-1-here" value="1" checked' in text, "Dặn riêng" in text) == (True, True)
    assert Dossier.objects.count() == 0


def test_scan_in_any_field_fills_the_form_without_receiving(counter, offering):
    response = counter.post(page(offering), form(full_name="", personal_id="", phone=CARD, address=""))

    shown = response.context["form"]
    names = "full_name", "personal_id", "phone", "birth_date", "sex", "address", "old_id"
    values = [shown[name].value() for name in names]
    assert values == ["Lê Thị Bưởi", "038190000123", "", "12/05/1990", "female", "Thôn 2, xã Mẫu", "281234567"]
    assert (response.status_code, shown.papers[0].is_here, Dossier.objects.count()) == (200, True, 0)


def test_scan_of_something_else_is_explained(counter, offering):
    response = counter.post(page(offering), form(full_name="a|b|c|d|e|f|g"))

    assert response.context["form"].errors["full_name"][-1].startswith("Đây không phải mã QR trên thẻ căn cước.")


def test_all_papers_are_ticked_by_one_button_also_without_scripts(counter, offering):
    response = counter.post(page(offering), form(do="all"))

    ticked = [(row.name, row.is_here) for row in response.context["form"].papers]
    assert ticked == [("Tờ khai", True), ("Bản vẽ", True), ("", False)]
    assert Dossier.objects.count() == 0


def test_odd_number_is_warned_about_and_received_all_the_same(counter, offering):
    response = counter.post(page(offering), form(birth_date="12/05/1991"), follow=True)

    said = [str(message) for message in response.context["messages"]]
    assert said == ["Đã nhận, nhưng xin xem lại: Năm sinh không khớp với số định danh; xin xem lại."]


def test_incomplete_dossier_is_taken_down_with_what_is_missing(counter, offering):
    counter.post(page(offering), form(do="supplement", supplement_reason="Thiếu bản vẽ", legal_basis="Điều 95"))

    dossier = Dossier.objects.get()
    assert (dossier.status, dossier.received_at, dossier.supplement.papers) == (Status.SUPPLEMENT, None, ["Bản vẽ"])


def test_refusal_at_the_counter_keeps_its_reason(counter, offering):
    counter.post(page(offering), form(do="refuse", refusal_reason="not_competent", refusal_text="Mời đến Sở Xây dựng"))

    dossier = Dossier.objects.get()
    reason = "không thuộc thẩm quyền giải quyết: Mời đến Sở Xây dựng"
    assert (dossier.status, dossier.closing_reason) == (Status.DENIED, reason)


def test_guidance_is_recorded_and_makes_no_dossier(counter, offering):
    response = counter.post(page(offering), form(do="guide"))

    guidance = Guidance.objects.get()
    assert response.url == reverse("dossiers:guided", args=[guidance.pk])
    assert (guidance.missing, guidance.full_name, Dossier.objects.count()) == (["Bản vẽ"], "Lê Thị Bưởi", 0)


@pytest.mark.parametrize(
    ("typed", "amount"), [({}, [75000]), ({"fee_amount": "0"}, []), ({"fee_amount": "50.000"}, [50000])]
)
def test_fee_is_the_procedures_unless_another_is_typed(counter, offering, typed, amount):
    counter.post(page(offering), form(fee_method="cash", fee_receipt="BL 12", **typed))

    fees = list(Fee.objects.values_list("amount", "method", "receipt_number"))
    assert fees == [(one, "cash", "BL 12") for one in amount]


def test_certified_copies_are_charged_by_page_and_copy_and_handed_over_at_once(client):
    terms = {"committed_amount": Decimal(1), "committed_unit": TimeUnit.SAME_DAY, "fee": None}
    version = {"is_immediate": True, "content": {}}
    offering = an_offering("Chứng thực bản sao", fee_rule=FeeRule.CERTIFIED_COPY, version=version, **terms)
    client.force_login(officer(offering.unit))
    rows = {"copy-1-name": "Bằng tốt nghiệp", "copy-1-pages": "3", "copy-1-copies": "2",
            "copy-2-name": "", "copy-2-pages": "1", "copy-2-copies": ""}  # fmt: skip

    client.post(page(offering), form(do="immediate", fee_method="cash", result_reference="105", **rows))

    dossier = Dossier.objects.get()
    fees = list(dossier.fees.values_list("name", "pages", "quantity", "amount"))
    assert (dossier.status, dossier.result_reference) == (Status.RETURNED, "105")
    assert fees == [
        ("Chứng thực bản sao Bằng tốt nghiệp", 3, 2, 10000), ("Chứng thực bản sao giấy tờ", 1, 1, 2000),
    ]  # fmt: skip


def test_fee_of_copies_is_told_while_it_is_typed(client):
    offering = an_offering(fee_rule=FeeRule.CERTIFIED_COPY, fee=None)
    client.force_login(officer(offering.unit))
    address = reverse("dossiers:fee_of_copies", args=[offering.pk])

    told = client.get(address, {"copy-1-pages": "300", "copy-1-copies": "2", "copy-2-pages": "x"})

    assert told.json() == {"text": "Tổng phí: 400.000\u00a0đ"}


def test_page_promises_a_date_before_anything_is_sent(counter, offering):
    shown = counter.get(page(offering)).context

    assert (shown["limit"], shown["sentences"][0][:14]) == ("5 ngày làm việc", "5 ngày làm việ")


def test_procedures_that_this_officer_receives_most_come_first(client):
    unit = UnitFactory()
    first, second = an_offering("A", unit=unit), an_offering("B", unit=unit)
    staff = officer(unit)
    client.force_login(staff)
    client.post(page(second), form())

    rows = client.get(reverse("dossiers:receive")).context["rows"]

    assert [(row.offering.pk, row.key) for row in rows] == [(second.pk, "1"), (first.pk, "2")]


def test_counter_lists_what_it_receives_for_other_units_of_the_province(client):
    province = UnitFactory(province=True)
    own, neighbour, far = (an_offering(unit=UnitFactory(parent=province)) for _ in range(3))
    free = an_offering("Chứng thực", unit=neighbour.unit, is_non_territorial=True)
    client.force_login(officer(own.unit))
    address = reverse("dossiers:receive")

    shown = client.get(address).context
    lists = [client.get(address, {"unit": pk}).context["rows"] for pk in (neighbour.unit_id, far.unit_id, "x", 10**30)]

    assert [unit.pk for unit in shown["units"]] == [neighbour.unit_id]
    assert [[row.offering.pk for row in rows] for rows in lists] == [[free.pk], [own.pk], [own.pk], [own.pk]]


def test_slip_shows_the_code_and_where_to_follow_the_dossier(counter, offering):
    dossier = receive(offering=offering)

    shown = counter.get(reverse("dossiers:received", args=[dossier.code]))

    assert dossier.code in shown.content.decode()
    assert qr(dossier.code).startswith("<svg")


# ---- who may ---------------------------------------------------------------------------------------------
def test_stranger_is_sent_to_the_sign_in_page(client, offering):
    answers = [client.get(address).status_code for address in (reverse("dossiers:receive"), page(offering))]

    assert answers == [302, 302]


def test_specialist_does_not_receive(client, offering):
    client.force_login(officer(offering.unit, Role.SPECIALIST))

    shown, sent = client.get(page(offering)), client.post(page(offering), form())

    assert (shown.status_code, sent.status_code, Dossier.objects.count()) == (403, 403, 0)


def test_other_unit_receives_only_what_is_not_bound_to_a_territory(client, offering):
    free = an_offering("Chứng thực", is_non_territorial=True)
    elsewhere = officer(UnitFactory())
    client.force_login(elsewhere)

    bound, taken = client.post(page(offering), form()), client.post(page(free), form())

    dossier = Dossier.objects.get()
    assert (bound.status_code, taken.status_code) == (404, 302)
    assert (dossier.unit_id, dossier.receiving_unit_id) == (free.unit_id, elsewhere.unit_id)


def test_procedure_offered_no_longer_is_refused_in_words(client, offering):
    offering.valid_to = offering.valid_from
    offering.save()
    client.force_login(officer(offering.unit))

    response = client.get(page(offering))

    assert (response.status_code, "không còn tiếp nhận" in response.content.decode()) == (403, True)


def test_slip_and_guidance_of_another_office_are_not_found(counter, offering):
    counter.post(page(offering), form(do="guide"))
    dossier, guidance = receive(offering=offering), Guidance.objects.get()
    counter.force_login(officer(UnitFactory()))

    addresses = reverse("dossiers:received", args=[dossier.code]), reverse("dossiers:guided", args=[guidance.pk])
    assert [counter.get(address).status_code for address in addresses] == [404, 404]


def test_choosing_is_only_looked_at(counter):
    assert counter.post(reverse("dossiers:receive")).status_code == 405

"""What the papers say is so: whose dossier it is, which line of the book, what was paid; and it is Vietnamese."""

import io

import pytest
import time_machine
from django.urls import reverse
from openpyxl import load_workbook

from thanthien.declarations.actions import load_starting_forms
from thanthien.dossiers import actions
from thanthien.dossiers.actions import Declared, FeeIn
from thanthien.dossiers.factories import ProcedureFactory, an_offering, everyone_of, finish, hand_out, officer, receive
from thanthien.dossiers.queries import declared_page
from thanthien.dossiers.tests.deeds import NOW
from thanthien.organisation.factories import UnitFactory
from thanthien.prints.tests.test_books import PERIOD
from thanthien.prints.tests.test_papers import UNIT, filed, missing, printed, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def unit():
    return UnitFactory(**UNIT)


def test_receipt_of_a_result_names_the_owner_as_the_owner(client, unit):
    by = everyone_of(unit)
    dossier = filed(unit, owner_name="Phạm Văn Chủ", owner_address="Thôn Tây")

    words = words_of(printed(client, hand_out(finish(dossier, by=by, at=NOW), by=by, at=NOW), "result_receipt"))

    assert missing(words, ["Chủ hồ sơ: Phạm Văn Chủ Địa chỉ: Thôn Tây"]) == []


@pytest.mark.parametrize(
    ("fees", "wanted"),
    [
        ([FeeIn(name="Lệ phí", amount=75_000, method="cash")], ["Phí, lệ phí đã nộp: 75.000 đồng"]),
        ([FeeIn(name="Lệ phí", amount=75_000)], ["Phí, lệ phí hoàn trả: Không có"]),
        ([], ["Phí, lệ phí hoàn trả: Không có"]),
    ],
)
def test_stop_notice_says_what_was_paid_and_denies_no_refund(client, unit, fees, wanted):
    dossier = filed(unit, fees=fees)
    actions.withdraw(dossier, reason="Gia đình đổi ý", by=everyone_of(unit), at=NOW)

    words = words_of(printed(client, dossier, "stop_notice"))

    assert missing(words, wanted) == []
    assert ("Không có" in words) == ("đã nộp" not in words)


def test_line_of_the_book_has_the_number_that_its_receipt_names(client, unit):
    filed(unit)
    second = filed(unit)
    client.force_login(officer(unit))

    receipt = words_of(printed(client, second, "receipt"))
    book = words_of(client.get(reverse("prints:book_pdf"), PERIOD))
    sheet = load_workbook(io.BytesIO(client.get(reverse("prints:book_excel"), PERIOD).content)).active

    assert missing(receipt, ["số thứ tự: 02"]) == []
    assert missing(book, [f"02 {second.code}"]) == []
    assert [row[0] for row in sheet.iter_rows(values_only=True) if row[1] == second.code] == [2]


@pytest.mark.parametrize(
    ("address", "wanted"),
    [
        (
            "declaration",
            ["Họ, chữ đệm, tên: LÊ MINH AN", "Giới tính: nữ", "ghi bằng chữ: Ngày bốn tháng tư năm hai nghìn"],
        ),
        ("control_sheet", ["PHIẾU KIỂM SOÁT", "Trước hạn"]),
    ],
)
def test_paper_is_vietnamese_also_for_an_officer_who_reads_english(client, unit, address, wanted):
    procedure = ProcedureFactory(code="1.001193", name="Đăng ký khai sinh")
    load_starting_forms(by="thử", at=NOW)
    dossier = receive(offering=an_offering(unit=unit, procedure=procedure))
    by = everyone_of(unit)
    page = declared_page(dossier)
    answers = page.form.content.tests[0].answers
    stated = Declared(
        version=page.form.pk, answers=answers | {"child": answers["child"] | {"birth_date": "2026-04-04"}}
    )
    actions.declare(dossier, stated, by=by, at=NOW)
    actions.finish_step(dossier, by=by, at=NOW)
    client.cookies["ngon-ngu"] = "en"

    assert missing(words_of(printed(client, dossier, address, by)), wanted) == []


def test_book_is_vietnamese_also_for_an_officer_who_reads_english(client, unit):
    filed(unit)
    client.force_login(officer(unit))
    client.cookies["ngon-ngu"] = "en"

    assert missing(words_of(client.get(reverse("prints:book_pdf"), PERIOD)), ["tại Bộ phận Một cửa"]) == []

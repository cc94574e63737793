"""Lists of hand-overs, the book of dossiers, the fees of a period: on page, paper and as Excel."""

import io
from datetime import date

import pytest
import time_machine
from django.urls import reverse
from openpyxl import load_workbook

from thanthien.dossiers import actions
from thanthien.dossiers.actions import FeeIn
from thanthien.dossiers.factories import an_offering, everyone_of, finish, hand_out, officer, receive
from thanthien.dossiers.tests.deeds import NOW
from thanthien.organisation.enums import Role
from thanthien.organisation.factories import UnitFactory
from thanthien.prints.tests.test_papers import HEAD, UNIT, filed, missing, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def unit():
    return UnitFactory(**UNIT)


# ---- lists of hand-overs ---------------------------------------------------------------------------------
def test_ticked_hand_overs_make_a_numbered_list_to_be_printed(client, unit):
    by = everyone_of(unit)
    division = UnitFactory(division=True, parent=unit, name="Phòng Kinh tế")
    steps = [("Tiếp nhận", Role.RECEPTION, "0.5"), ("Thẩm định", Role.SPECIALIST, "0.5", division)]
    moved = [
        actions.finish_step(receive(offering=an_offering(unit=unit, steps=steps)), by=by, at=NOW) for _n in range(2)
    ]
    client.force_login(by)
    page = reverse("prints:hand_over_lists")
    chosen = [hand_over.pk for dossier in moved for hand_over in dossier.hand_overs.all()]

    shown = client.get(page)
    made = client.post(page, {"chosen": chosen, "idempotency_key": "k" * 32})
    again = client.post(page, {"chosen": chosen, "idempotency_key": "k" * 32})
    words = words_of(client.get(made.headers["Location"]))

    assert [(receiver.name, len(rows)) for receiver, rows in shown.context["groups"]] == [("Phòng Kinh tế", 2)]
    assert made.headers["Location"] == again.headers["Location"]
    assert missing(words, ["01/2026/BG", "Phòng Kinh tế", *[dossier.code for dossier in moved]]) == []
    assert client.get(page).context["groups"] == []


def test_nothing_ticked_makes_no_list(client, unit):
    client.force_login(everyone_of(unit))

    response = client.post(
        reverse("prints:hand_over_lists"), {"chosen": ["x", "9" * 30], "idempotency_key": "k" * 32}, follow=True
    )

    assert [str(message) for message in response.context["messages"]] == [
        "Chọn ít nhất một hồ sơ chưa nằm trong danh sách bàn giao nào."
    ]


# ---- books -----------------------------------------------------------------------------------------------
PERIOD = {"first": "01/11/2026", "last": "30/11/2026"}


def test_the_book_is_printed_with_every_column(client, unit):
    by = everyone_of(unit)
    dossier = hand_out(finish(filed(unit, copies=2), by=by, at=NOW), by=by, at=NOW)
    client.force_login(by)

    words = words_of(client.get(reverse("prints:book_pdf"), PERIOD))

    assert missing(words, [
        *HEAD[:4], "SỔ THEO DÕI HỒ SƠ", "01/11/2026", "30/11/2026", "Cấp giấy phép xây dựng", "Trần Thị Lan",
        "0912 345 678", "UBND xã Lúa Vàng", "23/11/2026", "01/12/2026", "tại Bộ phận Một cửa", "Ký nhận", "Ghi chú",
        dossier.code,
    ]) == []  # fmt: skip


def test_the_book_as_excel_says_its_period_and_has_dates_as_dates(client, unit):
    dossier = filed(unit)
    client.force_login(officer(unit))

    response = client.get(reverse("prints:book_excel"), PERIOD)

    sheet = load_workbook(io.BytesIO(response.content)).active
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[1][0] == "Lọc theo: từ 01/11/2026 đến 30/11/2026"
    line = next(row for row in rows if row[1] == dossier.code)
    assert (line[0], line[3], line[4], line[8].date()) == (1, 1, "Trần Thị Lan", date(2026, 12, 1))


def test_fees_are_summed_up_by_page_paper_and_excel(client, unit):
    fees = [
        FeeIn(name="Lệ phí cấp phép", amount=75_000, method="cash", receipt_number="0001"),
        FeeIn(name="Phí thẩm định", amount=25_000, method="transfer"),
        FeeIn(name="Chưa thu", amount=1_000),
    ]
    dossier = filed(unit, fees=fees)
    client.force_login(officer(unit, Role.CASHIER))

    page = client.get(reverse("prints:fees"), PERIOD)
    words = words_of(client.get(reverse("prints:fees_pdf"), PERIOD))
    sheet = load_workbook(io.BytesIO(client.get(reverse("prints:fees_excel"), PERIOD).content)).active

    assert (page.context["total"], page.context["page"].paginator.count) == (100_000, 2)
    assert missing(words, ["0001", "75.000", "25.000", "100.000", "Trần Thị Lan", "Lệ phí cấp phép"]) == []
    rows = [row for row in sheet.iter_rows(values_only=True) if row[3] == dossier.code]
    assert [(row[2], row[6], row[7], row[8]) for row in rows] == [
        ("0001", 0, 75_000, "tiền mặt"), (None, 25_000, 0, "chuyển khoản"),
    ]  # fmt: skip


BOOKS = ["book", "book_pdf", "book_excel", "fees", "fees_pdf", "fees_excel"]


@pytest.mark.parametrize("name", BOOKS)
def test_a_book_is_for_those_who_need_it(client, name):
    client.force_login(officer(UnitFactory(), Role.SPECIALIST))

    assert client.get(reverse(f"prints:{name}")).status_code == 403


@pytest.mark.parametrize("name", [*BOOKS, "hand_over_lists"])
def test_a_book_needs_signing_in(client, name):
    response = client.get(reverse(f"prints:{name}"))

    assert response.headers["Location"].startswith(reverse("account_login"))


def test_the_book_of_another_office_is_empty(client):
    filed(UnitFactory(**UNIT))
    client.force_login(officer(UnitFactory()))

    assert client.get(reverse("prints:book"), PERIOD).context["page"].paginator.count == 0


@pytest.mark.parametrize(
    ("period", "words"),
    [
        ({"first": "31/02/2026", "last": "01/03/2026"}, "không có trên lịch"),
        ({"first": "30/11/2026", "last": "01/11/2026"}, "sau ngày đầu"),
        ({"first": "01/01/2024", "last": "01/11/2026"}, "nhiều nhất một năm"),
    ],
)
def test_an_impossible_period_is_said_beside_its_field(client, period, words):
    client.force_login(officer(UnitFactory()))

    response = client.get(reverse("prints:book"), period)

    assert response.status_code == 422
    assert words in str(response.context["form"].errors)

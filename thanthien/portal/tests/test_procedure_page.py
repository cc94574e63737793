"""The procedure page answers in the order of the citizen's questions, and never shows a number that it cannot prove."""

from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from django.core.cache import caches
from django.urls import reverse

from thanthien.dossiers.factories import MONDAY, an_offering, finish, receive
from thanthien.organisation.factories import UnitFactory

pytestmark = pytest.mark.django_db


def paper(name, originals=1, copies=0):
    return {
        "code": "", "name": name, "originals": originals, "copies": copies, "forms": [], "electronic_form": False,
        "is_result": False,
    }  # fmt: skip


def group(name, *papers, kind=""):
    return {"name": name, "kind": kind, "papers": list(papers)}


@pytest.fixture(autouse=True)
def fresh_memory():
    caches["template_fragments"].clear()


@pytest.fixture
def offering():
    content = {
        "paper_groups": [
            group("", paper("Tờ khai đăng ký"), paper("Giấy chứng sinh", 0, 1)),
            group("Giấy tờ phải xuất trình", paper("Giấy tờ tùy thân"), kind="show"),
        ],
        "legal_bases": [{"code": "60/2014/QH13", "name": "Luật Hộ tịch"}],
    }
    return an_offering("Đăng ký khai sinh", version={"content": content}, statutory_amount=Decimal(8),
                       statutory_unit="working_day", fee=8000)  # fmt: skip


def page(client, offering, **query):
    with time_machine.travel(MONDAY, tick=False):
        return client.get(reverse("portal:procedure", args=[offering.procedure.code]), query)


def test_the_answers_stand_in_the_order_of_the_questions(client, offering):
    text = page(client, offering).content.decode()

    questions = ["Mang theo gì", "Bao nhiêu tiền", "Bao lâu", "Ở đâu", "Nộp thế nào", "Căn cứ pháp lý"]
    places = [text.index(f"<span>{question}</span>") for question in questions]
    assert places == sorted(places)
    for said in ("Giấy chứng sinh", "1 bản sao", "Giấy tờ tùy thân", "8.000 đ", "5 ngày làm việc", "8 ngày làm việc",
                 "rút ngắn 38 %", "60/2014/QH13", "thứ Hai, 30/11/2026"):  # fmt: skip
        assert said in text, said


def test_papers_are_narrowed_to_the_case_that_was_chosen(client):
    content = {"paper_groups": [group("Ông bà", paper("Giấy A")), group("Cha mẹ", paper("Giấy B"))]}
    offering = an_offering(version={"content": content})

    every, second, odd = (
        page(client, offering, **query).content.decode() for query in ({}, {"truong-hop": "2"}, {"truong-hop": "９９"})
    )

    assert "Giấy A" in every and "Giấy B" in every
    assert "Giấy A" not in second and "Giấy B" in second
    assert "Giấy A" in odd and "Giấy B" in odd


def test_no_real_time_is_shown_while_there_are_too_few_dossiers(client, offering):
    for _ in range(9):
        finish(receive(offering=offering), at=MONDAY)

    assert "mới có 9 hồ sơ, chưa đủ 10 để nói chắc" in page(client, offering).content.decode()


def test_the_real_time_of_nine_in_ten_is_shown_with_its_n(client, offering):
    for day in [0] * 8 + [1, 4]:
        finish(receive(offering=offering, at=MONDAY - timedelta(days=14)), at=MONDAY - timedelta(days=14 - day))

    text = page(client, offering).content.decode()
    assert "9 trong 10 hồ sơ xong trong 1 ngày làm việc <small>(trên 10 hồ sơ)</small>" in text


def test_what_the_unit_does_not_offer_is_not_there(client, offering):
    UnitFactory(code="A00.01")
    elsewhere = an_offering(unit=UnitFactory(code="Z99.99"))

    assert page(client, elsewhere).status_code == 404
    assert client.get(reverse("portal:procedure", args=["9.999999"])).status_code == 404


def test_the_page_costs_three_statements_once_its_times_are_known(client, offering, django_assert_num_queries):
    page(client, offering)

    with django_assert_num_queries(3):
        page(client, offering)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_first_look_costs_no_more_with_more_dossiers(client, offering, rows, django_assert_num_queries):
    for _ in range(rows):
        finish(receive(offering=offering), at=MONDAY)

    with django_assert_num_queries(4):
        page(client, offering)

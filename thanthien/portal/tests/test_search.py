"""Everyday words, without marks, with slips, find what is meant, and nothing breaks the search."""

import pytest
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from thanthien.core.text import plain
from thanthien.guidance.factories import FlowFactory
from thanthien.organisation.factories import UnitFactory
from thanthien.portal.queries.search import find_offerings, near_words
from thanthien.procedures.factories import OfferingFactory, ProcedureFactory, ProcedureVersionFactory
from thanthien.procedures.models import Offering, Procedure

NAMES = [
    "Đăng ký khai sinh",
    "Đăng ký khai tử",
    "Đăng ký kết hôn",
    "Cấp Giấy xác nhận tình trạng hôn nhân",
    "Cấp bản sao Trích lục hộ tịch, bản sao Giấy khai sinh",
    "Liên thông đăng ký khai sinh, đăng ký thường trú, cấp thẻ BHYT cho trẻ em dưới 6 tuổi",
    "Chứng thực bản sao từ bản chính giấy tờ, văn bản",
    "Cấp giấy phép xây dựng mới công trình cấp III, cấp IV và nhà ở riêng lẻ",
    "Hỗ trợ chi phí mai táng cho đối tượng bảo trợ xã hội",
    "Đăng ký thành lập hộ kinh doanh",
    "Thủ tục hoà giải ở cơ sở",
]
OFFERED = [
    Offering(procedure=Procedure(code=f"1.{number:06d}", name=name, plain_name=plain(name)))
    for number, name in enumerate(NAMES)
]


def first(text):
    found = find_offerings(OFFERED, text)
    return found[0].procedure.name if found else None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("khai sinh cho con", NAMES[0]),
        ("khai sinh", NAMES[0]),
        ("KHAI SINH", NAMES[0]),
        ("khaisinh", NAMES[0]),
        ("khia sinh", NAMES[0]),
        ("khai sihn", NAMES[0]),
        ("làm giấy khai sinh cho bé", NAMES[0]),
        ("dang ky ket hon", NAMES[2]),
        ("ket hom", NAMES[2]),
        ("cưới", NAMES[2]),
        ("giấy độc thân", NAMES[3]),
        ("sao y", NAMES[6]),
        ("xây nhà", NAMES[7]),
        ("tiền mai táng", NAMES[8]),
        ("birth certificate", NAMES[0]),
        ("register a birth", NAMES[0]),
        ("death", NAMES[1]),
        ("marriage", NAMES[2]),
        ("marital status", NAMES[3]),
        ("certified copy", NAMES[6]),
        ("Building permit", NAMES[7]),
        ("funeral", NAMES[8]),
        ("open a shop", NAMES[9]),
        ("mở quán phở", NAMES[9]),
        ("hoà giải", NAMES[10]),
        ("hòa giải", NAMES[10]),
        ("hoa giai", NAMES[10]),
        ("1.000002", NAMES[2]),
    ],
)
def test_what_people_type_finds_what_they_mean(typed, meant):
    assert first(typed) == meant


def test_words_typed_in_decomposed_unicode_are_the_same_words():
    assert first("khai tu\u031b\u0309") == NAMES[1]


@pytest.mark.parametrize("typed", ["zzzz", "máy bay trực thăng", "%", "\\", "🙂"])
def test_what_fits_nothing_finds_nothing(typed):
    assert first(typed) is None or plain(typed) == ""


def test_nothing_typed_gives_everything_in_its_own_order():
    assert find_offerings(OFFERED, "  ") == OFFERED


def test_a_beginning_of_a_code_finds_codes():
    assert len(find_offerings(OFFERED, "1.00000")) == 10


@given(st.text(max_size=300))
@settings(max_examples=60, deadline=None)
def test_whatever_is_typed_the_answer_is_a_part_of_what_is_offered(typed):
    found = find_offerings(OFFERED, typed)

    assert len(found) == len({offering.procedure.code for offering in found})
    assert all(offering in OFFERED for offering in found)


@given(st.sampled_from(NAMES))
def test_a_name_typed_whole_finds_itself_first(name):
    assert first(name) == name


def test_a_word_is_itself_or_a_beginning_or_a_slip():
    known = frozenset(["khai", "sinh", "khoa"])

    assert near_words("khai", known) == ({"khai"}, 1.0)
    assert near_words("kho", known) == ({"khoa"}, 1.0)
    assert near_words("sihn", known) == ({"sinh"}, 0.5)
    assert near_words("xyz", known)[0] == frozenset()


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_two_statements_whatever_it_holds(client, rows, django_assert_num_queries):
    unit = UnitFactory()
    for _ in range(rows):
        OfferingFactory(unit=unit)

    with django_assert_num_queries(2):
        client.get("/dich-vu-cong/", {"q": "thủ tục"})


@pytest.mark.django_db
def test_the_list_is_narrowed_by_life_event_field_and_audience(client):
    unit = UnitFactory()
    shop = ProcedureFactory(name="Đăng ký hộ kinh doanh", life_event="business")
    ProcedureVersionFactory(procedure=shop, content={"audiences": [{"code": "", "name": "Doanh nghiệp"}]})
    birth = ProcedureFactory(name="Đăng ký khai sinh", life_event="birth")
    ProcedureVersionFactory(procedure=birth)
    for procedure in (shop, birth):
        OfferingFactory(unit=unit, procedure=procedure)

    def names(**query):
        text = client.get("/dich-vu-cong/", query).content.decode()
        return [name for name in (shop.name, birth.name) if f">{name}</a>" in text]

    assert names() == [shop.name, birth.name]
    assert names(viec="birth") == [birth.name]
    assert names(linh_vuc=str(shop.sector_id)) == [shop.name]
    assert names(doi_tuong="doanh-nghiep") == [shop.name, birth.name]
    assert names(doi_tuong="nguoi-dan") == [birth.name]
    assert names(q="kinh doanh") == [shop.name]


@pytest.mark.django_db
def test_a_filter_that_cannot_be_is_said_beside_its_field_and_left_aside(client):
    offering = OfferingFactory()

    answer = client.get("/dich-vu-cong/", {"viec": "khong-co", "q": "x" * 500})

    text = answer.content.decode()
    assert answer.status_code == 200
    assert "field-error" in text
    assert offering.procedure.name in text


@pytest.mark.django_db
def test_nothing_found_says_so_kindly_and_what_to_do(client):
    OfferingFactory()

    text = client.get("/dich-vu-cong/", {"q": "máy bay"}).content.decode()

    assert "Chúng tôi chưa tìm thấy thủ tục phù hợp" in text
    assert "Xem tất cả thủ tục" in text


@pytest.mark.django_db
def test_without_any_unit_the_pages_still_greet(client):
    assert client.get("/").status_code == 200
    assert client.get("/dich-vu-cong/").status_code == 200
    assert client.get("/giu-loi/").status_code == 200
    assert client.get("/dich-vu-cong/1.001193/").status_code == 404


@pytest.mark.django_db
def test_a_life_event_with_questions_leads_to_them(client):
    OfferingFactory()  # of "another matter", as the questions are
    flow = FlowFactory()

    there = client.get("/dich-vu-cong/", {"viec": "other"}).content.decode()
    elsewhere = client.get("/dich-vu-cong/").content.decode()

    assert reverse("guidance:flow", args=[flow.code]) in there
    assert reverse("guidance:flow", args=[flow.code]) not in elsewhere

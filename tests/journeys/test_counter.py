"""At the counter: received by scanner and keyboard, fees of copies, wrong clicks, strangers."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Route, expect

from tests.journeys.people import code_of
from tests.journeys.telling import (
    LUA,
    given_a_received_dossier,
    given_the_counter_is_open_for,
    then_the_citizen_reads,
    then_the_desk_shows,
    then_the_paper_says,
    when_the_card_is_scanned,
    when_the_citizen_looks_up,
)
from thanthien.dossiers.models import Dossier

pytestmark = pytest.mark.browser
BIRTH, COPIES = "1", "4"
TODAY = "thứ Năm, 19/03/2026, 17:00"


def test_a_birth_certificate_is_ready_on_the_same_day(officer, citizen, clock):
    mai, thang, duc = officer("mai"), officer("thang"), officer("duc")
    chairwoman, clerk, huong = officer("chutich"), officer("vanthu"), officer("huong")

    code = given_a_received_dossier(mai, BIRTH)
    mai.follows("Mở hồ sơ")
    mai.acts("Xong bước, chuyển tiếp", "Chuyển hồ sơ")
    for colleague in (thang, duc, thang, chairwoman):
        colleague.passes_on(code)
    clock("19/03/2026 14:30")
    clerk.signs_for(code)
    clerk.follows("Ghi kết quả")
    clerk.fills(reference="15/KS")
    clerk.sends("Ghi kết quả")
    huong.opens("/can-bo/cho-tra/")
    huong.follows(code)
    huong.follows("Trả kết quả")
    huong.fills(collector_id=LUA.number)
    huong.ticks("Đã ký nhận trên giấy")
    huong.takes_picture("tra-ket-qua")
    huong.sends("Trả kết quả")

    huong.sees("Đã trả kết quả.")
    then_the_paper_says(huong.opens_paper(f"/ho-so/{code}/in/result_receipt/"), code, LUA.name)
    when_the_citizen_looks_up(citizen, code)
    then_the_citizen_reads(citizen, "Cảm ơn ông/bà", "19/03/2026, 14:30", "Đã trả tại Bộ phận Một cửa")


def test_receiving_takes_eight_keys_at_most_from_the_scan_to_the_slip(officer):
    mai = officer("mai")
    mai.opens("/can-bo/")
    mai.takes_picture("ban-lam-viec")

    mai.keys = 0
    mai.presses_and_goes("n")
    mai.takes_picture("chon-thu-tuc")
    mai.presses_and_goes(BIRTH)
    when_the_card_is_scanned(mai)
    expect(mai.field("phone")).to_be_focused()
    mai.types(LUA.phone)
    mai.presses("F2")
    mai.takes_picture("tiep-nhan")
    promised = mai.promised()
    mai.presses_and_goes("F9")
    code, slip = code_of(mai), mai.link("In giấy hẹn").get_attribute("href")
    mai.takes_picture("giay-hen-tren-man-hinh")
    expect(mai.link("In giấy hẹn")).to_be_focused()
    with mai.page.context.expect_event("response", lambda answer: answer.url.endswith(slip)) as printed:
        mai.presses("Enter")

    assert mai.keys <= 8
    assert printed.value.headers["content-type"] == "application/pdf"
    printed_form = mai.opens_paper(slip)
    mai.takes_picture_of_paper(printed_form, "giay-hen")
    then_the_paper_says(printed_form, code, LUA.name, "17 giờ 00 phút, ngày 19 tháng 3 năm 2026")
    dossier = Dossier.objects.get(code=code)
    facts = dossier.personal_id, dossier.phone, dossier.address, dossier.applicant_name
    assert promised == TODAY
    assert facts == (LUA.number, "+84912345678", LUA.address, LUA.name)


def test_copies_are_certified_at_once_and_paid_by_the_page(officer, citizen):
    mai = officer("mai")

    given_the_counter_is_open_for(mai, COPIES)
    when_the_card_is_scanned(mai)
    mai.fills(phone=LUA.phone)
    late: list[Route] = []
    mai.page.route(re.compile("/phi/.*copy-1-copies=1?(&|$)"), lambda route: late.append(route))
    mai.fills(**{"copy-1-name": "Bằng tốt nghiệp", "copy-1-pages": "5", "copy-1-copies": "2"})
    expect(mai.page.locator("[data-copies-total]")).to_have_text("Tổng phí: 14.000 đ")
    for asked_before in late:  # what one copy costs is told last
        asked_before.continue_()
    mai.page.evaluate("fetch(location.href).then(answer => answer.text())")
    assert len(late) > 0
    expect(mai.page.locator("[data-copies-total]")).to_have_text("Tổng phí: 14.000 đ")
    mai.choose("fee_method", "cash")
    mai.fills(fee_receipt="BL0102")
    mai.presses("F2")
    mai.takes_picture("chung-thuc")
    mai.presses_and_goes("F9")

    mai.sees("Đã nhận và trả kết quả")
    code = code_of(mai)
    mai.opens("/ho-so/so-theo-doi/")
    mai.takes_picture("so-theo-doi")
    mai.opens("/ho-so/thu-phi/")
    mai.sees("BL0102", "14.000")
    mai.opens_dossier(code)
    mai.sees("14.000 đ", "BL0102")
    when_the_citizen_looks_up(citizen, code)
    then_the_citizen_reads(citizen, "Cảm ơn ông/bà")


def test_what_was_typed_wrongly_is_said_beside_the_field_and_nothing_is_lost(officer):
    mai = officer("mai")
    given_the_counter_is_open_for(mai, BIRTH)

    mai.fills(full_name="Trần Thị Lụa 9", personal_id="03819000", phone="12", birth_date="31/02/1990")
    mai.fills(**{"paper-1-originals": "x"})
    mai.presses_and_goes("F9")

    typed = {name: mai.field(name).input_value() for name in ("full_name", "personal_id", "phone", "birth_date")}
    assert typed == {
        "full_name": "Trần Thị Lụa 9",
        "personal_id": "03819000",
        "phone": "12",
        "birth_date": "31/02/1990",
    }
    assert mai.field("paper-1-originals").input_value() == "x"
    expect(mai.page.locator(".error-summary")).to_be_focused()
    for name in ("personal_id", "phone", "birth_date"):
        error = mai.field(name).get_attribute("aria-describedby").split()[-1]
        expect(mai.page.locator(f"#{error}")).to_be_visible()
        expect(mai.field(name)).to_have_attribute("aria-invalid", "true")
    mai.takes_picture("sua-cho-sai")
    mai.page.locator(".error-summary a[href='#id_phone']").click()
    expect(mai.field("phone")).to_be_focused()


def test_an_empty_form_is_not_received(officer):
    mai = officer("mai")
    given_the_counter_is_open_for(mai, BIRTH)
    before = Dossier.objects.count()

    mai.presses_and_goes("F9")

    mai.sees("Xin nhập họ và tên người nộp, hoặc quét thẻ căn cước vào ô này.")
    assert Dossier.objects.count() == before


def test_pressing_twice_receives_once(officer):
    mai = officer("mai")
    given_the_counter_is_open_for(mai, BIRTH)
    when_the_card_is_scanned(mai)
    mai.fills(phone=LUA.phone)
    before, address = Dossier.objects.count(), urlsplit(mai.page.url).path
    form = mai.page.evaluate("Object.fromEntries(new FormData(document.querySelector('form[data-receive]')))")
    with mai.page.expect_navigation():
        mai.button("Nhận hồ sơ").dblclick()
    mai.sees("Đã nhận hồ sơ")
    # The line breaks, the computer sends the same form once more: the key of that page gives the same dossier.
    again = mai.page.request.post(mai.house + address, form=form | {"do": "receive"}, max_redirects=0)

    assert (again.headers["location"], Dossier.objects.count()) == (f"/ho-so/{code_of(mai)}/da-nhan/", before + 1)


def test_officers_of_another_commune_do_not_find_the_dossier(officer):
    mai, stranger = officer("mai"), officer("luavang")
    code = given_a_received_dossier(mai, BIRTH)

    for address in (
        f"/ho-so/{code}/",
        f"/ho-so/{code}/da-nhan/",
        f"/ho-so/{code}/in/receipt/",
        f"/ho-so/{code}/tu-choi/",
    ):
        answer = stranger.opens(address)
        assert (address, answer.status) == (address, 404)
    stranger.opens(f"/can-bo/tim/?q={code}")
    stranger.sees_nothing_of(LUA.name)
    then_the_desk_shows(mai, code)


def test_a_file_that_is_no_scan_is_refused_and_the_rest_is_kept(officer):
    mai = officer("mai")
    code = given_a_received_dossier(mai, BIRTH)
    mai.opens(f"/ho-so/{code}/giay-to/")

    mai.field("paper").select_option(index=1)
    mai.fills(paper_place="Tủ 2, ngăn 3")
    wrong = [
        {"name": "to-khai.pdf", "mimeType": "application/pdf", "buffer": b"MZ\x90\x00 this is a program"},
        {"name": "trong.pdf", "mimeType": "application/pdf", "buffer": b""},
    ]
    mai.field("scans").set_input_files(wrong)
    mai.sends("Lưu")

    assert mai.field("paper_place").input_value() == "Tủ 2, ngăn 3"
    expect(mai.page.locator(".error-summary")).to_contain_text("to-khai.pdf")
    expect(mai.page.locator(".error-summary")).to_contain_text("trong.pdf")

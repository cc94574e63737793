"""An administrator opens an account and shortens a term; the next person at the counter notices."""

import pytest
from playwright.sync_api import expect

from tests.journeys.people import Officer
from tests.journeys.telling import given_the_counter_is_open_for

pytestmark = pytest.mark.browser
PERMIT = "7"
WORDS = "hoa sen nở buổi sáng"


@pytest.fixture
def newcomer(ward, clock, browser, seen):
    """Somebody at an office computer who is not signed in."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="vi-VN")
    yield Officer(context.new_page(), ward, seen=seen)
    context.close()


def when_an_account_is_opened(admin: Officer) -> str:
    """Without a password: answers the link that the newcomer uses once."""
    admin.opens("/to-chuc/")
    admin.takes_picture("to-chuc")
    admin.follows("Trung tâm Phục vụ hành chính công")
    admin.follows("Mở tài khoản")
    admin.fills(full_name="Đinh Thị Sen", username="sen.dinh", title="Cán bộ Một cửa", valid_from="19/03/2026")
    admin.page.get_by_role("checkbox", name="cán bộ tiếp nhận").check()
    admin.takes_picture("mo-tai-khoan")
    admin.sends("Mở tài khoản")
    admin.follows("Đinh Thị Sen")
    admin.follows("Đặt lại mật khẩu")
    return admin.page.locator("#link").input_value()


def test_a_new_colleague_chooses_a_password_and_signs_in(officer, newcomer):
    link = when_an_account_is_opened(officer("quantri"))

    newcomer.opens(link.removeprefix(newcomer.house))
    newcomer.fills(password=WORDS, again="khác hẳn câu trên")
    newcomer.sends("Đặt mật khẩu")
    expect(newcomer.page.locator(".error-summary")).to_be_focused()
    newcomer.fills(password=WORDS, again=WORDS)
    newcomer.sends("Đặt mật khẩu")
    newcomer.opens("/can-bo/")
    newcomer.fills(login="sen.dinh", password="không phải câu ấy")
    newcomer.sends("Đăng nhập")
    expect(newcomer.field("login")).to_have_value("sen.dinh")
    newcomer.fills(password=WORDS)
    newcomer.takes_picture("dang-nhap")
    newcomer.sends("Đăng nhập")

    newcomer.sees("Chào Đinh Thị Sen")
    newcomer.opens(link.removeprefix(newcomer.house))
    newcomer.sees_nothing_of("Mật khẩu mới")


def test_a_shorter_term_is_promised_at_the_counter_at_once(officer):
    admin, mai = officer("quantri"), officer("mai")
    given_the_counter_is_open_for(mai, PERMIT)
    assert mai.promised() == "thứ Năm, 02/04/2026, 17:00"

    admin.opens("/thu-tuc/danh-muc/1.013225/")
    admin.follows("Sửa cam kết, quy trình")
    admin.page.get_by_label("Thời hạn cam kết").fill("9")
    admin.sends("Lưu cam kết và quy trình")
    expect(admin.page.locator(".error-summary")).to_be_focused()
    admin.page.locator("[data-process-row]").nth(2).get_by_label("Thời gian", exact=True).fill("6")
    expect(admin.page.locator("[data-process-said]")).to_have_text("vừa đúng")
    admin.takes_picture("quy-trinh")
    admin.sends("Lưu cam kết và quy trình")

    given_the_counter_is_open_for(mai, PERMIT)
    assert mai.promised() == "thứ Tư, 01/04/2026, 17:00"


def test_pages_of_the_calendar_and_the_forms_are_at_hand(officer):
    admin = officer("quantri")

    admin.opens("/to-chuc/")
    admin.follows("UBND phường Sen Hồng", exact=True)
    admin.takes_picture("don-vi")
    admin.follows("Ngày nghỉ")
    admin.sees("Tết")
    admin.takes_picture("ngay-nghi")
    admin.opens("/giay-to/mau/")
    admin.follows("Giấy tiếp nhận hồ sơ và hẹn trả kết quả")
    admin.sees("Xem trước")
    admin.takes_picture("mau-in")

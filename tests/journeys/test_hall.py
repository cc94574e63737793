"""A morning in the hall, played by four browsers: the kiosk, two counters, the board. The quiet button; an absence that
hits bookings; the kiosk's own keyboard."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.journeys.conftest import PHONE
from tests.journeys.live import live_process
from tests.journeys.people import Visitor
from thanthien.organisation.models import Staff
from thanthien.queue import actions
from thanthien.queue.models import Hall

pytestmark = pytest.mark.browser
SCREEN, KIOSK = {"width": 1920, "height": 1080}, {"width": 1080, "height": 1400}
SECONDS = 15_000  # patience on a busy machine


@pytest.fixture
def hall(ward, clock, settings):
    settings.LIVE_PORT = 0  # put back at the end, whatever the live process sets
    with live_process():
        yield Hall.objects.get()


@pytest.fixture
def screen(hall, ward, browser, seen):
    """`screen(size)`: a browser of the hall that nobody is signed in at."""
    contexts = []

    def stand(size):
        context = browser.new_context(viewport=size, locale="vi-VN")
        contexts.append(context)
        return Visitor(context.new_page(), ward, seen=seen)

    yield stand
    for context in contexts:
        context.close()


def free(officer):
    """Whoever stands at the counter as the story begins is finished with."""
    officer.opens("/xep-hang/quay/")
    if officer.button("Không có mặt").count():
        officer.sends("Không có mặt")
    if officer.page.get_by_role("button", name="Xong", exact=True).count():
        officer._goes(lambda: officer.page.get_by_role("button", name="Xong", exact=True).click())


def board_shows(board: Page, code: str) -> None:
    expect(board.locator("[data-code]")).to_have_text(code, timeout=SECONDS)


def calls(officer) -> str:
    officer.presses_and_goes("g")
    return officer.reads(".queue-code")


def test_a_morning_in_the_hall(hall, officer, screen):
    mai, huong = officer("mai"), officer("huong")
    _kiosk, token = actions.make_kiosk(hall, "Máy ở cửa", by=Staff.objects.get(username="quantri"), at=timezone.now())
    kiosk, board = screen(KIOSK), screen(SCREEN)
    board.opens(f"/xep-hang/{hall.pk}/bang/")

    # Two people take a number: one for civil status, one for a result.
    numbers = []
    for line in ("Hộ tịch, chứng thực", "Trả kết quả, thu phí"):
        kiosk.opens(f"/xep-hang/may/{token}/")
        kiosk.takes_picture("sanh-may-lay-so")
        kiosk._goes(lambda line=line: kiosk.page.locator(".kiosk-line", has_text=line).click())
        numbers.append(kiosk.reads(".kiosk-code"))
        kiosk.takes_picture("sanh-so")
        kiosk.sends("Tôi đã nhớ số")
        kiosk.sees("Xin mời ông/bà ngồi nghỉ.")

    # Two counters call; the board shows each at once, whoever was called before below it.
    free(mai), free(huong)
    first = calls(mai)
    board_shows(board.page, first)
    mai.takes_picture("sanh-quay")
    second = calls(huong)
    board_shows(board.page, second)
    expect(board.page.locator("[data-before]")).to_contain_text(first)
    board.takes_picture("sanh-bang")
    mai.presses_and_goes("d")
    huong.presses_and_goes("d")

    # The hall goes on until both who came have been called.
    called = {first, second}
    for counter, number in ((mai, numbers[0]), (huong, numbers[1])):
        while number not in called:
            called.add(calls(counter))
            counter.presses_and_goes("d")

    # The line of the board breaks; what was called meanwhile is there when it is back.
    board.page.context.set_offline(True)
    expect(board.page.locator("[data-broken]")).to_be_visible(timeout=SECONDS)
    board.takes_picture("sanh-bang-mat-mang")
    actions.hand_over(
        actions.issue(hall.lines.get(letter="A"), actions.Wish(source="officer"), at=timezone.now()),
        "spoken",
        at=timezone.now(),
    )
    missed = calls(mai)
    board.page.context.set_offline(False)
    board_shows(board.page, missed)
    expect(board.page.locator("[data-broken]")).to_be_hidden(timeout=SECONDS)

    # The number and its dossier in one press: whom I serve stands on the page of receiving.
    mai.presses_and_goes("h")
    mai.sees(missed)
    expect(mai.page.locator("h1")).to_have_text("Ông/bà cần làm thủ tục gì?")


def test_the_phone_by_the_poster_and_the_place_in_the_queue(hall, screen):
    phone = screen(PHONE)
    phone.opens(f"/xep-hang/{hall.pk}/?cua={hall.door_code}")
    phone._goes(lambda: phone.page.locator(".queue-line", has_text="Hộ tịch").click())

    phone.unfolds("Vì sao tôi ở chỗ này?")
    phone.sees("cùng diện thì ai đến trước được mời trước")
    phone.takes_picture("sanh-dien-thoai")


def test_the_quiet_button_is_heard_by_the_head_alone_and_taken_back(hall, officer):
    huong, head = officer("huong"), officer("thang")
    watch = head.page.locator(".queue-help-watch")

    huong.opens("/xep-hang/quay/")
    huong.sends("Cần hỗ trợ")
    head.opens("/can-bo/")
    expect(watch).to_contain_text("Quầy 4 cần hỗ trợ từ", timeout=SECONDS)
    assert "hỗ trợ từ" not in huong.page.content()

    huong.sends("Không cần nữa")
    head.opens("/xep-hang/quay/ho-tro/")
    head.sees("Không quầy nào cần hỗ trợ", "bấm nhầm, đã rút lại")
    expect(watch).to_be_empty(timeout=SECONDS)


def test_an_absence_names_the_bookings_that_it_hits_and_one_press_moves_them(hall, officer):
    """Two people had booked with counters whose officers are away tomorrow: one absence stands, one comes now."""
    leader, tomorrow = officer("chutich"), timezone.localdate() + timedelta(days=1)
    leader.opens("/to-chuc/vang-mat/")
    leader.sees("1 lịch hẹn đã đặt rơi vào lúc không có quầy phục vụ")

    leader.follows("Ghi vắng mặt")
    mai = str(Staff.objects.get(username="mai").pk)
    leader.page.locator("[name=staff]").evaluate("(field, mai) => (field.value = mai)", mai)
    leader.fills(first_day=f"{tomorrow:%d/%m/%Y}")
    leader.sends("Lưu")
    leader.sees("Đã ghi đợt vắng mặt của Lê Thị Mai", "2 lịch hẹn đã đặt rơi vào lúc không có quầy phục vụ")

    leader.follows("Xem và dời")
    leader.sees("Nguyễn Thị Hoa", "cán bộ phụ trách vắng mặt")
    leader.button("Dời sang chỗ trống kế tiếp").click()
    leader._goes(lambda: leader.page.locator("[data-confirm-dialog] [value=yes]").click())
    leader.sees("Đã dời 2 lịch hẹn, hủy 0 vì hết chỗ, và báo từng người.")
    leader.sees_nothing_of("không giữ được giờ")


def test_the_kiosk_is_typed_at_on_its_own_keyboard(hall, screen):
    _kiosk, token = actions.make_kiosk(hall, "Máy ở cửa", by=Staff.objects.get(username="quantri"), at=timezone.now())
    kiosk = screen(KIOSK)
    kiosk.opens(f"/xep-hang/may/{token}/")
    board = kiosk.page.get_by_role("group", name="Bàn phím")
    expect(board).to_be_hidden()

    kiosk.page.locator("#tim").click()
    for key in ("K", "H", "A", "I", "Dấu cách", "S", "I", "X", "Xóa"):
        board.get_by_role("button", name=key, exact=True).click()
    expect(kiosk.page.locator("#tim")).to_have_value("khai si")
    assert kiosk.page.locator("#tim").get_attribute("inputmode") == "none"
    smallest = board.locator("button").evaluate_all(
        "keys => Math.min(...keys.flatMap(key => [key.offsetWidth, key.offsetHeight]))"
    )
    assert smallest >= 60

    expect(kiosk.page.locator("#found")).to_contain_text("Đăng ký khai sinh", timeout=SECONDS)
    kiosk._goes(lambda: kiosk.page.locator("#found button", has_text="Đăng ký khai sinh").first.click())
    assert kiosk.reads(".kiosk-code").startswith("A")

    # Somebody chose to go first and left: the next one begins anew.
    kiosk.page.clock.install()
    kiosk.opens(f"/xep-hang/may/{token}/?lang=vi")
    kiosk.ticks("Người khuyết tật")
    kiosk.page.clock.fast_forward(89_000)
    expect(kiosk.page.get_by_label("Người khuyết tật")).to_be_checked()
    kiosk._goes(lambda: kiosk.page.clock.fast_forward(2_000))
    expect(kiosk.page.get_by_label("Không", exact=True)).to_be_checked()

"""The citizen's door on a cheap phone over a slow line, with large type, without scripts, by keyboard alone."""

import re
import time

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.journeys.looking import complaints_of, faults_at_this_width
from tests.journeys.people import Visitor
from tests.journeys.telling import when_the_citizen_looks_up
from tests.journeys.ward import copy_of
from thanthien.dossiers.management.benchmark import servers
from thanthien.dossiers.management.benchmark.place import SQLITE, Place
from thanthien.dossiers.models import Dossier
from thanthien.office.management.demonstration import catalogue

pytestmark = pytest.mark.browser
PHONE, TABLET, DESK = {"width": 360, "height": 740}, {"width": 768, "height": 1024}, {"width": 1280, "height": 800}
SLOW_LINE = {"offline": False, "latency": 100, "downloadThroughput": 50_000, "uploadThroughput": 50_000}  # 400 kbit/s
MOST_BYTES, MOST_SECONDS = 150_000, 3.0
PUBLIC = ("/", "/dich-vu-cong/", "/dich-vu-cong/?q=khai+sinh", "/dich-vu-cong/?q=may+bay", "/dich-vu-cong/1.001193/",
          "/giu-loi/", "/huong-dan/", "/tra-cuu/", "/ho-so-cua-toi/")  # fmt: skip


@pytest.fixture
def phone(ward, clock, browser):
    """A new context each time: nothing is in memory yet."""
    opened = []

    def open_one(**options):
        context = browser.new_context(viewport=PHONE, locale="vi-VN", is_mobile=True, has_touch=True, **options)
        opened.append(context)
        return context.new_page()

    yield open_one
    for context in opened:
        context.close()


def test_the_first_page_is_light_and_there_in_three_seconds(built_ward, browser, tmp_path):
    """From the real server, which squeezes its files. The best of three: the machine does other things too."""
    copy = copy_of(built_ward, tmp_path / "ward.sqlite3")
    seen = []
    with servers.ours(Place(SQLITE, tmp_path, f"sqlite:///{copy}")) as server:
        for _time in range(3):
            context = browser.new_context(viewport=PHONE, locale="vi-VN", is_mobile=True)
            seen.append(look_at_the_first_page(context.new_page(), f"http://127.0.0.1:{server.port}/"))
            context.close()

    assert max(size for size, _seconds in seen) <= MOST_BYTES
    assert min(seconds for _size, seconds in seen) <= MOST_SECONDS


def look_at_the_first_page(page, ward):
    """With nothing in memory: how many bytes came over the line, and after how long one could read."""
    sizes, line = [], page.context.new_cdp_session(page)
    line.send("Network.enable")
    line.on("Network.loadingFinished", lambda told: sizes.append(told["encodedDataLength"]))
    line.send("Network.emulateNetworkConditions", SLOW_LINE)
    line.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    began = time.monotonic()
    page.goto(ward, wait_until="domcontentloaded")
    expect(page.locator("h1")).to_be_visible()
    seconds = time.monotonic() - began
    page.wait_for_load_state("networkidle")
    return sum(sizes), seconds


def test_a_citizen_finds_a_procedure_and_follows_a_dossier_without_scripts(phone, ward):
    page = phone(java_script_enabled=False)
    dossier = Dossier.objects.filter(status="processing").exclude(phone="").first()
    page.goto(ward)
    page.get_by_label("Tìm thủ tục").fill("khai sinh cho con")
    page.get_by_role("button", name="Tìm").click()
    page.get_by_role("link", name="Đăng ký khai sinh", exact=True).click()
    expect(page.get_by_text("Mang theo gì")).to_be_visible()
    page.get_by_role("link", name="Tra cứu hồ sơ").click()
    page.get_by_label("Mã hồ sơ trên giấy hẹn").fill(dossier.code)
    page.get_by_label("4 số cuối điện thoại").fill(dossier.phone[-4:])
    page.get_by_role("button", name="Tra cứu").click()

    expect(page.get_by_text("Hẹn trả kết quả").first).to_be_visible()
    page.get_by_role("link", name="English").click()
    assert page.locator("html").get_attribute("lang") == "en"


def test_a_citizen_finds_out_what_to_bring(citizen: Visitor):
    citizen.opens("/")
    citizen.takes_picture("trang-chu")
    citizen.fills(q="khai sinh cho con")
    citizen.sends("Tìm")
    citizen.takes_picture("tim-thu-tuc")
    citizen.follows("Đăng ký khai sinh", exact=True)

    citizen.sees("Mang theo gì", "Giấy chứng sinh", "Bao nhiêu tiền", "Không thu", "Bao lâu", "trong ngày", "Ở đâu")
    citizen.takes_picture("trang-thu-tuc")
    citizen.opens("/giu-loi/")
    citizen.takes_picture("giu-loi")


def test_a_phone_number_opens_its_dossiers(citizen: Visitor, settings):
    settings.DEMONSTRATION_CHANNELS = ["sms"]
    dossier = Dossier.objects.filter(offering__procedure__code=catalogue.BUILDING).exclude(phone="").last()
    citizen.opens("/ho-so-cua-toi/")
    citizen.fills(to=f"0{dossier.phone[3:]}")
    citizen.looks_around()
    citizen.sends("Gửi mã xác nhận")
    code = re.search(r"Mã là (\d{6})", citizen.page.locator("main").inner_text())
    citizen.looks_around()
    citizen.fills(code=code[1])
    citizen.sends("Xem hồ sơ của tôi")
    citizen.sees(dossier.procedure_name, dossier.code)
    citizen.looks_around()
    citizen.takes_picture("ho-so-cua-toi")
    citizen.sends("Xem xong, thoát")

    citizen.opens("/ho-so-cua-toi/")
    expect(citizen.page.get_by_text(dossier.code)).to_have_count(0)


@pytest.mark.parametrize("size", [PHONE, TABLET, DESK], ids=lambda size: str(size["width"]))
def test_no_width_and_no_switch_breaks_a_page(phone, ward, size):
    """Large type (the page's own switch) with the browser's text at 200 %, high contrast, in English."""
    page = phone()
    complaints = complaints_of(page)
    page.set_viewport_size(size)
    page.goto(ward + reverse("portal:language", args=["en"]))
    page.evaluate("localStorage.setItem('thanthien.type', 'large'); localStorage.setItem('thanthien.contrast', 'high')")
    for address in PUBLIC:
        page.goto(ward + address)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        wide, room = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        assert wide <= room, (address, wide)
        page.evaluate("document.documentElement.style.fontSize = ''")
        assert page.evaluate("document.documentElement.dataset.type") == "large"
        assert faults_at_this_width(page) == [], address
    assert complaints == []


def test_by_keyboard_alone_from_the_first_page_to_the_answer(phone, ward):
    page = phone()
    page.set_viewport_size(DESK)
    page.goto(ward)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Đến nội dung chính")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Tìm thủ tục")).to_be_focused()
    page.keyboard.type("sao y")
    page.keyboard.press("Enter")
    page.wait_for_url("**/dich-vu-cong/?q=sao*")
    link = page.get_by_role("link", name="Chứng thực bản sao từ bản chính")
    for _press in range(40):
        page.keyboard.press("Tab")
        if link.evaluate("element => element === document.activeElement"):
            break
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_contain_text("Chứng thực bản sao")


def test_the_story_by_four_digits_only_looks(citizen: Visitor):
    dossier = Dossier.objects.filter(status="supplement").exclude(phone="").first()
    when_the_citizen_looks_up(citizen, dossier.code, dossier.phone[-4:])

    citizen.sees("Đang chờ ông/bà bổ sung", "Trang này chỉ để xem.")
    citizen.looks_around()

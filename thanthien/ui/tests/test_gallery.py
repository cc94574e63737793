import re
import zlib
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import expect

from thanthien.ui.gallery import PAGES

HOUSE = Path(__file__).resolve().parents[3]
ADDRESSES = ["/ui/", *(f"/ui/{page}/" for page in PAGES), "/tai-khoan/login/", "/khong-co/"]


@pytest.mark.django_db  # the head of the page asks whose house it is
@pytest.mark.parametrize("page", PAGES)
def test_gallery_page_is_shown_to_everyone(client, page):
    assert client.get(reverse("ui:gallery_page", args=[page])).status_code == 200


def test_unknown_gallery_page_is_not_found(client):
    assert client.get("/ui/khac/").status_code == 404


def test_gallery_shows_every_component():
    tags = (HOUSE / "thanthien" / "ui" / "templatetags" / "ui.py").read_text("utf-8")
    names = set(
        re.findall(r"^@register\.(?:simple_tag|simple_block_tag|inclusion_tag)[^\n]*\ndef (\w+)", tags, re.MULTILINE)
    )
    pages = "".join(path.read_text("utf-8") for path in (HOUSE / "thanthien/ui/templates/ui").rglob("*.html"))

    assert sorted(name for name in names if not re.search(rf"{{% {name}\b", pages)) == ["idempotency_key"]


@pytest.fixture
def look(browser, live_server, db):
    """A page of the house at a width, with what the browser complained about."""
    opened = []

    def open_page(address, width):
        page = browser.new_page(viewport={"width": width, "height": 900})
        opened.append(page)
        page.complaints = []
        page.on("console", lambda said: page.complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.goto(live_server.url + address)
        page.wait_for_load_state("networkidle")
        return page

    yield open_page
    for page in opened:
        page.close()


@pytest.mark.browser
@pytest.mark.parametrize("width", [1440, 360])
@pytest.mark.parametrize("address", ADDRESSES)
def test_axe_finds_nothing(look, address, width):
    page = look(address, width)

    results = Axe.from_file(HOUSE / "node_modules" / "axe-core" / "axe.min.js").run(page)

    assert results.violations_count == 0, results.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert [line for line in page.complaints if "404" not in line] == []


@pytest.mark.browser
@pytest.mark.parametrize("switch", ["type", "contrast"])
def test_large_type_and_high_contrast_stay_readable_and_are_remembered(look, switch):
    page = look("/ui/", 360)

    page.click(f'[data-theme-switch="{switch}"] >> visible=true')
    page.reload()

    assert page.get_attribute(f'[data-theme-switch="{switch}"]', "aria-pressed") == "true"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    results = Axe.from_file(HOUSE / "node_modules" / "axe-core" / "axe.min.js").run(page)
    assert results.violations_count == 0, results.generate_report()


@pytest.mark.browser
def test_phone_page_weighs_less_than_150_kilobytes(look):
    page = look("/ui/trang-chu/", 360)

    loaded = page.evaluate("performance.getEntriesByType('resource').map(e => new URL(e.name).pathname)")
    weights = {name: sent_bytes(name) for name in set(loaded)}

    assert any(name.endswith(".woff2") for name in weights)
    assert sum(weights.values()) + len(zlib.compress(page.content().encode(), 6)) < 150_000, weights


def sent_bytes(address):
    """What is sent: production keeps each file compressed beside the plain one (fonts already are)."""
    content = (HOUSE / "thanthien" / "ui" / address.lstrip("/")).read_bytes()
    return len(content) if address.endswith(".woff2") else len(zlib.compress(content, 9))


@pytest.mark.browser
def test_slash_goes_to_the_search_field_but_not_while_typing(look):
    page = look("/ui/ban-lam-viec/", 1440)

    page.keyboard.press("/")
    page.keyboard.type("a/b")

    assert page.evaluate("document.activeElement.value") == "a/b"


@pytest.mark.browser
def test_dangerous_button_asks_first_and_quiet_refusal_changes_nothing(look):
    page = look("/ui/", 1440)
    page.evaluate("document.querySelector('[data-confirm]').addEventListener('click', () => document.title = 'done')")

    page.click("[data-confirm]")
    asked = page.inner_text("dialog[open] h2")
    page.click("dialog[open] button[value=no]")
    expect(page.locator("[data-confirm]")).to_be_focused()  # the dialog has told that it is closed: a moment later
    after_no = page.title()
    page.click("[data-confirm]")
    page.click("dialog[open] button[value=yes]")

    expect(page).to_have_title("done")
    assert (asked, after_no != "done") == ("Dừng giải quyết hồ sơ này?", True)


@pytest.mark.browser
def test_long_choice_is_found_without_marks_and_by_keyboard(look):
    page = look("/ui/bieu-mau/", 1440)

    field = page.locator("#id_new-ward")
    field.fill("bim son")
    field.press("Enter")

    assert field.input_value() == "Phường Bỉm Sơn"
    assert page.input_value("[name=new-ward]") == "2"


@pytest.mark.browser
def test_focus_moves_to_the_error_summary_and_on_to_the_field(look):
    page = look("/ui/bieu-mau/", 1440)
    first = page.evaluate("document.activeElement.className")

    page.click('.error-summary a[href="#id_papers"]')

    assert (first, page.evaluate("document.activeElement.id")) == ("error-summary", "id_papers_0")


@pytest.mark.browser
def test_date_and_money_are_written_out_when_the_field_is_left(look):
    page = look("/ui/bieu-mau/", 1440)

    written = {}
    for text in ("27112026", "5.1.2026", "5122026"):
        page.fill("#id_new-born_on", text)
        page.locator("#id_new-fee").focus()
        written[text] = page.input_value("#id_new-born_on")
    page.fill("#id_new-fee", "1234567")
    page.locator("#id_new-note").focus()

    assert written == {"27112026": "27/11/2026", "5.1.2026": "05/01/2026", "5122026": "5122026"}
    assert page.input_value("#id_new-fee") == "1.234.567"


@pytest.mark.browser
def test_form_is_sent_once_and_its_button_says_so(look, live_server):
    page = look("/tai-khoan/login/", 360)
    page.route("**/tai-khoan/login/", lambda route: route.fulfill(status=204))  # the page stays

    page.fill("#id_login", "mai")
    page.fill("#id_password", "mot-cua-than-thien")
    page.evaluate("document.querySelector('main button[type=submit]').click()")
    page.wait_for_selector("main button[type=submit][disabled]")

    assert page.inner_text("main button[type=submit]").strip() == "Đang gửi…"


@pytest.mark.browser
def test_menu_opens_on_a_phone_and_closes_with_escape(look):
    page = look("/ui/ban-lam-viec/", 360)

    hidden = page.is_visible("#side-menu")
    page.click("[data-toggle=side-menu]")
    shown = page.is_visible("#side-menu")
    page.keyboard.press("Escape")

    assert (hidden, shown, page.is_visible("#side-menu")) == (False, True, False)


@pytest.mark.browser
def test_reader_announces_what_it_read(look):
    page = look("/ui/ban-lam-viec/", 1440)
    page.evaluate(
        "document.addEventListener('thanthien:scan', e => { e.preventDefault(); document.title = e.detail.text })"
    )

    page.focus("#find")
    page.keyboard.type("038090001234|012345678|Lan")
    page.keyboard.press("Enter")

    assert page.title() == "038090001234|012345678|Lan"

"""Those who appear in the stories: an officer at a computer, a citizen with a phone, as they see and touch pages."""

import os
import re
import subprocess
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Locator, Page, Response, expect

from tests.journeys.looking import complaints_of, faults_of, make_of

PICTURES = os.environ.get("SCREENSHOTS")
HEAVIEST = 150_000  # bytes of a picture in the guides
TALL = {"width": 1280, "height": 960}


class Visitor:
    """Somebody in front of a browser. What they do waits for its page, and every new page is looked at by axe."""

    def __init__(self, page: Page, house: str, *, seen: set[str]) -> None:
        self.page, self.house, self.seen = page, house, seen
        self.complaints = complaints_of(page)
        self.keys = 0

    # ---- what they do --------------------------------------------------------------------------------------
    def opens(self, address: str) -> Response | None:
        answer = self.page.goto(self.house + address)
        self.looks_around()
        return answer

    def follows(self, name: str, *, exact: bool = False) -> None:
        """A link, by its words, or by nothing more than these."""
        self._goes(lambda: self.link(name, exact=exact).first.click())

    def sends(self, name: str) -> None:
        """A form, by the words of its button."""
        self._goes(lambda: self.button(name).first.click())

    def presses(self, *keys: str) -> None:
        """Keys, one by one; each counts."""
        for key in keys:
            self.page.keyboard.press(key)
            self.keys += 1

    def presses_and_goes(self, key: str) -> None:
        self._goes(lambda: self.presses(key))

    def types(self, text: str) -> None:
        """Where the cursor is."""
        self.page.keyboard.type(text)

    def fills(self, **said: str) -> None:
        """Fields by their names in the form."""
        for name, text in said.items():
            self.field(name).fill(text)

    def picks(self, **said: str) -> None:
        """Choices by the words that are shown."""
        for name, words in said.items():
            self.field(name).select_option(label=words)

    def choose(self, name: str, value: str) -> None:
        """One field, whatever it is: a list by its value, a box by a tick, else text."""
        field = self.field(name)
        if not field.is_visible():  # behind "Thư điện tử, giấy tờ cũ" and the like
            field.locator("xpath=ancestor::details[1]/summary").click()
        if field.evaluate("e => e.tagName") == "SELECT":
            field.select_option(value)
        elif field.evaluate("e => e.type") == "checkbox":
            field.check()
        else:
            field.fill(value)

    def ticks(self, words: str) -> None:
        self.page.get_by_label(words).first.check()

    def unfolds(self, words: str) -> None:
        self.page.locator("summary", has_text=words).first.click()

    def _goes(self, act: Callable[[], Any]) -> None:
        with self.page.expect_navigation(wait_until="load"):
            act()
        self.looks_around()

    # ---- what they see -------------------------------------------------------------------------------------
    def sees(self, *texts: str) -> None:
        for text in texts:
            expect(self.page.locator("main")).to_contain_text(text)

    def sees_nothing_of(self, text: str) -> None:
        expect(self.page.locator("main")).not_to_contain_text(text)

    def reads(self, selector: str) -> str:
        return " ".join(self.page.locator(selector).first.inner_text().split())

    def field(self, name: str) -> Locator:
        return self.page.locator(f"main [name={name}]").first

    def link(self, name: str, *, exact: bool = False) -> Locator:
        return self.page.get_by_role("link", name=name, exact=exact)

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name)

    def promised(self) -> str:
        """The date that stands first on the page, in words: "thứ Hai, 23/03/2026, 17:00"."""
        return self.reads(".promise-date")

    def opens_paper(self, address: str) -> bytes:
        """A printed form, as the printer gets it."""
        answer = self.page.request.get(self.house + address)
        assert (answer.status, answer.headers["content-type"]) == (200, "application/pdf"), answer.text()[:500]
        return answer.body()

    def looks_around(self) -> None:
        """A page of a make not yet met in this run is examined at both widths."""
        make = make_of(self.page)
        if make not in self.seen:
            self.seen.add(make)
            assert (self.page.url, faults_of(self.page)) == (self.page.url, [])
        assert self.complaints == []

    def takes_picture(self, name: str) -> None:
        """For the guides, when `make docs` asks for pictures: the page from its top."""
        if PICTURES:
            size = self.page.viewport_size
            if size["width"] > TALL["width"] / 2:
                self.page.set_viewport_size(TALL)
            self.page.mouse.move(0, 0)
            self.page.evaluate("scrollTo({top: 0, behavior: 'instant'})")
            self.page.wait_for_timeout(200)  # until what was sticky has settled
            keep_picture(self.page.screenshot(animations="disabled"), Path(PICTURES) / f"{name}.png")
            self.page.set_viewport_size(size)

    def takes_picture_of_paper(self, content: bytes, name: str) -> None:
        """The first page of a printed form."""
        if PICTURES:
            drawn = subprocess.run(
                ["pdftoppm", "-r", "90", "-png", "-singlefile", "-"],
                input=content,
                capture_output=True,
                check=True,
            )
            keep_picture(drawn.stdout, Path(PICTURES) / f"{name}.png")


class Officer(Visitor):
    """At the office's computer, signed in."""

    def opens_dossier(self, code: str) -> None:
        self.opens(f"/ho-so/{code}/")

    def acts(self, link: str, button: str = "", **said: str) -> None:
        """From the dossier's page: one of its deeds, what it asks, its button; and back."""
        self.follows(link)
        for name, value in said.items():
            self.choose(name, value)
        self.sends(button or link)

    def signs_for(self, code: str) -> None:
        self.opens_dossier(code)
        self.acts("Ký nhận hồ sơ")

    def passes_on(self, code: str, note: str = "") -> None:
        """Takes the dossier from the desk, does the step, gives it on."""
        self.signs_for(code)
        self.acts("Xong bước, chuyển tiếp", "Chuyển hồ sơ", note=note)
        self.sees("Đã chuyển hồ sơ sang bước sau.")


def code_of(visitor: Visitor) -> str:
    """The code of the dossier whose page is open."""
    found = re.search(r"/ho-so/([0-9A-Z.]+-[0-9]{6}-[0-9]{4,})/", visitor.page.url)
    assert found, visitor.page.url
    return found[1]


def keep_picture(content: bytes, path: Path) -> None:
    """As a small PNG with a palette: what is on paper has few colours."""
    path.parent.mkdir(parents=True, exist_ok=True)
    picture = Image.open(BytesIO(content)).convert("RGB")
    for colours in (128, 64, 32):
        picture.quantize(colours, dither=Image.Dither.NONE).save(path, optimize=True)
        if path.stat().st_size <= HEAVIEST:
            return

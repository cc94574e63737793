"""A cheap phone of 360 px on three kinds of line: slow, without scripts, and broken in the middle."""

import io
import random
from typing import Any

from PIL import Image
from playwright.sync_api import Page, Route, expect

from tests.journeys.people import Visitor

SLOW, PLAIN, BROKEN = "slow", "plain", "broken"
LINES = (SLOW, PLAIN, BROKEN)
SPEED = 400 * 1024 / 8  # 400 kbit/s, bytes a second
SLOW_LINE = {"offline": False, "latency": 100, "downloadThroughput": SPEED, "uploadThroughput": SPEED}
CHOICES = ("radio", "select-one")
FIELDS = "fields => fields.map(one => [one.name, one.type, one.value])"


class Citizen(Visitor):
    """Somebody on such a line. Their pages are looked at by axe on the tour of every page, not here once more; the
    pictures of the guides are taken on the broken line, where everything is drawn as on a good one."""

    def __init__(self, page: Page, house: str, line: str, *, weak: bool = False) -> None:
        super().__init__(page, house, seen=set())
        self.line = line
        if line == SLOW:
            wire = page.context.new_cdp_session(page)
            wire.send("Network.emulateNetworkConditions", SLOW_LINE)
            if weak:
                wire.send("Emulation.setCPUThrottlingRate", {"rate": 4})

    def looks_around(self) -> None:
        assert self.complaints == []

    def takes_picture(self, name: str) -> None:
        if self.line == BROKEN:
            super().takes_picture(name)

    # ---- forms ---------------------------------------------------------------------------------------------
    def states(self, told: dict[str, str]) -> None:
        """Fills in whatever the page asks for now, by the names of its fields; choices first, for what they open."""
        for choices_first in (True, False):
            self._states(told, choices=choices_first)

    def _states(self, told: dict[str, str], *, choices: bool) -> None:
        asked = self.page.locator("main [name]:not(:disabled):visible").evaluate_all(FIELDS)
        for name, kind, value in asked:
            if name not in told or (kind in CHOICES) != choices:
                continue
            field = self.page.locator(f'main [name="{name}"]')
            if kind == "radio":
                if value == told[name]:
                    self.page.locator(f'main [name="{name}"][value="{value}"]').check()
            elif kind == "select-one":
                field.select_option(told[name])
            else:
                field.fill(told[name])

    def sends_in_the_middle(self, name: str) -> None:
        """On a broken line the form arrives and its answer does not: the page is opened again, and sent once more where
        it still stands there."""
        if self.line != BROKEN:
            self.sends(name)
            return
        before, kept = self.page.url, self.page.context.cookies()
        self.page.route("**/*", _lose_the_answer, times=1)
        with self.page.expect_response(lambda answer: answer.request.method == "POST"):
            self.button(name).first.click(no_wait_after=True)
        self.page.context.clear_cookies()
        self.page.context.add_cookies(kept)  # what the answer would have changed on the phone did not come either
        self.page.goto(before)
        self.complaints.clear()  # the browser has complained of the broken line
        if self.button(name).count():
            self.sends(name)

    # ---- photos --------------------------------------------------------------------------------------------
    def sends_photo(self, name: str, place: int = 0) -> None:
        """Behind the first paper (or another `place`); on the broken line one piece of it is lost on the way."""
        lost: list[str] = []

        def lose_one(route: Route) -> None:
            if route.request.method == "POST" and not lost:
                lost.append(route.request.url)
                route.abort("internetdisconnected")
            else:
                route.continue_()

        if self.line == BROKEN:
            self.page.route("**/manh/**", lose_one)
        self.page.set_input_files(f"[data-paper] input[multiple] >> nth={place}", a_file(name))
        if self.line == PLAIN:
            self.sends("Tải lên các tệp đã chọn")
        expect(self.page.locator(".filing-thumb")).to_have_count(1, timeout=30_000)
        self.complaints.clear()
        assert len(lost) == (self.line == BROKEN)


def _lose_the_answer(route: Route) -> None:
    """The server has done it and the browser stays where it is, as if nothing had come back."""
    route.fetch(max_redirects=0)
    route.fulfill(status=204)


def a_file(name: str = "anh.jpg", size: tuple[int, int] = (640, 480)) -> dict[str, Any]:
    """A photo: noise does not pack, as those of telephones do not."""
    width, height = size
    noise = random.Random(7).randbytes(width // 8 * (height // 8) * 3)
    small = Image.frombytes("RGB", (width // 8, height // 8), noise)
    out = io.BytesIO()
    small.resize(size, Image.Resampling.BICUBIC).save(out, "JPEG", quality=85)
    return {"name": name, "mimeType": "image/jpeg", "buffer": out.getvalue()}

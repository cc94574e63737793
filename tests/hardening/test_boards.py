"""R15: a board whose network is gone for a while shows the right numbers at once when it is back, and says meanwhile
that it hears nothing. The network is a relay that lets nothing through, as a cut cable does: no end is told.
"""

import http.client
import os
import socket
import threading
import time
from contextlib import contextmanager
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.db import connection
from playwright.sync_api import expect

from tests.hardening import LONG
from thanthien.queue.management.benchmark.place import House, new_house

pytestmark = [pytest.mark.hardening, pytest.mark.browser]
AWAY = (1, 30, 600) if LONG else (1,)
PATIENCE = 15_000  # ms, on a busy machine; docs/reliability.md has what was measured
CALLS = 7  # more than a board shows


class Network:
    """Carries bytes from a port of its own to another one while it is `up`."""

    def __init__(self):
        self.up, self.target = threading.Event(), 0
        self.door = socket.create_server(("127.0.0.1", 0))
        self.port = self.door.getsockname()[1]
        self.up.set()
        threading.Thread(target=self._open, daemon=True).start()

    def _open(self):
        while True:
            try:
                line, _ = self.door.accept()
                far = socket.create_connection(("127.0.0.1", self.target))
            except OSError:
                return
            for ends in ((line, far), (far, line)):
                threading.Thread(target=self._carry, args=ends, daemon=True).start()

    def _carry(self, source, drain):
        try:
            while piece := source.recv(65536):
                self.up.wait()
                drain.sendall(piece)
        except OSError:
            pass
        finally:
            source.close()
            drain.close()


def press(house, what, officer=0):
    cookies = "; ".join(f"{name}={value}" for name, value in house.facts["officers"][officer].items())
    fields = {"csrfmiddlewaretoken": house.facts["token"], "idempotency_key": uuid4().hex, "do": what}
    line = http.client.HTTPConnection("127.0.0.1", house.port, timeout=30)
    headers = {"Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded"}
    line.request("POST", "/xep-hang/quay/lam/", urlencode(fields), headers)
    assert line.getresponse().status == 302
    line.close()


def call_some(house, times=1):
    for _ in range(times):
        press(house, "next")
        press(house, "start")


def cluster():
    return os.environ["DATABASE_URL"] if connection.vendor == "postgresql" else ""


@contextmanager
def board_of(house, browser, live_port=None):
    context = browser.new_context(viewport={"width": 1920, "height": 1080}, locale="vi-VN")
    page = context.new_page()
    page.goto(f"http://127.0.0.1:{house.port}/xep-hang/{house.facts['hall']}/bang/")
    yield page
    context.close()


def shown(page):
    return [
        page.locator("[data-code]").inner_text(),
        *page.locator("[data-before] li span:first-child").all_inner_texts(),
    ]


def codes(last):
    return [f"A {number:03d}" for number in range(last, last - 5, -1)]


def test_a_board_without_network_says_so_and_is_right_again_at_once(browser):
    network = Network()
    with new_house(cluster(), counters=1, waiting=60, LIVE_URL=f"http://127.0.0.1:{network.port}") as house:
        network.target, called = house.live_port, CALLS
        call_some(house, CALLS)
        with board_of(house, browser) as page:
            expect(page.locator("[data-code]")).to_have_text(f"A {called:03d}", timeout=PATIENCE)
            for seconds in AWAY:
                network.up.clear()
                called += CALLS
                call_some(house, CALLS)
                page.wait_for_timeout(1000 * seconds)
                assert page.locator("[data-broken]").is_visible() == (seconds > 10)
                begun = time.perf_counter()
                network.up.set()
                expect(page.locator("[data-code]")).to_have_text(f"A {called:03d}", timeout=PATIENCE)
                expect(page.locator("[data-broken]")).to_be_hidden(timeout=PATIENCE)
                print(f"away {seconds} s: right after {time.perf_counter() - begun:.2f} s")  # noqa: T201  (figures of the long form)
                assert shown(page) == codes(called)


def test_a_board_at_one_server_shows_what_is_called_at_another_of_the_same_database(browser):
    if connection.vendor != "postgresql":
        pytest.skip("one SQLite file serves one machine")
    with new_house(cluster(), counters=1, waiting=10) as house, board_of(house, browser) as page:
        other = House(house.env, house.facts)
        try:
            other.opens()
            for called in (1, 2, 3):
                call_some(other)
                expect(page.locator("[data-code]")).to_have_text(f"A {called:03d}", timeout=PATIENCE)
        finally:
            other.closes()

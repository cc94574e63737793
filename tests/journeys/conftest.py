"""What every story needs: the ward with its server and its clock, and people who sign in."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import time_machine
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.http import HttpRequest, HttpResponse
from django.test import Client
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from tests.journeys.people import Officer, Visitor
from tests.journeys.ward import MORNING, copy_of, demonstration, files_of, moment, use_database
from thanthien.organisation.models import Staff

DESK, PHONE = {"width": 1280, "height": 800}, {"width": 360, "height": 740}


@pytest.fixture(scope="session")
def built_ward(django_db_setup, django_db_blocker, tmp_path_factory, worker_id) -> Path:
    folder = tmp_path_factory.getbasetemp()
    with django_db_blocker.unblock():
        return demonstration(folder if worker_id == "master" else folder.parent)


class Kept(StaticFilesHandler):
    """Styles, scripts and fonts are kept by the browser, as those of a house that serves are, whose names say what is
    in them. For ten years, as there: the ward's morning lies months behind the browser's own clock."""

    def serve(self, request: HttpRequest) -> HttpResponse:
        answer = super().serve(request)
        answer.headers["Cache-Control"] = "max-age=315360000, immutable"
        return answer


@pytest.fixture(scope="session")
def served() -> Iterator[str]:
    """One server for all stories: it opens the database anew for each request."""
    server = LiveServer("127.0.0.1", start=False)
    server.thread.static_handler = Kept
    server.start()
    yield server.url
    server.stop()


@pytest.fixture(scope="session")
def seen() -> set[str]:
    """Makes of pages that were examined already."""
    return set()


@pytest.fixture
def ward(built_ward, served, django_db_blocker, tmp_path, settings) -> Iterator[str]:
    """The demonstration on its own morning, with a copy of the database that this story may change."""
    settings.SITE_URL, settings.MEDIA_ROOT = served, files_of(built_ward, tmp_path / "files")
    with django_db_blocker.unblock(), use_database(copy_of(built_ward, tmp_path / "ward.sqlite3")):
        yield served


@pytest.fixture
def clock(ward) -> Iterator[Callable[[str], None]]:
    """`clock("20/03/2026 07:35")`: it is later. The server lives in this process, so that its hour moves as well;
    the browser's own clock does not, and no page asks for it."""
    with time_machine.travel(MORNING, tick=True) as traveller:
        yield lambda text: traveller.move_to(moment(text))


@pytest.fixture
def officer(ward, clock, browser: Browser, seen) -> Iterator[Callable[[str], Officer]]:
    """`officer("mai")`: this person at a computer, signed in (that signing in itself works is a story of its own)."""
    contexts = []

    def sit_down(username: str) -> Officer:
        client = Client()
        client.force_login(Staff.objects.get(username=username))
        context = browser.new_context(viewport=DESK, locale="vi-VN")
        context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": ward}])
        contexts.append(context)
        return Officer(context.new_page(), ward, seen=seen)

    yield sit_down
    for context in contexts:
        context.close()


@pytest.fixture
def citizen(ward, clock, browser: Browser, seen) -> Iterator[Visitor]:
    """Somebody with a small phone, not signed in."""
    context = browser.new_context(viewport=PHONE, locale="vi-VN", is_mobile=True, has_touch=True)
    yield Visitor(context.new_page(), ward, seen=seen)
    context.close()

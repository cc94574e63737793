"""Every page of the house at the width of a desk and of a phone: axe, complaints, no scrolling sideways."""

import pytest
import time_machine
from django.test import Client, override_settings
from django.urls import reverse

from tests.journeys.addresses import OTHERS, PAGES, names
from tests.journeys.looking import WIDE, complaints_of, faults_of
from tests.journeys.tour import guard, session_of, things_to_meet
from tests.journeys.ward import MORNING, copy_of, files_of, use_database

pytestmark = pytest.mark.browser


def test_every_address_of_the_house_is_on_the_list():
    listed = {address.name for address in [*PAGES, *OTHERS]}

    assert sorted(listed ^ set(names())) == []


@pytest.fixture(scope="module")
def tour(built_ward, served, browser, django_db_blocker, tmp_path_factory):
    """One ward, one tab for each person, for the whole tour: nothing is sent on it, so that nothing changes. Its
    clock stands still: whoever signed in stays trusted."""
    folder, contexts = tmp_path_factory.mktemp("tour"), {}
    with (
        django_db_blocker.unblock(), use_database(copy_of(built_ward, folder / "ward.sqlite3")),
        override_settings(MEDIA_ROOT=files_of(built_ward, folder / "files")), time_machine.travel(MORNING, tick=False),
    ):  # fmt: skip
        facts = things_to_meet()
        sessions = {"guarded": session_of("guarded")}
        facts["security key"] = guard()

        def session(who):
            if who not in sessions:
                sessions[who] = session_of(who)
            return sessions[who]

        def cookies_of(who):
            """Who is signed in; or the device that holds the keys of drafts, where nobody is."""
            if who == "draft":
                return facts["draft cookies"]
            return {"sessionid": session(who)} if who else {}

        def tab_of(who):
            if who not in contexts:
                contexts[who] = browser.new_context(viewport=WIDE, locale="vi-VN")
                contexts[who].complaints = complaints_of(contexts[who].new_page())
                cookies = cookies_of(who)
                contexts[who].add_cookies([{"name": n, "value": v, "url": served} for n, v in cookies.items()])
            contexts[who].complaints.clear()
            return contexts[who].pages[0]

        yield facts, tab_of, cookies_of
        for context in contexts.values():
            context.close()


@pytest.mark.parametrize("address", PAGES, ids=str)
def test_page_is_well_made(address, tour, served):
    facts, tab_of, _cookies_of = tour
    page = tab_of(address.who)

    answer = page.goto(served + reverse(address.name, args=address.values(facts)) + f"?{address.query}")

    assert (answer.status, answer.headers["content-type"]) == (address.status, "text/html; charset=utf-8")
    assert faults_of(page) == []
    assert page.context.complaints == []


@pytest.mark.parametrize("address", OTHERS, ids=str)
def test_address_without_a_page_answers_what_the_list_says(address, tour):
    facts, _tab_of, cookies_of = tour
    client = Client()
    for name, value in cookies_of(address.who).items():
        client.cookies[name] = value

    answer = client.get(reverse(address.name, args=address.values(facts)) + f"?{address.query}")

    assert (answer.status_code, answer.headers.get("Content-Type", "")) == (address.status, address.kind)

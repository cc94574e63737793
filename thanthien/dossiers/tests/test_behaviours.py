"""What the two scripts of the room decide: a drawn signature is sent, ways step aside, leaving lets go."""

import pytest
from django.urls import reverse
from django.utils.timezone import now

from thanthien.dossiers.factories import finish, officer, receive
from thanthien.dossiers.models import Dossier
from thanthien.organisation.enums import Role

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def desk(browser, live_server, client):
    """Opens a page of a dossier in the browser as somebody who is signed in."""
    opened = []

    def open_page(name, dossier, by):
        client.force_login(by)
        context = browser.new_context()
        opened.append(context)
        cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
        context.add_cookies([cookie])
        page = context.new_page()
        page.goto(live_server.url + reverse(f"dossiers:{name}", args=[dossier.code]))
        return page

    yield open_page
    for context in opened:
        context.close()


@pytest.fixture
def finished():
    return finish(receive(at=now()), at=now())


def test_a_signature_drawn_with_the_mouse_is_sent_and_kept(desk, finished):
    page = desk("return_result", finished, officer(finished.unit, Role.RETURN))
    page.fill("[name=collector_id]", "038190000001")
    page.locator("canvas").scroll_into_view_if_needed()
    box = page.locator("canvas").bounding_box()
    page.mouse.move(box["x"] + 20, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + 200, box["y"] + 90, steps=5)
    page.mouse.up()

    page.get_by_role("button", name="Trả kết quả").click()
    page.wait_for_url("**/?in=result_receipt")

    kept = Dossier.objects.get(pk=finished.pk).result_return
    assert (kept.signature.media_type, kept.is_signed_on_paper) == ("image/png", False)


def test_a_signature_that_was_wiped_out_is_not_sent(desk, finished):
    page = desk("return_result", finished, officer(finished.unit, Role.RETURN))
    page.locator("canvas").click(position={"x": 30, "y": 30})

    page.get_by_role("button", name="Xóa, ký lại").click()

    assert page.locator("#id_signature").input_value() == ""


def test_a_signature_outlives_a_page_with_errors(desk, finished):
    page = desk("return_result", finished, officer(finished.unit, Role.RETURN))
    page.locator("canvas").click(position={"x": 30, "y": 30})
    drawn = page.locator("#id_signature").input_value()

    page.get_by_role("button", name="Trả kết quả").click()
    page.locator("[data-error-summary]").wait_for()

    assert drawn.startswith("data:image/png;base64,")
    assert page.locator("#id_signature").input_value() == drawn


def test_only_the_fields_of_the_chosen_way_are_shown(desk, finished):
    page = desk("return_result", finished, officer(finished.unit, Role.RETURN))
    shown = []

    for way in ("tại Bộ phận Một cửa", "qua bưu chính", "tại nhà"):
        page.get_by_label(way, exact=True).check()
        shown.append([page.locator(f"[name={name}]").is_visible() for name in ("waybill", "home_reason")])

    assert shown == [[False, False], [True, False], [False, True]]


def test_leaving_an_editing_page_lets_go_of_the_dossier(desk, live_server):
    dossier = receive(at=now())
    by = officer(dossier.unit)
    page = desk("withdraw", dossier, by)
    held = Dossier.objects.get().locked_by

    page.goto(live_server.url + reverse("dossiers:detail", args=[dossier.code]))

    assert held == by
    assert wait_until(lambda: Dossier.objects.get().locked_by is None)


def wait_until(true) -> bool:
    """The message that one has left travels by itself."""
    begun = now()
    while not true():
        if (now() - begun).total_seconds() > 10:
            return False
    return True

"""What printing puts on the pages of a dossier: the papers at hand, and the one that goes with what was just done."""

import pytest
import time_machine
from django.urls import reverse

from thanthien.dossiers import actions
from thanthien.dossiers.actions import GuidanceFacts
from thanthien.dossiers.factories import an_offering, everyone_of, finish, hand_out, officer, receive, register
from thanthien.dossiers.queries import dossier_page
from thanthien.dossiers.tests.deeds import NOW, asked, drafted, signed
from thanthien.organisation.enums import Role
from thanthien.organisation.factories import UnitFactory
from thanthien.prints.queries import prints_of, slip_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(NOW, tick=False):
        yield


def shown(client, name: str, dossier, **query) -> str:
    client.force_login(everyone_of(dossier.receiving_unit))
    return client.get(reverse(f"dossiers:{name}", args=[dossier.code]), query).content.decode()


def denied():
    dossier = register()
    by = officer(dossier.unit)
    return actions.deny_dossier(dossier, reason="not_competent", text="Xin nộp ở xã bên.", by=by, at=NOW)


def test_the_page_offers_what_can_be_printed_and_says_what_was(client):
    dossier = asked()
    client.force_login(officer(dossier.unit))
    client.get(reverse("prints:paper", args=[dossier.code, "supplement"]))

    prints = prints_of(dossier_page(dossier, at=NOW))

    assert [(one.kind, one.is_issued) for one in prints] == [
        ("receipt", False), ("supplement", True), ("control_sheet", False),
    ]  # fmt: skip
    page = shown(client, "detail", dossier)
    assert [reverse("prints:paper", args=[dossier.code, one.kind]) in page for one in prints] == [True] * 3
    assert page.count("đã cấp, in lại đúng bản đó") == 1


def test_what_waits_to_be_accepted_has_nothing_to_print(client):
    dossier = register()

    assert prints_of(dossier_page(dossier, at=NOW)) == []
    assert "In giấy" not in shown(client, "detail", dossier)


@pytest.mark.parametrize(("kind", "offered"), [("receipt", True), ("apology", False), ("<b>", False), ("", False)])
def test_the_paper_that_belongs_to_what_was_done_is_offered(client, kind, offered):
    page = shown(client, "detail", receive(), **{"in": kind})

    assert ("In giấy này" in page) is offered


@pytest.mark.parametrize(
    ("make", "kind", "words"),
    [
        (receive, "receipt", "In giấy hẹn"),
        (denied, "refusal", "In phiếu từ chối"),
        (asked, "supplement", "In phiếu yêu cầu bổ sung"),
        (lambda: hand_out(finish(receive())), "receipt", "In giấy tiếp nhận"),
    ],
)
def test_after_receiving_the_right_slip_is_one_key_away(client, make, kind, words):
    dossier = make()

    page = shown(client, "received", dossier)

    assert (slip_of(dossier)[0], words in page) == (kind, True)
    assert reverse("prints:paper", args=[dossier.code, kind]) in page


def test_after_guiding_its_slip_is_one_key_away(client):
    offering = an_offering()
    by = officer(offering.unit)
    facts = GuidanceFacts(procedure=offering.procedure, full_name="Trần Thị Lan", text="Mang theo căn cước.")
    record = actions.record_guidance(facts, by=by, at=NOW)
    client.force_login(by)

    page = client.get(reverse("dossiers:guided", args=[record.pk])).content.decode()

    assert reverse("prints:guidance", args=[record.pk]) in page


@pytest.mark.parametrize(
    ("make", "deed", "address"),
    [(drafted, "sign_apology", ("apology_draft",)), (signed, "send_apology", ("paper", "apology"))],
)
def test_an_apology_is_read_on_paper_before_it_is_signed_and_before_it_is_sent(client, make, deed, address):
    dossier = make()

    page = shown(client, deed, dossier)

    name, *kind = address
    assert reverse(f"prints:{name}", args=[dossier.code, *kind]) in page


@pytest.mark.parametrize(("role", "seen"), [(Role.RECEPTION, True), (Role.SPECIALIST, False)])
def test_the_books_stand_in_the_menu_of_those_who_read_them(client, role, seen):
    client.force_login(officer(UnitFactory(), role))

    page = client.get(reverse("dossiers:apologies")).content.decode()

    assert (reverse("prints:book") in page, reverse("prints:fees") in page) == (seen, seen)

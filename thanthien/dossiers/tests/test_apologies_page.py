"""The apologies owed: the list, and where the address of one leads."""

from io import BytesIO

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from thanthien.dossiers import actions
from thanthien.dossiers.factories import everyone_of, officer
from thanthien.dossiers.tests.deeds import NOW, signed
from thanthien.organisation.factories import UnitFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(NOW, tick=False):
        yield


def test_the_list_needs_signing_in(client):
    response = client.get(reverse("dossiers:apologies"))

    assert response.headers["Location"].startswith(reverse("account_login"))


def test_the_list_shows_what_is_owed_and_how_late(client):
    dossier = signed()
    client.force_login(officer(dossier.unit))

    response = client.get(reverse("dossiers:apologies"))

    [line] = response.context["lines"]
    assert (line.late, line.next_step) == ("quá hẹn 6 ngày 16 giờ", "chờ gửi")


def test_the_list_leaves_as_a_workbook_of_this_office_alone(client):
    dossier = signed()
    client.force_login(officer(dossier.unit))
    stranger = Client()
    stranger.force_login(officer(UnitFactory()))

    codes = [
        [
            row[0]
            for row in load_workbook(BytesIO(who.get(f"{reverse('dossiers:apologies')}?excel=1").content)).active.values
        ]
        for who in (client, stranger)
    ]

    assert [dossier.code in read for read in codes] == [True, False]


def test_an_office_that_owes_nothing_reads_a_kind_word(client):
    client.force_login(officer(UnitFactory()))

    page = client.get(reverse("dossiers:apologies")).content.decode()

    assert "Không nợ ai lời xin lỗi nào" in page


def test_the_address_of_an_apology_leads_to_what_comes_next(client):
    dossier = signed()
    by = everyone_of(dossier.unit)
    client.force_login(by)
    address = reverse("dossiers:apology", args=[dossier.code])

    before = client.get(address).headers["Location"]
    actions.send_apology(dossier.apology, by=by, at=NOW)
    after = client.get(address).headers["Location"]

    assert before == reverse("dossiers:send_apology", args=[dossier.code])
    assert after == reverse("dossiers:detail", args=[dossier.code])

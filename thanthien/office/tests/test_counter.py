"""Call the next number and receive its dossier: one way, with the person and the procedure filled in."""

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from thanthien.core.idempotency import new_key
from thanthien.dossiers import factories as dossiers
from thanthien.organisation.enums import Role
from thanthien.queue.enums import Handing, Source
from thanthien.queue.factories import LineFactory, a_session, a_ticket, an_officer, later
from thanthien.queue.models import Ticket

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(later(0), tick=True):
        yield


@pytest.fixture
def line():
    return LineFactory(letter="A")


@pytest.fixture
def client(line):
    client = Client()
    session = a_session(line.hall, line)
    client.force_login(session.staff)
    client.session_of_the_counter = session
    return client


def press(client, name="office:call_and_receive", **fields):
    return client.post(reverse(name), {"idempotency_key": new_key(), **fields})


def test_the_next_number_leads_to_the_page_of_its_procedure_with_the_person_filled_in(line, client):
    offering = dossiers.an_offering(unit=line.hall.unit)
    a_ticket(
        line,
        source=Source.OFFICER,
        handed=Handing.SPOKEN,
        offering=offering,
        full_name="Trần Thị Lụa",
        phone="+84912345678",
    )

    answer = press(client)
    page = client.get(answer.headers["Location"])

    assert answer.headers["Location"] == reverse("dossiers:receive_procedure", args=[offering.pk])
    assert page.context["form"]["full_name"].value() == "Trần Thị Lụa"
    assert page.context["form"]["phone"].value() == "+84912345678"
    assert "A 001" in page.content.decode()


def test_without_a_procedure_the_officer_chooses_one(line, client):
    a_ticket(line)

    answer = press(client)

    assert answer.headers["Location"] == reverse("dossiers:receive")
    assert "A 001" in client.get(answer.headers["Location"]).content.decode()


def test_a_number_on_its_way_is_received_without_calling_another(line, client):
    a_ticket(line), a_ticket(line)
    press(client)
    press(client)

    assert [ticket.state for ticket in Ticket.objects.order_by("number")] == ["called", "waiting"]


def test_whoever_came_is_noted_on_the_page_of_receiving(line, client):
    a_ticket(line)
    press(client)

    back = press(client, "queue:act", do="start", next=reverse("dossiers:receive"))
    away = press(client, "queue:act", do="start", next="https://example.com/")

    assert back.headers["Location"] == reverse("dossiers:receive")
    assert (Ticket.objects.get().state, away.status_code) == ("serving", 403)  # has come already


def test_nobody_is_led_to_another_site(line, client):
    a_ticket(line)
    press(client)

    answer = press(client, "queue:act", do="start", next="https://example.com/")

    assert answer.headers["Location"] == reverse("queue:counter")


def test_when_nobody_waits_or_no_counter_is_open_the_counter_is_shown(line, client):
    assert press(client).headers["Location"] == reverse("queue:counter")
    other = Client()
    other.force_login(an_officer(line.hall))
    assert press(other).headers["Location"] == reverse("queue:counter")
    assert "Số đang ở quầy" not in other.get(reverse("dossiers:receive")).content.decode()


def test_the_button_is_for_those_who_receive(line):
    session = a_session(line.hall, line, by=an_officer(line.hall, Role.CASHIER))
    client = Client()
    client.force_login(session.staff)

    assert "nhận hồ sơ" not in client.get(reverse("queue:counter")).content.decode()

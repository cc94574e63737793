"""S12 where citizens type: filing online, confirming, booking and waiting. What they type is on the pages of their own
device alone: in no address, cookie or log, and on nobody else's page."""

import io
import logging
from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from thanthien.core.idempotency import new_key
from thanthien.dossiers.factories import MONDAY
from thanthien.dossiers.models import Dossier
from thanthien.filing.factories import (
    ANSWERS,
    BRIDE_NUMBER,
    a_marriage,
    an_online_offering,
    asked,
)
from thanthien.filing.models import Draft
from thanthien.filing.queries import key_of
from thanthien.queue.factories import LineFactory, a_ticket
from thanthien.queue.models import Appointment, Ticket

pytestmark = pytest.mark.django_db
NAME, PHONE, NUMBER, MAIL = "Lò Thị Xuyến Chi", "0936271845", "038190771123", "xuyenchi.lo@example.vn"
ADDRESS, OWNER, OWNER_NUMBER = "Thôn Bí Mật 7", "Vừ A Páo Bí Ẩn", "038140771188"
MARKS = (NAME, "936271845", "0936 271 845", NUMBER, MAIL, ADDRESS, OWNER, OWNER_NUMBER)
PERSON = {
    "full_name": [NAME], "personal_id": [NUMBER], "birth_date": ["05/02/1990"], "address": [ADDRESS],
    "phone": [PHONE], "email": [MAIL],
}  # fmt: skip
FOR_WHOM = {
    "owner_name": [OWNER], "owner_personal_id": [OWNER_NUMBER], "owner_address": [ADDRESS], "relation": ["hàng xóm"],
}  # fmt: skip


@pytest.fixture(autouse=True)
def monday(settings):
    settings.DEMONSTRATION_CHANNELS = ["sms"]
    with time_machine.travel(MONDAY, tick=False):
        yield


def sent(values=None, **more):
    return {"idempotency_key": new_key(), "do": "next"} | (values or {}) | more


def a_photo_of_a_card() -> SimpleUploadedFile:
    """Phones and people name files after whom they show."""
    out = io.BytesIO()
    Image.new("RGB", (32, 24), "white").save(out, "JPEG")
    return SimpleUploadedFile(f"Căn cước {NAME} {NUMBER}.jpg", out.getvalue(), content_type="image/jpeg")


def file_online(client):
    """From the first page to the receipt and beyond, with a page sent wrongly; answers every response."""
    offering = an_online_offering()
    first = client.post(reverse("filing:start", args=[offering.pk]), sent())
    yield first
    at = first.headers["Location"].rsplit("/", 2)[0]
    pages = ANSWERS | {"cho-ai": {"for_whom": ["other"]}, "nguoi-nop": PERSON, "chu-ho-so": FOR_WHOM}
    yield client.post(f"{at}/cho-ai/", sent(pages["cho-ai"]))
    yield client.post(f"{at}/nguoi-nop/", sent(PERSON | {"birth_date": ["31/02/1990"]}))
    yield client.post(reverse("filing:save", args=[Draft.objects.get().ref, "nguoi-nop"]), PERSON)
    for step in ("nguoi-nop", "chu-ho-so", "nhan-ket-qua", "dong-y"):
        yield client.post(f"{at}/{step}/", sent(pages[step]))
        yield client.get(f"{at}/{step}/")
    photos = {"photo-1": a_photo_of_a_card(), "photo-uy-quyen": a_photo_of_a_card()}
    yield client.post(f"{at}/giay-to/", sent(photos))
    yield client.post(f"{at}/giay-to/", sent({f"absent-{n}": ["on"] for n in range(1, 5)}))
    yield client.get(f"{at}/kiem-tra/")
    receipt = client.post(f"{at}/kiem-tra/", sent(do="send"))
    yield receipt
    yield client.get(receipt.headers.get("Location", "/"))
    for dossier in Dossier.objects.all():
        for name in ("filed", "acknowledgement", "withdraw", "consents", "way_back"):
            yield client.get(reverse(f"filing:{name}", args=[dossier.code, dossier.secret]))


def confirm(client):
    """The bride reads, mistypes her number, disputes and confirms."""
    party = asked(a_marriage(nguoi_nop=PERSON))[0]
    page = reverse("filing:confirm", args=[key_of(party)])
    yield client.get(page)
    yield client.post(page, sent(do="confirm", wife_number="038190771124"))
    yield client.post(page, sent(do="dispute", note=f"Số của {NAME} là {NUMBER}"))


def wait_in_the_hall(client):
    """A number with a mailbox left, an appointment booked, moved wrongly and given up; the board."""
    line = LineFactory(slot_places=5)
    hall = line.hall_id
    yield client.post(reverse("queue:take", args=[hall]), {"line": line.pk, "idempotency_key": new_key()})
    a_ticket(line)
    for ticket in Ticket.objects.all():
        page = reverse("queue:position", args=[ticket.secret])
        yield client.post(page, {"do": "tell", "email": MAIL, "idempotency_key": new_key()})
        yield client.get(page)
    yield client.get(reverse("queue:board", args=[hall]))
    slot = (MONDAY + timedelta(days=2)).replace(hour=9, minute=0)
    fields = {"slot": slot.isoformat(), "full_name": NAME, "phone": PHONE, "email": MAIL}
    book = reverse("queue:book", args=[hall, line.pk])
    yield client.post(book, fields | {"slot": "x", "idempotency_key": new_key()})
    yield client.post(book, fields | {"idempotency_key": new_key()})
    for booked in Appointment.objects.all():
        page = reverse("queue:appointment", args=[booked.secret])
        yield client.get(page)
        yield client.post(page, {"do": "cancel", "idempotency_key": new_key()})


WALKS = [file_online, confirm, wait_in_the_hall]


@pytest.mark.parametrize("walk", WALKS, ids=lambda walk: walk.__name__)
def test_what_is_typed_is_in_no_address_cookie_or_log(walk, client, caplog):
    caplog.set_level(logging.DEBUG)

    for answer in walk(client):
        assert answer.status_code < 500, answer.request["PATH_INFO"]
        told = (
            f"{answer.request['PATH_INFO']}?{answer.request['QUERY_STRING']}\n{dict(answer.headers)}\n{answer.cookies}"
        )
        assert [mark for mark in MARKS if mark in told] == [], answer.request["PATH_INFO"]

    logged = "\n".join(str(record.getMessage()) for record in caplog.records if record.name != "django.db.backends")
    assert [mark for mark in MARKS if mark in logged] == []


@pytest.mark.parametrize("walk", WALKS, ids=lambda walk: walk.__name__)
def test_another_device_reads_nothing_of_it_on_the_same_pages(walk, client):
    """Who has the secret of a receipt, a number or an appointment sees that it is there, not whose numbers it holds."""
    paths = {answer.request["PATH_INFO"] for answer in walk(client)}

    for path in paths:
        page = Client().get(path).content.decode(errors="replace")
        assert [mark for mark in (NUMBER, "936271845", "0936 271 845", MAIL, OWNER_NUMBER) if mark in page] == [], path


def test_the_walks_really_file_confirm_and_book(client):
    assert [answer.status_code for answer in file_online(client)].count(302) > 8
    assert Dossier.objects.get().applicant_name == NAME
    list(wait_in_the_hall(Client()))
    assert (Ticket.objects.first().email, Appointment.objects.get().full_name) == (MAIL, NAME)
    assert [answer.status_code for answer in confirm(Client())][:2] == [200, 422]
    assert BRIDE_NUMBER not in MARKS

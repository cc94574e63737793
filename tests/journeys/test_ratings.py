"""People say what they think: a citizen on a phone, a tablet that wakes, a clerk with a pile of slips."""

import time

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from tests.journeys.live import live_process
from tests.journeys.tour import staff
from thanthien.dossiers.models import Dossier
from thanthien.organisation.models import Counter
from thanthien.satisfaction import actions, queries
from thanthien.satisfaction.models import Invitation, RatingTurn, Response, UnhappyCase

pytestmark = pytest.mark.browser
SLIPS = 6


def test_a_citizen_who_is_not_happy_is_answered(citizen, officer):
    link = Invitation.objects.filter(used_on=None, drawn=None, expires_at__gt=timezone.now()).first()
    citizen.opens(reverse("satisfaction:invited", args=[queries.token_of(link)]))
    citizen.takes_picture("danh-gia-dien-thoai")
    citizen.page.get_by_role("radio", name="Chưa hài lòng").first.check()
    citizen.page.get_by_label("Phải chờ lâu").check()
    citizen.page.get_by_text("Tôi muốn được trả lời").click()
    citizen.fills(contact_phone="0912345999")
    citizen.sends("Gửi đánh giá")

    expect(citizen.page.get_by_role("heading", name="Cảm ơn ông/bà")).to_be_visible()
    case = UnhappyCase.objects.get(contact_phone="+84912345999")
    head = officer("thang")
    head.opens(reverse("satisfaction:case", args=[case.pk]))
    head.takes_picture("danh-gia-chua-hai-long")
    head.fills(answer="Đã gọi điện xin lỗi.")
    head.sends("Ghi kết quả")
    case.refresh_from_db()
    assert (case.outcome, case.response.reasons) == ("explained", ["wait"])


@pytest.fixture
def told_live(ward, settings):
    settings.LIVE_PORT = 0  # put back at the end, whatever the live process sets
    with live_process():
        yield


def test_the_tablet_is_woken_by_the_live_process_takes_one_touch_and_thanks(told_live, citizen):
    counter = Counter.objects.filter(unit__code="H56.14.18")[3]
    _device, token = actions.make_device(counter, by=staff("quantri"), at=timezone.now())
    asked = []
    citizen.page.on("request", lambda request: asked.append(request.url) if "/luot/" in request.url else None)
    citizen.opens(reverse("satisfaction:tablet", args=[token]))
    expect(citizen.page.get_by_role("heading", name="Xin chào ông/bà")).to_be_visible()
    before = Response.objects.filter(channel="tablet").count()

    dossier = Dossier.objects.exclude(returned_at=None).first()
    RatingTurn.objects.create(counter=counter, dossier=dossier, officer=staff("huong"), at=timezone.now())
    smile = citizen.page.get_by_role("radio", name="Rất hài lòng")
    expect(smile).to_be_visible(timeout=8000)
    smile.check()

    expect(citizen.page.get_by_role("heading", name="Cảm ơn ông/bà")).to_be_visible()
    assert (Response.objects.filter(channel="tablet").count(), asked) == (before + 1, [])


def test_280_slips_fit_into_an_hour_one_key_for_an_answer(officer):
    clerk = officer("vanthu")
    clerk.opens(reverse("satisfaction:slips"))
    before, begun = Response.objects.filter(channel="paper").count(), time.perf_counter()
    for number in range(SLIPS):
        clerk.presses("123"[number % 3])
        clerk.presses_and_goes("Enter")

    clerk.takes_picture("danh-gia-nhap-phieu")
    each = (time.perf_counter() - begun) / SLIPS
    assert Response.objects.filter(channel="paper").count() == before + SLIPS
    assert clerk.keys == 2 * SLIPS  # one for the answer, one for the next slip
    assert each < 3600 / 280

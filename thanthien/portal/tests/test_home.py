"""The first page: whether the counter is open, figures never without their base, and the language of one's choice."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.cache import caches
from django.urls import reverse

from thanthien.core import figures
from thanthien.dossiers.factories import MONDAY, an_offering, everyone_of, finish, receive
from thanthien.organisation.factories import HolidayFactory, StaffFactory, UnitFactory
from thanthien.portal.queries import opening_at, promises_kept, public_figures
from thanthien.queue.factories import HallFactory, LineFactory, a_ticket

pytestmark = pytest.mark.django_db
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def fresh_memory():
    caches["template_fragments"].clear()


def moment(day, hour, minute=0):
    return datetime(2026, 11, day, hour, minute, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("at", "is_open", "words"),
    [
        (moment(23, 7, 30), True, "Đang mở đến 11:30"),
        (moment(23, 11, 29), True, "Đang mở đến 11:30"),
        (moment(23, 11, 30), False, "Mở lúc 13:00 hôm nay"),
        (moment(23, 13, 30), True, "Đang mở đến 17:00"),
        (moment(25, 17, 0), False, "Mở lúc 07:30 ngày mai"),
        (moment(23, 18, 0), False, "Mở lúc 07:30 thứ Tư, 25/11"),  # the 24th is a day off
        (moment(27, 17, 1), False, "Mở lúc 07:30 thứ Hai, 30/11"),
    ],
)
def test_the_opening_is_that_of_the_hour(at, is_open, words):
    opening = opening_at(UnitFactory(), at=at)

    assert (opening.is_open, opening.words) == (is_open, words)


def test_a_holiday_of_the_unit_is_known():
    unit = UnitFactory()
    HolidayFactory(unit=unit, date=date(2026, 11, 25), name="Nghỉ bù")
    unit.refresh_from_db()

    assert opening_at(unit, at=moment(25, 9)).words == "Mở lúc 07:30 ngày mai"


def test_home_greets_searches_and_follows(client):
    an_offering()

    text = client.get(reverse("portal:home")).content.decode()

    for said in ("Xin chào ông/bà.", "Hôm nay ông/bà cần làm việc gì?", "Hồ sơ của tôi đến đâu rồi?", "Sinh con"):
        assert said in text
    assert "0 trên 0 hồ sơ, 12 tháng" in text


def test_home_costs_one_statement_once_its_figures_are_known(client, django_assert_num_queries):
    finish(receive(), at=MONDAY)
    client.get(reverse("portal:home"))

    with django_assert_num_queries(1):
        client.get(reverse("portal:home"))


def test_what_is_asked_for_most_is_one_press_away(client):
    offering = an_offering("Cấp bản sao trích lục")
    receive(offering=offering, at=MONDAY)

    with time_machine.travel(MONDAY, tick=False):
        text = client.get(reverse("portal:home")).content.decode()

    assert f'<a href="/dich-vu-cong/{offering.procedure.code}/">Cấp bản sao trích lục</a>' in text


def test_the_hall_says_who_waits_while_it_is_open(client):
    line = LineFactory(hall=HallFactory(unit=an_offering().unit))
    for _ in range(3):
        a_ticket(line)

    with time_machine.travel(MONDAY, tick=False) as traveller:
        during = client.get(reverse("portal:home")).content.decode()
        traveller.move_to(moment(23, 18))
        after = client.get(reverse("portal:home")).content.decode()

    taking = reverse("queue:take", args=[line.hall_id])
    assert '<span class="stat-value">3</span>' in during and taking in during
    assert "nếu lấy số bây giờ" not in during  # no counter is open: nobody can say how long
    assert taking not in after


def test_the_share_in_time_is_that_of_the_figures():
    offering = an_offering()
    by = everyone_of(offering.unit)
    finish(receive(offering=offering, at=MONDAY - timedelta(days=60)), by=by, at=MONDAY)
    for _ in range(2):
        finish(receive(offering=offering, at=MONDAY), by=by, at=MONDAY)

    in_time, owed = promises_kept(offering.unit, TODAY)

    assert (in_time.value, in_time.base) == ("66,7 %", "2 trên 3 hồ sơ, 12 tháng")
    assert owed.value == "0"


def test_only_public_figures_are_shown_each_with_its_definition(client):
    unit = an_offering().unit

    shown = public_figures(unit, TODAY)
    text = client.get(reverse("portal:figures")).content.decode()

    assert [one.figure.code for one in shown] == [f.code for f in figures.all_figures() if f.public]
    assert all(str(one.figure.definition) in text for one in shown)
    assert "dossiers.fees" not in text


def test_behind_a_figure_there_is_nothing_personal(client):
    dossier = finish(receive(person={"full_name": "Trần Thị Lụa", "phone": "+84912345678"}), at=MONDAY)

    with time_machine.travel(MONDAY, tick=False):
        text = client.get(reverse("portal:figure", args=["dossiers.finished"])).content.decode()

    assert "Hồ sơ đã có kết quả: 1" in text
    assert dossier.offering.procedure.sector.name in text
    for private in (dossier.code, dossier.code[-4:], dossier.applicant_name, "912345678", dossier.procedure_name):
        assert private not in text, private


@pytest.mark.parametrize("code", ["dossiers.fees", "dossiers.none", "x"])
def test_a_figure_not_meant_for_everybody_is_not_there(client, code):
    an_offering()

    assert client.get(reverse("portal:figure", args=[code])).status_code == 404


@pytest.mark.parametrize("code", ["received", "late", "apologies_owed", "brought_home"])
@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_behind_a_figure_costs_the_same_for_many(client, code, rows, django_assert_max_num_queries):
    offering = an_offering()
    for _ in range(rows):
        finish(receive(offering=offering, at=MONDAY), at=MONDAY)

    with time_machine.travel(MONDAY, tick=False), django_assert_max_num_queries(4):
        client.get(reverse("portal:figure", args=[f"dossiers.{code}"]))


@pytest.mark.parametrize("page", ["0", "-1", "999999", "x", "٣"])
def test_an_impossible_page_number_gives_a_page(client, page):
    receive(at=MONDAY)

    assert client.get(reverse("portal:figure", args=["dossiers.received"]), {"page": page}).status_code == 200


# ---- language ----------------------------------------------------------------------------------------------
def choose(client, language, before="http://testserver/tra-cuu/"):
    return client.get(reverse("portal:language", args=[language]), headers={"referer": before})


def test_english_is_spoken_to_who_chose_it_and_vietnamese_again(client):
    answer = choose(client, "en")

    assert answer.headers["Location"] == "/tra-cuu/"
    english = client.get(reverse("portal:home"))
    assert '<html lang="en"' in english.content.decode()
    assert english.headers["Content-Language"] == "en"
    choose(client, "vi")
    assert '<html lang="vi"' in client.get(reverse("portal:home")).content.decode()


def test_what_the_browser_prefers_does_not_count(client):
    text = client.get(reverse("portal:home"), headers={"accept-language": "en-US,en"}).content.decode()

    assert '<html lang="vi"' in text


def test_the_office_stays_vietnamese(client):
    choose(client, "en")
    client.force_login(StaffFactory())

    assert '<html lang="vi"' in client.get(reverse("office:desk")).content.decode()


@pytest.mark.parametrize(
    "before",
    ["", "https://elsewhere.example/x", "javascript:alert(1)", "//elsewhere.example", "http://testserver.evil/"],
)
def test_the_switch_leads_nowhere_else(client, before):
    assert choose(client, "en", before).headers["Location"] == "/"


def test_a_doubled_slash_leads_nowhere_else(client):
    assert choose(client, "en", "http://testserver//elsewhere.example/").headers["Location"] == "/elsewhere.example/"


@pytest.mark.parametrize("language", ["fr", "vi-VN", "../en"])
def test_a_language_that_is_not_spoken_is_not_there(client, language):
    assert client.get(f"/ngon-ngu/{language}/").status_code == 404

"""One tap chooses a procedure as well: the most asked under their line, the others by a search without marks."""

import pytest
import time_machine
from django.urls import reverse

from thanthien.organisation.enums import Role
from thanthien.procedures.factories import OfferingFactory, ProcedureFactory, ProcedureVersionFactory, SectorFactory
from thanthien.queue import queries
from thanthien.queue.actions import make_kiosk
from thanthien.queue.factories import LineFactory, PriorityFactory, a_ticket, an_officer, later
from thanthien.queue.models import Hall, Line, Ticket
from thanthien.queue.tests.asking import send

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(later(0), tick=True):
        yield


@pytest.fixture
def line():
    line = LineFactory(letter="A")
    line.sectors.add(SectorFactory(name="Hộ tịch"))
    return line


@pytest.fixture
def token(line):
    return make_kiosk(line.hall, "Máy ở cửa", by=an_officer(line.hall, Role.UNIT_ADMIN), at=later(0))[1]


def offered(line, name, *, unit=None):
    procedure = ProcedureFactory(name=name, sector=line.sectors.first())
    return OfferingFactory(
        unit=unit or line.hall.unit, procedure=ProcedureVersionFactory(procedure=procedure).procedure
    )


def page_of(client, token, **query):
    return client.get(reverse("queue:kiosk", args=[token]), query).context["choices"]


def test_one_tap_on_a_procedure_takes_a_number_of_its_line(line, token, client):
    LineFactory(hall=line.hall, letter="B")
    birth = offered(line, "Đăng ký khai sinh")

    answer = send(client, "kiosk", token, offering=birth.pk)

    assert answer.status_code == 302
    assert Ticket.objects.values_list("code", "offering").get() == ("A 001", birth.pk)


def test_the_phone_at_the_door_takes_a_procedure_too(line, client):
    birth, hall = offered(line, "Đăng ký khai sinh"), line.hall

    send(client, "take", hall.pk, query=f"?cua={hall.door_code}", offering=birth.pk)

    assert Ticket.objects.values_list("code", "offering", "source").get() == ("A 001", birth.pk, "door")


@pytest.mark.parametrize("case", ["of another unit", "without a line", "of a closed line", "unknown", "endless"])
def test_a_procedure_that_no_line_takes_is_answered_in_words(line, token, client, case):
    chosen = offered(line, "Đăng ký khai sinh").pk
    if case == "of another unit":
        chosen = offered(line, "Đăng ký khai tử", unit=LineFactory().hall.unit).pk
    elif case == "without a line":
        line.sectors.clear()
    elif case == "of a closed line":
        Line.objects.update(is_active=False)
    else:
        chosen = 999_999 if case == "unknown" else "9" * 30

    page = send(client, "kiosk", token, offering=chosen)

    words = "Việc này hiện không nhận số. Xin ông/bà chọn việc khác hoặc hỏi cán bộ."
    assert page.status_code == 422 and words in page.content.decode()
    assert Ticket.objects.count() == 0


def test_the_three_most_asked_stand_under_their_line(line, token, client):
    names = ["Đăng ký khai sinh", "Đăng ký khai tử", "Đăng ký kết hôn", "Đăng ký lại khai sinh"]
    births, _deaths, marriages, _again = (offered(line, name) for name in names)
    for times, offering in ((1, births), (2, marriages)):
        for _ in range(times):
            a_ticket(line, offering=offering)

    ((shown, _waiting, asked),) = page_of(client, token).lines

    assert (shown, [one.procedure.name for one in asked][:2], len(asked)) == (line, [names[2], names[0]], 3)


@pytest.mark.parametrize("typed", ["khai sinh", "KHAI SINH", "khái  sình", "sinh kh", "dang ky khai s"])
def test_a_search_without_marks_finds_a_procedure(line, token, client, typed):
    births = offered(line, "Đăng ký khai sinh")
    offered(line, "Đăng ký khai tử")

    assert page_of(client, token, tim=typed).found == [births]


def test_what_is_not_found_is_said_and_the_lines_stay(line, token, client):
    offered(line, "Đăng ký khai sinh")

    page = client.get(reverse("queue:kiosk", args=[token]), {"tim": "hộ chiếu"})

    assert "Chưa thấy thủ tục nào có «hộ chiếu»" in page.content.decode()
    assert len(page.context["choices"].lines) == 1


@pytest.mark.parametrize("typed", ["", "   ", "x" * 5000, "\x00", "%", "<script>"])
def test_a_damaged_search_does_no_harm(line, token, client, typed):
    offered(line, "Đăng ký khai sinh")

    for address in (reverse("queue:kiosk", args=[token]), reverse("queue:take", args=[line.hall_id])):
        page = client.get(address, {"tim": typed})
        assert (page.status_code, page.context["choices"].found) == (200, [])


def test_the_search_shows_as_many_as_a_screen_bears(line):
    for number in range(12):
        offered(line, f"Đăng ký việc {number}")

    assert len(queries.choices_in(line.hall, "viec", at=later(0)).found) == 8


@pytest.mark.parametrize("count", [1, 3])
def test_the_kiosk_costs_the_same_with_one_and_with_three_procedures(
    line, token, client, count, django_assert_num_queries
):
    for number in range(count):
        offered(line, f"Đăng ký việc {number}")
    page_of(client, token)

    with django_assert_num_queries(8):  # machine, sectors, tickets, offerings, lines, counters, who waits, priorities
        page_of(client, token, tim="viec")


@pytest.mark.parametrize("page", ["take", "book_line", "book"])
def test_who_reads_english_finds_the_names_that_the_commune_gave_and_the_others_marked(line, client, settings, page):
    """Lines, kinds of priority and the hall have an English name if somebody wrote one; procedures have none."""
    Line.objects.update(name_en="Civil status", slot_places=1)
    LineFactory(hall=line.hall, letter="B", name="Đất đai", slot_places=1)
    PriorityFactory(hall=line.hall, name="Người cao tuổi", name_en="Elderly people")
    Hall.objects.update(name="Sảnh chính", name_en="Main hall")
    offered(line, "Đăng ký khai sinh")
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"

    address = [line.hall_id, line.pk] if page == "book" else [line.hall_id]
    shown = client.get(reverse(f"queue:{page}", args=address)).content.decode()

    there = [name for name in ("Civil status", "Main hall", "Elderly people") if name in shown]
    marked = [name for name in ("Đất đai", "Đăng ký khai sinh") if f'<span lang="vi">{name}</span>' in shown]
    missed = [name for name in (line.name, "Sảnh chính", "Người cao tuổi") if name in shown]
    assert (there, marked, missed) == EXPECTED[page]


EXPECTED = {
    "take": (["Civil status", "Main hall", "Elderly people"], ["Đất đai", "Đăng ký khai sinh"], []),
    "book_line": (["Civil status", "Main hall"], [], []),
    "book": (["Civil status"], [], []),
}

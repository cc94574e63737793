"""Finding, promises, figures, what lies too long, what waits to be fetched."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from thanthien.core.figures import all_figures
from thanthien.dossiers import actions
from thanthien.dossiers.actions.messages import tracking_address
from thanthien.dossiers.factories import an_intake, an_offering, everyone_of, finish, officer, receive
from thanthien.filing.models import Filing
from thanthien.letters import factories as letters
from thanthien.notifications.factories import MessageFactory
from thanthien.office.queries import PromiseBand, PromiseFilter, promises_of
from thanthien.office.tests.leaving import leaving
from thanthien.organisation.enums import Role
from thanthien.organisation.factories import UnitFactory
from thanthien.organisation.queries import office_of
from thanthien.queue.factories import CallFactory, LineFactory, SessionFactory, TicketFactory
from thanthien.satisfaction.factories import slip, typist
from thanthien.satisfaction.models import UnhappyCase

pytestmark = pytest.mark.django_db
FIND, PROMISES, NUMBERS = reverse("office:find"), reverse("office:promises"), reverse("office:numbers")
SILENCE, WAITING = reverse("office:silence"), reverse("office:waiting")
PAGES = [FIND, PROMISES, NUMBERS, SILENCE, WAITING, reverse("office:hand_overs")]


@pytest.fixture
def offering():
    return an_offering("Cấp giấy phép xây dựng")


@pytest.fixture
def staff(client, offering):
    someone = everyone_of(offering.unit)
    client.force_login(someone)
    return someone


@pytest.mark.parametrize("address", PAGES)
def test_stranger_is_sent_to_the_sign_in_page(client, address):
    assert client.get(address).url == f"/tai-khoan/login/?next={address}"


@pytest.mark.parametrize("address", PAGES)
def test_pages_are_only_looked_at(client, staff, address):
    assert client.post(address).status_code == 405


@pytest.mark.parametrize("address", PAGES)
def test_empty_page_says_something_kind(client, staff, address):
    response = client.get(address)

    assert (response.status_code, '<p class="empty-title">' in response.content.decode()) == (200, address != NUMBERS)


# ---- finding ---------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "text",
    ["{code}", " {code} ", "{lower}", "{address}", "{end}"],
)
def test_code_however_it_was_read_leads_straight_to_the_dossier(client, offering, staff, text):
    dossier = receive(offering=offering, by=staff)
    receive(offering=offering, by=staff)
    forms = {
        "code": dossier.code, "lower": dossier.code.lower(), "address": tracking_address(dossier),
        "end": dossier.code.split("-", 1)[1],
    }  # fmt: skip

    response = client.get(FIND, {"q": text.format(**forms)})

    assert (response.status_code, response.url) == (302, reverse("dossiers:detail", args=[dossier.code]))


def test_scanned_card_finds_the_dossiers_of_its_person(client, offering, staff):
    mine = receive(offering=offering, by=staff, person={"personal_id": "038190999999"})
    receive(offering=offering, by=staff)
    card = "038190999999||Lê Thị Bưởi|12051990|Nữ|Thôn 2|01062022"

    found = client.get(FIND, {"q": card}).context["found"]

    assert [dossier.code for dossier in found.dossiers] == [mine.code]
    assert [person.personal_id for person in found.people] == ["038*****9999"]


def test_name_without_marks_finds_dossiers_and_people_with_numbers_masked(client, offering, staff):
    dossier = receive(offering=offering, by=staff, person={"full_name": "Đỗ Thị Hoà", "personal_id": "038190123456"})

    response = client.get(FIND, {"q": "do thi hoa"})

    found = response.context["found"]
    assert [one.code for one in found.dossiers] == [dossier.code]
    assert "038190123456" not in response.content.decode()


def test_dossiers_of_another_office_are_not_found(client, offering):
    dossier = receive(offering=offering)
    client.force_login(officer(UnitFactory()))

    response = client.get(FIND, {"q": dossier.code})

    assert (response.status_code, list(response.context["found"].dossiers)) == (200, [])


@pytest.mark.parametrize("text", ["", "   ", "\x00", "|" * 20, "%", "'; DROP", "a" * 5000, "/tra-cuu/", "🙂"])
def test_odd_searches_find_nothing_and_break_nothing(client, staff, text):
    response = client.get(FIND, {"q": text})

    assert (response.status_code, list(response.context["found"].dossiers)) == (200, [])


# ---- promises --------------------------------------------------------------------------------------------
def test_promises_stand_under_their_bands_with_their_changes(client, offering, staff):
    now = timezone.now()
    late = receive(offering=offering, by=staff, at=now - timedelta(days=30))
    paused = receive(offering=offering, by=staff, at=now)
    actions.request_supplement(paused, papers=["A"], reason="thiếu", legal_basis="Điều 1", by=staff, at=now)
    other = receive()

    bands = client.get(PROMISES).context["bands"]

    shown = [(band, [row.code for row in rows]) for _state, band, rows in bands]
    assert shown == [(PromiseBand.LATE, [late.code]), (PromiseBand.PAUSED, [paused.code])]
    assert other.code not in str(shown)


@pytest.mark.parametrize(("role", "opens"), [(Role.DIVISION_HEAD, True), (Role.RECEPTION, False)])
def test_promise_to_an_unhappy_citizen_opens_for_who_may_read_it(client, offering, role, opens):
    for value in (1, 1):
        slip(value, unit=offering.unit, by=typist(offering.unit), at=timezone.now())
    client.force_login(officer(offering.unit, role))

    page = client.get(PROMISES)

    rows = [row for _state, _band, rows in page.context["bands"] for row in rows]
    assert [row.case in UnhappyCase.objects.values_list("pk", flat=True) for row in rows] == [opens, opens]
    assert [reverse("satisfaction:case", args=[row.case]) in page.content.decode() for row in rows] == [opens, opens]


@pytest.mark.parametrize("number", [1, 3])
def test_promises_cost_the_same_statements_for_few_and_many(client, offering, staff, django_assert_num_queries, number):
    for _ in range(number):
        receive(offering=offering, by=staff)

    with django_assert_num_queries(9):
        client.get(PROMISES)


def test_promises_of_a_unit_that_one_does_not_see_are_not_shown_by_asking_for_it(offering, staff):
    receive(offering=offering, by=staff)
    other = receive()

    found = promises_of(staff, PromiseFilter(unit=other.unit.code), at=timezone.now())

    assert [promise.unit_code for promise in found] == [offering.unit.code]


def test_only_promises_that_moved_are_shown_on_demand(offering, staff):
    receive(offering=offering, by=staff)

    assert list(promises_of(staff, PromiseFilter(changed=True), at=timezone.now())) == []


def test_filter_of_the_promises_is_said_in_words_inside_the_workbook(client, staff):
    response = client.get(PROMISES, {"excel": "1", "band": "late", "changed": "on"})

    sheet = load_workbook(BytesIO(response.content)).worksheets[0]
    assert sheet.cell(2, 1).value == "Lọc theo: Lời hứa: Đã trễ hẹn; Chỉ những ngày hẹn đã đổi"


# ---- figures ---------------------------------------------------------------------------------------------
def test_figures_of_this_week_open_the_records_behind_them(client, offering, staff):
    dossier = receive(offering=offering, by=staff, at=timezone.now())

    shown = client.get(NUMBERS).context["shown"]
    rows = client.get(reverse("office:figure_records", args=["received"])).context["rows"]

    assert shown["received"].value.value == 1
    assert [(row.code, row.who) for row in rows] == [(dossier.code, dossier.applicant_name)]


@pytest.mark.parametrize(
    ("first", "last", "sentence"),
    [
        ("2/2/2026", "1/2/2026", "Ngày cuối phải bằng hoặc sau ngày đầu."),
        ("31/02/2026", "1/3/2026", "Ngày này không có trên lịch. Xin nhập ngày/tháng/năm, ví dụ 27/11/2026."),
        ("1/1/2020", "1/1/2026", "Xin chọn nhiều nhất hai năm một lần."),
    ],
)
def test_impossible_period_is_explained_and_this_week_is_shown(client, staff, first, last, sentence):
    response = client.get(NUMBERS, {"first": first, "last": last})

    said = [error for errors in response.context["form"].errors.values() for error in errors]
    assert (response.status_code, said) == (200, [sentence])


def test_every_figure_opens_its_records(client, offering, staff):
    finish(receive(offering=offering, by=staff, at=timezone.now()), by=staff, at=timezone.now())
    shown = client.get(NUMBERS).context["shown"]

    for name, item in shown.items():
        page = client.get(reverse("office:figure_records", args=[name])).context["page"]
        number = item.value.n if name == "fees" else item.value.value
        assert page.paginator.count == number, name


@pytest.mark.parametrize("code", ["khong-co", "khong", "queue-khong", "queue", "-", "dossiers-khong"])
def test_unknown_figure_is_not_found(client, staff, code):
    assert client.get(reverse("office:figure_records", args=[code])).status_code == 404


def test_every_room_that_registers_figures_stands_on_the_page(client, staff):
    shown = client.get(NUMBERS).context

    rooms = {figure.code.partition(".")[0] for figure in all_figures()} - {"dossiers"}
    listed = [item.figure.code for _room, items in shown["others"] for item in items]
    assert {code.partition(".")[0] for code in listed} == rooms
    assert len(listed) == len(all_figures()) - len(shown["shown"])


def test_figures_of_the_hall_open_the_numbers_and_calls_behind_them(client, offering, staff):
    at = timezone.now()
    line = LineFactory(hall__unit=office_of(staff))
    ticket = TicketFactory(line=line, day=timezone.localdate(), state="done", handed_at=at, handed_how="printer")
    session = SessionFactory(hall=line.hall, staff=staff, opened_at=at)
    times = {"waiting_since": at, "called_at": at, "started_at": at, "ended_at": at}
    CallFactory(ticket=ticket, session=session, line=line, outcome="done", **times)

    rows = {
        code: client.get(reverse("office:figure_records", args=[f"queue-{code}"])).context["rows"]
        for code in ("visitors", "waiting_median", "service_median", "missed")
    }

    assert [row.number for row in rows["visitors"]] == [ticket.code]
    assert [row.what for row in rows["waiting_median"]] == ["chờ 0 phút · phục vụ 0 phút · xong việc"]
    assert (len(rows["service_median"]), rows["missed"]) == (1, [])


def test_figures_of_the_hall_of_another_unit_stay_there(client, staff):
    TicketFactory(handed_at=timezone.now(), handed_how="printer")

    assert client.get(reverse("office:figure_records", args=["queue-visitors"])).context["rows"] == []


def test_figures_of_online_filing_letters_and_messages_open_what_they_count_without_names(client, offering, staff):
    at = timezone.now()
    intake = an_intake(offering, channel="online", person={"full_name": "Nghiêm Thị Dạ Hương"})
    dossier = actions.file_online(intake, [], by="Nghiêm Thị Dạ Hương", at=at)
    Filing.objects.create(dossier=dossier, began_at=at, at=at, kind="filing")
    letter = letters.handed(letters.a_letter(offering.unit), at=at)
    MessageFactory(subject=dossier.subject, unit_code=offering.unit.code, facts={"mã": dossier.code}, state="waiting")
    MessageFactory(subject="appointment:1", unit_code=offering.unit.code, facts={"mã": "ACDEFG"}, state="waiting")

    names = ("filing-alone", f"letters-{letter.kind}", "letters-days", "notifications-under_way")
    pages = [client.get(reverse("office:figure_records", args=[name])) for name in names]

    numbers = [sorted(row.number for row in page.context["rows"]) for page in pages]
    assert numbers == [[dossier.code], [letter.reference], [letter.reference], sorted(["–", dossier.code])]
    said = "".join(page.content.decode() for page in pages)
    assert not [secret for secret in ("Nghiêm Thị Dạ Hương", letter.addressee, "ACDEFG") if secret in said]


def test_every_figure_of_other_rooms_opens_except_answers_of_citizens(client, staff):
    """Answers are shown by nobody one by one (docs/decisions/0017)."""
    others = [figure.code for figure in all_figures() if not figure.code.startswith("dossiers.")]

    closed = [
        code
        for code in others
        if client.get(reverse("office:figure_records", args=[code.replace(".", "-")])).status_code == 404
    ]

    assert sorted(closed) == ["satisfaction.responses", "satisfaction.satisfied"]


def test_a_figure_whose_room_does_not_say_how_opens_nothing(client, staff):
    assert client.get(reverse("office:figure_records", args=["satisfaction-responses"])).status_code == 404


# ---- what leaves and what waits ----------------------------------------------------------------------------
def test_results_wait_for_their_owners_the_oldest_first(client, offering, staff):
    now = timezone.now()
    younger, older = (receive(offering=offering, by=staff, at=now - timedelta(days=9)) for _ in range(2))
    finish(older, by=staff, at=now - timedelta(days=5))
    finish(younger, by=staff, at=now - timedelta(days=4))

    assert [dossier.code for dossier in client.get(WAITING).context["page"]] == [older.code, younger.code]


@pytest.mark.parametrize(
    "address",
    [PROMISES, SILENCE, WAITING, reverse("office:hand_overs"), reverse("office:figure_records", args=["received"])],
)
def test_every_list_leaves_as_excel(client, offering, staff, address):
    receive(offering=offering, by=staff)

    response = client.get(address, {"excel": "1"})

    assert (response.status_code, response.content[:2]) == (200, b"PK")
    assert response.headers["Content-Disposition"].startswith("attachment; filename*=UTF-8''")


def test_dossiers_found_leave_as_excel_with_what_was_searched(client, offering, staff):
    mine = receive(offering=offering, by=staff, person={"full_name": "Đỗ Thị Hoà", "personal_id": "038190123456"})
    receive(offering=offering, by=staff, person={"full_name": "Lê Bình"})
    receive(person={"full_name": "Đỗ Thị Hoà"})

    by_name, by_number = leaving(client, FIND, q="do thi hoa"), leaving(client, FIND, q="038190123456")

    assert ([row[0] for row in by_name[5:]], [row[0] for row in by_number[5:]]) == ([mine.code], [mine.code])
    assert (by_name[1][0], by_number[1][0]) == ("Lọc theo: Tìm: do thi hoa", "Lọc theo: Tìm: 038*****3456")
    assert by_name[2][0].endswith(f"người in: {staff.full_name}")

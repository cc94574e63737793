"""The desk: what this person can act on, the most urgent first, and many at once."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from thanthien.core.idempotency import new_key
from thanthien.dossiers import actions
from thanthien.dossiers.factories import an_offering, everyone_of, finish, officer, receive, register
from thanthien.dossiers.models import Dossier, HandOver, SavedFilter
from thanthien.dossiers.queries import Band
from thanthien.office.queries import greeting_of, short_code, summary_of
from thanthien.organisation.enums import Role
from thanthien.organisation.factories import UnitFactory

pytestmark = pytest.mark.django_db
DESK = reverse("office:desk")
MANY = reverse("office:act_on_many")


@pytest.fixture
def offering():
    return an_offering("Cấp giấy phép xây dựng")


def ago(**span):
    return timezone.now() - timedelta(**span)


def shown(response):
    """Band and codes, as the page has them."""
    return [(band, [row.dossier.code for row in rows]) for _state, band, _count, rows in response.context["bands"]]


def press(client, dossiers, **more):
    sent = {"pick": [d.pk for d in dossiers], "do": "finish", "idempotency_key": new_key()} | more
    response = client.post(MANY, sent)
    return [str(message) for message in get_messages(response.wsgi_request)], response


def test_stranger_is_sent_to_the_sign_in_page(client):
    response = client.get(DESK)

    assert (response.status_code, response.url) == (302, f"/tai-khoan/login/?next={DESK}")


@pytest.mark.parametrize("number", [1, 3])
def test_desk_costs_the_same_statements_for_few_and_many(client, django_assert_num_queries, number):
    """PERFORMANCE P5: at most 8."""
    offering = an_offering()
    staff = officer(offering.unit)
    for _ in range(number):
        receive(offering=offering, by=staff)
    client.force_login(staff)

    with django_assert_num_queries(5):
        response = client.get(DESK)

    assert [len(rows) for _state, _band, _count, rows in response.context["bands"]] == [number]


def test_desk_with_its_filter_open_stays_within_eight_statements(client, django_assert_num_queries):
    offering = an_offering()
    staff = officer(offering.unit, Role.RECEPTION, Role.DIVISION_HEAD)
    receive(offering=offering, by=staff)
    client.force_login(staff)

    with django_assert_num_queries(8):
        response = client.get(DESK, {"filter": "1", "band": "ontime"})

    assert response.context["page"].paginator.count == 1


def test_desk_shows_only_what_this_role_of_this_unit_can_act_on(client, offering):
    receive(offering=offering)
    specialist, elsewhere = officer(offering.unit, Role.SPECIALIST), officer(UnitFactory())

    seen = []
    for staff in (specialist, elsewhere, everyone_of(offering.unit)):
        client.force_login(staff)
        seen.append(client.get(DESK).context["page"].paginator.count)

    assert seen == [0, 0, 1]


def test_most_urgent_band_comes_first(client, offering):
    staff = officer(offering.unit)
    late = receive(offering=offering, by=staff, at=ago(days=30))
    fresh = receive(offering=offering, by=staff, at=timezone.now())
    waiting = register(offering=offering, by=staff, at=timezone.now())
    client.force_login(staff)

    bands = shown(client.get(DESK))

    assert bands == [(Band.LATE, [late.code]), (Band.ONTIME, [fresh.code]), (Band.NEW, [waiting.code])]


@pytest.mark.parametrize("number", [1, 3])
def test_who_waits_for_another_agency_sees_which_and_for_how_many_days(client, django_assert_num_queries, number):
    """One statement more than the desk costs else, and only where somebody waits."""
    offering = an_offering(agency_basis="Luật Hộ tịch, Điều 5")
    staff, asked_at = officer(offering.unit), timezone.now() - timedelta(days=5)
    question = actions.Question(
        agency="Sở Tư pháp", text="Xác minh", expected_on=timezone.localdate() + timedelta(days=1)
    )
    for _n in range(number):
        dossier = receive(offering=offering, by=staff, at=asked_at)
        actions.ask_agency(dossier, question, by=staff, at=asked_at)
    client.force_login(staff)

    with django_assert_num_queries(6):
        [(state, band, count, rows)] = client.get(DESK).context["bands"]

    assert (state, band, count) == ("paused", Band.AGENCY, f"{number} hồ sơ, đồng hồ dừng")
    where = f"Chờ Sở Tư pháp, dự kiến trả lời {timezone.localdate() + timedelta(days=1):%d/%m}"
    assert [(row.where, row.when, row.percent) for row in rows] == [(where, "đã chờ 5 ngày", None)] * number
    assert client.get(DESK, {"band": "agency"}).context["page"].paginator.count == number
    assert client.get(DESK, {"band": "paused"}).context["page"].paginator.count == 0


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"text": "lan anh"}, ["Trần Lan Anh"]),
        ({"text": "TRẦN"}, ["Trần Lan Anh"]),
        ({"text": "không có ai"}, []),
        ({"band": "late"}, ["Lê Bình"]),
        ({"band": "khac"}, ["Lê Bình", "Trần Lan Anh"]),
        ({"step": "Tiếp nhận"}, ["Lê Bình", "Trần Lan Anh"]),
        ({"whose": "mine"}, []),
        ({"whose": "office", "page": "99"}, ["Lê Bình", "Trần Lan Anh"]),
        ({"sector": "' OR 1=1"}, ["Lê Bình", "Trần Lan Anh"]),
    ],
)
def test_list_is_narrowed_by_what_the_address_says(client, offering, asked, found):
    staff = officer(offering.unit)
    receive(offering=offering, by=staff, at=ago(days=30), person={"full_name": "Lê Bình"})
    receive(offering=offering, by=staff, at=timezone.now(), person={"full_name": "Trần Lan Anh"})
    client.force_login(staff)

    names = [dossier.applicant_name for dossier in client.get(DESK, asked).context["page"]]

    assert names == found


def test_list_leaves_as_excel_with_the_filter_and_the_time_inside(client, offering):
    staff = officer(offering.unit, full_name="Lê Thị Mai")
    dossier = receive(offering=offering, by=staff, person={"full_name": "=SUM(A1)"})
    client.force_login(staff)

    response = client.get(DESK, {"excel": "1", "text": dossier.code})

    sheet = load_workbook(BytesIO(response.content)).worksheets[0]
    lines = [row[0].value for row in sheet.iter_rows(max_row=3)]
    assert lines[:2] == ["Danh sách việc", f"Lọc theo: Tên hoặc mã: {dossier.code}"]
    assert lines[2].endswith("người in: Lê Thị Mai")
    assert [sheet.cell(6, 1).value, sheet.cell(6, 2).value, sheet.cell(6, 2).data_type] == [
        dossier.code,
        "=SUM(A1)",
        "s",
    ]


# ---- many at once ----------------------------------------------------------------------------------------
def test_each_chosen_dossier_takes_its_step_and_the_others_say_why_not(client, offering):
    staff = officer(offering.unit)
    ready, paused = receive(offering=offering, by=staff), receive(offering=offering, by=staff)
    actions.request_supplement(
        paused, papers=["Tờ khai"], reason="thiếu", legal_basis="Điều 1", by=staff, at=ago(hours=1)
    )
    client.force_login(staff)

    said, response = press(client, [ready, paused], filter="band=late&page=2")

    moved = Dossier.objects.get(pk=ready.pk)
    reason = "Hồ sơ đang ở trạng thái “Yêu cầu bổ sung giấy tờ”, chưa xử lý tiếp được."
    assert said == ["Đã chuyển bước 1 hồ sơ.", f"{short_code(paused.code)}: {reason}"]
    assert (moved.step_name, response.url) == ("Thẩm định", f"{DESK}?band=late")


def test_head_gives_many_dossiers_to_one_person(client, offering):
    head, clerk = officer(offering.unit, Role.DIVISION_HEAD), officer(offering.unit)
    dossiers = [receive(offering=offering, by=clerk) for _ in range(2)]
    client.force_login(head)

    said, _response = press(client, dossiers, do="assign", to=clerk.pk)

    assert said == ["Đã giao 2 hồ sơ."]
    assert set(Dossier.objects.values_list("holder", flat=True)) == {clerk.pk}


def test_dossiers_of_another_office_are_not_touched(client, offering):
    dossier = receive(offering=offering)
    client.force_login(everyone_of(UnitFactory()))

    said, _response = press(client, [dossier])

    assert said == ["Những hồ sơ đã chọn không còn ở đây. Xin mở lại trang."]
    assert Dossier.objects.get().step_name == "Tiếp nhận"


@pytest.mark.parametrize(
    ("sent", "status"),
    [({"pick": []}, 403), ({"pick": ["x", "-1"]}, 403), ({"do": "xoa"}, 403), ({"do": "assign", "to": "99"}, 404)],
)
def test_impossible_wishes_are_refused_in_words(client, offering, sent, status):
    dossier = receive(offering=offering)
    client.force_login(everyone_of(offering.unit))

    _said, response = press(client, [dossier], **sent)

    assert (response.status_code, Dossier.objects.get().step_name) == (status, "Tiếp nhận")


def test_many_are_only_acted_on_by_sending_a_form(client, offering):
    client.force_login(everyone_of(offering.unit))

    assert client.get(MANY).status_code == 405


def test_dossiers_that_came_in_are_signed_for_together(client, offering):
    staff = everyone_of(offering.unit)
    for _ in range(2):
        actions.finish_step(receive(offering=offering, by=staff), by=staff, at=timezone.now())
    client.force_login(staff)
    incoming = client.get(reverse("office:hand_overs")).context["incoming"]

    sent = {"pick": [one.pk for one in incoming], "idempotency_key": new_key()}
    response = client.post(reverse("office:sign_for_many"), sent)

    said = [str(message) for message in get_messages(response.wsgi_request)]
    assert said == ["Đã ký nhận 2 hồ sơ."]
    assert not HandOver.objects.filter(acknowledged_at=None).exists()


def test_dossier_that_was_passed_on_needs_no_signature_any_more(client, offering):
    staff, now = everyone_of(offering.unit), timezone.now()
    dossier = actions.finish_step(receive(offering=offering, by=staff), by=staff, at=now)
    actions.finish_step(dossier, by=staff, at=now)
    client.force_login(staff)

    incoming = client.get(reverse("office:hand_overs")).context["incoming"]

    assert [(one.to_role, one.step_name) for one in incoming] == [(Role.LEADER, "Thẩm định")]


# ---- filters that are kept -------------------------------------------------------------------------------
def test_filter_is_kept_found_again_and_dropped_by_its_owner_only(client, offering):
    staff = officer(offering.unit)
    client.force_login(staff)
    kept = {"name": "Trễ", "filter": "band=late&page=3", "idempotency_key": new_key()}
    client.post(reverse("office:keep_list"), kept)
    saved = SavedFilter.objects.get()

    client.force_login(officer(offering.unit))
    client.post(reverse("office:forget_list", args=[saved.pk]), {"idempotency_key": new_key()})
    still = SavedFilter.objects.count()
    client.force_login(staff)
    client.post(reverse("office:forget_list", args=[saved.pk]), {"idempotency_key": new_key()})

    assert (saved.name, saved.query, still, SavedFilter.objects.count()) == ("Trễ", "band=late", 1, 0)


def test_filter_without_a_name_is_explained(client, offering):
    client.force_login(officer(offering.unit))

    response = client.post(reverse("office:keep_list"), {"name": " ", "idempotency_key": new_key()})

    said = [str(message) for message in get_messages(response.wsgi_request)]
    assert said == ["Xin đặt tên cho bộ lọc, ví dụ “Hộ tịch hôm nay”."]


# ---- the words and numbers at the top --------------------------------------------------------------------
@pytest.mark.parametrize(
    ("hour", "work", "words"),
    [
        (8, 12, "Chào Lê Thị Mai, sáng nay có 12 việc"),
        (11, 1, "Chào Lê Thị Mai, trưa nay có 1 việc"),
        (15, 2, "Chào Lê Thị Mai, chiều nay có 2 việc"),
        (19, 0, "Chào Lê Thị Mai, tối nay bàn làm việc đã gọn"),
    ],
)
def test_greeting_says_how_much_there_is(hour, work, words):
    staff = officer(UnitFactory(), full_name="Lê Thị Mai")

    assert greeting_of(staff, work, at=timezone.localtime().replace(hour=hour)) == words


def test_summary_counts_each_thing_once(offering, django_assert_num_queries):
    staff = everyone_of(offering.unit)
    now = timezone.now()
    receive(offering=offering, by=staff, at=now - timedelta(days=30))
    finish(receive(offering=offering, by=staff, at=now - timedelta(days=9)), by=staff, at=now - timedelta(days=8))
    actions.open_owed_apologies(at=now)

    with django_assert_num_queries(1):
        summary = summary_of(staff, at=now)
        again = summary_of(staff, at=now)

    counted = summary.work, summary.today, summary.late, summary.owed, summary.to_return, summary.silent
    assert (counted, again) == ((1, 0, 1, 1, 1, 1), summary)
    assert (summary.unsigned, summary.unanswered) == (1, 0)

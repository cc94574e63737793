"""Hồ sơ im lặng: what lies too long, for heads; what the door says; each list leaves as a workbook."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user
from django.urls import reverse
from django.utils import timezone

from thanthien.core.navigation import entries_for
from thanthien.dossiers import actions
from thanthien.dossiers.factories import an_offering, everyone_of, officer, receive
from thanthien.dossiers.models import AgencyRequest, HandOver
from thanthien.office.queries import summary_of
from thanthien.office.tests.leaving import leaving
from thanthien.organisation.enums import Role
from thanthien.organisation.factories import UnitFactory
from thanthien.procedures.models import Offering

pytestmark = pytest.mark.django_db
SILENCE = reverse("office:silence")


@pytest.fixture
def offering():
    return an_offering("Cấp giấy phép xây dựng")


@pytest.fixture
def staff(client, offering):
    someone = everyone_of(offering.unit)
    client.force_login(someone)
    return someone


def test_silence_shows_untouched_dossiers_and_unsigned_hand_overs_to_heads(client, offering, staff):
    old = timezone.now() - timedelta(days=20)
    silent, given = receive(offering=offering, by=staff, at=old), receive(offering=offering, by=staff, at=old)
    actions.finish_step(given, by=staff, at=old)

    shown = client.get(SILENCE).context

    assert {one.code for one in shown["page"]} == {silent.code, given.code}
    assert [one.dossier.code for one in shown["hand_overs"]] == [given.code]


@pytest.mark.parametrize("number", [1, 3])
def test_door_of_the_silence_counts_what_stands_behind_it(client, staff, django_assert_num_queries, number):
    """Untouched dossiers, hand-overs that nobody signed for, agencies past their day: menu, desk and page agree."""
    old, today = timezone.now() - timedelta(days=20), timezone.localdate()
    offering = an_offering(unit=staff.unit, agency_basis="Luật Hộ tịch")
    question = actions.Question(agency="Sở Tư pháp", text="Xác minh", expected_on=today - timedelta(days=2))
    for _ in range(number):
        given, asked = (receive(offering=offering, by=staff, at=old) for _ in range(2))
        actions.finish_step(given, by=staff, at=old)
        actions.ask_agency(asked, question, by=staff, at=old)

    with django_assert_num_queries(6):
        page = client.get(SILENCE)

    shown, summary = page.context, summary_of(get_user(client), at=timezone.now())
    listed = len(shown["page"]), len(shown["hand_overs"]), len(shown["unanswered"])
    assert listed == (number, number, number) == (summary.silent, summary.unsigned, summary.unanswered)
    [door] = [entry for entry in entries_for(staff) if entry.url_name == "office:silence"]
    assert door.count(get_user(client)) == number * 3
    assert "bàn giao chưa ai ký nhận" in client.get(reverse("office:desk")).content.decode()


def test_hand_over_of_today_or_signed_for_is_not_counted_as_forgotten(offering, staff):
    now, old = timezone.now(), timezone.now() - timedelta(days=20)
    actions.finish_step(receive(offering=offering, by=staff, at=now), by=staff, at=now)
    actions.finish_step(receive(offering=offering, by=staff, at=old), by=staff, at=old)
    actions.acknowledge(HandOver.objects.earliest("given_at").pk, by=staff, at=now)
    elsewhere = everyone_of(UnitFactory())
    actions.finish_step(receive(offering=an_offering(unit=elsewhere.unit), by=elsewhere, at=old), by=elsewhere, at=old)

    assert (summary_of(staff, at=now).unsigned, summary_of(elsewhere, at=now).unsigned) == (0, 1)


def test_an_agency_past_its_day_shows_to_heads_with_its_days_and_to_the_officer(client, offering, staff):
    asked_at, today = timezone.now() - timedelta(days=9), timezone.localdate()
    policy = {"agency_basis": "Luật Hộ tịch"}
    Offering.objects.filter(pk=offering.pk).update(**policy)
    offering.refresh_from_db()
    late, in_time = (receive(offering=offering, by=staff, at=asked_at) for _ in range(2))
    for dossier, day in ((late, today - timedelta(days=2)), (in_time, today)):
        question = actions.Question(agency="Sở Tư pháp", text="Xác minh", expected_on=day)
        actions.ask_agency(dossier, question, by=staff, at=asked_at)

    shown, desk = client.get(SILENCE), client.get(reverse("office:desk")).content.decode()

    assert [(one.request.dossier.code, one.over) for one in shown.context["unanswered"]] == [(late.code, 2)]
    assert "quá ngày trả lời 2 ngày" in shown.content.decode()
    assert desk.count("quá ngày trả lời 2 ngày") == 1 and "cơ quan khác quá ngày trả lời" in desk
    client.force_login(everyone_of(UnitFactory()))
    assert client.get(SILENCE).context["unanswered"] == []


def test_an_agency_that_answered_or_need_not_alerts_nobody(client, offering, staff):
    asked_at = timezone.now() - timedelta(days=9)
    Offering.objects.filter(pk=offering.pk).update(agency_basis="Luật Hộ tịch")
    offering.refresh_from_db()
    for _ in range(2):
        dossier = receive(offering=offering, by=staff, at=asked_at)
        question = actions.Question(
            agency="Sở Tư pháp", text="Xác minh", expected_on=timezone.localdate() - timedelta(days=2)
        )
        actions.ask_agency(dossier, question, by=staff, at=asked_at)
    AgencyRequest.objects.filter(dossier=dossier).update(cancelled_at=asked_at)
    other = AgencyRequest.objects.exclude(dossier=dossier)
    other.update(answered_at=asked_at, answered_by="Văn thư", answer="Đã xác minh")

    assert client.get(SILENCE).context["unanswered"] == []


def test_silence_is_not_for_the_counter(client, offering):
    client.force_login(officer(offering.unit, Role.RECEPTION))

    response = client.get(SILENCE)

    assert (response.status_code, "dành cho người phụ trách" in response.content.decode()) == (403, True)


def test_each_list_of_the_silence_leaves_by_itself(client, staff):
    old, today = timezone.now() - timedelta(days=20), timezone.localdate()
    offering = an_offering(unit=staff.unit, agency_basis="Luật Hộ tịch")
    given, asked = (receive(offering=offering, by=staff, at=old) for _ in range(2))
    actions.finish_step(given, by=staff, at=old)
    question = actions.Question(agency="Sở Tư pháp", text="Xác minh", expected_on=today - timedelta(days=2))
    actions.ask_agency(asked, question, by=staff, at=old)

    silent, unsigned, unanswered = (leaving(client, SILENCE, excel=name) for name in ("1", "ban-giao", "co-quan"))

    assert [[row[0] for row in lines[5:]] for lines in (silent, unsigned, unanswered)] == [
        [given.code], [given.code], [asked.code],
    ]  # fmt: skip
    assert [lines[0][0] for lines in (silent, unsigned, unanswered)] == [
        "Hồ sơ nằm yên", "Bàn giao chưa ai ký nhận", "Cơ quan khác quá ngày trả lời",
    ]  # fmt: skip
    assert unsigned[5][3:7] == [staff.unit.name, staff.full_name, staff.unit.name, "cán bộ thụ lý"]
    assert (unanswered[5][5], unanswered[5][8]) == ("Sở Tư pháp", 2)


def test_list_that_is_none_of_the_page_shows_the_page(client, staff):
    assert client.get(SILENCE, {"excel": "tat-ca"}).headers["Content-Type"].startswith("text/html")


def test_silence_of_another_office_does_not_leave(client, offering, staff):
    receive(offering=offering, by=staff, at=timezone.now() - timedelta(days=20))
    client.force_login(everyone_of(UnitFactory()))

    assert leaving(client, SILENCE)[5:] == []

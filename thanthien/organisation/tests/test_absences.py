"""Absences: who writes them down, who agrees, what is refused, what colleagues and other units see."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from thanthien.core.idempotency import new_key
from thanthien.core.rules import Refused
from thanthien.organisation import actions, queries
from thanthien.organisation.actions import AbsenceFacts
from thanthien.organisation.enums import AbsenceKind, Role
from thanthien.organisation.factories import ZONE, AbsenceFactory, StaffFactory, UnitFactory
from thanthien.organisation.models import Absence

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 23, 8, 0, tzinfo=ZONE)
NOON = datetime(2026, 11, 25, 12, 0, tzinfo=ZONE)


def day(number):
    return datetime(2026, 11, number, tzinfo=ZONE)


def facts(**more):
    return AbsenceFacts(**{"kind": AbsenceKind.LEAVE, "starts_at": day(25), "ends_at": day(26)} | more)


@pytest.fixture
def unit():
    return UnitFactory(parent=UnitFactory(province=True))


@pytest.fixture
def officer(unit):
    return StaffFactory(unit=UnitFactory(division=True, parent=unit), password=None)


def with_role(unit, *roles):
    return StaffFactory(unit=unit, roles=list(roles), password=None)


# ---- writing down ------------------------------------------------------------------------------------------
@pytest.mark.parametrize("role", [Role.LEADER, Role.DIVISION_HEAD, Role.UNIT_ADMIN])
def test_who_leads_the_officer_writes_it_down_and_it_counts(unit, officer, role):
    head = with_role(unit, role)

    absence = actions.enter_absence(officer, facts(), by=head, at=AT)

    assert (absence.agreed_by, absence.agreed_at, absence.entered_by) == (head.full_name, AT, head.full_name)


def test_ones_own_absence_is_a_proposal_until_somebody_agrees(unit, officer):
    absence = actions.enter_absence(officer, facts(), by=officer, at=AT)
    assert absence.agreed_at is None

    agreed = actions.agree_absence(absence, by=with_role(unit, Role.LEADER), at=AT)

    assert agreed.agreed_at == AT
    with pytest.raises(Refused, match="không còn chờ đồng ý"):
        actions.agree_absence(absence, by=with_role(unit, Role.LEADER), at=AT)


def test_a_leader_writes_down_their_own(unit):
    leader = with_role(unit, Role.LEADER)

    assert actions.enter_absence(leader, facts(), by=leader, at=AT).agreed_at == AT


def test_a_head_of_division_answers_for_the_officers_of_that_division_alone(unit, officer):
    own = with_role(officer.unit, Role.DIVISION_HEAD)
    head_of_other = with_role(UnitFactory(division=True, parent=unit), Role.DIVISION_HEAD)

    assert actions.enter_absence(officer, facts(), by=own, at=AT).agreed_at
    assert actions.enter_absence(own, facts(), by=own, at=AT).agreed_at is None
    for whose in (officer, own, with_role(unit, Role.LEADER)):
        with pytest.raises(Refused, match="Chỉ lãnh đạo hoặc quản trị"):
            actions.enter_absence(whose, facts(), by=head_of_other, at=AT)


def test_colleagues_and_other_units_write_nothing_down(unit, officer):
    for stranger in (with_role(unit, Role.RECEPTION), with_role(UnitFactory(), Role.LEADER, Role.UNIT_ADMIN)):
        with pytest.raises(Refused, match="Chỉ lãnh đạo hoặc quản trị"):
            actions.enter_absence(officer, facts(), by=stranger, at=AT)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"ends_at": day(25)}, "sau lúc bắt đầu vắng"),
        ({"ends_at": day(25) + timedelta(days=367)}, "dài nhất một năm"),
        ({"stand_in": "self"}, "Người thay phải là người khác"),
        ({"stand_in": "stranger"}, "cùng cơ quan"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(officer, more, words):
    people = {"self": officer, "stranger": StaffFactory(password=None)}
    if "stand_in" in more:
        more = {"stand_in": people[more["stand_in"]]}

    with pytest.raises(Refused, match=words):
        actions.enter_absence(officer, facts(**more), by=officer, at=AT)


def test_two_absences_of_one_officer_do_not_overlap(officer):
    actions.enter_absence(officer, facts(ends_at=NOON), by=officer, at=AT)
    actions.enter_absence(officer, facts(starts_at=NOON), by=officer, at=AT)

    with pytest.raises(Refused, match="đã có một đợt vắng mặt trùng, từ 25/11/2026"):
        actions.enter_absence(officer, facts(starts_at=NOON - timedelta(hours=1)), by=officer, at=AT)


# ---- changing, cancelling, taking back -----------------------------------------------------------------------
def test_the_officer_changes_a_proposal_and_nothing_that_was_agreed(unit, officer):
    absence = actions.enter_absence(officer, facts(), by=officer, at=AT)
    changed = actions.change_absence(absence, facts(note="Việc nhà", ends_at=day(27)), by=officer, at=AT)
    assert (changed.note, changed.ends_at) == ("Việc nhà", day(27))

    actions.agree_absence(absence, by=with_role(unit, Role.LEADER), at=AT)

    for deed in (
        lambda: actions.change_absence(absence, facts(), by=officer, at=AT),
        lambda: actions.cancel_absence(absence, by=officer, at=AT),
        lambda: actions.agree_absence(absence, by=officer, at=AT),
    ):
        with pytest.raises(Refused, match="lãnh đạo hoặc quản trị"):
            deed()


def test_a_cancelled_absence_is_taken_back_and_not_changed_meanwhile(unit, officer):
    head, later = with_role(unit, Role.LEADER), AT + timedelta(minutes=1)
    absence = actions.enter_absence(officer, facts(), by=head, at=AT)

    first = actions.cancel_absence(absence, by=head, at=AT)
    again = actions.cancel_absence(absence, by=with_role(unit, Role.UNIT_ADMIN), at=later)

    assert (first.cancelled_by, again.cancelled_by, again.cancelled_at) == (head.full_name, head.full_name, AT)
    with pytest.raises(Refused, match="đã hủy"):
        actions.change_absence(absence, facts(), by=head, at=AT)
    with pytest.raises(Refused, match="không còn chờ"):
        actions.agree_absence(absence, by=head, at=AT)
    restored = [actions.restore_absence(absence, by=head, at=AT).cancelled_at for _ in range(2)]
    assert restored == [None, None]


def test_what_came_in_its_place_keeps_a_cancelled_absence_from_coming_back(unit, officer):
    head = with_role(unit, Role.LEADER)
    absence = actions.enter_absence(officer, facts(), by=head, at=AT)
    actions.cancel_absence(absence, by=head, at=AT)
    actions.enter_absence(officer, facts(), by=head, at=AT)

    with pytest.raises(Refused, match="trùng"):
        actions.restore_absence(absence, by=head, at=AT)


# ---- seeing ------------------------------------------------------------------------------------------------
def test_colleagues_see_who_is_away_and_not_why_and_other_units_see_nothing(unit, officer):
    absence = AbsenceFactory(staff=officer, kind=AbsenceKind.SICK, note="Mổ ruột thừa")
    readers = with_role(unit, "leader"), officer, with_role(unit, "clerk"), with_role(UnitFactory(), "leader")

    pages = [queries.absence_page(who, at=AT) for who in readers]

    rows = [[(row.absence, row.tells_why, row.may_change) for row in page.agreed] for page in pages]
    assert rows == [[(absence, True, True)], [(absence, True, False)], [(absence, False, False)], []]
    assert pages[3].is_empty


def test_the_page_parts_what_is_asked_agreed_cancelled_and_over(unit, officer):
    asked = AbsenceFactory(staff=officer, agreed_at=None, agreed_by="")
    agreed = AbsenceFactory(staff=officer, starts_at=day(26), ends_at=day(27))
    cancelled = AbsenceFactory(staff=officer, cancelled_at=AT, cancelled_by="Ai đó")
    over = AbsenceFactory(staff=officer, starts_at=day(2), ends_at=day(3))
    AbsenceFactory(staff=officer, starts_at=day(2) - timedelta(days=90), ends_at=day(3) - timedelta(days=90))

    page = queries.absence_page(with_role(unit, Role.LEADER), at=AT)

    groups = [[row.absence for row in rows] for rows in (page.proposed, page.agreed, page.cancelled, page.past)]
    assert groups == [[asked], [agreed], [cancelled], [over]]


def test_a_list_that_is_too_long_keeps_the_latest(unit, officer, monkeypatch):
    monkeypatch.setattr("thanthien.organisation.queries.absences.MOST", 2)
    AbsenceFactory(staff=officer, starts_at=day(2), ends_at=day(3))
    first, second = (AbsenceFactory(staff=officer, starts_at=day(n), ends_at=day(n + 1)) for n in (26, 28))

    page = queries.absence_page(with_role(unit, Role.LEADER), at=AT)

    assert ([row.absence for row in page.agreed], page.past) == ([first, second], [])


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_one_statement(unit, officer, rows, django_assert_num_queries):
    for number in range(rows):
        AbsenceFactory(staff=officer, starts_at=day(25 + number), ends_at=day(26 + number))
    head = with_role(unit, Role.LEADER)

    with django_assert_num_queries(1):
        assert len(queries.absence_page(head, at=AT).agreed) == rows


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (day(25), day(26), "cả ngày 25/11/2026"),
        (day(25), NOON, "buổi sáng 25/11/2026"),
        (NOON, day(26), "buổi chiều 25/11/2026"),
        (NOON, day(28), "buổi chiều 25/11/2026 đến hết buổi chiều 27/11/2026"),
    ],
)
def test_the_span_is_said_in_halves_of_days(start, end, words):
    assert queries.halves_of(Absence(starts_at=start, ends_at=end)).words == words


# ---- pages -------------------------------------------------------------------------------------------------
def send(client, name, *args, **told):
    return client.post(reverse(f"organisation:{name}", args=args), told | {"idempotency_key": new_key()})


FORM = {
    "kind": "leave", "first_day": "25/11/2026", "first_half": "morning", "last_day": "", "last_half": "afternoon",
    "stand_in": "", "note": "",
}  # fmt: skip


def test_a_head_writes_down_cancels_and_takes_back_on_the_page(unit, officer, client):
    head = with_role(unit, Role.LEADER)
    client.force_login(head)

    with time_machine.travel(AT):
        answer = send(client, "add_absence", **FORM | {"staff": officer.pk, "stand_in": head.pk, "note": "Về quê"})
        absence = Absence.objects.get()
        shown = client.get(answer.headers["Location"]).content.decode()
        send(client, "change_absence", absence.pk, **FORM | {"last_half": "morning"})
        send(client, "decide_absence", absence.pk, do="cancel")
        cancelled = client.get(reverse("organisation:absences")).content.decode()
        send(client, "decide_absence", absence.pk, do="restore")

    assert "cả ngày 25/11/2026" in shown and "Về quê" in shown and "Lấy lại" in cancelled
    absence.refresh_from_db()
    assert (absence.ends_at, absence.stand_in, absence.cancelled_at) == (NOON, None, None)


def test_an_officer_proposes_and_the_head_agrees_on_the_page(unit, officer, client):
    client.force_login(officer)
    with time_machine.travel(AT):
        said = send(client, "add_absence", **FORM)
        page = client.get(said.headers["Location"]).content.decode()
    client.force_login(with_role(unit, Role.DIVISION_HEAD))
    send(client, "decide_absence", Absence.objects.get().pk, do="agree")

    assert "Khi lãnh đạo đồng ý thì mới tính." in page
    assert Absence.objects.get().agreed_at


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"first_day": "31/02/2026"}, "Ngày này không có trên lịch"),
        ({"last_day": "24/11/2026"}, "Lúc trở lại phải sau lúc bắt đầu vắng."),
        ({"first_half": "afternoon", "last_half": "morning"}, "Lúc trở lại phải sau lúc bắt đầu vắng."),
        ({"kind": "khong-co"}, "khong-co"),
        ({"last_day": "26/11/2027"}, "dài nhất một năm"),
    ],
)
def test_what_is_typed_wrong_stands_beside_its_field_and_nothing_is_lost(officer, client, told, words):
    client.force_login(officer)

    page = send(client, "add_absence", **FORM | {"note": "Về quê"} | told)

    assert page.status_code == 422 and words in page.content.decode()
    assert page.context["form"]["note"].value() == "Về quê"
    assert not Absence.objects.exists()


def test_absences_of_another_unit_do_not_exist_and_unknown_deeds_neither(unit, officer, client):
    absence = AbsenceFactory(staff=officer)
    client.force_login(with_role(UnitFactory(), Role.LEADER, Role.UNIT_ADMIN))

    assert client.get(reverse("organisation:change_absence", args=[absence.pk])).status_code == 404
    assert send(client, "decide_absence", absence.pk, do="cancel").status_code == 404
    client.force_login(with_role(unit, Role.LEADER))
    assert send(client, "decide_absence", absence.pk, do="erase").status_code == 404
    client.force_login(with_role(unit, Role.RECEPTION))
    assert client.get(reverse("organisation:change_absence", args=[absence.pk])).status_code == 403

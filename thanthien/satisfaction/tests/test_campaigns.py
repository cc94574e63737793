"""Random samples: drawn once, repeatable, asked by phone and on paper; how sure the result is."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.http import Http404
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from thanthien.core.idempotency import FIELD, new_key
from thanthien.core.rules import Refused
from thanthien.dossiers.factories import MONDAY, an_offering, everyone_of, hand_out, officer, receive
from thanthien.notifications.models import MessageHold
from thanthien.organisation.enums import Role
from thanthien.organisation.factories import UnitFactory
from thanthien.satisfaction import actions, queries
from thanthien.satisfaction.actions import Filled, Plan
from thanthien.satisfaction.enums import Channel, Reached
from thanthien.satisfaction.factories import slip, typist, version_of
from thanthien.satisfaction.models import Invitation, Response
from thanthien.satisfaction.queries.campaigns import draw, hash_of_frame

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
TOMORROW = MONDAY + DAY
HAPPY, UNHAPPY = Filled(values={"overall": 3}), Filled(values={"overall": 1})


@pytest.fixture
def place():
    """A unit with four finished dossiers, its administrator and its typist."""
    unit = UnitFactory()
    by, offering = everyone_of(unit), an_offering(unit=unit)
    dossiers = [hand_out(receive(offering=offering, by=by, at=MONDAY), by=by, at=MONDAY) for _ in range(4)]
    return unit, officer(unit, Role.UNIT_ADMIN), typist(unit), dossiers


def planned(admin, **change):
    facts = {"name": "Khảo sát năm", "version": version_of(), "first": MONDAY.date(), "last": MONDAY.date(), "size": 3}
    return actions.plan_campaign(Plan(**facts | change), by=admin, at=MONDAY)


def drawn(admin, **change):
    return actions.draw_sample(planned(admin, **change), by=admin, at=TOMORROW)


# ---- the draw --------------------------------------------------------------------------------------------
def test_the_system_draws_from_the_frame_and_anybody_can_repeat_it(place):
    _unit, admin, _clerk, dossiers = place

    campaign = drawn(admin)

    frame = sorted(one.pk for one in dossiers)
    chosen = list(campaign.drawn.values_list("dossier", flat=True))
    assert (campaign.frame_size, campaign.frame_hash, campaign.drawn_by) == (4, hash_of_frame(frame), admin.full_name)
    assert chosen == draw(frame, 3, campaign.seed)
    assert queries.frame_of(campaign) == frame


@given(st.integers(0, 300), st.integers(1, 400), st.text("0123456789abcdef", min_size=16, max_size=16))
def test_a_draw_is_a_sample_without_repeats_and_always_the_same(population, size, seed):
    frame = range(1000, 1000 + population)

    chosen = draw(frame, size, seed)

    assert chosen == draw(frame, size, seed)
    assert len(chosen) == len(set(chosen)) == min(size, population)
    assert set(chosen) <= set(frame)


def test_a_seed_draws_what_it_always_drew():
    assert draw(range(1, 21), 5, "5ca1ab1e") == draw(list(range(1, 21)), 5, "5ca1ab1e") == [19, 18, 4, 3, 20]


def test_a_sample_is_drawn_once_and_not_before_the_period_is_over(place):
    _unit, admin, _clerk, _dossiers = place
    early = planned(admin)

    with pytest.raises(Refused, match="chưa kết thúc"):
        actions.draw_sample(early, by=admin, at=MONDAY)
    campaign = actions.draw_sample(early, by=admin, at=TOMORROW)
    with pytest.raises(Refused, match="đã rút"):
        actions.draw_sample(campaign, by=admin, at=TOMORROW)


def test_a_period_without_dossiers_gives_no_sample(place):
    _unit, admin, _clerk, _dossiers = place
    day = MONDAY.date() - 30 * DAY

    with pytest.raises(Refused, match="không có hồ sơ"):
        drawn(admin, first=day, last=day)


def test_the_frame_may_be_one_field_only(place):
    _unit, admin, _clerk, dossiers = place
    sector = dossiers[0].offering.procedure.sector_id

    assert drawn(admin, sectors=[sector]).frame_size == 4
    with pytest.raises(Refused, match="không có hồ sơ"):
        drawn(admin, sectors=[sector + 1])


def test_a_household_in_mourning_is_not_asked_and_is_counted(place):
    _unit, admin, _clerk, dossiers = place
    words = {"reason": "tang", "created_by": "x", "created_at": MONDAY, "until": MONDAY + 49 * DAY}
    MessageHold.objects.create(person=dossiers[0].applicant, **words)

    campaign = drawn(admin, size=4)

    assert campaign.drawn.get(dossier=dossiers[0]).reached == Reached.QUIET
    assert not Invitation.objects.filter(dossier=dossiers[0], drawn__isnull=False).exists()
    assert campaign.drawn.filter(invitation__isnull=False).count() == 3


def test_a_family_that_mourns_since_the_draw_is_not_called(place, client):
    _unit, admin, clerk, _dossiers = place
    campaign = drawn(admin, size=4)
    words = {"reason": "tang", "created_by": "x", "created_at": timezone.now(), "until": timezone.now() + 9 * DAY}
    one, other = campaign.drawn.order_by("position")[:2]
    MessageHold.objects.create(person=one.dossier.applicant, **words)
    client.force_login(clerk)

    pages = [client.get(reverse("satisfaction:call", args=[campaign.pk, it.position])) for it in (one, other)]

    assert [page.status_code for page in pages] == [403, 200]
    assert "đang có việc buồn" in pages[0].content.decode()


def test_plans_that_cannot_be_are_refused(place):
    unit, admin, _clerk, _dossiers = place

    with pytest.raises(Refused, match="trước ngày đầu"):
        planned(admin, last=MONDAY.date() - DAY)
    with pytest.raises(Refused, match="lãnh đạo hoặc quản trị"):
        planned(officer(unit))


# ---- asking ----------------------------------------------------------------------------------------------
def test_the_link_of_the_sample_counts_for_the_campaign(place):
    _unit, admin, _clerk, _dossiers = place
    campaign = drawn(admin)
    invitation = Invitation.objects.filter(drawn__campaign=campaign).first()

    response = actions.answer_invitation(queries.token_of(invitation), HAPPY, at=TOMORROW)

    assert (response.campaign, campaign.drawn.get(pk=invitation.drawn_id).reached) == (campaign, Reached.ANSWERED)


def test_a_person_is_asked_once_by_whatever_way(place):
    _unit, admin, clerk, _dossiers = place
    campaign = drawn(admin)
    one = campaign.drawn.first()

    actions.answer_for_drawn(one, UNHAPPY, channel=Channel.PHONE, by=clerk, at=TOMORROW)

    with pytest.raises(Refused, match="đã có kết quả liên lạc"):
        actions.answer_for_drawn(one, HAPPY, channel=Channel.PAPER, by=clerk, at=TOMORROW)
    with pytest.raises(Refused, match="đã được trả lời"):
        actions.answer_invitation(queries.token_of(Invitation.objects.get(drawn=one)), HAPPY, at=TOMORROW)


def test_the_rated_officer_asks_nobody_about_themselves(place):
    _unit, admin, _clerk, dossiers = place
    campaign = drawn(admin)
    rated = dossiers[0].received_by

    with pytest.raises(Refused, match="tự hỏi phiếu về mình"):
        actions.answer_for_drawn(campaign.drawn.first(), HAPPY, channel=Channel.PHONE, by=rated, at=TOMORROW)


def test_calls_without_an_answer_are_kept_and_tried_later(place):
    _unit, admin, clerk, _dossiers = place
    campaign = drawn(admin)
    first, second, third = campaign.drawn.all()

    actions.note_call(first, Reached.NO_ANSWER, note="bận", by=clerk, at=TOMORROW)
    actions.note_call(second, Reached.REFUSED, note="", by=clerk, at=TOMORROW)

    assert list(queries.calls_of(campaign)) == [third, first]
    assert queries.outcome_of(campaign).reached == [("chưa hỏi", 1), ("từ chối trả lời", 1), ("chưa liên lạc được", 1)]


def test_a_closed_campaign_takes_no_answers(place):
    _unit, admin, clerk, _dossiers = place
    campaign = drawn(admin)
    one, invitation = campaign.drawn.first(), Invitation.objects.filter(drawn__campaign=campaign).first()

    actions.close_campaign(campaign, by=admin, at=TOMORROW)

    for answer in (
        lambda: actions.answer_for_drawn(one, HAPPY, channel=Channel.PHONE, by=clerk, at=TOMORROW),
        lambda: actions.answer_invitation(queries.token_of(invitation), HAPPY, at=TOMORROW),
        lambda: actions.close_campaign(campaign, by=admin, at=TOMORROW),
    ):
        with pytest.raises(Refused, match="khép"):
            answer()


def test_a_campaign_that_was_not_drawn_is_not_closed(place):
    _unit, admin, _clerk, _dossiers = place

    with pytest.raises(Refused, match="chưa rút mẫu"):
        actions.close_campaign(planned(admin), by=admin, at=TOMORROW)


# ---- what comes of it ------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("satisfied", "n", "population", "margin"),
    [
        (274, 280, 7574, "1.7"),  # 1,96 · √(0,9786 · 0,0214 / 280) · √(7294 / 7573)
        (140, 280, 10**6, "5.9"),
        (280, 280, 7574, "1.1"),  # nobody unhappy: the rule of three, not 0
        (50, 100, 100, "0.0"),  # everybody was asked
        (1, 1, 1, "0.0"),
        (0, 2, 1000, "99.9"),
    ],
)
def test_the_margin_of_error(satisfied, n, population, margin):
    assert queries.margin_of_error(satisfied, n, population) == Decimal(margin)


def test_without_answers_there_is_no_margin():
    assert queries.margin_of_error(0, 0, 100) is None


def test_the_sample_stands_beside_the_counter_with_the_difference(place):
    _unit, admin, clerk, dossiers = place
    campaign = drawn(admin)
    for invitation in Invitation.objects.filter(drawn=None):
        actions.answer_invitation(queries.token_of(invitation), HAPPY, at=MONDAY)
    invited = [actions.invite_after_result(one.pk, at=MONDAY) for one in dossiers]
    for invitation in invited:
        actions.answer_invitation(queries.token_of(invitation), HAPPY, at=MONDAY)
    first, second, _third = campaign.drawn.all()
    actions.answer_for_drawn(first, HAPPY, channel=Channel.PHONE, by=clerk, at=TOMORROW)
    actions.answer_for_drawn(second, UNHAPPY, channel=Channel.PHONE, by=clerk, at=TOMORROW)

    outcome = queries.outcome_of(campaign)

    assert (outcome.drawn, outcome.answered, outcome.silent) == (3, 2, 1)
    assert (outcome.result.share, outcome.counter.share, outcome.difference) == (50, 100, -50)
    assert round(outcome.rate, 1) == Decimal("66.7")


# ---- pages -----------------------------------------------------------------------------------------------
def client_of(staff):
    client = Client()
    client.force_login(staff)
    return client


def test_a_campaign_from_plan_to_close_on_the_pages(place):
    _unit, admin, clerk, _dossiers = place
    client, asks = client_of(admin), client_of(clerk)
    fields = {"name": "Năm 2026", "survey": version_of().pk, "first": "23/11/2026", "last": "23/11/2026", "size": "3"}
    made = client.post(reverse("satisfaction:plan"), {FIELD: new_key(), **fields})
    campaign = queries.campaigns_of(admin).get()
    actions.draw_sample(campaign, by=admin, at=max(TOMORROW, timezone.now()))
    call = reverse("satisfaction:call", args=[campaign.pk, 1])

    page = asks.get(reverse("satisfaction:campaign", args=[campaign.pk])).content.decode()
    missed = asks.post(call, {FIELD: new_key(), "do": "missed", "reached": "no_answer"})
    empty = asks.post(call, {FIELD: new_key()})
    kept = asks.post(call, {FIELD: new_key(), "q-overall": "2"})
    closed = client.post(reverse("satisfaction:close", args=[campaign.pk]), {FIELD: new_key()})

    assert (call in page, campaign.seed in page) == (True, True)
    assert [one.status_code for one in (made, missed, empty, kept, closed)] == [302, 302, 422, 302, 302]
    assert Response.objects.get(campaign=campaign).channel == "phone"


def test_a_slip_of_a_campaign_needs_a_number_that_was_drawn(place):
    _unit, admin, clerk, _dossiers = place
    campaign, client = drawn(admin), client_of(clerk)
    pile = {"survey": str(version_of().pk), "day": "20/11/2026", "campaign": str(campaign.pk), "q-overall": "3"}
    address = reverse("satisfaction:slips")

    missing = client.post(address, {FIELD: new_key(), **pile})
    outside = client.post(address, {FIELD: new_key(), **pile, "number": "999"})
    good = client.post(address, {FIELD: new_key(), **pile, "number": "2"})
    again = client.post(address, {FIELD: new_key(), **pile, "number": "2"})

    assert [one.status_code for one in (missing, outside, good, again)] == [422, 422, 302, 422]
    assert "số in sẵn" in missing.content.decode()
    assert "không có phiếu số 999" in outside.content.decode()
    assert "number=3" in good["Location"]
    assert "đã có kết quả liên lạc" in again.content.decode()


def test_another_unit_sees_no_campaign(place):
    _unit, admin, _clerk, _dossiers = place
    campaign, stranger = drawn(admin), officer(UnitFactory(), Role.UNIT_ADMIN)

    with pytest.raises(Http404):
        queries.campaign_for(stranger, campaign.pk)
    assert client_of(stranger).get(reverse("satisfaction:campaign", args=[campaign.pk])).status_code == 404
    with pytest.raises(Http404):
        queries.drawn_for(campaign, 99)


def test_usual_slips_are_no_part_of_the_campaign(place):
    unit, admin, clerk, _dossiers = place
    campaign = drawn(admin)

    slip(3, unit=unit, by=clerk)

    assert queries.outcome_of(campaign).result.n == 0

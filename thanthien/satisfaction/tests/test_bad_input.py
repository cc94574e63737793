"""What cannot be: links used up, expired, forged; slips of no campaign. A clear sentence each, nothing typed lost."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from thanthien.core.idempotency import FIELD, new_key
from thanthien.dossiers.factories import an_offering, everyone_of, hand_out, officer, receive
from thanthien.organisation.enums import Role
from thanthien.organisation.factories import UnitFactory
from thanthien.satisfaction import actions
from thanthien.satisfaction.actions import Plan
from thanthien.satisfaction.factories import invited, typist, version_of
from thanthien.satisfaction.models import Invitation, Response

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
GOOD = {"q-overall": "3", "q-attitude": "3", "q-time": "3"}


# ---- links -----------------------------------------------------------------------------------------------------
def opened(token, **sent):
    address, client = reverse("satisfaction:invited", args=[token]), Client()
    return client.post(address, {FIELD: new_key(), **sent}) if sent else client.get(address)


def used(token):
    opened(token, **GOOD)
    return token


def expired(token):
    Invitation.objects.update(expires_at=timezone.now() - DAY)
    return token


@pytest.mark.parametrize(
    ("spoil", "status", "sentence"),
    [
        (used, 410, "Phiếu này đã được trả lời. Cảm ơn ông/bà."),
        (expired, 410, "Phiếu này đã hết hạn trả lời."),
        (lambda token: token[:-1] + ("0" if token[-1] != "0" else "1"), 404, "Liên kết này không đúng."),
        (lambda token: "khong-dung", 404, "Liên kết này không đúng."),
    ],
)
@pytest.mark.parametrize("sent", [{}, GOOD])
def test_a_link_that_does_not_hold_says_why_and_counts_nothing(spoil, status, sentence, sent):
    _invitation, token = invited(at=timezone.now())
    spoilt = spoil(token)
    before = Response.objects.count()

    page = opened(spoilt, **sent)

    assert (page.status_code, sentence in page.content.decode(), Response.objects.count()) == (status, True, before)


def test_an_unanswered_question_is_asked_for_beside_it_and_the_rest_is_kept():
    _invitation, token = invited(at=timezone.now())

    page = opened(token, comment="Phải chờ lâu", **{"q-attitude": "2"})

    text = page.content.decode()
    assert (page.status_code, "Xin ông/bà chọn một mức." in text, "Phải chờ lâu" in text) == (422, True, True)


@pytest.mark.parametrize(("field", "typed"), [("contact_phone", "12"), ("contact_email", "lan@"), ("q-overall", "99")])
def test_what_cannot_be_read_is_said_beside_its_field(field, typed):
    _invitation, token = invited(at=timezone.now())

    page = opened(token, **GOOD | {"comment": "giữ lại", field: typed})

    text = page.content.decode()
    assert (page.status_code, f"id_{field}" in text, "giữ lại" in text) == (422, True, True)
    assert not Response.objects.exists()


# ---- slips of a campaign -----------------------------------------------------------------------------------------
@pytest.fixture
def pile():
    """A clerk, a campaign of one dossier that is being asked, and one that was planned only."""
    unit, at = UnitFactory(), timezone.now()
    by, admin = everyone_of(unit), officer(unit, Role.UNIT_ADMIN)
    hand_out(receive(offering=an_offering(unit=unit), by=by, at=at - 3 * DAY), by=by, at=at - 2 * DAY)
    days = {"first": (at - 5 * DAY).date(), "last": (at - DAY).date()}
    asked, planned = (
        actions.plan_campaign(Plan(name=name, version=version_of(), size=1, **days), by=admin, at=at)
        for name in ("Đang hỏi", "Chưa rút")
    )
    return typist(unit), actions.draw_sample(asked, by=admin, at=at), planned, admin


def typed(clerk, campaign, **facts):
    client = Client()
    client.force_login(clerk)
    said = {"survey": str(campaign.version_id), "campaign": str(campaign.pk), "number": "1", "q-overall": "3"}
    said |= {"day": f"{timezone.localdate():%d/%m/%Y}", "comment": "ghi trên phiếu"}
    return client.post(reverse("satisfaction:slips"), {FIELD: new_key(), **said, **facts})


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"number": "2"}, "Đợt khảo sát này không có phiếu số 2."),
        ({"number": ""}, "Phiếu của đợt khảo sát có số in sẵn; xin nhập số ấy."),
        ({"number": "0"}, "Xin nhập số từ 1 trở lên."),
        ({"number": "x"}, "số nguyên"),
        ({"day": "30/02/2026"}, "ngày"),
        ({"q-overall": ""}, "Xin ông/bà chọn một mức."),
    ],
)
def test_a_slip_outside_the_campaign_says_so_and_keeps_what_was_typed(pile, facts, sentence):
    clerk, asked, _planned, _admin = pile

    page = typed(clerk, asked, **facts)

    text = page.content.decode()
    assert (page.status_code, sentence in text, "ghi trên phiếu" in text) == (422, True, True)
    assert not Response.objects.exists()


def test_the_same_slip_typed_twice_and_a_slip_of_a_closed_or_planned_campaign_are_refused(pile):
    clerk, asked, planned, admin = pile
    first, again = typed(clerk, asked), typed(clerk, asked)
    actions.close_campaign(asked, by=admin, at=timezone.now())
    late, early = typed(clerk, asked), typed(clerk, planned)

    assert [page.status_code for page in (first, again, late, early)] == [302, 422, 422, 422]
    assert "đã có kết quả liên lạc" in again.content.decode()
    assert Response.objects.count() == 1

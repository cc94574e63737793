"""What an answer by link costs, and that a link holds once also for two who hold it at the same moment."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from thanthien.core.idempotency import FIELD, new_key
from thanthien.core.rules import Refused
from thanthien.dossiers.factories import MONDAY
from thanthien.dossiers.models import Dossier
from thanthien.satisfaction import actions, queries
from thanthien.satisfaction.actions import Filled
from thanthien.satisfaction.factories import invited
from thanthien.satisfaction.models import Answer, Response

pytestmark = pytest.mark.django_db
TYPED = {"q-overall": "3", "q-attitude": "3", "q-time": "2"}
HAPPY = Filled(values={"overall": 3, "attitude": 3, "time": 2})


def post(token, key):
    return Client().post(reverse("satisfaction:invited", args=[token]), {FIELD: key, **TYPED})


def test_an_answer_by_link_costs_one_look_and_four_writings(django_assert_num_queries):
    tokens = [invited()[1] for _time in range(2)]
    post(tokens[0], new_key())  # the SQL of the look is written once

    # Beside these five: two points to go back to, and to let go of (page, answer).
    with django_assert_num_queries(5 + 2 * 2):
        assert post(tokens[1], new_key()).status_code == 302

    assert (Response.objects.count(), Answer.objects.count()) == (2, 6)


def test_of_two_who_hold_the_same_link_one_answers():
    _invitation, token = invited()
    held = [queries.invitation_by_token(token) for _who in range(2)]

    actions.answer_invited(held[0], HAPPY, at=MONDAY)

    with pytest.raises(Refused, match="đã được trả lời"):
        actions.answer_invited(held[1], HAPPY, at=MONDAY)
    assert Response.objects.count() == 1


def test_the_same_form_sent_twice_counts_once_and_is_thanked_twice():
    _invitation, token = invited()
    key = new_key()

    answers = [post(token, key) for _time in range(2)]

    assert [(one.status_code, one.headers["Location"]) for one in answers] == [(302, "/danh-gia/cam-on/")] * 2
    assert Response.objects.count() == 1


# ---- the page of one's own dossier -----------------------------------------------------------------------------
def test_looking_for_the_invitation_costs_one_statement_at_most(django_assert_num_queries):
    invitation, _token = invited()
    dossier = invitation.dossier
    queries.open_invitation(dossier, at=MONDAY)  # its SQL is written once

    with django_assert_num_queries(1):
        assert queries.open_invitation(dossier, at=MONDAY) == invitation
    with django_assert_num_queries(0):
        assert queries.open_invitation(dossier, at=MONDAY + timedelta(days=38)) is None
        assert queries.open_invitation(Dossier(), at=MONDAY) is None


@pytest.mark.parametrize(("days", "is_open"), [(29, True), (30, False), (31, False)])
def test_an_invitation_is_offered_as_long_as_it_can_be_used(days, is_open):
    invitation, _token = invited()

    found = queries.open_invitation(invitation.dossier, at=invitation.made_at + timedelta(days=days))

    assert (found == invitation) == is_open


def test_a_used_invitation_is_not_offered():
    invitation, token = invited()
    actions.answer_invitation(token, HAPPY, at=MONDAY)

    assert queries.open_invitation(invitation.dossier, at=MONDAY) is None

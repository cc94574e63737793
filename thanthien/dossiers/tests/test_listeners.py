from datetime import timedelta

import pytest
from django.utils.timezone import now

from thanthien.core import schedule, timeline
from thanthien.core.models import TimelineChain, TimelineEntry
from thanthien.dossiers.factories import MONDAY, receive
from thanthien.dossiers.listeners import ask_for_apologies, follow_the_applicant
from thanthien.dossiers.models import Apology
from thanthien.people.events import PeopleMerged
from thanthien.people.factories import PersonFactory


@pytest.mark.django_db
def test_the_clock_asks_for_owed_apologies_every_minute(run_tasks):
    name = schedule.name_of(ask_for_apologies)
    at = now()

    first = schedule.enqueue_due(at=at)
    run_tasks()
    soon, later = (schedule.enqueue_due(at=at + timedelta(seconds=seconds)) for seconds in (30, 70))

    assert (name in first, name in soon, name in later) == (True, False, True)


@pytest.mark.django_db
def test_a_dossier_whose_whole_story_is_gone_is_found():
    dossier = receive()
    TimelineEntry.objects.all().delete()
    TimelineChain.objects.all().delete()

    assert [(f.subject, f.what) for f in timeline.verify()] == [(dossier.subject, "không có nhật ký nào")]


@pytest.mark.django_db
def test_promises_about_to_break_become_tasks_once():
    dossier = receive()
    at = dossier.due_at - timedelta(hours=1)

    assert [ask_for_apologies(at=at), ask_for_apologies(at=at)] == [1, 0]
    assert Apology.objects.get().dossier == dossier


@pytest.mark.django_db
def test_a_promise_with_time_left_owes_nothing():
    receive()

    assert ask_for_apologies(at=MONDAY + timedelta(hours=1)) == 0


@pytest.mark.django_db
def test_dossiers_follow_the_person_whose_records_were_merged_once_and_twice():
    dossier = receive()
    kept = PersonFactory()
    event = PeopleMerged(kept_id=kept.pk, dropped_id=dossier.applicant_id)

    follow_the_applicant(event)
    follow_the_applicant(event)

    name = dossier.applicant_name
    dossier.refresh_from_db()
    assert (dossier.applicant_id, dossier.applicant_name) == (kept.pk, name)

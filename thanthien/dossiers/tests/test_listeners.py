from datetime import timedelta

import pytest
from django.utils.timezone import now

from thanthien.core import schedule
from thanthien.dossiers.listeners import ask_for_apologies


@pytest.mark.django_db
def test_the_clock_asks_for_owed_apologies_every_minute(run_tasks):
    name = schedule.name_of(ask_for_apologies)
    at = now()

    first = schedule.enqueue_due(at=at)
    run_tasks()
    soon, later = (schedule.enqueue_due(at=at + timedelta(seconds=seconds)) for seconds in (30, 70))

    assert (name in first, name in soon, name in later) == (True, False, True)

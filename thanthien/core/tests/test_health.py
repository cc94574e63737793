import json
import shutil
from collections import namedtuple
from datetime import timedelta

import pytest
from django.test import RequestFactory
from django.utils.timezone import now
from django_tasks_db.models import DBTaskResult

from thanthien.core import schedule
from thanthien.core.models import NumberSeries
from thanthien.core.operations import chores, health
from thanthien.core.operations.views import health as health_page

pytestmark = pytest.mark.django_db
Usage = namedtuple("Usage", "total used free")


@pytest.fixture
def heartbeat(run_tasks):
    schedule.carry_out.enqueue(schedule.name_of(chores.heartbeat))
    run_tasks()
    return DBTaskResult.objects.get()


def ask():
    answer = health_page(RequestFactory().get("/suc-khoe/"))
    return answer.status_code, json.loads(answer.content)


def test_a_house_with_a_beating_heart_is_well(heartbeat):
    parts = {"database": True, "disk": True, "worker": True, "tasks": True}
    assert ask() == (200, {"ok": True, "parts": parts})


def test_asking_leaves_nothing_behind(heartbeat):
    ask()

    assert NumberSeries.objects.count() == 0


def test_a_worker_that_never_ran_is_reported():
    status, answer = ask()

    assert (status, answer["parts"]["worker"]) == (503, False)


def test_a_heartbeat_older_than_three_minutes_is_reported(heartbeat):
    in_time = health.worker_part(at=heartbeat.finished_at + timedelta(minutes=3))
    late = health.worker_part(at=heartbeat.finished_at + timedelta(minutes=3, seconds=1))

    assert (in_time.ok, late.ok) == (True, False)


def test_a_task_that_waits_longer_than_five_minutes_is_reported(heartbeat):
    schedule.carry_out.enqueue("someone")
    schedule.carry_out.using(run_after=now() + timedelta(hours=2)).enqueue("later")

    soon, late = (health.tasks_part(at=now() + timedelta(minutes=minutes)) for minutes in (4, 6))

    assert (soon.ok, late.ok, late.note) == (True, False, "1 việc nền trễ quá 5 phút")


def test_a_disk_that_is_nearly_full_is_reported(heartbeat, monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: Usage(10**12, 10**12, 10 * 1024 * 1024))

    assert ask()[1]["parts"]["disk"] is False
    assert health.disk_part().note == "đĩa chỉ còn 10 MB"


def test_the_page_of_health_takes_no_post():
    assert health_page(RequestFactory().post("/suc-khoe/")).status_code == 405

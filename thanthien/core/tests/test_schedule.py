from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from thanthien.core import schedule
from thanthien.core.models import IdempotentReply, NumberSeries
from thanthien.core.operations import chores, scheduler

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
NINE = datetime(2026, 3, 2, 9, 0, tzinfo=HANOI)


def counts(*, at):
    NumberSeries.objects.create(key=f"counted {at.isoformat()}", last=1)


def fails(*, at):
    raise ValueError("hỏng")


@pytest.fixture
def jobs(monkeypatch):
    registered: dict = {}
    monkeypatch.setattr(schedule, "_jobs", registered)
    return registered


@pytest.mark.parametrize(
    ("job", "last", "due"),
    [
        ({"minutes": 5}, None, True),
        ({"minutes": 5}, NINE - timedelta(minutes=4, seconds=59), False),
        ({"minutes": 5}, NINE - timedelta(minutes=5), True),
        ({"daily_at": time(7)}, None, True),
        ({"daily_at": time(9, 1)}, None, False),
        ({"daily_at": time(7)}, NINE - timedelta(hours=1), False),
        ({"daily_at": time(7)}, NINE - timedelta(hours=3), True),
        ({"daily_at": time(7)}, NINE - timedelta(days=9), True),
        ({"daily_at": time(9, 1)}, NINE - timedelta(days=9), False),
    ],
)
def test_a_job_is_due(job, last, due):
    assert schedule.Job(name="job", work=counts, **job).is_due(last, at=NINE) is due


@pytest.mark.django_db
def test_what_is_due_is_done_once_and_not_again_before_its_time(jobs, run_tasks):
    schedule.every(minutes=60)(counts)

    first = schedule.enqueue_due(at=NINE)
    again = schedule.enqueue_due(at=NINE)
    run_tasks()
    done = DBTaskResult.objects.get()
    later = schedule.enqueue_due(at=done.enqueued_at + timedelta(minutes=59))

    assert (first, again, later) == ([schedule.name_of(counts)], [], [])
    assert done.status == TaskResultStatus.SUCCESSFUL
    assert NumberSeries.objects.filter(key__startswith="counted").count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(("minutes", "tried"), [(9, False), (10, True)])
def test_a_job_that_failed_is_tried_again_after_ten_minutes(jobs, run_tasks, minutes, tried):
    schedule.daily(at="00:00")(fails)
    schedule.enqueue_due(at=NINE)
    run_tasks()
    failed = DBTaskResult.objects.get()

    names = schedule.enqueue_due(at=failed.enqueued_at + timedelta(minutes=minutes))

    assert failed.status == TaskResultStatus.FAILED
    assert bool(names) is tried


@pytest.mark.django_db
def test_the_scheduler_enqueues_what_is_due(jobs):
    schedule.every(minutes=1)(counts)

    assert scheduler.tick(at=NINE) == [schedule.name_of(counts)]


@pytest.mark.django_db
def test_replies_are_forgotten_after_a_week():
    for age in (6, 8):
        IdempotentReply.objects.create(key=f"{age}", actor="guest", path="/", status=302, at=NINE - timedelta(days=age))

    chores.forget_old_replies(at=NINE)

    assert list(IdempotentReply.objects.values_list("key", flat=True)) == ["6"]


@pytest.mark.django_db
def test_finished_tasks_are_forgotten_and_failed_ones_kept(jobs, run_tasks):
    schedule.every(minutes=1)(counts)
    schedule.every(minutes=1)(fails)
    schedule.enqueue_due(at=NINE)
    run_tasks()
    finished = DBTaskResult.objects.successful().get().finished_at

    chores.forget_finished_tasks(at=finished + timedelta(days=1))
    kept_a_day = DBTaskResult.objects.count()
    chores.forget_finished_tasks(at=finished + timedelta(days=3))

    assert kept_a_day == 2
    assert list(DBTaskResult.objects.values_list("status", flat=True)) == [TaskResultStatus.FAILED]

"""What the house does by the clock: `thanthien serve` carries these jobs out.

A room registers a job in its `listeners.py`; the job takes the moment as `at` and calls one action. A job that is due
becomes a task in the queue `schedule`, so that its last run, and its failure, can be read in the database; it may
therefore be carried out twice and must bear that.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Protocol

from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

QUEUE = "schedule"
RETRY_AFTER = timedelta(minutes=10)
ON_ITS_WAY = (TaskResultStatus.READY, TaskResultStatus.RUNNING)


class Work(Protocol):
    def __call__(self, *, at: datetime) -> object: ...


@dataclass(frozen=True, kw_only=True)
class Job:
    """Either every so many minutes, or once a day from a local time on."""

    name: str
    work: Work
    minutes: int | None = None
    daily_at: time | None = None

    def is_due(self, last: datetime | None, *, at: datetime) -> bool:
        """`last`: when it was last done. What a machine that was off has missed is done when it is on again."""
        if last is None:
            return self.daily_at is None or timezone.localtime(at).time() >= self.daily_at
        if self.minutes is not None:
            return at - last >= timedelta(minutes=self.minutes)
        today = timezone.localtime(at)
        assert self.daily_at is not None
        moment = today.replace(hour=self.daily_at.hour, minute=self.daily_at.minute, second=0, microsecond=0)
        return last < moment <= today


_jobs: dict[str, Job] = {}


def every(*, minutes: int) -> Callable[[Work], Work]:
    def register(work: Work) -> Work:
        _register(Job(name=name_of(work), work=work, minutes=minutes))
        return work

    return register


def daily(*, at: str) -> Callable[[Work], Work]:
    """`at`: local time, "07:00"."""

    def register(work: Work) -> Work:
        _register(Job(name=name_of(work), work=work, daily_at=time.fromisoformat(at)))
        return work

    return register


def name_of(work: Work) -> str:
    return f"{work.__module__}.{getattr(work, '__qualname__', type(work).__name__)}"


def _register(job: Job) -> None:
    _jobs[job.name] = job


def jobs() -> list[Job]:
    return list(_jobs.values())


@task(queue_name=QUEUE)
def carry_out(name: str) -> None:
    _jobs[name].work(at=timezone.now())


def enqueue_due(*, at: datetime) -> list[str]:
    """Puts every job that is due into the queue, unless it is on its way already; returns their names."""
    due = [job.name for job in jobs() if _should_run(job, at=at)]
    for name in due:
        carry_out.enqueue(name)
    return due


def _should_run(job: Job, *, at: datetime) -> bool:
    runs = DBTaskResult.objects.filter(queue_name=QUEUE, args_kwargs__args__0=job.name)
    latest = runs.order_by("-enqueued_at").first()
    if latest and latest.status in ON_ITS_WAY:
        return False
    if latest and latest.status == TaskResultStatus.FAILED:
        return bool(at - latest.enqueued_at >= RETRY_AFTER)
    return job.is_due(latest.enqueued_at if latest else None, at=at)

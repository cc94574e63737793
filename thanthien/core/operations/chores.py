"""What the foundation itself does by the clock."""

from datetime import datetime, timedelta

from django_tasks_db.models import DBTaskResult

from thanthien.core import schedule
from thanthien.core.models import IdempotentReply

REPLIES_KEPT = timedelta(days=7)
TASKS_KEPT = timedelta(days=7)
CLOCKWORK_KEPT = timedelta(days=2)


@schedule.every(minutes=1)
def heartbeat(*, at: datetime) -> None:
    """Does nothing: that it was done at all shows that the scheduler, the queue and the worker are alive."""


@schedule.daily(at="02:00")
def forget_old_replies(*, at: datetime) -> None:
    """A form is not sent again after a week: its first answer need not be kept."""
    IdempotentReply.objects.filter(at__lt=at - REPLIES_KEPT).delete()


@schedule.every(minutes=60)
def forget_finished_tasks(*, at: datetime) -> None:
    """Tasks that were done; those that failed stay for a person to look at."""
    done = DBTaskResult.objects.successful()
    done.filter(finished_at__lt=at - TASKS_KEPT).delete()
    done.filter(queue_name=schedule.QUEUE, finished_at__lt=at - CLOCKWORK_KEPT).delete()

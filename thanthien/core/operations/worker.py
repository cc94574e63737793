"""The process that carries out tasks: started by `thanthien serve`.

A worker killed in the middle of a task leaves that task marked as running. Each worker of a machine has a lasting
name, held by a lock; on starting it puts back what its namesake had begun.
"""

import fcntl
import hashlib
import logging
import socket

from django.conf import settings
from django.core.management import call_command
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

TRIES = 3  # a task that has taken so many workers down with it is laid aside


class WorkerDied(Exception):
    """The worker ended in the middle of this task, each time it was tried."""


def worker_id() -> str:
    """Lasting and different for each machine and data folder."""
    folder = hashlib.sha256(str(settings.DATA_DIR).encode()).hexdigest()[:8]
    return f"{socket.gethostname()[:48]}:{folder}"


def put_back_unfinished(worker: str) -> int:
    """Makes the tasks that this worker once began ready again; how many."""
    begun = [one for one in DBTaskResult.objects.running() if one.worker_ids and one.worker_ids[-1] == worker]
    for one in begun:
        if len(one.worker_ids) >= TRIES:
            one.set_failed(WorkerDied(one.task_path))
        else:
            one.status = TaskResultStatus.READY
            one.save(update_fields=["status"])
    return len(begun)


def main() -> None:
    for name in ("django_tasks", "django_tasks_db"):  # two lines a task would drown what matters
        logging.getLogger(name).addFilter(lambda record: record.levelno >= logging.WARNING)
    with open(settings.DATA_DIR / "worker.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # a namesake that is still dying is waited for
        put_back_unfinished(worker_id())
        call_command("db_worker", queue_name="*", worker_id=worker_id(), interval=1, startup_delay=False, reload=False)

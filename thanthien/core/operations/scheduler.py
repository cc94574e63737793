"""The process that minds the clock: started by `thanthien serve`.

Several machines may each run one: a job that is on its way is not enqueued again, and on PostgreSQL one of them at a
time holds the lock.
"""

import logging
import time
from datetime import datetime

from django.db import close_old_connections, connection
from django.utils import timezone

from thanthien.core import schedule

logger = logging.getLogger(__name__)
TICK = 15.0  # seconds
LOCK = 7_406_518_200  # any number, the same on all machines


def holds_the_lock() -> bool:
    """Whether this process is the one that minds the clock (SQLite: there is only one)."""
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
        return bool(cursor.fetchone()[0])


def tick(*, at: datetime) -> list[str]:
    return schedule.enqueue_due(at=at) if holds_the_lock() else []


def main() -> None:
    while True:
        try:
            tick(at=timezone.now())
        except Exception:
            # The database may be away for a moment; the next tick finds the same jobs due.
            logger.exception("the scheduler could not look at its jobs")
            connection.close()
        close_old_connections()
        time.sleep(TICK)

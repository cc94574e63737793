"""Child processes that are watched: one that dies is started again, and none outlives its parent.

They are forked from a parent that has already loaded the whole house, so that the first page is there at once and a
child that died is back in a moment.
"""

import ctypes
import logging
import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing.process import BaseProcess

from django.db import connections

logger = logging.getLogger(__name__)

FORK = multiprocessing.get_context("fork")
PR_SET_PDEATHSIG, PR_SET_NAME = 1, 15
LONGEST_PAUSE = 60.0  # seconds before a child that keeps dying is tried again
GOOD_LIFE = 60.0  # seconds after which a death is forgiven
GRACE = 15.0  # seconds to finish what is under way


def die_with(parent: int) -> None:
    """This process ends when `parent`, which started it, ends, also by kill -9 (Linux; elsewhere it does nothing)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it ended before we could ask to be told
        os._exit(1)


@dataclass
class Child:
    """`work` runs in a process of its own until it ends; `delay`: seconds before the first start."""

    name: str
    work: Callable[[], object]
    delay: float = 0.0
    process: BaseProcess | None = None
    started: float = 0.0
    next_start: float = field(init=False)
    deaths: int = 0

    def __post_init__(self) -> None:
        self.next_start = time.monotonic() + self.delay

    def start(self) -> None:
        self.process = FORK.Process(name=self.name, target=_live, args=(self.name, self.work, os.getpid()))
        self.process.start()
        self.started = time.monotonic()

    def look_after(self) -> None:
        """Starts it when it is time; notes its death."""
        now = time.monotonic()
        if self.process is None:
            if now >= self.next_start:
                self.start()
        elif (code := self.process.exitcode) is not None:
            self.deaths = 1 if now - self.started > GOOD_LIFE else self.deaths + 1
            pause = pause_after(self.deaths)
            logger.error("%s (pid %s) ended with %s; again in %.0f s", self.name, self.process.pid, code, pause)
            self.process, self.next_start = None, now + pause


def _live(name: str, work: Callable[[], object], parent: int) -> None:
    # A session of its own: Ctrl-C reaches the parent alone, which then ends its children in good order.
    os.setsid()
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, signal.SIG_DFL)
    die_with(parent)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_NAME, f"tt-{name}".encode())
    work()


def pause_after(deaths: int) -> float:
    """Seconds to wait after so many deaths in a row: 0, 1, 2, 4 … up to a minute."""
    return 0.0 if deaths <= 1 else min(LONGEST_PAUSE, 2.0 ** (deaths - 2))


@dataclass
class Supervisor:
    children: list[Child]
    stopping: bool = field(default=False, init=False)

    def run(self) -> None:
        """Returns after SIGTERM or SIGINT, when every child has ended."""
        for sign in (signal.SIGTERM, signal.SIGINT):
            signal.signal(sign, self._stop)
        connections.close_all()  # a connection must not be shared by two processes
        while not self.stopping:
            for child in self.children:
                child.look_after()
            time.sleep(0.1)
        self._end_all()

    def _stop(self, *_: object) -> None:
        self.stopping = True

    def _end_all(self) -> None:
        processes = [child.process for child in self.children if child.process]
        for process in processes:
            process.terminate()
        until = time.monotonic() + GRACE
        for process in processes:
            process.join(max(0.0, until - time.monotonic()))
            if process.exitcode is None and process.pid:
                logger.error("%s (pid %s) did not end in time and was killed", process.name, process.pid)
                os.killpg(process.pid, signal.SIGKILL)
                process.join()

"""Child processes that are watched: one that dies is started again, and none outlives its parent."""

import ctypes
import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

logger = logging.getLogger(__name__)

PR_SET_PDEATHSIG = 1
SERVED = "THANTHIEN_SERVED"  # in the environment of the children of `thanthien serve`
LONGEST_PAUSE = 60.0  # seconds before a child that keeps dying is tried again
GOOD_LIFE = 60.0  # seconds after which a death is forgiven
GRACE = 15.0  # seconds to finish what is under way


def die_with_parent() -> None:
    """This process ends when the one that started it ends, also by kill -9 (Linux; elsewhere it does nothing)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def die_with_serve() -> None:
    """For the processes that the web server starts by itself; under another server they live as that one wants."""
    if os.environ.get(SERVED):
        die_with_parent()


@dataclass
class Child:
    name: str
    command: Sequence[str]
    delay: float = 0.0
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    next_start: float = field(init=False)
    deaths: int = 0

    def __post_init__(self) -> None:
        self.next_start = time.monotonic() + self.delay

    def start(self) -> None:
        # A session of its own: Ctrl-C reaches the parent alone, which then ends its children in good order.
        env = os.environ | {SERVED: "1"}
        self.process = subprocess.Popen(self.command, env=env, start_new_session=True, preexec_fn=die_with_parent)
        self.started = time.monotonic()

    def look_after(self) -> None:
        """Starts it when it is time; notes its death."""
        now = time.monotonic()
        if self.process is None:
            if now >= self.next_start:
                self.start()
        elif (code := self.process.poll()) is not None:
            self.deaths = 1 if now - self.started > GOOD_LIFE else self.deaths + 1
            pause = pause_after(self.deaths)
            logger.error("%s (pid %s) ended with %s; again in %.0f s", self.name, self.process.pid, code, pause)
            self.process, self.next_start = None, now + pause

    def end(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.terminate()


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
        while not self.stopping:
            for child in self.children:
                child.look_after()
            time.sleep(0.1)
        self._end_all()

    def _stop(self, *_: object) -> None:
        self.stopping = True

    def _end_all(self) -> None:
        for child in self.children:
            child.end()
        until = time.monotonic() + GRACE
        for child in self.children:
            if child.process is None:
                continue
            try:
                child.process.wait(max(0.0, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                logger.error("%s (pid %s) did not end in time and was killed", child.name, child.process.pid)
                os.killpg(child.process.pid, signal.SIGKILL)
                child.process.wait()

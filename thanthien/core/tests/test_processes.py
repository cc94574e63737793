import os
import signal
import subprocess
import sys
import time

import pytest

from thanthien.core.operations.processes import SERVED, Child, Supervisor, die_with_serve, pause_after

SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]
STUBBORN = [sys.executable, "-c", "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(60)"]


def until(happened, seconds=10.0):
    end = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.02)


@pytest.fixture
def child():
    made = Child("sleeper", SLEEP)
    yield made
    if made.process and made.process.poll() is None:
        made.process.kill()
        made.process.wait()


def test_a_child_that_dies_is_started_again_at_once(child):
    child.look_after()
    first = child.process.pid
    child.process.kill()
    child.process.wait()

    child.look_after()
    child.look_after()

    assert child.process.pid != first
    assert child.process.poll() is None


@pytest.mark.parametrize(("deaths", "seconds"), [(1, 0), (2, 1), (3, 2), (4, 4), (8, 60), (99, 60)])
def test_the_pause_grows_with_each_death_up_to_a_minute(deaths, seconds):
    assert pause_after(deaths) == seconds


def test_a_child_waits_for_its_time():
    child = Child("later", SLEEP, delay=60)

    child.look_after()

    assert child.process is None


def test_a_child_that_does_not_listen_is_killed_at_the_end(monkeypatch):
    monkeypatch.setattr("thanthien.core.operations.processes.GRACE", 0.5)
    supervisor = Supervisor([Child("stubborn", STUBBORN)])
    supervisor.children[0].start()
    time.sleep(0.3)

    supervisor._end_all()

    assert supervisor.children[0].process.returncode == -signal.SIGKILL


def test_a_child_does_not_outlive_a_parent_that_was_killed(tmp_path):
    told = tmp_path / "pid"
    parent = subprocess.Popen([sys.executable, "-c", f"""
import pathlib, time
from thanthien.core.operations.processes import Child
child = Child("sleeper", {SLEEP!r})
child.start()
pathlib.Path({str(told)!r}).write_text(str(child.process.pid))
time.sleep(60)
"""])  # fmt: skip
    until(lambda: told.exists() and told.read_text())
    grandchild = int(told.read_text())

    parent.kill()
    parent.wait()

    until(lambda: not alive(grandchild))


def alive(pid):
    try:
        with open(f"/proc/{pid}/stat") as stat:
            return stat.read().split()[2] != "Z"
    except FileNotFoundError:
        return False


def test_another_web_server_keeps_its_own_ways(monkeypatch):
    monkeypatch.delenv(SERVED, raising=False)
    asked = []
    monkeypatch.setattr("thanthien.core.operations.processes.die_with_parent", lambda: asked.append(os.getpid()))

    die_with_serve()
    monkeypatch.setenv(SERVED, "1")
    die_with_serve()

    assert asked == [os.getpid()]

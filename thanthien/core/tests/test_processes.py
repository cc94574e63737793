import signal
import subprocess
import sys
import time

import pytest

from thanthien.core.operations.processes import Child, Supervisor, pause_after


def sleep():
    time.sleep(60)


def sleep_through_everything():
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    time.sleep(60)


def until(happened, seconds=10.0):
    end = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.02)


@pytest.fixture
def child():
    made = Child("sleeper", sleep)
    yield made
    if made.process:
        made.process.kill()
        made.process.join()


def test_a_child_that_dies_is_started_again_at_once(child):
    child.look_after()
    first = child.process.pid
    child.process.kill()
    child.process.join()

    child.look_after()
    child.look_after()

    assert child.process.pid != first
    assert child.process.is_alive()


@pytest.mark.parametrize(("deaths", "seconds"), [(1, 0), (2, 1), (3, 2), (4, 4), (8, 60), (99, 60)])
def test_the_pause_grows_with_each_death_up_to_a_minute(deaths, seconds):
    assert pause_after(deaths) == seconds


def test_a_child_waits_for_its_time():
    child = Child("later", sleep, delay=60)

    child.look_after()

    assert child.process is None


def test_a_child_that_does_not_listen_is_killed_at_the_end(monkeypatch):
    monkeypatch.setattr("thanthien.core.operations.processes.GRACE", 0.5)
    supervisor = Supervisor([Child("stubborn", sleep_through_everything)])
    supervisor.children[0].start()
    time.sleep(0.3)

    supervisor._end_all()

    assert supervisor.children[0].process.exitcode == -signal.SIGKILL


def test_a_child_does_not_outlive_a_parent_that_was_killed(tmp_path):
    told = tmp_path / "pid"
    parent = subprocess.Popen([sys.executable, "-c", f"""
import pathlib, time
from thanthien.core.operations.processes import Child
child = Child("sleeper", lambda: time.sleep(60))
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

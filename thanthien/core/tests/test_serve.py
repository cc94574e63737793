"""`thanthien serve` as a real process, on the database of the run."""

import contextlib
import os
import signal
import socket
import time
import urllib.error
import urllib.request
from dataclasses import replace

import pytest
from django.db import connection

from thanthien.core.tests.houses import new_house, remove_house
from thanthien.core.tests.test_processes import alive, until

pytestmark = pytest.mark.django_db  # so that there is a migrated database to copy
FIRST_ANSWER = 120  # seconds; a quiet machine needs 2 (docs/reliability.md), one that runs the whole suite more


@pytest.fixture(scope="module")
def house(django_db_setup, django_db_blocker, tmp_path_factory):
    name = f"serve_{os.getpid()}"
    with django_db_blocker.unblock():
        yield new_house(tmp_path_factory.mktemp("house"), name)
        remove_house(name)


@pytest.fixture
def port():
    """Free, and the one after it as well: there the boards listen."""
    while True:
        with socket.socket() as pages, socket.socket() as boards:
            pages.bind(("127.0.0.1", 0))
            with contextlib.suppress(OSError, OverflowError):
                boards.bind(("127.0.0.1", pages.getsockname()[1] + 1))
                return pages.getsockname()[1]


@pytest.mark.parametrize("command", ["doctor", "serve"])
def test_a_data_folder_that_cannot_be_made_is_named_in_words(house, command):
    done = house.command(command, DATA_DIR="/dev/null/nha")

    said = done.stdout + done.stderr
    assert (done.returncode, "Không tạo được thư mục dữ liệu" in said, "Traceback" in said) == (1, True, False)


@pytest.fixture
def served(house, port):
    process = house.start("serve", "--port", str(port))
    yield process
    if process.poll() is None:
        process.terminate()
    process.communicate(timeout=30)


def wait_for(served, happened, seconds=FIRST_ANSWER):
    """Until it happened; a server that does not come so far shows why."""
    end = time.monotonic() + seconds
    while not happened():
        if served.poll() is not None or time.monotonic() > end:
            everyone = family(served.pid) if served.poll() is None else []
            served.kill()
            pytest.fail(f"`thanthien serve` ({served.poll()}, children {everyone}):\n{served.stdout.read()}")
        time.sleep(0.05)


def answer(port, path="/suc-khoe/"):
    """Status, or None when nobody answers."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5) as response:
            return response.status
    except urllib.error.HTTPError as refused:
        return refused.code
    except OSError:
        return None


def family(pid):
    """Every process below this one."""
    with open(f"/proc/{pid}/task/{pid}/children") as children:
        below = [int(child) for child in children.read().split()]
    return below + [one for child in below for one in family(child)]


def part(served, name):
    """The child of this name."""
    for pid in family(served.pid):
        with open(f"/proc/{pid}/comm") as comm:
            if comm.read().strip() == f"tt-{name}":
                return pid
    return None


def test_pages_worker_and_scheduler_are_soon_well_and_end_together(served, port):
    wait_for(served, lambda: answer(port) is not None)
    wait_for(served, lambda: answer(port) == 200)  # the heartbeat went through scheduler, queue and worker
    everyone = family(served.pid)

    served.send_signal(signal.SIGTERM)
    out, _ = served.communicate(timeout=30)

    assert len(everyone) >= 4
    assert (served.returncode, [pid for pid in everyone if alive(pid)]) == (0, [])
    assert out.splitlines()[-1] == "Đã dừng."


def test_a_worker_that_was_killed_comes_back(served, port):
    wait_for(served, lambda: part(served, "worker"))
    first = part(served, "worker")

    os.kill(first, signal.SIGKILL)

    wait_for(served, lambda: part(served, "worker") not in (first, None))


def test_nothing_is_left_running_when_serve_itself_is_killed(served, port):
    wait_for(served, lambda: answer(port) is not None and part(served, "worker"))
    everyone = family(served.pid)

    served.kill()
    served.wait()

    until(lambda: not any(alive(pid) for pid in everyone), 5)
    assert answer(port) is None


def test_a_port_in_use_is_named(house):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        refused = house.command("serve", "--port", str(port))

    assert refused.returncode == 1
    assert refused.stderr.strip() == (
        f"CommandError: Không mở được 127.0.0.1:{port}: cổng này đang có chương trình khác dùng. "
        "Ông/bà chọn cổng khác bằng --port."
    )


def test_production_with_the_secret_of_the_demonstration_does_not_open(house):
    refused = house.command("serve", DEMO="0", ALLOWED_HOSTS="motcua.example.vn")

    assert refused.returncode == 1
    assert refused.stderr.startswith("CommandError: SECRET_KEY còn là khóa của bản trình diễn")


def test_what_is_not_safe_is_said_when_the_house_opens(house, port):
    if connection.vendor == "postgresql":
        pytest.skip("the PostgreSQL of the tests runs without fsync, which no house that is not for show accepts")
    key = "khóa riêng, dài hơn ba mươi hai ký tự"
    opened = replace(house, env=house.env | {"DEMO": "0", "SECRET_KEY": key, "ALLOWED_HOSTS": "*"})
    process = opened.start("serve", "--port", str(port))

    said = process.stdout.readline()
    process.terminate()
    process.communicate(timeout=30)

    assert said.startswith("! ALLOWED_HOSTS nhận mọi tên miền (*)")


def test_a_database_that_is_behind_the_software_does_not_open(house):
    house.execute("UPDATE django_migrations SET app = 'put aside' WHERE app = 'sessions'")

    refused = house.command("serve")
    house.execute("UPDATE django_migrations SET app = 'sessions' WHERE app = 'put aside'")

    assert refused.returncode == 1
    assert refused.stderr.startswith("CommandError: Cơ sở dữ liệu chưa theo kịp phần mềm (còn 1 bước).")


def test_a_database_out_of_reach_does_not_open(house):
    refused = house.command("serve", DATABASE_URL="postgres://nobody@127.0.0.1:9/nothing")

    assert refused.returncode == 1
    assert refused.stderr.startswith("CommandError: Không nối được cơ sở dữ liệu:")


def test_the_page_after_a_restart_is_served_from_the_same_files(house, port):
    for _ in range(2):
        process = house.start("serve", "--port", str(port))
        wait_for(process, lambda: answer(port, "/static/ui/img/drum.svg") == 200)
        process.terminate()
        process.communicate(timeout=30)
        assert process.returncode == 0

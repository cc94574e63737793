"""What tests of every room share: the network is off, the browser, and the work that waits for the commit."""

import gc
import os
import shutil
import socket
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path

import hypothesis
import pytest

# A busy machine is no fault of the test: the first example also builds hypothesis' table of letters.
hypothesis.settings.register_profile("house", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("house")

DATABASE = {"db", "transactional_db", "django_db_setup"}
WALKS = Path(__file__).parent / "tests"
LOOPBACK = ("127.0.0.1", "::1", "localhost")
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
BROWSER_ARGS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What stands in `tests/` walks through the whole house, but for the hardening of its parts. To a test that does
    not say so, pytest-django refuses the database: it need not run once more on another one."""
    for item in items:
        if item.path.is_relative_to(WALKS) and not item.path.is_relative_to(WALKS / "hardening"):
            item.add_marker("walk")
        if item.get_closest_marker("django_db") or DATABASE.intersection(item.fixturenames):  # type: ignore[attr-defined]
            item.add_marker("database")


def pytest_collection_finish() -> None:
    """The modules stay to the end: whoever looks for garbage need not go through them again before each test."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True, scope="session")
def no_network() -> Iterator[None]:
    """No test reaches beyond this machine."""
    connect = socket.socket.connect

    def only_here(self: socket.socket, address: object) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in LOOPBACK:  # type: ignore[index]
            raise AssertionError(f"a test wants to reach {address}")
        connect(self, address)  # type: ignore[arg-type]

    socket.socket.connect = only_here  # type: ignore[method-assign,assignment]
    yield
    socket.socket.connect = connect  # type: ignore[method-assign]


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_modify_db_settings) -> bool:
    """On SQLite, what an earlier run of the same `make test` has migrated is taken over as it was before any test."""
    name = sqlite_file()
    if name and (made := migrated()).exists():
        shutil.copyfile(made, name)
        return True
    return False


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup) -> None:
    """And the first run puts it where the next ones find it."""
    name = sqlite_file()
    if name and "MIGRATED" in os.environ and not migrated().exists():
        whole = migrated().with_suffix(f".{os.getpid()}")
        with closing(sqlite3.connect(name)) as database:
            database.execute("VACUUM INTO ?", [str(whole)])
        whole.rename(migrated())


def migrated() -> Path:
    return Path(os.environ.get("MIGRATED", "/nowhere"))


def sqlite_file() -> str:
    """The test database of this worker; nothing on PostgreSQL."""
    from django.conf import settings  # noqa: PLC0415  (only once Django is set up)

    database = settings.DATABASES["default"]
    return database["TEST"]["NAME"] if database["ENGINE"].endswith("sqlite3") else ""


@pytest.fixture(autouse=True)
def fresh_memory() -> None:
    """What a page keeps in memory for some minutes is of another test, whose rows had the same numbers."""
    from django.core.cache import caches  # noqa: PLC0415  (only once Django is set up)

    for memory in ("default", "template_fragments"):
        caches[memory].clear()


@pytest.fixture(scope="session")
def browser():
    """A headless Chromium for the whole run. A missing browser is a failure, never a skip."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  (slow to load, few tests need it)

    with sync_playwright() as playwright:
        found = next(filter(None, map(shutil.which, BROWSERS)), None) or playwright.chromium.executable_path
        if not os.path.exists(found):
            pytest.fail("No Chromium on this machine: run `make setup` and `python3 tools/setup.py browser`.")
        # Playwright keeps an event loop in this thread; Django must still answer ordinary calls here.
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
        launched = playwright.chromium.launch(executable_path=found, args=BROWSER_ARGS)
        yield launched
        launched.close()


@pytest.fixture
def run_tasks(monkeypatch) -> Callable[[], None]:
    """Carries out every task that is due, as the worker of `thanthien serve` does."""
    from django_tasks_db.management.commands import db_worker  # noqa: PLC0415  (only once Django is set up)

    # Between two tasks the worker drops old connections: here it would drop the test's own transaction.
    monkeypatch.setattr(db_worker, "close_old_connections", lambda: None)
    options = {"interval": 0, "batch": True, "startup_delay": False, "max_tasks": None, "excluded_queue_names": []}

    def run() -> None:
        db_worker.Worker(queue_names=["*"], backend_name="default", worker_id="test", **options).run()

    return run


@pytest.fixture
def committed(django_capture_on_commit_callbacks, run_tasks) -> Callable[[], AbstractContextManager[None]]:
    """`with committed():` – at its end, what waited for the commit has happened and the listeners have answered."""

    @contextmanager
    def commit() -> Iterator[None]:
        with django_capture_on_commit_callbacks(execute=True):
            yield
        run_tasks()

    return commit

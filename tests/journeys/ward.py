"""The demonstration ward as the place of the stories: a database of its own, a server, a clock that can be moved."""

import fcntl
import os
import shutil
import sqlite3
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import time_machine
from django.core.management import call_command
from django.db import connection
from django.test import override_settings

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
DAYS, FILES = 4, "ward.files"


def moment(text: str) -> datetime:
    """ "19/03/2026 09:20" on the ward's clock."""
    return datetime.strptime(text, "%d/%m/%Y %H:%M").replace(tzinfo=ZONE)


# A Thursday without holidays around it, so that every promised date of the stories can be counted on the fingers.
MORNING = moment("19/03/2026 09:20")


def demonstration(folder: Path) -> Path:
    """The database of the demonstration on that morning. Workers of one run share it: the first one builds it."""
    made, being_made = folder / "ward.sqlite3", folder / "ward.making"
    with (folder / "ward.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            if (
                migrated := Path(os.environ.get("MIGRATED", "/nowhere"))
            ).exists():  # by an earlier run, see conftest.py
                shutil.copyfile(migrated, being_made)
            with (
                use_database(being_made), override_settings(MEDIA_ROOT=folder / FILES),
                time_machine.travel(MORNING, tick=True), open(os.devnull, "w") as nowhere,
            ):  # fmt: skip
                call_command("migrate", verbosity=0)
                call_command("demo", days=DAYS, stdout=nowhere, stderr=nowhere)
            being_made.rename(made)
    return made


class use_database:  # noqa: N801  (used as a function)
    """For this while, every connection that this process opens (also the server's threads) goes to another file.

    A live server of Django's kind writes to the test database and empties it after each test. Here each story gets
    a copy of the demonstration instead, and the test database is left alone.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def __enter__(self) -> Path:
        connection.close()
        self.before = connection.settings_dict["NAME"]
        connection.settings_dict["NAME"] = str(self.path)
        return self.path

    def __exit__(self, *_error: object) -> None:
        connection.close()
        # A copy is taken of one file: what still lies in the log beside it goes in first.
        with sqlite3.connect(self.path) as database:
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.settings_dict["NAME"] = self.before


def copy_of(made: Path, to: Path) -> Path:
    shutil.copyfile(made, to)
    return to


def files_of(made: Path, to: Path) -> Path:
    """A copy of the demonstration's files, for one story."""
    shutil.copytree(made.parent / FILES, to)
    return to

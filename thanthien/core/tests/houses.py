"""An installation of its own for tests that start `thanthien` as a process."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import psycopg
from django.db import connection
from psycopg import sql

HOUSE = Path(__file__).resolve().parents[3]


@dataclass
class House:
    env: dict[str, str]

    def command(self, *words, **env):
        return subprocess.run(
            [sys.executable, "-m", "thanthien", *words],
            cwd=HOUSE, env=self.env | env, capture_output=True, text=True, timeout=120,
        )  # fmt: skip

    def execute(self, statement):
        """Straight into its database."""
        if connection.vendor == "postgresql":
            with psycopg.connect(self.env["DATABASE_URL"], autocommit=True) as server:
                server.execute(statement)
        else:
            with closing(sqlite3.connect(Path(self.env["DATA_DIR"]) / "thanthien.sqlite3")) as file, file:
                file.execute(statement)

    def start(self, *words):
        return subprocess.Popen(
            [sys.executable, "-m", "thanthien", *words],
            cwd=HOUSE, env=self.env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip


def new_house(folder, name):
    """A demonstration house whose database is a copy of the tests' own, already migrated."""
    if connection.vendor == "sqlite":
        tests_own, its_own = connection.settings_dict["NAME"], folder / "thanthien.sqlite3"
        with closing(sqlite3.connect(tests_own)) as source, closing(sqlite3.connect(its_own)) as copy:
            source.backup(copy)
        return House(environment(folder))
    template = connection.settings_dict["NAME"]
    connection.close()
    administer("CREATE DATABASE {} TEMPLATE {}", name, template)
    return House(environment(folder) | {"DATABASE_URL": url_of(name)})


def empty_house(folder, name):
    """A demonstration house on a machine that has nothing yet: no tables, no files."""
    if connection.vendor == "sqlite":
        return House(environment(folder))
    administer("CREATE DATABASE {}", name)
    return House(environment(folder) | {"DATABASE_URL": url_of(name)})


def environment(folder):
    return os.environ | {"DEMO": "1", "DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "thanthien.config.settings"}


def url_of(name):
    return os.environ["DATABASE_URL"].replace("/postgres?", f"/{name}?")


def remove_house(name):
    if connection.vendor == "postgresql":
        administer("DROP DATABASE {} WITH (FORCE)", name)


def administer(statement, *names):
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
        server.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))

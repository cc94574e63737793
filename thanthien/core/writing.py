"""New rows of the busiest actions, and a few changed fields, written with SQL that is made once.

As in `core.prepared`, Django would write the same SQL anew each time. No signal is sent: for rows whose history stands
elsewhere (the timeline), not for configuration.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from itertools import zip_longest
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection, connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import AutoField, Field, Model

M = TypeVar("M", bound=Model)


def insert(*rows: M, unique: str = "", update: Sequence[str] = ()) -> None:
    """Writes new rows of one model in one statement, as `bulk_create` does; keys that the database makes are set.

    Where a row with the same `unique` field stands already, its fields `update` are written instead.
    """
    if not rows:
        return
    database = connections[DEFAULT_DB_ALIAS]
    key = (database.vendor, type(rows[0]), unique, *update)
    if (written := _inserts.get(key)) is None:
        written = _inserts[key] = _Insert(type(rows[0]), unique, update)
    if (waiting := _waiting.get()) is None or unique:
        written.write(rows, database)
    else:
        waiting.append((written, rows))


Waiting = list[tuple["_Insert", tuple[Model, ...]]]
_waiting: ContextVar[Waiting | None] = ContextVar("waiting", default=None)
_held: ContextVar[Waiting | None] = ContextVar("held", default=None)


@contextmanager
def together() -> Iterator[None]:
    """Rows inserted inside are written at its end: in one statement where the database can do that (PostgreSQL).

    Only for rows whose keys nobody asks for.
    """
    token = _waiting.set([])
    try:
        yield
        waiting = _waiting.get() or []
    finally:
        _waiting.reset(token)
    if (held := _held.get()) is None:
        _write_all(waiting, connections[DEFAULT_DB_ALIAS])
    else:
        held.extend(waiting)


@contextmanager
def held() -> Iterator[None]:
    """What is gathered `together` inside waits for the end of this block, or for the next statement of any other kind,
    which so finds it written. Of a block that fails nothing is written: its transaction is undone anyway."""
    token, database = _held.set([]), connections[DEFAULT_DB_ALIAS]
    try:
        with database.execute_wrapper(_after_what_is_held):
            yield
            _write_held(database)
    finally:
        _held.reset(token)


def _after_what_is_held(execute: Callable[..., Any], *statement: Any) -> Any:
    *_words, context = statement
    _write_held(context["connection"])
    return execute(*statement)


def _write_held(database: BaseDatabaseWrapper) -> None:
    if held := _held.get():
        waiting = held.copy()
        held.clear()
        _write_all(waiting, database)


def _write_all(waiting: Waiting, database: BaseDatabaseWrapper) -> None:
    if database.vendor == "postgresql":
        _write_at_once(waiting, database)
        return
    for written, rows in waiting:
        written.write(rows, database)


def _write_at_once(waiting: Waiting, database: BaseDatabaseWrapper) -> None:
    """The parts of one `WITH` are carried out together; which comes first does not matter to rows without keys."""
    parts = [written.filled(rows, database) for written, rows in waiting]
    if not parts:
        return
    *first, last = [statement for statement, _values in parts]
    named = ", ".join(f"part{number} AS ({statement})" for number, statement in enumerate(first))
    values = [value for _statement, filled in parts for value in filled]
    with database.cursor() as cursor:
        cursor.execute(f"WITH {named} {last}" if first else last, values)


def update(row: Model, *names: str) -> None:
    """Writes these fields of a row that is stored already, as `save(update_fields=…)` does."""
    database = connections[DEFAULT_DB_ALIAS]
    key = database.vendor, type(row), names
    if (written := _updates.get(key)) is None:
        written = _updates[key] = _as_update(type(row), names)
    statement, fields = written
    with database.cursor() as cursor:
        cursor.execute(statement, [*(_value(field, row, database, new=False) for field in fields), row.pk])
        if cursor.rowcount != 1:
            raise DatabaseError(f"{row._meta.label} {row.pk} is not stored")


def _as_update(model: type[Model], names: tuple[str, ...]) -> tuple[str, list[Field[Any, Any]]]:
    options = model._meta
    fields = [options.get_field(name) for name in names]
    places = ", ".join(f"{_columns([field])} = %s" for field in fields)
    where = f"{_columns([options.pk])} = %s"
    return f"UPDATE {_quoted(options.db_table)} SET {places} WHERE {where}", fields  # type: ignore[return-value]  # noqa: S608


# What a column takes as it stands: asking Django for each of a hundred values of a dossier is a tenth of its receipt.
AS_IT_IS: dict[type, type] = {
    models.CharField: str, models.TextField: str, models.BooleanField: bool, models.ForeignKey: int,
    models.IntegerField: int, models.SmallIntegerField: int, models.BigIntegerField: int,
    models.PositiveIntegerField: int, models.PositiveSmallIntegerField: int, models.PositiveBigIntegerField: int,
}  # fmt: skip


def _value(field: Field[Any, Any], row: Model, database: BaseDatabaseWrapper, *, new: bool) -> Any:
    value = row.__dict__.get(field.attname)
    if type(value) is AS_IT_IS.get(type(field)):
        return value
    if type(value) is datetime and type(field) is models.DateTimeField and not field.auto_now:
        return database.ops.adapt_datetimefield_value(value)
    return field.get_db_prep_save(field.pre_save(row, new), database)


class _Insert:
    def __init__(self, model: type[Model], unique: str, update: Sequence[str]) -> None:
        options = model._meta
        self.key = options.pk.attname if isinstance(options.pk, AutoField) else ""
        self.fields = [field for field in options.concrete_fields if field.attname != self.key]
        self.head = f"INSERT INTO {_quoted(options.db_table)} ({_columns(self.fields)}) VALUES "  # noqa: S608
        self.tail = _or_else(model, unique, update) if unique else ""
        self.returning = f" RETURNING {_columns([options.pk])}" if self.key else ""
        self.statements: dict[tuple[Any, ...], str] = {}

    def write(self, rows: Sequence[Model], database: BaseDatabaseWrapper) -> None:
        statement, values = self.filled(rows, database)
        with database.cursor() as cursor:
            cursor.execute(statement + self.returning, values)
            keys = [key for (key,) in cursor.fetchall()] if self.key else []
        for row, key in zip_longest(rows, keys):
            if self.key:
                setattr(row, self.key, key)
            row._state.adding, row._state.db = False, database.alias

    def filled(self, rows: Sequence[Model], database: BaseDatabaseWrapper) -> tuple[str, list[Any]]:
        """The statement and what fills its places."""
        lines = [[_value(field, row, database, new=True) for field in self.fields] for row in rows]
        places = tuple(map(_place, zip(*lines, strict=True)))
        values = [value for line in lines for value, place in zip(line, places, strict=True) if place == "%s"]
        return self._statement(len(rows), places), values

    def _statement(self, count: int, places: tuple[str, ...]) -> str:
        """What stays blank stands in the statement itself: a receipt then sends a third of the hundred values of a
        dossier, few enough for the driver to keep what it made of the statement."""
        if (written := self.statements.get((count, places))) is None:
            row = f"({', '.join(places)})"
            written = self.statements[count, places] = self.head + ", ".join([row] * count) + self.tail
        return written


def _place(values: Sequence[Any]) -> str:
    """How a column stands in the statement: a blank as it is, when all rows have it, else a place to fill."""
    words = {_blank(value) for value in values}
    return words.pop() if len(words) == 1 else "%s"


def _blank(value: Any) -> str:
    if value is None:
        return "NULL"
    if value is False:
        return "FALSE"
    return "''" if type(value) is str and not value else "%s"


def _or_else(model: type[Model], unique: str, update: Sequence[str]) -> str:
    fields = [model._meta.get_field(name) for name in update]
    sets = ", ".join(f"{_columns([field])} = EXCLUDED.{_columns([field])}" for field in fields)
    return f" ON CONFLICT ({_columns([model._meta.get_field(unique)])}) DO UPDATE SET {sets}"


def _columns(fields: Sequence[Any]) -> str:
    return ", ".join(_quoted(field.column) for field in fields)


def _quoted(name: str) -> str:
    return str(connection.ops.quote_name(name))


_inserts: dict[tuple[Any, ...], _Insert] = {}
_updates: dict[tuple[str, type[Model], tuple[str, ...]], tuple[str, list[Field[Any, Any]]]] = {}

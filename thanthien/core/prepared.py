"""Queries of the busiest pages, whose SQL is written once.

Django writes the SQL of a query anew each time; for a row with its related rows that takes several times as long as
the answer of the database (docs/performance.md). A `Prepared` query keeps what Django wrote, for each kind of
database, and makes the same objects of the rows:

    _officer = Prepared(lambda: Staff.objects.select_related("unit").filter(pk=Given("pk")))
    officer = _officer.first(pk=7)
"""

import re
from collections.abc import Callable, Sequence
from itertools import zip_longest
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection, connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import AutoField, Expression, Field, Model, QuerySet
from django.db.models.query import get_related_populators
from django.db.models.sql.compiler import SQLCompiler

M = TypeVar("M", bound=Model)
WORD = re.compile(r"[a-z_]*")


class Given(Expression):
    """A place that is filled when the query is asked: with text or a number, or None, which no row equals."""

    def __init__(self, name: str, output_field: Field[Any, Any] | None = None) -> None:
        super().__init__(output_field=output_field)
        self.name = name

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        return "%s", [self]


class Prepared(Generic[M]):
    """`queryset` makes the query with `Given` places in it; it is called once for each kind of database.

    A query with `select_for_update` must first be asked inside a transaction, where it belongs anyway.
    """

    def __init__(self, queryset: Callable[[], QuerySet[M]]) -> None:
        self._queryset = queryset
        self._written: dict[str, _Written] = {}

    def all(self, **given: Any) -> list[M]:
        database = connections[DEFAULT_DB_ALIAS]
        if (written := self._written.get(database.vendor)) is None:
            written = self._written[database.vendor] = _Written(self._queryset())
        return written.ask(given, database)

    def first(self, **given: Any) -> M | None:
        """The first row; a query that may find many says itself how many it wants."""
        found = self.all(**given)
        return found[0] if found else None


class _Written:
    """What Django's compiler wrote, and how its rows become objects (as in `ModelIterable`)."""

    def __init__(self, queryset: QuerySet[Any]) -> None:
        self.db = queryset.db
        compiler = queryset.query.get_compiler(using=self.db)
        self.sql, self.params = _with_constants(*compiler.as_sql())
        select, self.info = compiler.select, compiler.klass_info
        self.converters = list(compiler.get_converters([column for column, *_ in select]).items())
        own = self.info["select_fields"]
        self.own = slice(own[0], own[-1] + 1)
        self.names = [column.target.attname for column, *_ in select[self.own]]
        self.related = get_related_populators(self.info, select, self.db)  # type: ignore[call-arg]
        self.annotations = list((compiler.annotation_col_map or {}).items())

    def ask(self, given: dict[str, Any], database: BaseDatabaseWrapper) -> list[Any]:
        params = [given[part.name] if isinstance(part, Given) else part for part in self.params]
        with database.cursor() as cursor:
            cursor.execute(self.sql, params)
            return [self._object(list(row), database) for row in cursor.fetchall()]

    def _object(self, row: list[Any], database: BaseDatabaseWrapper) -> Any:
        for place, (convert, expression) in self.converters:
            for one in convert:
                row[place] = one(row[place], expression, database)
        made = self.info["model"].from_db(self.db, self.names, row[self.own])
        for populator in self.related:
            populator.populate(row, made)
        for name, place in self.annotations:
            setattr(made, name, row[place])
        return made


def _with_constants(statement: str, params: Sequence[Any]) -> tuple[str, list[Any]]:
    """Words of ours (states, kinds) stand in the SQL itself: a kept plan can then use an index for one state alone."""
    pieces, left = statement.split("%s"), []
    written = pieces[0]
    for param, piece in zip(params, pieces[1:], strict=True):
        plain = isinstance(param, str) and WORD.fullmatch(param)
        written += f"'{param}'{piece}" if plain else f"%s{piece}"
        left += [] if plain else [param]
    return written, left


def insert(*rows: M, unique: str = "", update: Sequence[str] = ()) -> None:
    """Writes new rows of one model in one statement, as `bulk_create` does; keys that the database makes are set.

    Where a row with the same `unique` field stands already, its fields `update` are written instead. No signal is
    sent: for rows whose history stands elsewhere (the timeline), not for configuration.
    """
    if not rows:
        return
    database = connections[DEFAULT_DB_ALIAS]
    key = (database.vendor, type(rows[0]), unique, *update)
    if (written := _inserts.get(key)) is None:
        written = _inserts[key] = _Insert(type(rows[0]), unique, update)
    written.write(rows, database)


def update(row: Model, *names: str) -> None:
    """Writes these fields of a row that is stored already, as `save(update_fields=…)` does; no signal is sent."""
    database = connections[DEFAULT_DB_ALIAS]
    key = database.vendor, type(row), names
    if (written := _updates.get(key)) is None:
        written = _updates[key] = _as_update(type(row), names)
    statement, fields = written
    with database.cursor() as cursor:
        cursor.execute(statement, [*(_value(field, row, new=False) for field in fields), row.pk])
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


def _value(field: Field[Any, Any], row: Model, *, new: bool) -> Any:
    value = row.__dict__.get(field.attname)
    if type(value) is AS_IT_IS.get(type(field)):
        return value
    return field.get_db_prep_save(field.pre_save(row, new), connection)


class _Insert:
    def __init__(self, model: type[Model], unique: str, update: Sequence[str]) -> None:
        options = model._meta
        self.key = options.pk.attname if isinstance(options.pk, AutoField) else ""
        self.fields = [field for field in options.concrete_fields if field.attname != self.key]
        self.head = f"INSERT INTO {_quoted(options.db_table)} ({_columns(self.fields)}) VALUES "  # noqa: S608
        self.tail = _or_else(model, unique, update) if unique else ""
        self.tail += f" RETURNING {_columns([options.pk])}" if self.key else ""
        self.statements: dict[tuple[Any, ...], str] = {}

    def write(self, rows: Sequence[Model], database: BaseDatabaseWrapper) -> None:
        lines = [[_value(field, row, new=True) for field in self.fields] for row in rows]
        places = tuple(map(_place, zip(*lines, strict=True)))
        values = [value for line in lines for value, place in zip(line, places, strict=True) if place == "%s"]
        with database.cursor() as cursor:
            cursor.execute(self._statement(len(rows), places), values)
            keys = [key for (key,) in cursor.fetchall()] if self.key else []
        for row, key in zip_longest(rows, keys):
            if self.key:
                setattr(row, self.key, key)
            row._state.adding, row._state.db = False, database.alias

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

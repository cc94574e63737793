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

from django.db import DatabaseError, connection, models
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
        written = self._written.get(connection.vendor)
        if written is None:
            written = self._written[connection.vendor] = _Written(self._queryset())
        return written.ask(given)

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

    def ask(self, given: dict[str, Any]) -> list[Any]:
        params = [given[part.name] if isinstance(part, Given) else part for part in self.params]
        with connection.cursor() as cursor:
            cursor.execute(self.sql, params)
            return [self._object(list(row)) for row in cursor.fetchall()]

    def _object(self, row: list[Any]) -> Any:
        for place, (convert, expression) in self.converters:
            for one in convert:
                row[place] = one(row[place], expression, connection)
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


def insert(*rows: M) -> None:
    """Writes new rows of one model in one statement, as `bulk_create` does; keys that the database makes are set.

    No signal is sent: for rows whose history stands elsewhere (the timeline), not for configuration.
    """
    if not rows:
        return
    written = _inserts.get((connection.vendor, type(rows[0])))
    if written is None:
        written = _inserts[connection.vendor, type(rows[0])] = _Insert(type(rows[0]))
    written.write(rows)


def update(row: Model, *names: str) -> None:
    """Writes these fields of a row that is stored already, as `save(update_fields=…)` does; no signal is sent."""
    key = connection.vendor, type(row), names
    if (written := _updates.get(key)) is None:
        written = _updates[key] = _as_update(type(row), names)
    statement, fields = written
    with connection.cursor() as cursor:
        cursor.execute(statement, [*(_value(field, row, new=False) for field in fields), row.pk])
        if cursor.rowcount != 1:
            raise DatabaseError(f"{row._meta.label} {row.pk} is not stored")


def _as_update(model: type[Model], names: tuple[str, ...]) -> tuple[str, list[Field[Any, Any]]]:
    quote, options = connection.ops.quote_name, model._meta
    fields = [options.get_field(name) for name in names]
    places = ", ".join(f"{quote(str(field.column))} = %s" for field in fields)  # type: ignore[union-attr]
    where = f"{quote(str(options.pk.column))} = %s"
    return f"UPDATE {quote(options.db_table)} SET {places} WHERE {where}", fields  # type: ignore[return-value]  # noqa: S608


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
    def __init__(self, model: type[Model]) -> None:
        quote, options = connection.ops.quote_name, model._meta
        self.key = options.pk.attname if isinstance(options.pk, AutoField) else ""
        self.fields = [field for field in options.concrete_fields if field.attname != self.key]
        columns = ", ".join(quote(str(field.column)) for field in self.fields)
        self.head = f"INSERT INTO {quote(options.db_table)} ({columns}) VALUES "  # noqa: S608  (names of models)
        self.places = f"({', '.join(['%s'] * len(self.fields))})"
        self.tail = f" RETURNING {quote(str(options.pk.column))}" if self.key else ""

    def write(self, rows: Sequence[Model]) -> None:
        values = [_value(field, row, new=True) for row in rows for field in self.fields]
        with connection.cursor() as cursor:
            cursor.execute(self.head + ", ".join([self.places] * len(rows)) + self.tail, values)
            keys = [key for (key,) in cursor.fetchall()] if self.key else []
        for row, key in zip_longest(rows, keys):
            if self.key:
                setattr(row, self.key, key)
            row._state.adding, row._state.db = False, connection.alias


_inserts: dict[tuple[str, type[Model]], _Insert] = {}
_updates: dict[tuple[str, type[Model], tuple[str, ...]], tuple[str, list[Field[Any, Any]]]] = {}

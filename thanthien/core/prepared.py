"""Queries of the busiest pages, whose SQL is written once (`core.writing` writes rows in the same way).

Django writes the SQL of a query anew each time; for a row with its related rows that takes several times as long as
the answer of the database (docs/performance.md). A `Prepared` query keeps what Django wrote, for each kind of
database, and makes the same objects of the rows:

    _officer = Prepared(lambda: Staff.objects.select_related("unit").filter(pk=Given("pk")))
    officer = _officer.first(pk=7)
"""

import re
from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Expression, Field, Model, QuerySet
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

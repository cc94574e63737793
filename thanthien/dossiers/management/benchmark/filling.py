"""Writing a hundred thousand rows in seconds: COPY with PostgreSQL, one prepared INSERT with SQLite."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.core.management.color import no_style
from django.db import connection, models, transaction


class Table:
    """The rows of a model: all as `common`, but for the values of `varying`."""

    def __init__(self, common: models.Model, *varying: str) -> None:
        self.model = type(common)
        fields = self.model._meta.concrete_fields
        self.columns = [field.column for field in fields]
        self._common = [_prepared(field, field.pre_save(common, add=True)) for field in fields]
        places = {name: at for at, field in enumerate(fields) for name in (field.name, field.attname)}
        self._varying = [(places[name], fields[places[name]]) for name in varying]

    def row(self, *values: Any) -> list[Any]:
        row = self._common.copy()
        for (place, field), value in zip(self._varying, values, strict=True):
            row[place] = _prepared(field, value)
        return row

    def fill(self, rows: Iterable[Sequence[Any]]) -> None:
        """`rows` hold the varying values, in their order."""
        copy_rows(self.model._meta.db_table, self.columns, (self.row(*values) for values in rows))


def _prepared(field: Any, value: Any) -> Any:
    return field.get_db_prep_save(value, connection)


def copy_rows(table: str, columns: Sequence[str], rows: Iterator[Sequence[Any]]) -> None:
    names = ", ".join(connection.ops.quote_name(column) for column in columns)
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {connection.ops.quote_name(table)} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            marks = ", ".join(["?"] * len(columns))
            # The driver itself: Django's cursor would translate the marks of every row.
            cursor.connection.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)  # noqa: S608


def finish(*models_filled: type[models.Model]) -> None:
    """New rows get numbers after those written; the planner knows how many there are."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(models_filled)):
            cursor.execute(statement)
        cursor.execute("ANALYZE")

"""Many rows at once, past the models: the driver's `executemany` on SQLite, COPY on PostgreSQL (12 to 40 × faster).

For the import of rosters alone. Values come ready for the database: sealed, dates as ISO text; every column is named.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from webapp.models.base import Row, database, on_sqlite

WIDE = {"cache_size": -16_384, "wal_autocheckpoint": 40_000}
"""Kilobytes of pages kept in memory, and pages of the log that are written back at once."""


def reserve(model: type[Row], count: int) -> range | list[int]:
    """`count` numbers for new rows of a table. On SQLite they hold while the transaction has the write lock."""
    table = model._meta.table_name
    if on_sqlite():
        ((last,),) = database.execute_sql(f'SELECT COALESCE(MAX(id), 0) FROM "{table}"').fetchall()  # noqa: S608
        return range(last + 1, last + 1 + count)
    sequence = f"nextval(pg_get_serial_sequence('{table}', 'id'))"
    found = database.execute_sql(f"SELECT {sequence} FROM generate_series(1, %s)", (count,))  # noqa: S608
    return [number for (number,) in found.fetchall()]


@contextmanager
def wide() -> Iterator[None]:
    """More room for SQLite while portions touch nine indexes each: 16 MB of memory and 160 MB of log for a while."""
    if not on_sqlite():
        yield
        return
    before = {name: database.execute_sql(f"PRAGMA {name}").fetchone()[0] for name in WIDE}
    try:
        for name, value in WIDE.items():
            database.execute_sql(f"PRAGMA {name} = {value}")
        yield
    finally:
        for name, value in before.items():
            database.execute_sql(f"PRAGMA {name} = {value}")


def insert(model: type[Row], columns: Sequence[str], rows: Iterable[Sequence]) -> None:
    """Add rows, each a sequence of values in the order of `columns`."""
    named = _names(columns)
    if on_sqlite():
        sql = f'INSERT INTO "{model._meta.table_name}" ({named}) VALUES ({_marks(len(columns))})'  # noqa: S608
        database.connection().executemany(sql, rows)
        return
    with database.connection().cursor().copy(f'COPY "{model._meta.table_name}" ({named}) FROM STDIN') as copy:
        for row in rows:
            copy.write_row(row)


def update(model: type[Row], columns: Sequence[str], rows: Iterable[Sequence]) -> None:
    """Change rows: the values in the order of `columns`, the row's number last."""
    mark = database.param
    values = ", ".join(f'"{column}" = {mark}' for column in columns)
    sql = f'UPDATE "{model._meta.table_name}" SET {values} WHERE id = {mark}'  # noqa: S608
    if on_sqlite():
        database.connection().executemany(sql, rows)
    else:
        database.connection().cursor().executemany(sql, rows)


def select(model: type[Row], columns: Sequence[str], where: dict[str, object], one_of: tuple[str, list]) -> list[tuple]:
    """Rows as plain tuples: equal in the columns of `where`, and in one column equal to any of many values.

    Dates come as ISO text on both databases.
    """
    dates = {field.column_name for field in model._meta.sorted_fields if field.field_type == "DATE"}
    named = ", ".join(f'CAST("{name}" AS VARCHAR(10))' if name in dates else f'"{name}"' for name in columns)
    mark, (among, values) = database.param, one_of
    equal = " AND ".join(f'"{name}" = {mark}' for name in where)
    many = f"IN (SELECT value FROM json_each({mark}))" if on_sqlite() else f"= ANY({mark})"  # noqa: S608
    sql = f'SELECT {named} FROM "{model._meta.table_name}" WHERE {equal} AND "{among}" {many}'  # noqa: S608
    listed = json.dumps(values, ensure_ascii=False) if on_sqlite() else list(values)
    return database.execute_sql(sql, (*where.values(), listed)).fetchall()


def _names(columns: Sequence[str]) -> str:
    return ", ".join(f'"{column}"' for column in columns)


def _marks(count: int) -> str:
    return ", ".join([database.param] * count)

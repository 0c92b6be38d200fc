"""The whole database as plain values, and what became different between two looks at it."""

from webapp.models.base import database

State = dict[str, dict[int, dict[str, object]]]


def state() -> State:
    """Every row of every table: table → id → column → value, as the database holds it."""
    return {table: _rows(table) for table in database.get_tables()}


def changed(before: State, after: State) -> set[str]:
    """What is different: ``table.column`` of rows that changed, ``table+`` and ``table-`` of rows that came and went."""
    found = set()
    for table in after:
        was, now = before[table], after[table]
        found |= {f"{table}+"} if now.keys() - was.keys() else set()
        found |= {f"{table}-"} if was.keys() - now.keys() else set()
        for number in now.keys() & was.keys():
            found |= {f"{table}.{column}" for column, value in now[number].items() if was[number][column] != value}
    return found


def _rows(table: str) -> dict[int, dict[str, object]]:
    cursor = database.execute_sql(f'SELECT * FROM "{table}"')  # noqa: S608 (the tables' own names)
    columns = [column[0] for column in cursor.description]
    return {
        n if "id" not in columns else row[columns.index("id")]: dict(zip(columns, row, strict=True))
        for n, row in enumerate(cursor)
    }

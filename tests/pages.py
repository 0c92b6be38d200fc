"""What a page costs: how often it asks the database and how often it writes."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from webapp.models.base import database

_READ = re.compile(r"\s*\(?\s*SELECT\b", re.IGNORECASE)
_WRITE = re.compile(r"\s*(INSERT|UPDATE|DELETE)\b", re.IGNORECASE)


@dataclass
class Cost:
    """`reads` outside transactions; `writes` anywhere; `transactions` that were begun, a lone write counting as one."""

    reads: int = 0
    writes: int = 0
    transactions: int = 0


@contextmanager
def counted() -> Iterator[Cost]:
    """Count what the database is asked meanwhile, as its driver hears it."""
    cost, db = Cost(), database.obj
    ask, begin = db.execute_sql, db.begin

    def execute_sql(sql: str, *more: object, **named: object) -> object:
        inside = db.in_transaction()
        if _READ.match(sql) and not inside:
            cost.reads += 1
        elif _WRITE.match(sql):
            cost.writes += 1
            cost.transactions += not inside
        return ask(sql, *more, **named)

    def count_begin(*kind: object) -> object:
        cost.transactions += 1
        return begin(*kind)

    db.execute_sql, db.begin = execute_sql, count_begin
    try:
        yield cost
    finally:
        del db.execute_sql, db.begin

"""What a page costs: how often it asks the database and how often it writes; bytes and requests on a phone."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from webapp.models.base import database

_READ = re.compile(r"\s*\(?\s*SELECT\b", re.IGNORECASE)
_WRITE = re.compile(r"\s*(INSERT|UPDATE|DELETE)\b", re.IGNORECASE)


@dataclass
class Cost:
    """`reads` outside transactions; `writes` anywhere; `transactions` that were begun, a lone write counting as one.

    `fonts` is how often those of rare characters were asked for: once on a page that shows any, and no read beside.
    """

    reads: int = 0
    fonts: int = 0
    writes: int = 0
    transactions: int = 0


@contextmanager
def counted() -> Iterator[Cost]:
    """Count what the database is asked meanwhile, as its driver hears it; not the settings, read once a second."""
    cost, db = Cost(), database.obj
    ask, begin = db.execute_sql, db.begin

    def execute_sql(sql: str, *more: object, **named: object) -> object:
        inside = db.in_transaction()
        if 'FROM "glyph"' in sql:
            cost.fonts += 1
        elif _READ.match(sql) and not inside and 'FROM "setting"' not in sql:
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


@dataclass
class Weight:
    """What a browser fetches for a page: the page itself, and all of it with styles, scripts and icon, in bytes as sent."""

    page: int
    whole: int
    requests: int


def weighed(client: FlaskClient, path: str, **headers: str) -> Weight:
    """The weight of a page for a browser that has nothing yet, takes gzip and runs scripts."""
    answer = client.get(path, headers={"Accept-Encoding": "gzip", **headers})
    assert answer.status_code == 200, (path, answer.status)
    page = BeautifulSoup(client.get(path, headers=headers).text, "lxml")
    for without_scripts in page.find_all("noscript"):
        without_scripts.decompose()
    needed = [tag["href"] for tag in page.find_all("link")] + [tag["src"] for tag in page.find_all(["script", "img"])]
    if page.find(attrs={"data-captcha": True}):
        needed.append(page.body["data-pow"])
    parts = [len(client.get(one, headers={"Accept-Encoding": "gzip"}).data) for one in needed]
    return Weight(len(answer.data), len(answer.data) + sum(parts), 1 + len(parts))

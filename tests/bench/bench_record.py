"""The record page against a reference page of the same size: CPU per request, reads and writes.

Run: ``python -m tests.bench.bench_record [--postgres] [--short]``. The reference is what Flask and the same database
can do with nothing else: SQL text kept, its own session look-up, three indexed queries, one template called directly.
"""

import argparse
import hashlib
import sys
from collections.abc import Callable
from itertools import cycle

from flask import Flask, request
from flask import session as visit
from jinja2 import Template

from tests.bench.deployment import deployed
from tests.bench.measure import asker, least, machine
from tests.people import make_account, make_school
from webapp.domain import sessions
from webapp.models import keys
from webapp.models.accounts import Account
from webapp.models.base import database, on_sqlite
from webapp.models.records import Record, View

GOAL = 1.6
ROW = '<div class="flagged"><dt id="c-{{ loop.index }}">{{ label }}</dt><dd>{{ value }}</dd></div>'


def reference(size: int, path: str, cookie: str, write: Callable[[], object] = lambda: None) -> Flask:
    """A page of `size` bytes (asked for at `path` with `cookie`) made of the same rows, with as little as possible between.

    `write` is what the page that it stands beside writes, for the reference to write the same.
    """
    app = Flask("reference")
    app.config |= {"SECRET_KEY": keys.secret("cookies"), "SESSION_COOKIE_NAME": "xd_visit"}
    mark = "?" if on_sqlite() else "%s"
    who = f"SELECT account_id, ended, ends FROM session WHERE token = {mark}"
    record = f'SELECT * FROM record WHERE "key" = {mark} AND account_id = {mark}'
    check = f'SELECT c.*, p.* FROM "check" c JOIN campaign p ON p.id = c.campaign_id WHERE c.record_id = {mark}'
    looked = f"SELECT MAX(at) FROM view WHERE object = {mark}"
    page = Template(
        "<!doctype html><title>{{ title }}</title><main>{% for label, value in rows %}"
        + ROW
        + "{% endfor %}{{ padding }}</main>",
        autoescape=True,
    )
    padding = ""

    def draw() -> str:
        visit.get("lang")
        token = hashlib.sha256(request.cookies["xd_session"].encode()).hexdigest()
        account, _, _ = database.execute_sql(who, (token,)).fetchone()
        key = request.path.rpartition("/")[2]
        found = database.execute_sql(record, (key, account)).fetchone()
        database.execute_sql(check, (found[0],)).fetchall()
        database.execute_sql(looked, (key,)).fetchone()
        write()
        rows = [(str(n), str(value or "")) for n, value in enumerate(found)]
        return page.render(title="学籍信息", rows=rows, padding=padding)

    @app.get("/records/<key>")
    def show(key: str) -> str:
        return draw()

    with app.test_request_context(path, headers={"Cookie": cookie}):
        padding = "x" * max(0, size - len(draw().encode()))
    return app


def run(postgres: bool, rounds: int, times: int) -> float:
    with deployed(postgres) as app:
        school = make_school()
        visit = app.test_client().get("/login").headers["Set-Cookie"].partition(";")[0]
        asked = []
        for n, record in enumerate(school.records):
            account = make_account(record, f"138000010{n:02d}")
            Account.update(school_proved=record.updated, records_seen=record.updated).where(Account.id == account.id).execute()
            Record.update(account=account, bound_how="auto").where(Record.id == record.id).execute()
            asked.append((f"/records/{record.key}", f"{visit}; xd_session={sessions.begin(account, 'bench', 'bench')}"))
        ours = [asker(app, *one) for one in asked]
        size = len(ours[0]())
        bare_app = reference(size, *asked[0])
        theirs = [asker(bare_app, *one) for one in asked]
        assert abs(len(theirs[0]()) - size) < 300
        for ask in ours:
            ask()
        before = View.select().count()
        first, second = cycle(ours), cycle(theirs)
        page, bare = least(lambda: next(first)(), lambda: next(second)(), rounds=rounds, times=times)
        assert View.select().count() == before, "a second look wrote something"
        name = "PostgreSQL" if postgres else "SQLite"
        print(
            f"record page, {name}: {page * 1e6:.0f} µs; reference {bare * 1e6:.0f} µs; "
            f"ratio {page / bare:.2f} (goal {GOAL}); {size} bytes"
        )
        return page / bare


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--postgres", action="store_true")
    parser.add_argument("--short", action="store_true", help="few rounds; fails only beyond three times the goal")
    told = parser.parse_args()
    print(machine())
    ratio = run(told.postgres, *((10, 24) if told.short else (80, 24)))
    sys.exit(ratio > GOAL * (3 if told.short else 1))

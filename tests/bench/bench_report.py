"""The page of a report by its code: CPU against the reference page of `bench_record`, and a look-up among ever more reports.

Run: ``python -m tests.bench.bench_report [--postgres] [--short]``. The reference writes the same look. Reads and writes are
asserted in `tests/web/test_verifying.py`. The long run looks codes up among 10,000 and among 10,000,000 reports.
"""

import argparse
import hashlib
import random
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from itertools import cycle, islice
from statistics import median

from flask import Flask

from tests.bench.bench_record import reference
from tests.bench.deployment import deployed
from tests.bench.measure import asker, least, machine
from tests.people import School, make_school
from tests.reporting import Holder, holder
from webapp.domain import clock, sessions
from webapp.domain.identity import verification_codes
from webapp.domain.reports import verifying
from webapp.models import bulk, looks, report_by_code
from webapp.models.base import database, on_sqlite, transaction
from webapp.models.reports import Look, OnlineReport

GOAL, GROWTH = 1.6, 1.2
NETWORKS = 400
"""So many that none of them meets the limit of a minute."""

FEW, SOME, MANY = 10_000, 200_000, 10_000_000
PORTION = 200_000
CODES = 200


def page(app: Flask, school: School, rounds: int, times: int) -> float:
    """How many times the reference's CPU a page by code takes."""
    hers = holder(school)
    report = hers.issue(months=6)
    addresses = [f"10.{n // 250}.{n % 250}.7" for n in range(NETWORKS)]
    visit = app.test_client().get("/login").headers["Set-Cookie"].partition(";")[0]
    ours = [asker(app, f"/verify/{report.code}", visit, one) for one in addresses]
    size = len(ours[0]())
    cookie = f"{visit}; xd_session={sessions.begin(hers.account, 'bench', 'bench')}"

    def write() -> None:
        with transaction():
            looks.keep(report.id, clock.now(), "machine", "valid", "reference")

    bare_app = reference(size, f"/records/{hers.record.key}", cookie, write)
    theirs = asker(bare_app, f"/records/{hers.record.key}", cookie)
    assert abs(len(theirs()) - size) < 300
    before, first = Look.select().count(), cycle(ours)
    took, bare = least(lambda: next(first)(), theirs, rounds=rounds, times=times)
    assert Look.select().count() == before + 2 * rounds * times, "a look was not written down, or twice"
    name = "SQLite" if on_sqlite() else "PostgreSQL"
    print(f"report page, {name}: {took * 1e6:.0f} µs; reference {bare * 1e6:.0f} µs; ratio {took / bare:.2f} (goal {GOAL})")
    return took / bare


def grow(hers: Holder, count: int) -> list[str]:
    """Fill the table up to `count` reports, nobody's codes among them; returns codes of some that are somebody's.

    Its indexes are built afterwards, at once: row by row, ten million take hours.
    """
    kept = [hers.issue(months=6) for _ in range(20)] if not OnlineReport.select().exists() else []
    there = OnlineReport.select().count()
    example = OnlineReport.select().dicts().get()
    columns = [field.column_name for field in OnlineReport._meta.sorted_fields]
    held = [example[field.name] for field in OnlineReport._meta.sorted_fields]
    rows = _made(columns, held, there, count)
    OnlineReport._schema.drop_indexes()
    while portion := list(islice(rows, PORTION)):
        with bulk.wide(), transaction():
            numbers = bulk.reserve(OnlineReport, len(portion))
            bulk.insert(OnlineReport, columns, ([number, *row] for number, row in zip(numbers, portion, strict=True)))
    OnlineReport._schema.create_indexes()
    database.execute_sql("ANALYZE")
    return [one.code for one in kept]


def _made(columns: list[str], held: list, begin: int, end: int) -> Iterator[list]:
    """Rows as the example's, without its number, with keys and indexes of their own."""
    own = {name: columns.index(name) - 1 for name in ("key", "code_index", "token_index")}
    plain = [value.isoformat() if isinstance(value, date) else value for value in held[1:]]
    for n in range(begin, end):
        row = [*plain]
        mark = hashlib.sha256(str(n).encode()).hexdigest()
        row[own["key"]], row[own["code_index"]], row[own["token_index"]] = mark[:22], mark[:43], mark[21:]
        yield row


def look_up(codes: list[str]) -> tuple[float, float, float]:
    """Least CPU and median clock seconds of the query, and of a whole look with what it writes (CPU), hits and misses alike."""
    lot = random.Random(5)
    asked = [lot.choice(codes) if n % 2 else verification_codes.make("P") for n in range(CODES)]
    queries, whole, clocks = cycle(asked), cycle(asked), []

    def query() -> None:
        began = time.perf_counter()
        report_by_code.by_code(next(queries))
        clocks.append(time.perf_counter() - began)

    def look() -> None:
        verifying.by_code(next(whole), "machine", "bench")

    cpu, with_write = least(query, look, rounds=15, times=CODES)
    return cpu, median(clocks), with_write


def growth(school: School, most: int) -> float:
    """By how much dearer a look-up is among `most` reports than among few."""
    hers, took = holder(school), []
    codes = grow(hers, 20)
    for count in (FEW, most):
        began = time.perf_counter()
        grow(hers, count)
        filled = time.perf_counter() - began
        took.append(look_up(codes))
        cpu, clock_, whole = took[-1]
        print(
            f"look-up among {count:,} reports: {cpu * 1e6:.0f} µs CPU, {clock_ * 1e6:.0f} µs on the clock; "
            f"whole look {whole * 1e6:.0f} µs CPU (filled in {filled:.0f} s)"
        )
    ratios = [many / few for few, many in zip(*took, strict=True)]
    print(f"growth: query {ratios[0]:.2f} CPU, {ratios[1]:.2f} clock; whole look {ratios[2]:.2f} (goal {GROWTH})")
    return max(ratios[0], ratios[2])


def run(told: argparse.Namespace, measure: Callable[[Flask, School], float]) -> float:
    with deployed(told.postgres) as app:
        return measure(app, make_school())


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--postgres", action="store_true")
    parser.add_argument("--short", action="store_true", help="few rounds and reports; fails only far beyond the goals")
    told = parser.parse_args()
    slack = 3 if told.short else 1
    print(machine())
    ratio = run(told, lambda app, school: page(app, school, *((10, 24) if told.short else (60, 24))))
    grown = run(told, lambda app, school: growth(school, SOME if told.short else MANY))
    sys.exit(ratio > GOAL * slack or grown > GROWTH * slack)

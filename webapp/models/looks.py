"""What a look-up of a code asks and writes besides the report, each built once: how busy its network is, and the look itself.

Not here: what follows from either (`domain/reports/pace.py`, `domain/reports/verifying.py`).
"""

from datetime import datetime
from typing import NamedTuple

from peewee import SQL, Insert, Select, Value, fn

from webapp.models.base import Compiled, database
from webapp.models.reports import Look

COUNTED = SQL("('typed', 'scanned')")
"""Ways of looking that count against a network: a form for lists steps up by itself, and a machine has a quota."""

IN_A_ROW = 5
"""Codes that nobody has, one after the other, which look like guessing."""


class Traffic(NamedTuple):
    """Looks of one network in the last minute and the last day (the latter counted no further than asked), and of its last
    `IN_A_ROW` how many met no report."""

    minute: int
    day: int
    missed: int


class Kept(NamedTuple):
    id: int


def _traffic(here: Value, minute: Value, also: Value, day: Value, most: Value, again: Value, since: Value) -> Select:
    def of(network: Value, after: Value) -> Select:
        mine = (Look.network == network) & (Look.at > after) & Look.way.in_(COUNTED)
        return Look.select(Look.id, Look.verdict).where(mine)

    last = of(again, since).order_by(Look.at.desc(), Look.id.desc()).limit(SQL(str(IN_A_ROW))).alias("latest")
    lately, today = of(here, minute).alias("lately"), of(also, day).limit(most).alias("today")
    counts = {"minute": _count(lately), "day": _count(today), "missed": _count(last).where(last.c.verdict == SQL("'unknown'"))}
    return Select(columns=[count.alias(name) for name, count in counts.items()]).bind(database)


def _count(rows: Select) -> Select:
    return Select((rows,), (fn.COUNT(SQL("*")),))


_asked = Compiled(Traffic, _traffic)


def traffic(network: str, minute: datetime, day: datetime, most: int) -> Traffic:
    """How busy `network` was since those two moments; the day is counted up to `most`."""
    (found,) = _asked(network, minute, network, day, most, network, day)
    return found


def _keep(report: Value, at: Value, way: Value, verdict: Value, network: Value) -> Insert:
    told = {Look.report: report, Look.at: at, Look.way: way, Look.verdict: verdict, Look.network: network}
    return Look.insert(told).returning(Look.id)


_kept = Compiled(Kept, _keep)


def keep(report: int | None, at: datetime, way: str, verdict: str, network: str) -> int:
    """Write one look down, in a transaction; returns its number."""
    (row,) = _kept(report, at, way, verdict, network)
    return row.id

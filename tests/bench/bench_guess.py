"""Guessing codes: how many guesses find a report, when the limits begin, and whether the time of an answer tells a hit.

Run: ``python -m tests.bench.bench_guess [--postgres] [--short]``. A million well-formed guesses go past the limits, straight
to the look-up, against as many live codes as the table holds; then one network guesses through the door. What a page says
tells a hit anyway; its time must not tell more, so medians of hit and miss are compared, each from a network of its own.
"""

import argparse
import random
import sys
import time
from statistics import median

from flask import Flask

from tests.bench.bench_enumeration import GAP, SHARE
from tests.bench.bench_report import grow
from tests.bench.deployment import deployed
from tests.bench.measure import machine
from tests.people import make_school
from tests.reporting import Holder, holder
from webapp.domain.identity import verification_codes
from webapp.domain.reports import issuing, verifying
from webapp.models import report_by_code
from webapp.models.reports import Look, OnlineReport

LIVE, GUESSES = 1_000_000, 1_000_000
FREE = 10
"""Look-ups of one network in a minute before a captcha."""


def guess(lot: random.Random) -> str:
    body = "AP" + "".join(lot.choices(verification_codes.ALPHABET, k=13))
    return body + verification_codes.check_character(body)


def hits(guesses: int) -> int:
    """How many of so many guesses meet a report."""
    lot, found, began = random.Random(27), 0, time.perf_counter()
    for _ in range(guesses):
        found += verifying.judge(report_by_code.by_code(guess(lot))) != "unknown"
    each = (time.perf_counter() - began) / guesses
    live, codes = OnlineReport.select().count(), len(verification_codes.ALPHABET) ** 13
    print(f"{guesses:,} guesses against {live:,} codes: {found} hits, {each * 1e6:.0f} µs each")
    print(f"hits to expect: {guesses * live / codes:.1e}")
    return found


def answered(app: Flask) -> int:
    """How many guesses of one network are answered within a minute."""
    lot, client = random.Random(15), app.test_client()
    codes = [client.get(f"/verify/{guess(lot)}").status_code for _ in range(200)]
    looked = Look.select().count()
    print(f"through the door: {codes.count(404)} of {len(codes)} answered, then a captcha each; {looked} looks")
    return codes.count(404)


def known(hers: Holder) -> dict[str, str]:
    """A code of each verdict that a report can have."""
    closed, expired, valid = (hers.issue() for _ in range(3))
    issuing.close(closed, hers.actor)
    OnlineReport.update(ends="2020-01-01").where(OnlineReport.id == expired.id).execute()
    return {"closed": closed.code, "expired": expired.code, "valid": valid.code}


def apart(app: Flask, codes: dict[str, str], many: int) -> bool:
    """Print medians of each verdict's time; True where one differs from a miss by more than an answer may."""
    lot = random.Random(16)
    order = [kind for kind in ("unknown", *codes) for _ in range(many)]
    lot.shuffle(order)
    took: dict[str, list[tuple[float, float]]] = {kind: [] for kind in order}
    for n, kind in enumerate(order):
        address = {"REMOTE_ADDR": f"10.{n // 250}.{n % 250}.7"}
        client, place = app.test_client(), f"/verify/{codes.get(kind) or guess(lot)}"
        clock, cpu = time.perf_counter(), time.process_time()
        client.get(place, environ_base=address)
        took[kind].append((time.perf_counter() - clock, time.process_time() - cpu))
    medians = {kind: [median(one[place] for one in times) for place in (0, 1)] for kind, times in took.items()}
    for kind, (clock, cpu) in medians.items():
        print(f"{kind:8} clock {clock * 1e3:5.2f} ms, cpu {cpu * 1e3:5.2f} ms")
    miss = medians["unknown"][1]
    return any(abs(cpu - miss) >= GAP and abs(cpu - miss) >= SHARE * miss for _clock, cpu in medians.values())


def run(told: argparse.Namespace) -> bool:
    live, guesses, many = (20_000, 20_000, 60) if told.short else (LIVE, GUESSES, 400)
    with deployed(told.postgres) as app:
        hers = holder(make_school())
        codes = known(hers)
        grow(hers, live)
        found = hits(guesses)
        free = answered(app)
        return bool(found) or free > FREE or apart(app, codes, many)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--postgres", action="store_true")
    parser.add_argument("--short", action="store_true", help="20,000 guesses against as many codes")
    told = parser.parse_args()
    print(machine())
    sys.exit(run(told))

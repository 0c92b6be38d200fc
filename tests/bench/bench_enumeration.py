"""Does the time of an answer tell who is here? At every door as many people who are here as people who are not.

Run: ``python -m tests.bench.bench_enumeration [--postgres] [--short]``. They knock in an order drawn by lot from a fixed seed,
each once, each from a network of its own; the last request is timed, by the clock and by the processor. The ranks of the two
kinds are compared (Mann-Whitney), and the medians of the processor's time, which other work on the machine blurs least.
Asking so many doors at once, each may be told apart by chance with 1 in 100 shared among them.
"""

import argparse
import math
import random
import sys
import time
from statistics import NormalDist, median
from typing import NamedTuple

from flask import Flask

from tests.bench.deployment import deployed
from tests.bench.measure import machine
from tests.security import crowd
from tests.security.knocking import DOORS, Browser, Person
from webapp.domain import defaults, passwords
from webapp.domain.permissions import SYSTEM
from webapp.jobs import registry
from webapp.models.base import transaction

GAP, SHARE = 0.005, 0.05
"""Medians may differ by so many seconds, or by so large a part of what the answer takes."""

CHANCE = 0.01 / len(DOORS)


class Took(NamedTuple):
    """Seconds of one answer: on the clock, and of this process on the processor."""

    clock: float
    cpu: float


def ranked(here: list[float], away: list[float]) -> float:
    """The two-sided p of Mann and Whitney that both come from one population (normal approximation; ties are rare)."""
    order = sorted([(took, 0) for took in here] + [(took, 1) for took in away])
    ranks = sum(rank for rank, (_, kind) in enumerate(order, start=1) if kind == 0)
    n, m = len(here), len(away)
    u = ranks - n * (n + 1) / 2
    spread = math.sqrt(n * m * (n + m + 1) / 12)
    return 2 * (1 - NormalDist().cdf(abs(u - n * m / 2) / spread))


def knock(app: Flask, door: str, who: Person, n: int) -> Took:
    """What the last answer took."""
    worker = app.extensions["worker"]
    press = DOORS[door](Browser(app, f"10.{n // 250}.{n % 250}.7"), who, lambda: registry.drain(worker.outside))
    clock, cpu = time.perf_counter(), time.process_time()
    answer = press()
    took = Took(time.perf_counter() - clock, time.process_time() - cpu)
    assert answer.status_code in (303, 422), (door, answer.status)
    return took


def run(postgres: bool, many: int) -> list[str]:
    """The doors that tell the two kinds apart."""
    told_apart = []
    with deployed(postgres) as app:
        defaults.change("sms.per_hour", 1_000_000, SYSTEM)
        secret, lot = passwords.hash("nobody types this"), random.Random(12)
        for place, door in enumerate(DOORS):
            here = list(crowd.people(many, begin=2 * many * place))
            away = list(crowd.people(many, begin=2 * many * place + many))
            with transaction():
                for who in here:
                    crowd.register(who, secret)
            order = [(who, True) for who in here] + [(who, False) for who in away]
            lot.shuffle(order)
            for n in range(10):  # what is worked out once per process
                stranger = Person(f"139{place:02d}00000{n}", crowd.NAME, away[n].number, f"ren{place}{n}@example.edu.cn")
                knock(app, door, stranger, 60_000 + 100 * place + n)
            took: dict[bool, list[Took]] = {True: [], False: []}
            for n, (who, known) in enumerate(order):
                took[known].append(knock(app, door, who, 2 * many * place + n))
            told_apart += [door] if shown(door, took[True], took[False]) else []
    return told_apart


def shown(door: str, here: list[Took], away: list[Took]) -> bool:
    """Print a door's figures; True when they tell the two kinds apart."""
    (clock, clock_away), (cpu, cpu_away) = ([median(one[place] for one in kind) for kind in (here, away)] for place in (0, 1))
    chances = [ranked([one[place] for one in here], [one[place] for one in away]) for place in (0, 1)]
    gap = abs(cpu - cpu_away)
    print(
        f"{door:30} clock {clock * 1e3:6.1f} ms here, {clock_away * 1e3:6.1f} away, p {chances[0]:.3f}; "
        f"cpu {cpu * 1e3:6.2f} here, {cpu_away * 1e3:6.2f} away, p {chances[1]:.3f}"
    )
    return (gap >= GAP and gap >= SHARE * cpu_away) or min(chances) < CHANCE / 2


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--postgres", action="store_true")
    parser.add_argument("--short", action="store_true", help="60 and 60 instead of 200 and 200")
    told = parser.parse_args()
    print(machine())
    apart = run(told.postgres, 60 if told.short else 200)
    print(f"told apart: {', '.join(apart) or 'none'}")
    sys.exit(bool(apart))

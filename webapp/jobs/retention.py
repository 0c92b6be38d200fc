"""By the clock: pictures whose time is over are shredded, and store and rows are brought into step (R-SYS-06).

Not here: whose time is over (`domain/evidence.py`).
"""

from datetime import timedelta

from webapp.domain import clock, evidence
from webapp.jobs.registry import Outside, every
from webapp.providers import shredding

GRACE = timedelta(hours=1)
"""A file is put before its row is written: one so young may still get it."""


@every(minute="40")
def purge(outside: Outside) -> int:
    """Every hour, shred what has outlived its time, then empty the log of the database. Returns how many files."""
    gone = 0
    for reason in evidence.REASONS:
        uploads = list(evidence.over(reason, clock.now()))
        shredding.shred(outside.storage, uploads, reason)
        gone += len(uploads)
    if gone:
        shredding.close_log()
    return gone


@every(minute="50", hour="19")
def sweep(outside: Outside) -> int:
    """At 3:50 in China, files without a row and rows without a file."""
    return shredding.sweep(outside.storage, clock.now() - GRACE)

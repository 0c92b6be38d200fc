"""By the clock: applications that were begun and never handed in are forgotten with their pictures (R-CRT-45).

Not here: what becomes of those that were handed in (`certification.py`, `payments.py`).
"""

from webapp.domain.certification import drafting
from webapp.jobs.registry import Outside, every


@every(minute="20", hour="19")
def forget_drafts(outside: Outside) -> int:
    """At 3:20 in China, those that nobody touched for `crt.draft_days`. Returns how many."""
    return drafting.sweep()

"""By the clock: applications that nobody goes on with are forgotten with their pictures, and before that told of (R-CRT-45).

Not here: what becomes of those that are under way (`certification.py`, `payments.py`).
"""

from webapp.domain.certification import drafting, standing_still
from webapp.jobs.registry import Outside, every


@every(minute="20", hour="19")
def forget_drafts(outside: Outside) -> int:
    """At 3:20 in China, those that nobody touched for `crt.draft_days`. Returns how many."""
    return drafting.sweep() + standing_still.sweep()


@every(minute="20", hour="2")
def warn_of_the_end(outside: Outside) -> int:
    """At 10:20 in China, three days before."""
    return standing_still.warn()

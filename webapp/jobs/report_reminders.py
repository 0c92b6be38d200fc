"""By the clock: holders whose reports end soon are told (R-RPT-10).

Not here: drawing reports (`reports.py`).
"""

from webapp.domain.reports import ending
from webapp.jobs.registry import Outside, every


@every(minute="15", hour="1-11")
def remind_of_ends(outside: Outside) -> int:
    """Every hour from 9:15 to 19:15 in China. Returns how many were told."""
    return ending.remind()

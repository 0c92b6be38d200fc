"""The agency's desk, later: items whose time is over are delayed, or closed without their supplement (R-CRT-32, R-CRT-34)."""

import logging

from webapp.domain.certification import deciding
from webapp.domain.refused import Refused
from webapp.jobs.registry import Outside, every

log = logging.getLogger("xuedang.jobs")


@every(minute="35")
def run_over(outside: Outside) -> None:
    """Each hour. A worker that dies in the middle leaves the others for the next hour."""
    for item in deciding.overdue():
        try:
            deciding.run_over(item)
        except Refused as refused:  # a certifier or the applicant was faster
            log.info("item %s: %s", item.key, refused.code)

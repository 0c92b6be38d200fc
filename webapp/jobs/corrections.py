"""Corrections later: requests that nobody completed are closed, drafts that nobody sent are forgotten (R-COR-11).

Meanwhile the clocks of self-checks wait for what the school has in hand (R-CHK-17).
"""

import logging

from webapp.domain.corrections import pausing, sweeping
from webapp.domain.refused import Refused
from webapp.jobs.registry import Outside, every

log = logging.getLogger("xuedang.jobs")


@every(minute="25")
def close_overdue(outside: Outside) -> None:
    """Each hour, close what waited `cor.supplement_days` for its supplement, and forget drafts of a month ago."""
    pausing.give_time()
    for correction in sweeping.overdue():
        try:
            sweeping.close(correction)
        except Refused as refused:  # the student was faster
            log.info("correction %s: %s", correction.key, refused.code)
    sweeping.forget_drafts()


@every(minute="15")
def pause_checks(outside: Outside) -> None:
    """Each hour, stop the clocks of students who wait for a correction, and let those of the others go on."""
    pausing.sweep()

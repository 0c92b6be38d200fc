"""Corrections later: requests that nobody completed are closed, drafts that nobody sent are forgotten (R-COR-11)."""

import logging

from webapp.domain.corrections import sweeping
from webapp.domain.refused import Refused
from webapp.jobs.registry import Outside, every

log = logging.getLogger("xuedang.jobs")


@every(minute="25")
def close_overdue(outside: Outside) -> None:
    """Each hour, close what waited `cor.supplement_days` for its supplement, and forget drafts of a month ago."""
    for correction in sweeping.overdue():
        try:
            sweeping.close(correction)
        except Refused as refused:  # the student was faster
            log.info("correction %s: %s", correction.key, refused.code)
    sweeping.forget_drafts()

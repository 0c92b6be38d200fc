"""图像校对 later: checks that were begun and not finished in time go back to 待校对 (R-IMG-06)."""

import logging

from webapp.domain.photos import checking
from webapp.domain.refused import Refused
from webapp.jobs.registry import Outside, every

log = logging.getLogger(__name__)


@every(minute="*/10")
def lapse(outside: Outside) -> None:
    """Every ten minutes; the page itself takes a check that ran out for over at once."""
    for photo in checking.overdue():
        try:
            checking.lapse(photo)
        except Refused as refused:  # the student was faster
            log.info("graduation photo %s: %s", photo.key, refused.code)

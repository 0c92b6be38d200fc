"""学历注册 later: a pass over everybody of a year, and what is to be published today (R-SCH-13, R-SCH-15)."""

import logging

from webapp.domain import sessions
from webapp.domain.graduation import checking, passes, publishing, registering
from webapp.domain.permissions import SYSTEM
from webapp.domain.refused import Refused
from webapp.jobs.registry import Outside, every, job, still_running
from webapp.models.graduation import Graduation
from webapp.models.staff import Staff

log = logging.getLogger("xuedang.jobs")


@job("graduation.run", apart=True)
def run(outside: Outside, graduation: str, staff: str, what: str) -> None:
    """Check, register or publish everybody, some at a time; broken off, it goes on with who is left."""
    row, officer = Graduation.by_key(graduation), Staff.by_key(staff) if staff else None
    if row is None or row.working != what:
        return
    actor = sessions.staff_actor(officer) if officer else SYSTEM
    passes.start(row)
    try:
        for ids in checking.portions(row, passes.OVER[what]):
            if what == "check":
                checking.check(ids)
            elif what == "register":
                registering.register(actor, row, ids)
            else:
                publishing.publish(row, ids)
            passes.went_on(row, len(ids))
            still_running()
    except Refused as refused:
        log.warning("the pass %s of %s stopped: %s", what, row.key, refused.code)
        passes.end(row)
        return
    row = passes.end(row)
    if what == "publish":
        publishing.finish(row)


@every(minute="4")
def publish_due(outside: Outside) -> None:
    """Shortly after midnight in China, and hourly for what a night without power left."""
    publishing.due()

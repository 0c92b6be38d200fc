"""The province's word on a special student or a 疑似双学籍, and what follows from it at once (R-SCH-07, R-SCH-09).

Not here: sending up (`approvals.py`).
"""

from contextlib import suppress

from webapp.domain import clock
from webapp.domain.enrolment import lifecycle
from webapp.domain.enrolment.approvals import ANSWER, APPROVAL
from webapp.domain.permissions import SYSTEM, Actor
from webapp.domain.refused import Refused
from webapp.models.base import transaction
from webapp.models.enrolment import Approval
from webapp.models.records import Record


def approve(actor: Actor, approval: Approval, paper: str) -> Approval:
    """Agreed: the student is registered, unless something else is still open. Raises paper_missing, not_allowed, moved_on."""
    if not paper:
        raise Refused("paper_missing", field="paper")
    with transaction():
        told = {"answer": paper[:ANSWER], "decided": clock.now(), "decided_by": actor.name}
        approval = APPROVAL.move(approval, "approve", actor, **told)
        record = Record.get_by_id(approval.record_id)
        if record.status == "N0":
            with suppress(Refused):  # a second question about the same student is still open
                lifecycle.move(record, "register", SYSTEM, paper=paper[:60], by=actor)
    return approval


def refuse(actor: Actor, approval: Approval, why: str) -> Approval:
    """Not agreed: the student is not registered, and the school reads why. Raises why_missing, not_allowed, moved_on."""
    if not why:
        raise Refused("why_missing", field="why")
    told = {"answer": why[:ANSWER], "decided": clock.now(), "decided_by": actor.name}
    return APPROVAL.move(approval, "refuse", actor, **told)

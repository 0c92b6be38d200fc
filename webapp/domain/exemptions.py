"""免查: the school lets a student off the self-check, with a reason; such students leave the count (R-CHK-11)."""

from webapp.domain import checks, journal
from webapp.domain.permissions import Actor, Can
from webapp.domain.refused import Refused
from webapp.models import scope
from webapp.models.base import transaction
from webapp.models.checks import Check
from webapp.models.records import Record
from webapp.models.school import Campaign

REASON = 200
"""Characters of a reason."""


def exempt(actor: Actor, record: Record, reason: str) -> None:
    """Let the student off in every campaign that was not closed, and in later ones.

    Raises Refused: exempt_reason, exempt_reason_long (most), not_allowed.
    """
    if not reason:
        raise Refused("exempt_reason", field="reason")
    if len(reason) > REASON:
        raise Refused("exempt_reason_long", field="reason", most=REASON)
    with transaction():
        record = _mine(actor, record)
        record.exempt = reason
        record.save()
        for check in _checks(record).where(Check.state != "exempt"):
            checks.tell(checks.CHECK.move(check, "exempt", actor), "check_exempt")
        journal.record("record.exempt", actor.name, record)


def include(actor: Actor, record: Record) -> None:
    """Count the student again; whoever had opened the record has still opened it. Raises Refused: not_allowed."""
    with transaction():
        record = _mine(actor, record)
        if not record.exempt:
            return
        record.exempt = ""
        record.save()
        for check in _checks(record).where(Check.state == "exempt"):
            checks.tell(checks.CHECK.move(check, "include_seen" if check.seen else "include", actor), "check_included")
        journal.record("record.include", actor.name, record)


def _mine(actor: Actor, record: Record) -> Record:
    """The record as it is now, if the actor may let its student off."""
    actor.require(Can.EXEMPT)
    mine = scope.records(actor.where(Can.EXEMPT))
    if not Record.select().where(mine & (Record.id == record.id)).exists():
        raise Refused("not_allowed")
    return record.locked()


def _checks(record: Record):
    running = Campaign.select(Campaign.id).where(~Campaign.closed)
    return Check.select().where((Check.record == record) & Check.campaign.in_(running))

"""The office's side: take, answer, hand over, close, and see what is masked, with a reason (R-MSG-05, R-MSG-14).

Not here: the list (`listing.py`).
"""

from collections.abc import Iterable

from webapp.domain import clock, journal, limits
from webapp.domain import staff as people
from webapp.domain.permissions import SYSTEM, Actor
from webapp.domain.refused import Refused
from webapp.domain.tickets.asking import MOST, add, expire_files, tell
from webapp.domain.tickets.lifecycle import TICKET
from webapp.models.base import transaction
from webapp.models.staff import Grant, Staff
from webapp.models.tickets import Ticket

REASONS = ("call", "identity", "handover", "other")
"""Why a colleague needs the full values: 要打电话, 要核对身份, 转给别的部门, 其他."""

LEADS = ("R", "O")
"""Roles that hear of what nobody answered in time."""


def take(ticket: Ticket, actor: Actor, staff: Staff) -> Ticket:
    """Answer it oneself. Raises ticket_held (a colleague does), moved_on."""
    return TICKET.move(ticket, "take", actor, holder=staff)


def hand_over(ticket: Ticket, actor: Actor, to: Staff | None) -> Ticket:
    """To a colleague, or back into the queue."""
    return TICKET.move(ticket, "hand_over", actor, holder=to, detail={"to": to.key if to else ""})


def answer(ticket: Ticket, actor: Actor, staff: Staff, text: str) -> Ticket:
    """Write to the asker, who is told at once. Raises answer_empty, answer_long (most, over), ticket_held, moved_on."""
    _check(text)
    with transaction():
        answered = TICKET.move(ticket, "answer", actor, answered=clock.now())
        add(answered, text, (), staff=staff)
        tell(answered, "ticket_answered", outside=True, text=text)
    return answered


def close(ticket: Ticket, actor: Actor, staff: Staff, text: str) -> Ticket:
    """End it without waiting for the asker, saying why: it was asked twice, or belongs elsewhere. Raises as `answer`."""
    _check(text)
    with transaction():
        closed = TICKET.move(ticket, "close", actor, ended=clock.now(), holder=None)
        add(closed, text, (), staff=staff)
        expire_files(closed)
        tell(closed, "ticket_closed", text=text)
    return closed


def _check(text: str) -> None:
    if not text:
        raise Refused("answer_empty", field="answer")
    if len(text) > MOST:
        raise Refused("answer_long", field="answer", most=MOST, over=len(text) - MOST)


def reveal(ticket: Ticket, actor: Actor, reason: str) -> None:
    """A look at the full contact and text, for who answers the question: history before it is shown (R-MSG-14).

    Raises ticket_reason, ticket_held.
    """
    if reason not in REASONS:
        raise Refused("ticket_reason", field="reason")
    if ticket.holder_id is None or ticket.holder.key != actor.key:
        raise Refused("ticket_held")
    with transaction():
        journal.record("ticket.reveal", actor.name, ticket, reason=reason)


def expire(ticket: Ticket) -> None:
    """Nobody asked on for a week after the answer: the question is over."""
    with transaction():
        closed = TICKET.move(ticket, "expire", SYSTEM, ended=clock.now(), holder=None)
        expire_files(closed)
        if closed.account_id is not None:
            tell(closed, "ticket_expired")


def escalate(ticket: Ticket) -> None:
    """The due time has passed: it is history, and the leads of the school are told, once a day each."""
    with transaction():
        TICKET.move(ticket, "escalate", SYSTEM, late=clock.now())
        for lead in _leads(ticket):
            if not limits.used_up("ticket:alert", lead.key):
                limits.spend("ticket:alert", lead.key)
                people.tell(lead, "tickets_late")


def _leads(ticket: Ticket) -> Iterable[Staff]:
    """Who leads the office of the ticket's school; for one of no school, the leads of all."""
    at = clock.now()
    live = (Grant.starts <= at) & (Grant.ends.is_null() | (Grant.ends > at)) & Grant.role.in_(LEADS)
    if ticket.unit_id is not None:
        live &= (Grant.unit == ticket.unit_id) | Grant.unit.is_null()
    return Staff.select().where(Staff.id.in_(Grant.select(Grant.staff).where(live)) & (Staff.state == "active"))

"""Questions later: mails that came in, those whose due time has passed, those that nobody goes on with.

Not here: what any of it means (`domain/tickets/`).
"""

import logging

from webapp.domain import clock
from webapp.domain.ports import Incoming, Unavailable
from webapp.domain.refused import Refused
from webapp.domain.tickets import answering, asking, letters, listing
from webapp.jobs.registry import Outside, every
from webapp.providers.files import Files

log = logging.getLogger("xuedang.jobs")

AT_ONCE = 20
"""Mails of one round, which comes every minute."""


@every(minute="*")
def collect_mails(outside: Outside) -> None:
    """Take the new mails in. A box that cannot be reached is asked again in a minute."""
    files = Files(outside.storage)

    def take(mail: Incoming) -> bool:
        if why := letters.refusal(mail):
            letters.leave(mail, why)
            return why == "known"
        ends = clock.now() + asking.UNNAMED
        letters.take(mail, [files.keep(data, "ticket_file", expires=ends) for data in mail.pictures])
        return True

    try:
        outside.inbox.collect(take, AT_ONCE)
    except Unavailable as fault:
        log.warning("the mail box was not read: %s", fault)


@every(minute="*/10")
def watch_due_times(outside: Outside) -> None:
    """What is late is told to the leads; what was answered a week ago is over."""
    for ticket in listing.late():
        _unless_moved(answering.escalate, ticket)
    for ticket in listing.settled():
        _unless_moved(answering.expire, ticket)


def _unless_moved(verb, ticket) -> None:
    try:
        verb(ticket)
    except Refused as refused:  # somebody was faster
        log.info("ticket %s: %s", ticket.key, refused.code)

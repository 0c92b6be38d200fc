"""The mail with the link: are the documents there, did it leave, was it given up, has the link ended (R-INT-04, 05).

Not here: handing the mail to a server (`jobs/transfers.py`), the page behind the link (`receiving.py`).
"""

from contextlib import suppress
from datetime import timedelta

from webapp.domain import clock, defaults, journal, messages
from webapp.domain.permissions import SYSTEM
from webapp.domain.refused import Refused
from webapp.domain.transfers import sending
from webapp.domain.transfers.lifecycle import TRANSFER
from webapp.models.base import transaction
from webapp.models.transfers import Transfer

PAUSES = (timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2))
"""How long after each try that failed the next one comes: three, and then it is given up."""

DRAWING = timedelta(seconds=20)
"""When to look again whether the documents are drawn."""

PATIENCE = timedelta(hours=24)
"""How long a document may take to be drawn."""


def readiness(transfer: Transfer) -> str:
    """ready where every document has its signed file; waiting while one is still drawn; failed where one never will be."""
    states = {(one.report or one.transcript).pdf for one in sending.items(transfer)}
    if states == {"ready"}:
        return "ready"
    late = transfer.agreed < clock.now() - PATIENCE
    return "failed" if late or "failed" in states else "waiting"


def wait(transfer: Transfer) -> None:
    """Look again in a moment."""
    with transaction():
        journal.promise("transfers.send", delay=DRAWING, key=transfer.key)


def left(transfer: Transfer) -> Transfer:
    """The mail is with the server: the link holds for `int.link_days` from now."""
    at = clock.now()
    ends = at + timedelta(days=defaults.value("int.link_days"))
    return moved(transfer, "send", tries=transfer.tries + 1, sent=at, ends=ends)


def not_sent(transfer: Transfer, reason: str, retry: bool) -> Transfer | None:
    """A try failed: another comes after a pause (None), or the holder is asked for a new address."""
    if retry and transfer.tries < len(PAUSES):
        with transaction():
            pause = PAUSES[transfer.tries]
            Transfer.update(tries=Transfer.tries + 1, fault=reason).where(Transfer.id == transfer.id).execute()
            journal.promise("transfers.send", delay=pause, key=transfer.key)
        return None
    return moved(transfer, "fail", tries=transfer.tries + 1, fault=reason)


def expire() -> int:
    """Links whose days are over and from which nothing was taken. Returns how many."""
    over = list(Transfer.select().where((Transfer.state == "sent") & (Transfer.ends < clock.now())))
    for transfer in over:
        with suppress(Refused):  # taken back meanwhile
            moved(transfer, "expire")
    return len(over)


TOLD = {"send": "transfer_sent", "fail": "transfer_failed", "expire": "transfer_expired", "receive": "transfer_received"}
"""Which message tells the holder of a move that is not the own."""


def moved(transfer: Transfer, move: str, **changes: object) -> Transfer:
    """Make a move that is not the holder's, with the message about it; a failure goes out by SMS and mail too."""
    with transaction():
        made = TRANSFER.move(transfer, move, SYSTEM, **changes)
        told = messages.tell if move == "fail" else messages.notify
        told(made.account, TOLD[move], link=f"/transfers/{made.key}", topic="progress")
    return made

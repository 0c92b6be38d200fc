"""The receiver's side of a link: a code proves the mailbox, then documents may be taken, each time logged (R-INT-04).

Not here: the pages (`web/transfers/receiver.py`), the mail that brought the link (`delivering.py`).
"""

import hmac
from datetime import timedelta

from webapp.domain import clock, limits, messages
from webapp.domain.identity import characters
from webapp.domain.refused import Refused
from webapp.domain.transfers import delivering, sending
from webapp.models import keys
from webapp.models.accounts import OWNING
from webapp.models.base import transaction
from webapp.models.photos import Upload
from webapp.models.transfers import Transfer, TransferItem, TransferLook

LIFE = timedelta(minutes=30)
"""How long a code of the mailbox may be typed."""

OPEN = timedelta(hours=2)
"""How long a browser that typed it may take documents."""

WRONG = 5
"""Wrong tries that end a code."""

DIGITS = 6


def find(token: str) -> Transfer | None:
    """The transfer of a link, however it stands; None for a token that never was or was replaced."""
    return Transfer.get_or_none(Transfer.link == sending.hashed(token))


def standing(transfer: Transfer) -> str:
    """open, or why not: waiting (its mail has not left), withdrawn, over (its days have passed, taken or not)."""
    if transfer.state in ("withdrawn", "waiting", "failed"):
        return "withdrawn" if transfer.state == "withdrawn" else "waiting"
    over = transfer.state == "expired" or transfer.ends < clock.now()
    return "over" if over else "open"


def ask_code(transfer: Transfer) -> None:
    """Mail a code to the one address. Raises Refused: link_over, transfer_codes (until)."""
    _must_be_open(transfer)
    with transaction():
        limits.spend("transfer:code", transfer.key)
        transfer = transfer.locked()
        transfer.asks, transfer.wrong, transfer.asked = transfer.asks + 1, 0, clock.now()
        transfer.save()
        messages.mail(transfer.email, "transfer_code", language="en", code=digits(transfer))


def prove(transfer: Transfer, typed: str, network: str) -> None:
    """The typed code opens the documents, once; wrong ones end it (R-INT-04: one receiver). The opening is logged.

    Raises Refused: link_over, mailbox_code_over, mailbox_code_wrong (left).
    """
    _must_be_open(transfer)
    with transaction():
        fresh = transfer.locked()
        if fresh.asked is None or fresh.asked < clock.now() - LIFE or fresh.wrong >= WRONG:
            raise Refused("mailbox_code_over", field="code")
        right = hmac.compare_digest(digits(fresh).encode(), characters.compact(typed).encode())
        fresh.wrong, fresh.asked = (0, None) if right else (fresh.wrong + 1, fresh.asked)
        fresh.save()
        if right:
            TransferLook.create(transfer=fresh, at=clock.now(), network=network)
    if not right:
        raise Refused("mailbox_code_wrong", field="code", left=WRONG - fresh.wrong)


def take(transfer: Transfer, key: str, network: str) -> tuple[TransferItem, Upload]:
    """A document for who proved the mailbox: logged to the holder; the first one makes the transfer 对方已接收.

    Raises Refused: link_over, document_over (closed or corrected since, or its file is gone).
    """
    with transaction():
        transfer = transfer.locked()
        _must_be_open(transfer)
        item = next((one for one in sending.items(transfer) if one.key == key), None)
        if item is None or not valid(transfer, item):
            raise Refused("document_over")
        TransferLook.create(transfer=transfer, item=item, at=clock.now(), network=network)
        if transfer.state == "sent":
            delivering.moved(transfer, "receive", received=clock.now())
    return item, (item.report or item.transcript).upload


def valid(transfer: Transfer, item: TransferItem) -> bool:
    """May the document still be taken: its file is there, and it is still true?

    A report that was closed or corrected, or has ended, is not; nor is anything while it is in doubt whose record it is.
    """
    document, account = item.report or item.transcript, transfer.account
    if account.state not in OWNING or document.record.account_id != account.id:
        return False
    if item.report is not None and (item.report.state != "active" or item.report.ends < clock.today()):
        return False
    return document.upload is not None and document.upload.name is not None


def digits(transfer: Transfer) -> str:
    """The code of the mailbox that was asked for last: it follows from the row and is stored nowhere."""
    told = f"{transfer.key}|{transfer.round}|{transfer.asks}"
    mac = hmac.digest(keys.secret("transfer_code"), told.encode(), "sha256")
    return f"{int.from_bytes(mac) % 10**DIGITS:0{DIGITS}d}"


def _must_be_open(transfer: Transfer) -> None:
    if standing(transfer) != "open":
        raise Refused("link_over")

"""Mails to the support address become questions, or go on with the one that their subject names (R-MSG-06).

Not here: reading a mail box (`providers/mail_imap.py`) and what is a mail (`providers/mail_reading.py`). A mail proves nobody:
who wrote it may see what was asked under its own address, and no more.
"""

import re
from collections.abc import Sequence

from webapp.domain import clock, journal, limits
from webapp.domain.identity import emails
from webapp.domain.no_record import the_only_unit
from webapp.domain.permissions import VISITOR
from webapp.domain.ports import Incoming
from webapp.domain.refused import Refused
from webapp.domain.tickets import asking
from webapp.domain.tickets.lifecycle import OPEN
from webapp.models.base import transaction
from webapp.models.photos import Upload
from webapp.models.tickets import Letter, Ticket

MOST = 4000
"""Characters kept of a mail."""

_CODE = re.compile(rf"\[#([{asking.LETTERS}]{{8}})\]")
_LABELS = "邮箱|邮件|回复|联系|e-?mail|reply"
_ADDRESS = r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9.-]{1,190}[A-Za-z0-9]"
_STATED = re.compile(rf"(?:{_LABELS})[^\n@]{{0,20}}?[\s:\uff1a]({_ADDRESS})", re.IGNORECASE)
_USERNAME = re.compile("(?:用户名|user ?name)[\\s:\uff1a]{1,5}(\\S{1,100})", re.IGNORECASE)
_CHINESE = re.compile("[\u4e00-\u9fff]")


def refusal(mail: Incoming) -> str:
    """Why a mail is left in its box: a word, or none. `limit`: its sender wrote too often today."""
    if mail.automatic or not _is_address(mail.sender):
        return "automatic"
    if Letter.get_or_none(Letter.digest == mail.digest):
        return "known"
    return "limit" if limits.used_up("ask:contact", mail.sender) else ""


def leave(mail: Incoming, why: str) -> None:
    """Remember that it was looked at."""
    Letter.insert(digest=mail.digest, why=why, at=clock.now()).on_conflict_ignore().execute()


def take(mail: Incoming, pictures: Sequence[Upload]) -> Ticket:
    """Put the mail into its thread, or begin one that is answered at the address stated in it, otherwise at the sender's."""
    with transaction():
        limits.spend("ask:contact", mail.sender)
        ticket = _meant(mail)
        if ticket is not None:
            asking.go_on(ticket, _text(mail), pictures, mail.cut)
        else:
            ticket = _begin(mail, pictures)
        Letter.create(digest=mail.digest, ticket=ticket, why="taken", at=clock.now())
    return ticket


def _meant(mail: Incoming) -> Ticket | None:
    """The open question whose code stands in the subject, if it is answered at the address that wrote."""
    found = _CODE.search(mail.subject)
    ticket = Ticket.get_or_none(Ticket.code == found[1]) if found else None
    if ticket is None or ticket.account_id is not None or ticket.state not in OPEN:
        return None
    return ticket if ticket.contact == mail.sender else None


def _begin(mail: Incoming, pictures: Sequence[Upload]) -> Ticket:
    username = _USERNAME.search(mail.text)
    contact = stated(mail.text) or mail.sender
    ticket = asking.begin(
        "mail",
        "other",
        contact=contact,
        username=username[1] if username else None,
        unit=the_only_unit(),
        language="zh" if _CHINESE.search(mail.subject + mail.text) else "en",
    )
    asking.add(ticket, _text(mail), pictures, mail.cut)
    journal.record("ticket.ask", VISITOR.name, ticket, source="mail", category="other")
    if not limits.used_up("letter:ack", contact):
        limits.spend("letter:ack", contact)
        lacks = {"lacks_username": "" if username else "1", "lacks_screenshot": "" if pictures else "1"}
        asking.tell(ticket, "ticket_received", **lacks)
    return ticket


def stated(text: str) -> str | None:
    """The address at which the writer asks to be answered (R-MSG-06)."""
    for found in _STATED.finditer(text):
        address = emails.clean(found[1])
        if _is_address(address):
            return address
    return None


def _text(mail: Incoming) -> str:
    return f"{mail.subject}\n\n{mail.text}".strip()[:MOST]


def _is_address(address: str) -> bool:
    try:
        emails.check(address)
    except Refused:
        return False
    return True

"""The asker's side: a new question, asking on, 已解决 (R-MSG-03, R-MSG-04, R-MSG-05).

Not here: mails (`letters.py`) and the office's side (`answering.py`).
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from itsdangerous import BadSignature, URLSafeSerializer

from webapp.domain import clock, defaults, journal, limits, messages, workdays
from webapp.domain.identity import emails
from webapp.domain.no_record import the_only_unit
from webapp.domain.permissions import VISITOR, Actor, student
from webapp.domain.refused import Refused
from webapp.domain.tickets.lifecycle import OPEN, TICKET
from webapp.models import keys
from webapp.models.accounts import Account
from webapp.models.base import transaction
from webapp.models.photos import Upload
from webapp.models.records import Record
from webapp.models.school import Unit
from webapp.models.tickets import Attachment, Post, Ticket

CATEGORIES = ("account", "records", "site", "other")
"""账号和登录, 学籍学历和自查, 页面打不开或出错, 其他."""

SUPPORT = ("account", "site")
"""Requests that need 用户名, 问题页面截图 and 问题描述 (R-MSG-04)."""

LEAST, MOST = 10, 1000
"""Characters of a question, and at most of an answer."""

FILES = 5
"""Pictures of one post; each is stored with 2 MB at most, whatever came in (`jobs/images.py`)."""

FILE_BYTES = 15 * 1024 * 1024
"""Bytes of a picture as a phone sends it."""

USERNAME = 100
"""Characters kept of a 用户名 as it was typed."""

UNNAMED = timedelta(hours=72)
"""For how long a stored picture waits for the post that names it."""

SAME = timedelta(minutes=10)
"""A question sent again within this time is the same one."""

LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked. A visitor brings `contact`, an e-mail address, and where the category needs it a `username`."""

    category: str
    text: str
    username: str = ""
    contact: str = ""
    unit: Unit | None = None
    language: str = "zh"


def look_over(asked: Question, files: int, account: Account | None) -> None:
    """Refuse what cannot be a question, before a picture of it is stored; `ask` asks the same.

    Raises Refused: ticket_category, ticket_username, email_format, ticket_text, ticket_short (least, lacks), ticket_long
    (most, over), ticket_screenshot, ticket_files (most).
    """
    if asked.category not in CATEGORIES:
        raise Refused("ticket_category", field="category")
    if account is None:
        if asked.category in SUPPORT and not asked.username:
            raise Refused("ticket_username", field="username")
        emails.check(emails.clean(asked.contact))
    check_text(asked.text, LEAST)
    if asked.category in SUPPORT and not files:
        raise Refused("ticket_screenshot", field="files")
    check_files(files)


def check_text(text: str, least: int = 1) -> None:
    """Refuse what is no text: a question has ten characters, what one adds to it may be short."""
    if not text:
        raise Refused("ticket_text", field="text")
    if len(text) < least:
        raise Refused("ticket_short", field="text", least=least, lacks=least - len(text))
    if len(text) > MOST:
        raise Refused("ticket_long", field="text", most=MOST, over=len(text) - MOST)


def check_files(files: int) -> None:
    if files > FILES:
        raise Refused("ticket_files", field="files", most=FILES)


def ask(asked: Question, files: Sequence[Upload], account: Account | None) -> Ticket:
    """Write the question down and tell the asker until when it is answered.

    Raises Refused as `look_over`, and ask_limit (until): ten a day for an account, five for an address.
    """
    look_over(asked, len(files), account)
    contact = None if account else emails.clean(asked.contact)
    with transaction():
        if before := _twice(account, contact, asked.text):
            return before
        limits.spend("ask:account" if account else "ask:contact", account.key if account else contact)
        ticket = begin(
            "account" if account else "visitor",
            asked.category,
            account=account,
            contact=contact,
            username=asked.username[:USERNAME] or None,
            unit=unit_of(account) or asked.unit or the_only_unit(),
            language=account.language if account else asked.language,
        )
        add(ticket, asked.text, files)
        tell(ticket, "ticket_received", lacks_username="", lacks_screenshot="")
        journal.record("ticket.ask", _asker(ticket).name, ticket, source=ticket.source, category=ticket.category)
    return ticket


def _twice(account: Account | None, contact: str | None, text: str) -> Ticket | None:
    """The question that the same form made a moment ago."""
    whose = Ticket.account == account if account else Ticket.contact_index == Ticket.contact_index.of(contact)
    just = Ticket.created > clock.now() - SAME
    last = Ticket.select().where(whose & just & (Ticket.state == "waiting")).order_by(Ticket.id.desc()).first()
    return last if last and last.posts.order_by(Post.id).first().text == text else None


def begin(source: str, category: str, **columns: object) -> Ticket:
    """A ticket with nothing in it yet, due after `msg.sla_workdays` working days."""
    at = clock.now()
    code = "".join(secrets.choice(LETTERS) for _ in range(8))
    return Ticket.create(code=code, source=source, category=category, created=at, due=due_from(at), **columns)


def due_from(at: datetime) -> datetime:
    return workdays.due(at, defaults.value("msg.sla_workdays"))


def add(ticket: Ticket, text: str, files: Sequence[Upload], cut: bool = False, **by: object) -> Post:
    """One more text in the thread, with its pictures, which are made harmless before anybody looks."""
    post = Post.create(ticket=ticket, text=text, cut=cut, at=clock.now(), **by)
    for upload in files:
        Attachment.create(post=post, upload=upload)
        Upload.update(expires=None, unit=ticket.unit_id).where(Upload.id == upload.id).execute()
        journal.promise("images.clean", key=upload.key)
    return post


def follow(ticket: Ticket, text: str, files: Sequence[Upload]) -> Post:
    """追问: the thread goes on. After an answer it is due anew; before one, whoever adds something waits no longer for it.

    Raises Refused: ticket_over (it was closed), ask_limit (until), and those of a text.
    """
    check_text(text)
    check_files(len(files))
    if ticket.state not in OPEN:
        raise Refused("ticket_over")
    with transaction():
        if ticket.source == "account":
            limits.spend("ask:account", ticket.account.key)
        else:
            limits.spend("ask:contact", ticket.contact)
        return go_on(ticket, text, files)


def go_on(ticket: Ticket, text: str, files: Sequence[Upload], cut: bool = False) -> Post:
    """The move and the text of `follow`, for whom the limits were asked."""
    with transaction():
        anew = {"due": due_from(clock.now()), "late": None} if ticket.state == "answered" else {}
        moved = TICKET.move(ticket, "follow", _asker(ticket), **anew)
        return add(moved, text, files, cut)


def solve(ticket: Ticket) -> Ticket:
    """已解决, says the asker. Raises moved_on where it is over already."""
    with transaction():
        done = TICKET.move(ticket, "solve", _asker(ticket), ended=clock.now(), holder=None)
        expire_files(done)
    return done


def expire_files(ticket: Ticket) -> None:
    """The pictures of a question that is over go after `ret.ticket_days`."""
    gone = clock.now() + timedelta(days=defaults.value("ret.ticket_days"))
    of_it = Attachment.select(Attachment.upload).join(Post).where(Post.ticket == ticket)
    Upload.update(expires=gone).where(Upload.id.in_(of_it)).execute()


def tell(ticket: Ticket, template: str, outside: bool = False, **params: object) -> None:
    """Tell the asker: on the site (`outside`: also by SMS and mail, as wanted), or by mail where there is no account."""
    if ticket.account_id is not None:
        how = messages.tell if outside else messages.notify
        how(ticket.account, f"my_{template}", link=f"/ask/{ticket.key}", topic="service", due=ticket.due)
    else:
        told = {"code": ticket.code, "token": token_of(ticket), "due": ticket.due, **params}
        messages.mail(ticket.contact, template, language=ticket.language, **told)


def token_of(ticket: Ticket) -> str:
    """What opens the thread for who has no account: it stands in the mails to the asker alone."""
    return _links().dumps(ticket.key)


def by_token(token: str) -> Ticket | None:
    try:
        key = _links().loads(token)
    except BadSignature:
        return None
    return Ticket.get_or_none((Ticket.key == key) & Ticket.account.is_null())


def unit_of(account: Account | None) -> Unit | None:
    """The school whose record is bound to the account, the newest one."""
    if account is None:
        return None
    bound = Record.select(Record, Unit).join(Unit).where(Record.account == account).order_by(Record.id.desc()).first()
    return bound.unit if bound else None


def _asker(ticket: Ticket) -> Actor:
    return student(ticket.account.key, ticket.account.state) if ticket.account_id else VISITOR


def _links() -> URLSafeSerializer:
    return URLSafeSerializer(keys.secret("links"), salt="ticket")

"""Which questions there are: the asker's own, the office's queue, and what stands in a thread.

Not here: moving them. Staff queries carry the scope of the grants.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import timedelta

from peewee import JOIN, fn

from webapp.domain import clock, defaults
from webapp.domain.identity import documents, emails, phones
from webapp.domain.permissions import ROLES, Can
from webapp.models import keyset, scope
from webapp.models.accounts import Account
from webapp.models.keyset import FIRST, Page, Place
from webapp.models.photos import Upload
from webapp.models.school import Unit
from webapp.models.staff import Grant, Staff
from webapp.models.tickets import Attachment, Post, Ticket

SIZE = 20
"""Questions of one asker that are listed, the newest."""

OVER = ("solved", "closed")

_NUMBER = re.compile(r"(?<![0-9A-Za-z])(?:\d{17}[0-9Xx]|\d{15}|1[3-9]\d{9})(?![0-9A-Za-z])")
_MAIL = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9.-]{1,190}")


def own(account: Account) -> list[Ticket]:
    """The account's questions, newest first."""
    return list(Ticket.select().where(Ticket.account == account).order_by(Ticket.id.desc()).limit(SIZE))


def find(account: Account, key: str) -> Ticket | None:
    return Ticket.get_or_none((Ticket.account == account) & (Ticket.key == key))


def posts(ticket: Ticket) -> list[Post]:
    """The thread, in order, with who of the office wrote."""
    query = Post.select(Post, Staff).join(Staff, JOIN.LEFT_OUTER).where(Post.ticket == ticket)
    return list(query.order_by(Post.id))


def files(ticket: Ticket) -> dict[int, list[Upload]]:
    """The pictures of a thread, by post."""
    query = Attachment.select(Attachment, Upload).join(Upload).switch(Attachment).join(Post).where(Post.ticket == ticket)
    found: dict[int, list[Upload]] = {}
    for one in query.order_by(Attachment.id):
        found.setdefault(one.post_id, []).append(one.upload)
    return found


def file(ticket: Ticket, key: str) -> Upload | None:
    """One picture of the thread."""
    return next((one for some in files(ticket).values() for one in some if one.key == key), None)


def queue(grants: Sequence[Grant], states: Sequence[str], mine: Staff | None = None, place: Place = FIRST) -> Page:
    """Questions in reach in these states, with account and holder: what is due first stands first, what is over last."""
    query = Ticket.select(Ticket, Account, Staff).join(Account, JOIN.LEFT_OUTER).switch(Ticket).join(Staff, JOIN.LEFT_OUTER)
    query = query.where(scope.tickets(grants) & Ticket.state.in_(states))
    if mine is not None:
        query = query.where(Ticket.holder == mine)
    return keyset.cut(query, (Ticket.due, Ticket.id), place, newest=tuple(states) == OVER)


def counts(grants: Sequence[Grant]) -> dict[str, int]:
    """How many wait, and how many of those are late."""
    here = scope.tickets(grants) & (Ticket.state == "waiting")
    late = fn.SUM((Ticket.due < clock.now()).cast("integer"))
    waiting, over = Ticket.select(fn.COUNT(Ticket.id), late).where(here).tuples().get()
    return {"waiting": waiting, "late": over or 0}


def waiting(unit: Unit | None) -> int:
    """How many wait for an answer of this school; without a school, of all."""
    here = Ticket.unit == unit if unit is not None else Ticket.id.is_null(False)
    return Ticket.select().where((Ticket.state == "waiting") & here).count()


def ahead(ticket: Ticket) -> int:
    """The place in the queue: how many of its school's questions are due before it (R-MSG-09)."""
    here = Ticket.unit.is_null() if ticket.unit_id is None else Ticket.unit == ticket.unit_id
    sooner = (Ticket.due < ticket.due) | ((Ticket.due == ticket.due) & (Ticket.id < ticket.id))
    return Ticket.select().where((Ticket.state == "waiting") & here & sooner).count()


def reach(grants: Sequence[Grant], key: str) -> Ticket | None:
    """One question in reach."""
    query = Ticket.select(Ticket, Account, Staff, Unit).join(Account, JOIN.LEFT_OUTER).switch(Ticket)
    query = query.join(Staff, JOIN.LEFT_OUTER).switch(Ticket).join(Unit, JOIN.LEFT_OUTER)
    return query.where(scope.tickets(grants) & (Ticket.key == key)).first()


def colleagues(ticket: Ticket) -> list[Staff]:
    """Who may answer it: active staff whose role carries the ability in its school (anywhere, where it has none)."""
    at = clock.now()
    roles = [role for role, abilities in ROLES.items() if Can.SUPPORT in abilities]
    live = Grant.role.in_(roles) & (Grant.starts <= at) & (Grant.ends.is_null() | (Grant.ends > at))
    if ticket.unit_id is not None:
        live &= (Grant.unit == ticket.unit_id) | Grant.unit.is_null()
    here = Staff.id.in_(Grant.select(Grant.staff).where(live)) & (Staff.state == "active")
    return list(Staff.select().where(here).order_by(Staff.id))


def late() -> Iterable[Ticket]:
    """Questions whose due time has passed without anybody having been told."""
    return Ticket.select().where((Ticket.state == "waiting") & (Ticket.due < clock.now()) & Ticket.late.is_null())


def settled() -> Iterable[Ticket]:
    """Questions that were answered `msg.close_days` ago."""
    since = clock.now() - timedelta(days=defaults.value("msg.close_days"))
    return Ticket.select().where((Ticket.state == "answered") & (Ticket.answered < since))


def masked(text: str) -> str:
    """A text as support reads it: document numbers, phones and addresses in it are masked (R-MSG-14)."""
    return _MAIL.sub(lambda found: emails.masked(found[0]), _NUMBER.sub(_mask, text))


def _mask(found: re.Match) -> str:
    return phones.masked(found[0]) if len(found[0]) == 11 else documents.masked(found[0])


def hidden(username: str) -> str:
    """A 用户名 as support reads it: whatever it is, its first and last characters."""
    return masked(username) if masked(username) != username else documents.masked(username)

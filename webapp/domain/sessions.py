"""Sessions of browsers that are logged in: begin, find, end, list. Times as in docs/security.md.

Not here: whether a password is right (`domain/login.py`).
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta

from peewee import Expression

from webapp.domain import clock, permissions
from webapp.domain.permissions import ALONE, Actor
from webapp.models import entrance, presence
from webapp.models.accounts import ALIVE, Account, Session
from webapp.models.base import transaction
from webapp.models.staff import Grant, Staff


@dataclass(frozen=True, slots=True)
class Pace:
    """How long a kind of session lasts, in minutes: `idle` since the last-seen, `whole` in all; and how `many` at once.

    `sure` is for how long a password just given counts as fresh (step-up). The last-seen is written at most every
    `seen`: a page that a student opens again soon writes nothing, and 30 to 40 idle minutes end the session.
    """

    idle: int
    whole: int
    many: int
    sure: int
    seen: int


PACES = {
    "student": Pace(idle=40, whole=12 * 60, many=5, sure=10, seen=10),
    "staff": Pace(idle=15, whole=8 * 60, many=1, sure=5, seen=1),
    "keeper": Pace(idle=10, whole=4 * 60, many=1, sure=5, seen=1),
}
"""By kind: a keeper is staff who keep the users or read the history."""


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def begin(owner: Account | Staff, device: str, network: str) -> str:
    """Open a session for an account or a member of staff; returns the cookie's value, 256 bits.

    The oldest ones over the limit end (five for a student, one for staff).
    """
    kind, token, at = _kind(owner), secrets.token_urlsafe(32), clock.now()
    pace, student = PACES[kind], isinstance(owner, Account)
    with transaction():
        rows = (entrance.sessions_of_account if student else entrance.sessions_of_staff)(owner.id, at)
        holding = [row.id for row in rows if row.seen + timedelta(minutes=pace.idle) > at]
        for over in holding[pace.many - 1 :]:
            entrance.end_session(id=over, at=at)
        entrance.new_session(
            token=_hash(token),
            kind=kind,
            account=owner.id if student else None,
            staff=None if student else owner.id,
            device=device[:80],
            network=network[:45],
            at=at,
            ends=at + timedelta(minutes=pace.whole),
            sure_until=at + timedelta(minutes=pace.sure),
        )
    return token


def _kind(owner: Account | Staff) -> str:
    if isinstance(owner, Account):
        return "student"
    return "keeper" if {grant.role for grant in staff_actor(owner).grants} & ALONE else "staff"


def find(token: str) -> Session | None:
    """The live session behind a cookie, with its owner; None when it ended, timed out, or its owner may not enter."""
    found = presence.by_token(_hash(token))
    at = clock.now()
    if found is None or found.ended or found.ends <= at:
        return None
    pace = PACES[found.kind]
    if found.seen + timedelta(minutes=pace.idle) <= at:
        return None
    owner = found.staff or found.account
    if owner.state not in ALIVE:
        return None
    if found.seen + timedelta(minutes=pace.seen) <= at:
        with transaction():  # in line with other writers: alone it would come too late again and again
            Session.update(seen=at).where((Session.id == found.id) & Session.ended.is_null()).execute()
    return found


def live(owner: Account | Staff) -> list[Session]:
    """Sessions that still hold, newest first."""
    at = clock.now()
    query = Session.select().where(_of(owner) & Session.ended.is_null() & (Session.ends > at))
    open_ = query.order_by(Session.seen.desc(), Session.id.desc())
    return [one for one in open_ if one.seen + timedelta(minutes=PACES[one.kind].idle) > at]


def _of(owner: Account | Staff) -> Expression:
    return Session.staff == owner if isinstance(owner, Staff) else Session.account == owner


def end(session: Session) -> None:
    Session.update(ended=clock.now()).where((Session.id == session.id) & Session.ended.is_null()).execute()


def end_all(owner: Account | Staff, but: Session | None = None) -> int:
    """End every session of an owner, except perhaps the one in use. Returns how many ended."""
    query = _of(owner) & Session.ended.is_null()
    if but is not None:
        query &= Session.id != but.id
    return Session.update(ended=clock.now()).where(query).execute()


def sweep() -> int:
    """Forget sessions that ended more than a day ago. Returns how many."""
    edge = clock.now() - timedelta(days=1)
    return Session.delete().where((Session.ended < edge) | (Session.ends < edge)).execute()


def renew(session: Session) -> str:
    """The holder gave the password again: the same visit goes on under a new cookie, which is returned."""
    with transaction():
        end(session)
        return begin(session.staff or session.account, session.device, session.network)


def is_sure(session: Session) -> bool:
    """Did the holder give the password just now (step-up)?"""
    return session.sure_until is not None and session.sure_until > clock.now()


def staff_actor(staff: Staff) -> Actor:
    """A member of staff with the grants that hold now; rights are read at each request."""
    grants = Grant.select().where(Grant.staff == staff)
    return permissions.staff(staff.key, grants, clock.now())

"""Sessions of browsers that are logged in: begin, find, end, list. Times as in docs/security.md.

Not here: whether a password is right (`domain/login.py`).
"""

import hashlib
import secrets
from datetime import timedelta

from webapp.domain import clock, permissions
from webapp.domain.permissions import Actor
from webapp.models import presence
from webapp.models.accounts import Account, Session
from webapp.models.base import transaction
from webapp.models.staff import Grant, Staff

IDLE = {"student": timedelta(minutes=40), "staff": timedelta(minutes=15)}
"""Time since the last-seen that ends a session: for a student, whose last-seen is up to ten minutes old, 30 to 40."""

ABSOLUTE = {"student": timedelta(hours=12), "staff": timedelta(hours=8)}
CONCURRENT = {"student": 5, "staff": 1}
SURE = {"student": timedelta(minutes=10), "staff": timedelta(minutes=5)}
"""For how long a password just given counts as fresh (step-up)."""

SEEN_EVERY = {"student": timedelta(minutes=10), "staff": timedelta(minutes=1)}
"""A session's last-seen is written at most this often: a page that a student opens again soon writes nothing."""


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def begin(owner: Account | Staff, device: str, network: str) -> str:
    """Open a session for an account or a member of staff; returns the cookie's value, 256 bits.

    The oldest ones over the limit end (five for a student, one for staff).
    """
    kind = "staff" if isinstance(owner, Staff) else "student"
    whose = {"staff": owner} if kind == "staff" else {"account": owner}
    token = secrets.token_urlsafe(32)
    at = clock.now()
    with transaction():
        for old in list(live(owner))[CONCURRENT[kind] - 1 :]:
            end(old)
        Session.create(
            token=_hash(token),
            kind=kind,
            device=device[:80],
            network=network[:45],
            created=at,
            seen=at,
            ends=at + ABSOLUTE[kind],
            sure_until=at + SURE[kind],
            **whose,
        )
    return token


def find(token: str) -> Session | None:
    """The live session behind a cookie, with its owner; None when it ended, timed out, or its owner may not enter."""
    found = presence.by_token(_hash(token))
    at = clock.now()
    if found is None or found.ended or found.ends <= at or found.seen + IDLE[found.kind] <= at:
        return None
    owner = found.staff or found.account
    if owner.state not in ("active", "frozen"):
        return None
    if found.seen + SEEN_EVERY[found.kind] <= at:
        Session.update(seen=at).where((Session.id == found.id) & Session.ended.is_null()).execute()
    return found


def live(owner: Account | Staff) -> list[Session]:
    """Sessions that still hold, newest first."""
    at = clock.now()
    mine = Session.staff == owner if isinstance(owner, Staff) else Session.account == owner
    kind = "staff" if isinstance(owner, Staff) else "student"
    query = Session.select().where(mine & Session.ended.is_null() & (Session.ends > at) & (Session.seen > at - IDLE[kind]))
    return list(query.order_by(Session.seen.desc(), Session.id.desc()))


def end(session: Session) -> None:
    Session.update(ended=clock.now()).where((Session.id == session.id) & Session.ended.is_null()).execute()


def end_all(owner: Account | Staff, but: Session | None = None) -> int:
    """End every session of an owner, except perhaps the one in use. Returns how many ended."""
    mine = Session.staff == owner if isinstance(owner, Staff) else Session.account == owner
    query = mine & Session.ended.is_null()
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


def be_sure(session: Session) -> None:
    """The holder gave the password again: step-up for a while."""
    Session.update(sure_until=clock.now() + SURE[session.kind]).where(Session.id == session.id).execute()


def is_sure(session: Session) -> bool:
    return session.sure_until is not None and session.sure_until > clock.now()


def staff_actor(staff: Staff) -> Actor:
    """A member of staff with the grants that hold now; rights are read at each request."""
    grants = Grant.select().where(Grant.staff == staff)
    return permissions.staff(staff.key, grants, clock.now())

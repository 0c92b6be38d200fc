"""The session behind a cookie with its owner: one compiled query for students, for every page asks this first.

Not here: whether it still holds (`domain/sessions.py`).
"""

from collections import namedtuple

from peewee import JOIN, ModelSelect, Value

from webapp.models.accounts import Account, Session
from webapp.models.base import Compiled, revive

SESSION, ACCOUNT = ([field.name for field in part._meta.sorted_fields] for part in (Session, Account))

Presence = namedtuple("Presence", [*(f"session_{name}" for name in SESSION), *(f"account_{name}" for name in ACCOUNT)])


def _build(token: Value) -> ModelSelect:
    columns = (*Session._meta.sorted_fields, *Account._meta.sorted_fields)
    return Session.select(*columns).join(Account, JOIN.LEFT_OUTER, on=Session.account).where(Session.token == token)


_compiled = Compiled(Presence, _build)


def by_token(token: str) -> Session | None:
    """The session with that token's hash. A student's account is loaded with it; staff are few and read when asked for."""
    rows = _compiled(token)
    if not rows:
        return None
    row = rows[0]
    session = revive(Session, dict(zip(SESSION, row, strict=False)))
    if row.session_account is not None:
        session.__rel__["account"] = revive(Account, dict(zip(ACCOUNT, row[len(SESSION) :], strict=True)))
    return session

"""The session behind a cookie with its owner, in one compiled query: every page asks this first.

Not here: whether it still holds (`domain/sessions.py`).
"""

from collections import namedtuple
from itertools import chain

from peewee import JOIN, Model, ModelSelect, Value

from webapp.models.accounts import Account, Session
from webapp.models.base import Compiled, revive
from webapp.models.staff import Staff

PARTS: tuple[type[Model], ...] = (Session, Account, Staff)
NAMES = [[field.name for field in part._meta.sorted_fields] for part in PARTS]
CUTS = (slice(0, len(NAMES[0])), slice(len(NAMES[0]), -len(NAMES[2])), slice(-len(NAMES[2]), None))

Presence = namedtuple("Presence", [f"column_{n}" for n in range(sum(map(len, NAMES)))])


def _build(token: Value) -> ModelSelect:
    columns = chain.from_iterable(part._meta.sorted_fields for part in PARTS)
    owners = Session.select(*columns).join(Account, JOIN.LEFT_OUTER, on=Session.account).switch(Session)
    return owners.join(Staff, JOIN.LEFT_OUTER, on=Session.staff).where(Session.token == token)


_compiled = Compiled(Presence, _build)


def by_token(token: str) -> Session | None:
    """The session with that token's hash, its `account` or `staff` loaded."""
    rows = _compiled(token)
    if not rows:
        return None
    parts = (dict(zip(names, rows[0][cut], strict=True)) for names, cut in zip(NAMES, CUTS, strict=True))
    session, account, staff = (revive(part, values) for part, values in zip(PARTS, parts, strict=True))
    if session.__data__["account"] is not None:
        session.__rel__["account"] = account
    if session.__data__["staff"] is not None:
        session.__rel__["staff"] = staff
    return session

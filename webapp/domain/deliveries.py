"""Whether what was promised to a holder by SMS and mail left, for support: states only, never what it said (R-MSG-11).

Not here: promising and sending.
"""

from collections.abc import Sequence

from webapp.domain import journal, login
from webapp.domain.login import Visit
from webapp.domain.permissions import Actor
from webapp.models import scope
from webapp.models.accounts import Account
from webapp.models.base import transaction
from webapp.models.messages import Message
from webapp.models.records import Record
from webapp.models.school import Unit
from webapp.models.staff import Grant

MOST = 50
"""Messages that are shown, the newest."""


def look_up(typed: str, grants: Sequence[Grant], actor: Actor) -> Account | None:
    """The account behind a 用户名, if it is in reach: its person stands in a roster of the grants' schools.

    Who serves every school of the instance reaches all accounts. Each look-up that finds one is history.
    """
    found = login.whom(typed, Visit("", "", "")).account
    if found is None or not reached(found, scope.units(grants)):
        return None
    with transaction():
        journal.record("message.look_up", actor.name, found)
    return found


def reached(account: Account, units: Sequence[int]) -> bool:
    """Does a roster of one of these schools hold the account's person, or are they all schools that there are?"""
    if not Unit.select().where(Unit.id.not_in(list(units))).exists():
        return True
    same = (Record.identity_index == account.identity_index) | (Record.account == account)
    return Record.select().where(same & Record.unit.in_(list(units))).exists()


def of(account: Account) -> list[Message]:
    """The newest messages to the holder."""
    return list(Message.select().where(Message.account == account).order_by(Message.id.desc()).limit(MOST))

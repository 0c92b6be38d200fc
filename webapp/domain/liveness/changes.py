"""实人验证 of a change: the check of it, and the tries that were spent on changes before (R-ACC-44, R-ACC-56).

Not here: which changes a face decides, and what a pass does (`domain/changes/by_face.py`).
"""

from datetime import timedelta

from peewee import fn

from webapp.domain import clock
from webapp.domain.liveness import asking
from webapp.models.accounts import Account
from webapp.models.base import transaction
from webapp.models.changes import Amendment
from webapp.models.liveness import PersonCheck

SPENT = timedelta(hours=24)
"""How long a miss counts for the next change too: who takes one back and asks anew has no tries more."""


def of(change: Amendment) -> PersonCheck | None:
    """The check of the account's holder for this change, if it was begun."""
    return asking.find("change", change.key, change.account.identity_index)


def begin(change: Amendment) -> PersonCheck:
    """The check of the account's holder for this change, made where there is none yet."""
    with transaction():
        account = change.account.locked()
        if (found := of(change)) is not None:
            return found
        who = ("change", change.key, account.identity_index)
        return asking.make(*who, account=account, unit=asking.unit_of(account.identity_index), tries=_spent(account))


def _spent(account: Account) -> int:
    """The most tries of a change of this account that were spent in the last day, of who it names now."""
    asked = Amendment.select(Amendment.key).where(Amendment.account == account)
    mine = (PersonCheck.purpose == "change") & PersonCheck.subject.in_(asked)
    lately = (PersonCheck.identity_index == account.identity_index) & (PersonCheck.judged > clock.now() - SPENT)
    return PersonCheck.select(fn.MAX(PersonCheck.tries)).where(mine & lately).scalar() or 0

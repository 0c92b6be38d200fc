"""实人验证 of an account's holder: the check that raises its level (实名等级), whatever asked for it (R-BND-11).

Not here: what a level opens (`records.py`, `corrections/`, `changes/overseas.py`).
"""

from webapp.domain.liveness import asking
from webapp.models.accounts import Account
from webapp.models.liveness import PersonCheck


def of(account: Account) -> PersonCheck | None:
    """The check of the account's holder, if it was begun."""
    return asking.find("level", account.key, account.identity_index)


def begin(account: Account) -> PersonCheck:
    """The check of the account's holder, made where there is none yet."""
    who = ("level", account.key, account.identity_index)
    return asking.make(*who, account=account, unit=asking.unit_of(account.identity_index))

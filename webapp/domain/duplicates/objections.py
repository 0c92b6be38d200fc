"""「不是我」 and 「是我」: who may say so of a case, logged in or by the link of the message that warned them.

Not here: what it does (`effect.py`).
"""

import hmac

from webapp.models import keys
from webapp.models.accounts import Account
from webapp.models.duplicates import CLOSED, Claim

MARK = 13
"""Characters of a link behind the case's key: 78 bits, and 35 in all, the most that a gateway takes in one variable."""


def token(claim: Claim, account: Account) -> str:
    """What the link in a warning carries: it speaks for this account in this case, for as long as the case is open."""
    return claim.key + _mark(claim, account)


def read(token: str) -> tuple[Claim, Account] | None:
    """The case and the account of a link; None for one that is not ours."""
    claim = Claim.by_key(token[:-MARK])
    if claim is None:
        return None
    for account in Account.select().where(Account.identity_index == claim.identity_index):
        if hmac.compare_digest(_mark(claim, account).encode(), token[-MARK:].encode()):
            return claim, account
    return None


def against(account: Account) -> Claim | None:
    """The open case in which somebody else claims the identity that this account holds."""
    if account.state == "duplicate":
        return None
    same = (Claim.identity_index == account.identity_index) & Claim.state.not_in(CLOSED)
    return Claim.get_or_none(same)


def _mark(claim: Claim, account: Account) -> str:
    return keys.blind("objection", f"{claim.key}|{account.key}")[:MARK]

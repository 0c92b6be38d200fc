"""仅绑定大陆地区手机的用户可…: what an account without a mainland phone may open, and when all the same (R-ACC-43).

Not here: registering without a phone (`signups.py`).
"""

from webapp.domain import defaults, seen, slips, standing
from webapp.domain.refused import Refused
from webapp.models.accounts import Account

ENOUGH = 4
"""The level of who passed 实人验证 (spec 7.5)."""


def check(account: Account) -> None:
    """Raises phone_mainland for an account without a phone that nobody has checked well enough.

    A slip of the school, or its officers who saw the person, stand for the SMS, and so for the phone: a site without a
    gateway has no phones (R-SCH-33, R-DUP-30).
    """
    if account.phone is not None or slips.made(account) or seen.made(account):
        return
    if not (defaults.value("bnd.overseas_allowed") and standing.level(account) >= ENOUGH):
        raise Refused("phone_mainland")

"""「这是我的新号码，原账号不是我的」: a number that was given to somebody else leaves the account that held it (R-REC-14).

It never opens that account. Not here: the registration that goes on with the number (`web/accounts/steps.py`).
"""

from webapp.domain import accounts, clock, journal, messages
from webapp.domain.permissions import VISITOR
from webapp.models.base import transaction
from webapp.models.recovery import GivenUp


def give_up(phone: str) -> bool:
    """Take a number, proved just now by who holds it, from its old account, whose holder is told through every other contact
    and at the next log-in. False when no account has it any more."""
    with transaction():
        account = accounts.holder(phone)
        if account is None:
            return False
        account = account.locked()
        GivenUp.create(account=account, phone_index=account.phone_index, at=clock.now())
        account.phone, account.phone_proved, account.phone_released = None, None, clock.now()
        account.save()
        messages.tell(account, "phone_released")
        journal.record("account.release_phone", VISITOR.name, account)
    return True

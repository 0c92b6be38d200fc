"""What ends a request without its holder: time, and the end of the account that asked (R-COR-11).

Not here: when this is asked (`jobs/corrections.py`, `duplicates/cascade.py`).
"""

from webapp.domain import clock
from webapp.domain.corrections import asking, moving
from webapp.domain.permissions import SYSTEM
from webapp.models.accounts import Account
from webapp.models.corrections import OPEN, Correction


def overdue() -> list[Correction]:
    """Requests whose supplement did not come in time."""
    return list(Correction.select().where((Correction.state == "returned") & (Correction.due < clock.now())))


def close(correction: Correction) -> Correction:
    """已关闭; a new request may be made. Raises moved_on."""
    return moving.make(correction, "close", SYSTEM)


def open_of(account: Account) -> list[Correction]:
    """What the account has under way, drafts among it."""
    return list(Correction.select().where((Correction.account == account) & Correction.state.in_(OPEN)))


def end_all(account: Account) -> None:
    """The account was archived: its drafts are forgotten, its requests are over."""
    for correction in open_of(account):
        if correction.state == "draft":
            asking.drop(correction)
        else:
            moving.make(correction, "end", SYSTEM)


def forget_drafts() -> int:
    """Forget the drafts that nobody sent for a month. Returns how many."""
    old = list(Correction.select().where((Correction.state == "draft") & (Correction.created < clock.now() - asking.DRAFT)))
    for draft in old:
        asking.drop(draft)
    return len(old)

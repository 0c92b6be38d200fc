"""实人验证 of a change: the check of it, and the tries that were spent on changes before (R-ACC-44, R-ACC-56).

Not here: which changes a face decides, and what a pass does (`domain/changes/by_face.py`).
"""

from webapp.domain.liveness import asking
from webapp.models.base import transaction
from webapp.models.changes import Amendment
from webapp.models.liveness import PersonCheck


def of(change: Amendment) -> PersonCheck | None:
    """The check of the account's holder for this change, if it was begun."""
    return asking.find("change", change.key, change.account.identity_index)


def begin(change: Amendment) -> PersonCheck:
    """The check of the account's holder for this change, made where there is none yet. Who takes one back and asks anew has
    no tries more."""
    with transaction():
        account = change.account.locked()
        if (found := of(change)) is not None:
            return found
        index = account.identity_index
        spent = asking.spent("change", index, PersonCheck.account == account)
        return asking.make("change", change.key, index, account=account, unit=asking.unit_of(index), tries=spent)

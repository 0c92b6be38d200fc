"""实人验证 of who registers without a mainland phone: the check of a sign-up, and the tries that were spent before (R-ACC-54).

Not here: the account that a pass makes (`domain/signups/finishing.py`).
"""

from webapp.domain.liveness import asking
from webapp.domain.refused import Refused
from webapp.domain.signups import proof
from webapp.models.base import transaction
from webapp.models.liveness import PersonCheck
from webapp.models.signups import Signup


def of(signup: Signup) -> PersonCheck | None:
    """The check of who signs up, if it was begun."""
    who = proof.identity_of(signup)
    return asking.find("overseas", signup.key, who.index) if who is not None else None


def begin(signup: Signup) -> PersonCheck:
    """The check of who signs up, made where there is none yet. Who signs up anew as the same person has no tries more.

    Raises moved_on, face_tries_day (until).
    """
    with transaction():
        signup = signup.locked()
        who = proof.identity_of(signup)
        if who is None:
            raise Refused("moved_on", state=signup.state)
        if (found := of(signup)) is not None:
            return found
        asking.count(who.number)
        return asking.make("overseas", signup.key, who.index, unit=signup.unit, tries=asking.spent("overseas", who.index))

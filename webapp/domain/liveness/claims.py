"""实人验证 of who claims an identity: the check of a case, and the tries that were spent in cases before (R-DUP-04, R-DUP-05).

Not here: what a pass decides (`domain/duplicates/by_face.py`).
"""

from peewee import Expression

from webapp.domain.liveness import asking
from webapp.models.base import transaction
from webapp.models.duplicates import Party
from webapp.models.liveness import PersonCheck


def of(party: Party) -> PersonCheck | None:
    """The check of the claimant in this case, if it was begun."""
    return PersonCheck.get_or_none(_mine(party) & (PersonCheck.subject == party.key))


def _mine(party: Party) -> Expression:
    account = party.account
    same = (PersonCheck.purpose == "duplicate") & (PersonCheck.account == account)
    return same & (PersonCheck.identity_index == account.identity_index)


def begin(party: Party) -> PersonCheck:
    """The check of the claimant, made where there is none yet. Who leaves a case and claims anew has no tries more."""
    with transaction():
        claim = party.claim.locked()
        if (found := of(party)) is not None:
            return found
        before = _newest(party)
        tries = before.tries if before is not None else 0
        who = ("duplicate", party.key, party.account.identity_index)
        return asking.make(*who, account=party.account, unit=claim.unit, tries=tries)


def _newest(party: Party) -> PersonCheck | None:
    return PersonCheck.select().where(_mine(party)).order_by(PersonCheck.id.desc()).first()


def failed(party: Party) -> bool:
    """Did the claimant use up all tries before the camera, so that 人工审核 opens by itself?"""
    newest = _newest(party)
    return newest is not None and newest.state == "open" and not asking.left(newest)


def passed(party: Party) -> PersonCheck | None:
    """The pass of this claimant, with its score: for people, beside the rest of the case."""
    found = of(party)
    return found if found is not None and found.state == "passed" else None

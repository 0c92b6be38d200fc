"""What two officers' yes does, by what the person came for (R-DUP-30).

Not here: how they came to say yes (`in_person.py`).
"""

import json
from collections.abc import Callable

from webapp.domain.accounts import Identity
from webapp.domain.duplicates import cases, effect
from webapp.domain.permissions import Actor
from webapp.domain.refused import Refused
from webapp.models.duplicates import Claim
from webapp.models.in_person import Meeting


def identity_of(meeting: Meeting) -> Identity:
    """Who the person at the desk says to be."""
    if meeting.who is not None:
        return Identity(**json.loads(meeting.who))
    account = meeting.account
    return Identity(account.name, account.document_kind, account.country, account.document)


def settle_duplicate(meeting: Meeting, actor: Actor) -> None:
    """The identity is this account's; a rival in use still has its time to object. Raises claim_held, moved_on."""
    party = cases.of(meeting.account)
    if party is None or party.claim.key != meeting.subject:
        raise Refused("moved_on", state="withdrawn")
    claim = party.claim.locked()
    is_free(claim)
    effect.approve(claim, actor, party, "desk")


def is_free(claim: Claim) -> None:
    """Nobody decides the case from photos right now. Raises claim_held, moved_on."""
    if claim.state in ("in_review", "second", "in_second"):
        raise Refused("claim_held")
    if claim.state not in ("open", "waiting", "refused"):
        raise Refused("moved_on", state=claim.state)


EFFECTS: dict[str, Callable[[Meeting, Actor], None]] = {"duplicate": settle_duplicate}
"""By purpose. One without an effect is taken up by the person's own browser: a new password, a registration."""

"""What two officers' yes does, by what the person came for (R-DUP-30).

Not here: how they came to say yes (`in_person.py`).
"""

import json
from collections.abc import Callable

from webapp.domain import standing
from webapp.domain.accounts import Identity
from webapp.domain.duplicates import cases, effect
from webapp.domain.identity import names
from webapp.domain.permissions import Actor
from webapp.domain.recovery import asking
from webapp.domain.refused import Refused
from webapp.models.accounts import OWNING, Account
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


def holder(name: str, number: str) -> Account | None:
    """The account that holds this document under this name, however the number is written."""
    same = Account.identity_index.in_(asking.indexes(number)) & (Account.name_compare == names.compare(name))
    return Account.get_or_none(same & Account.state.in_(OWNING))


def give_back(meeting: Meeting, actor: Actor) -> None:
    """The account is that person's: the browser at the desk may set its password. Raises meeting_nobody."""
    who = identity_of(meeting)
    if holder(who.name, who.number) is None:
        raise Refused("meeting_nobody")


def prove(meeting: Meeting, actor: Actor) -> None:
    """The holder is who the account says: level 3, which a correction of the record needs (R-COR-02)."""
    standing.proved(meeting.account, "desk", actor)


EFFECTS: dict[str, Callable[[Meeting, Actor], None]] = {"duplicate": settle_duplicate, "phone": give_back, "level": prove}
"""By purpose. One without an effect is taken up by the person's own browser: a new password, a registration."""

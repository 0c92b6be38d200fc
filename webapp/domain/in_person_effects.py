"""What two officers' yes does, and one's no, by what the person came for (R-DUP-30).

Not here: how they came to say so (`in_person.py`).
"""

import json
from collections.abc import Callable

from webapp.domain import standing
from webapp.domain.accounts import Identity
from webapp.domain.changes import reviews
from webapp.domain.duplicates import cases, effect
from webapp.domain.duplicates import lifecycle as claims
from webapp.domain.identity import names
from webapp.domain.permissions import Actor
from webapp.domain.recovery import asking
from webapp.domain.refused import Refused
from webapp.domain.signups import finishing
from webapp.models.accounts import OWNING, Account
from webapp.models.changes import Amendment
from webapp.models.duplicates import Claim
from webapp.models.in_person import Meeting
from webapp.models.signups import Signup
from webapp.models.staff import Staff


def identity_of(meeting: Meeting) -> Identity:
    """Who the person at the desk says to be: of a change what shall stand there, so that the card is held against that."""
    if meeting.who is not None:
        return Identity(**json.loads(meeting.who))
    account = meeting.account
    return Identity(account.name, account.document_kind, account.country, account.document)


def is_a_stranger(meeting: Meeting, actor: Actor) -> None:
    """Nobody looks at themselves: not by phone, mail box or name, as it is or as it shall be."""
    officer, account = Staff.by_key(actor.key), meeting.account
    named, contacts = {identity_of(meeting).name}, []
    if account is not None:
        named.add(account.name)
        contacts = [(officer.phone, account.phone), (officer.email, account.email)]
    elif meeting.purpose == "overseas":
        contacts = [(officer.email, Signup.by_key(meeting.subject).email)]
    if officer.name in named or any(mine and mine == hers for mine, hers in contacts):
        raise Refused("own_meeting")
    if meeting.purpose == "duplicate":
        claims.is_a_stranger(Claim.by_key(meeting.subject), actor)


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


def change_of(meeting: Meeting) -> Amendment:
    """The change that the person came for."""
    return Amendment.by_key(meeting.subject)


def make_change(meeting: Meeting, actor: Actor) -> None:
    """What `reviews.approve` does, and raises."""
    reviews.approve(change_of(meeting), actor)


def refuse_change(meeting: Meeting, actor: Actor, reason: str) -> None:
    reviews.refuse(change_of(meeting), actor, reason)


def let_in(meeting: Meeting, actor: Actor) -> None:
    """The sign-up becomes an account. Raises moved_on, identity_taken, email_taken."""
    finishing.approve(Signup.by_key(meeting.subject), actor, "desk")


def keep_out(meeting: Meeting, actor: Actor, reason: str) -> None:
    finishing.refuse(Signup.by_key(meeting.subject), actor, reason)


def prove(meeting: Meeting, actor: Actor) -> None:
    """The holder is who the account says: level 3, which a correction of the record needs (R-COR-02)."""
    standing.proved(meeting.account, "desk", actor)


EFFECTS: dict[str, Callable[[Meeting, Actor], None]] = {
    "duplicate": settle_duplicate,
    "phone": give_back,
    "change": make_change,
    "overseas": let_in,
    "level": prove,
}
"""By purpose. `signup` has none: the person's own browser takes it up (`seen.py`)."""

REFUSALS: dict[str, Callable[[Meeting, Actor, str], None]] = {"change": refuse_change, "overseas": keep_out}
"""By purpose: a no ends what was asked for, with one of the REASONS of `changes/requests.py`. After any other the person may
come again."""

"""当面核验 of a change: staff see the holder with the document, say yes or no, and the change is made when it is due.

Not here: asking for one (`requests.py`), and claims to an identity that somebody has already (`duplicates/`).
"""

from collections.abc import Iterable
from datetime import timedelta

from peewee import Expression

from webapp.domain import clock, defaults, journal, messages, standing
from webapp.domain.changes import identity, phone, requests
from webapp.domain.changes.requests import AMENDMENT, REASONS
from webapp.domain.permissions import SYSTEM, Actor
from webapp.domain.refused import Refused
from webapp.models import keyset, scope
from webapp.models.accounts import Account
from webapp.models.base import transaction
from webapp.models.changes import Amendment
from webapp.models.keyset import FIRST, Page, Place
from webapp.models.staff import Grant, Staff

EFFECTS = {"phone": phone.make, "identity": identity.make}


def here(grants: Iterable[Grant]) -> Expression:
    """The changes in reach of the grants: their units', and with a grant for the whole instance those of no unit too."""
    grants = tuple(grants)
    mine = Amendment.unit.in_(scope.units(grants))
    return mine | Amendment.unit.is_null() if any(grant.unit_id is None for grant in grants) else mine


def waiting(grants: Iterable[Grant], place: Place = FIRST) -> Page:
    """Those that nobody decided yet, who waits longest first."""
    query = Amendment.select(Amendment, Account).join(Account).where(here(grants) & (Amendment.state == "open"))
    return keyset.cut(query, (Amendment.asked, Amendment.id), place)


def find(grants: Iterable[Grant], key: str) -> Amendment | None:
    query = Amendment.select(Amendment, Account).join(Account)
    return query.where(here(grants) & (Amendment.key == key)).first()


def look(change: Amendment, actor: Actor) -> None:
    """Staff open the page with the whole numbers on it: an Event before anything is shown."""
    with transaction():
        journal.record("amendment.look", actor.name, change)


def approve(change: Amendment, actor: Actor) -> Amendment:
    """The holder was here with the document. A name or a document changes at once and counts as seen in person; a phone
    after `acc.change_hold_hours`, in which the old contacts can stop it (T01).

    Raises moved_on, not_allowed, own_case, account_frozen, identity_taken, phone_taken, phone_reserved.
    """
    reviewer = Staff.by_key(actor.key)
    if reviewer.phone is not None and reviewer.phone == change.account.phone or reviewer.name == change.account.name:
        raise Refused("own_case")
    requests.may(change.account)
    at = clock.now()
    wait = timedelta(hours=defaults.value("acc.change_hold_hours")) if change.kind == "phone" else timedelta()
    with transaction():
        changes = {"how": "desk", "staff": reviewer, "decided": at, "effective": at + wait}
        change = AMENDMENT.move(change, "approve", actor, **changes)
        if wait:
            token = requests.stop_token(change)
            messages.tell(change.account, "phone_change_approved", link="/me/phone", until=change.effective, token=token)
            journal.promise("changes.make", delay=wait, key=change.key)
        else:
            _make(change, actor)
    return change


def refuse(change: Amendment, actor: Actor, reason: str) -> Amendment:
    """Nothing changes, and the holder learns why. Raises moved_on, not_allowed, reason_missing."""
    if reason not in REASONS:
        raise Refused("reason_missing")
    with transaction():
        decided = {"staff": Staff.by_key(actor.key), "decided": clock.now(), "closed": clock.now(), "reason": reason}
        change = AMENDMENT.move(change, "refuse", actor, **decided, detail={"reason": reason})
        messages.tell(change.account, "change_refused", link=f"/me/{change.kind}", topic="progress")
    return change


def make(key: str) -> None:
    """When the time to object is over. What can no longer be made, is dropped, and the holder is told."""
    change = Amendment.by_key(key)
    if change is None or change.state != "approved" or change.effective > clock.now():
        return
    try:
        with transaction():
            _make(change, SYSTEM)
    except Refused as refusal:
        reason = "frozen" if refusal.code == "account_frozen" else "taken"
        with transaction():
            AMENDMENT.move(change, "drop", SYSTEM, closed=clock.now(), reason=reason)
            messages.tell(change.account, "change_refused", link=f"/me/{change.kind}", topic="progress")


def _make(change: Amendment, actor: Actor) -> None:
    requests.may(Account.get_by_id(change.account_id))
    change = AMENDMENT.move(change, "make", actor, closed=clock.now())
    EFFECTS[change.kind](change, actor)
    standing.proved(Account.get_by_id(change.account_id), "desk", actor)

"""What 当面核验 or 实人验证 of a change decides: yes or no, and the change is made when it is due.

Not here: asking for one (`requests.py`), who looked (`in_person.py`), and which changes a face decides (`by_face.py`).
"""

from datetime import timedelta

from webapp.domain import clock, defaults, journal, messages, standing
from webapp.domain.changes import identity, phone, requests
from webapp.domain.changes.requests import AMENDMENT, REASONS
from webapp.domain.permissions import SYSTEM, Actor
from webapp.domain.refused import Refused
from webapp.models.accounts import Account
from webapp.models.base import attempt, transaction
from webapp.models.changes import Amendment
from webapp.models.staff import Staff

EFFECTS = {"phone": phone.make, "identity": identity.make}


def approve(change: Amendment, actor: Actor, how: str = "desk") -> Amendment:
    """The holder was seen: `how` is desk, with the document, or face. A name or a document changes at once and counts as
    seen; a phone after `acc.change_hold_hours`, in which the old contacts can stop it (T01).

    Raises moved_on, not_allowed, account_frozen; at the desk also identity_taken. After a face nobody is there to read why
    it cannot be made, so it is dropped.
    """
    requests.may(change.account)
    at = clock.now()
    wait = timedelta(hours=defaults.value("acc.change_hold_hours")) if change.kind == "phone" else timedelta()
    with transaction():
        changes = {"how": how, "staff": Staff.by_key(actor.key), "decided": at, "effective": at + wait}
        change = AMENDMENT.move(change, "approve", actor, detail={"how": how}, **changes)
        if wait:
            token = requests.stop_token(change)
            messages.tell(change.account, "phone_change_approved", link="/me/phone", until=change.effective, token=token)
            journal.promise("changes.make", delay=wait, key=change.key)
        elif how == "desk":
            _make(change, actor)
        else:
            make(change.key)
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
        with attempt():
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
    account = Account.get_by_id(change.account_id)
    seen = not requests.names_another(account, change.decided)
    if seen and account.state != "duplicate":  # whose the number is, its case decides
        standing.proved(account, change.how, actor)

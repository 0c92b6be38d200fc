"""手机号: a new one, after a code to the old and a code to the new; where the old is lost, after a person looked (R-ACC-44).

Not here: giving a number up to who proves to hold it now (R-REC-14).
"""

import json
from datetime import timedelta

from peewee import IntegrityError

from webapp.domain import accounts, clock, codes, journal, messages, reservations, sessions
from webapp.domain.changes import requests
from webapp.domain.identity import phones
from webapp.domain.permissions import Actor, student
from webapp.domain.refused import Refused
from webapp.models import keys
from webapp.models.accounts import Account, Session
from webapp.models.base import new_key, transaction
from webapp.models.changes import Amendment
from webapp.models.journal import Draft

WIZARD = "phone"
PROOF = timedelta(minutes=30)
"""For how long the proof of the old phone holds."""


def send_old(account: Account, network: str, language: str) -> None:
    """A code to the phone in use. Raises what `codes.request` raises, and phone_none where there is no phone."""
    if account.phone is None:
        raise Refused("phone_none")
    codes.request(account.phone, "phone_old", network, language=language)


def prove_old(account: Account, typed: str) -> None:
    """The old phone is in the holder's hand. Raises account_frozen, and what `codes.prove` raises."""
    requests.may(account)
    if account.phone is None:
        raise Refused("phone_none")
    codes.prove(account.phone, "phone_old", typed)
    _keep(account, old=True)


def lose_old(account: Account) -> None:
    """The old phone cannot be shown: go on to the new one, and let a person decide."""
    _keep(account, old=False)


def step(account: Account) -> str:
    """Where the holder is: old (to be proved), new (number to be told), check (its code to be typed)."""
    told = _told(account)
    if "old" not in told:
        return "old"
    return "check" if "new" in told else "new"


def waits_for(account: Account) -> str | None:
    """The new number whose code is to be typed."""
    return _told(account).get("new")


def send_new(account: Account, typed: str, network: str, language: str) -> None:
    """A code to the new phone; whether it has an account is told only after its code was right.

    Raises phone_unproved, phone_same, and what `codes.request` raises.
    """
    told = _told(account)
    if "old" not in told:
        raise Refused("phone_unproved")
    phone = phones.clean(typed)
    phones.check(phone)
    if phone == account.phone:
        raise Refused("phone_same")
    codes.request(phone, "phone_new", network, language=language)
    _keep(account, **{**told, "new": phone})


def prove_new(account: Account, typed: str, session: Session) -> str | None:
    """The new phone is in the holder's hand too: change to it, or, with the old one lost, ask a person to.

    Returns the cookie of a new session after a change (all others ended), None where a person decides. Raises
    phone_unproved, phone_taken, phone_reserved, change_pending, and what `codes.prove` raises.
    """
    told = _told(account)
    if "new" not in told:
        raise Refused("phone_unproved")
    requests.may(account)
    codes.prove(told["new"], "phone_new", typed)
    check_free(account, told["new"])
    with transaction():
        Draft.delete().where(_mine(account)).execute()
        if not told["old"]:
            requests.ask(account, "phone", {"phone": told["new"]})
            return None
        write(account, told["new"], student(account.key))
        return sessions.begin(account, session.device, session.network)


def check_free(account: Account, phone: str) -> None:
    """Raises phone_taken, phone_reserved."""
    if accounts.holder(phone) is not None:
        raise Refused("phone_taken")
    reservations.check(phone, account.identity_index)


def write(account: Account, phone: str, actor: Actor) -> None:
    """Put the new number in the place of the old one; every session ends and everybody bound is told, the old number too."""
    before = account.phone if account.phone_proved is not None else None
    try:
        with transaction():
            account = account.locked()
            account.phone, account.phone_proved, account.phone_released = phone, clock.now(), None
            account.save()
            sessions.end_all(account)
            if before is not None:
                messages.sms(before, "phone_changed", account)
            messages.tell(account, "phone_changed")
            journal.record("account.phone", actor.name, account)
    except IntegrityError:
        raise Refused("phone_taken") from None


def make(change: Amendment, actor: Actor) -> None:
    """What a person approved. Raises phone_taken, phone_reserved."""
    phone = requests.wanted(change)["phone"]
    check_free(change.account, phone)
    write(change.account, phone, actor)


def _told(account: Account) -> dict[str, object]:
    draft = Draft.get_or_none(_mine(account) & (Draft.expires > clock.now()))
    return json.loads(draft.answers) if draft else {}


def _keep(account: Account, **told: object) -> None:
    at = clock.now()
    with transaction():
        Draft.delete().where(_mine(account)).execute()
        token = keys.blind("draft", new_key())
        answers = json.dumps(told)
        Draft.create(wizard=WIZARD, token=token, account=account.id, answers=answers, updated=at, expires=at + PROOF)


def _mine(account: Account):
    return (Draft.account == account.id) & (Draft.wizard == WIZARD)

"""A sign-up becomes an account: at once after a code, or when people, or a face check, have seen who it is (R-ACC-54).

Not here: what was asked before (`links.py`, `proof.py`), and who looked (`in_person.py`, `liveness/`).
"""

from datetime import timedelta

from peewee import IntegrityError

from webapp.domain import accounts, clock, glyphs, journal, messages, reservations
from webapp.domain.accounts import TEXTS, Identity
from webapp.domain.changes import requests
from webapp.domain.changes.requests import REASONS
from webapp.domain.duplicates import cases
from webapp.domain.permissions import VISITOR, Actor, student
from webapp.domain.refused import Refused
from webapp.domain.signups import proof
from webapp.domain.signups.links import SIGNUP
from webapp.models.accounts import Account, Consent
from webapp.models.base import transaction
from webapp.models.signups import Signup
from webapp.models.staff import Staff

KEPT = timedelta(days=2)
"""For how long the row of a sign-up that ended stays, so that a late look is told why."""


def finish(signup: Signup) -> Account:
    """Make the account; everything is checked again. A claimed number makes one in state duplicate, with its case.

    Raises code_missing, moved_on, phone_taken, phone_reserved, identity_taken, email_taken.
    """
    identity = proof.identity_of(signup)
    if identity is None or not proof.is_proved(signup):
        raise Refused("code_missing")
    phone, claims = proof.phone_of(signup), proof.claims(signup)
    try:
        with transaction():
            signup = SIGNUP.move(signup, "finish", VISITOR, answers=None)
            if phone and accounts.holder(phone) is not None:
                raise Refused("phone_taken")
            account = _make(signup, identity, phone, claims=claims)
    except IntegrityError:
        raise Refused("email_taken") from None
    return account


def _make(signup: Signup, identity: Identity, phone: str, claims: bool = False) -> Account:
    at = clock.now()
    taken = accounts.owner(identity) is not None
    if taken and not claims:
        raise Refused("identity_taken")
    account = accounts.new(identity, phone, signup.password_hash, language=signup.language)
    account.state = "duplicate" if taken else "active"
    account.email, account.email_proved = signup.email, at
    if phone:
        reservations.check(phone, identity.index)
    else:
        account.phone = account.phone_proved = None
    account.save(force_insert=True)
    for kind, version in TEXTS.items():
        Consent.create(account=account, kind=kind, version=version, at=signup.created, network=signup.network)
    if phone:
        reservations.use(account)
    if taken:
        cases.open_or_join(account)
    glyphs.want(account.name)
    Signup.update(account=account.id).where(Signup.id == signup.id).execute()
    journal.record("account.register", student(account.key).name, account, way=signup.way)
    return account


def hand_in(signup: Signup) -> Signup:
    """Without a mainland phone the sign-up waits for the office, or for a face. Raises code_missing, moved_on."""
    if proof.identity_of(signup) is None:
        raise Refused("code_missing")
    with transaction():
        signup = signup.locked()
        signup = SIGNUP.move(signup, "hand_in", VISITOR, unit=signup.unit or requests.only_unit())
        messages.mail(signup.email, "signup_waiting", language=signup.language)
    return signup


def approve(signup: Signup, actor: Actor, how: str) -> Account:
    """Somebody saw the person (`how`: desk, face): there is an account. Raises moved_on, identity_taken, email_taken."""
    identity, at = proof.identity_of(signup), clock.now()
    try:
        with transaction():
            staff = Staff.by_key(actor.key)
            signup = SIGNUP.move(signup, "approve", actor, answers=None, staff=staff, decided=at)
            account = _make(signup, identity, "")
            account.person_proved, account.person_proved_by = at, how
            account.save()
            messages.mail(signup.email, "signup_done", account)
    except IntegrityError:
        raise Refused("email_taken") from None
    return account


def refuse(signup: Signup, actor: Actor, reason: str) -> Signup:
    """No account comes of it, and the mail box learns so. Raises moved_on, reason_missing."""
    if reason not in REASONS:
        raise Refused("reason_missing")
    with transaction():
        decided = {"staff": Staff.by_key(actor.key), "decided": clock.now(), "reason": reason, "answers": None}
        signup = SIGNUP.move(signup, "refuse", actor, **decided, detail={"reason": reason})
        messages.mail(signup.email, "signup_refused", language=signup.language)
    return signup


def sweep() -> int:
    """End the sign-ups that nobody finished or came for, and forget those that ended days ago. Returns how many."""
    at = clock.now()
    unfinished = Signup.state.in_(("mailed", "opened")) & (Signup.expires < at)
    nobody_came = (Signup.state == "waiting") & (Signup.created < at - requests.WAITS)
    for signup in Signup.select().where(unfinished | nobody_came):
        SIGNUP.move(signup, "expire", VISITOR, answers=None)
    ended = Signup.state.in_(("done", "refused", "expired")) & (Signup.expires < at - KEPT)
    return Signup.delete().where(ended).execute()

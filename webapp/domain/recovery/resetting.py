"""The proof that a browser holds, and the new password that follows from it (R-REC-09).

Not here: how the proof was made (`asking.py`, `mailing.py`, `memory.py`).
"""

from datetime import datetime
from typing import NamedTuple

from webapp.domain import accounts, clock, defaults, drafts, journal, login, messages, passwords, profile
from webapp.domain.changes import requests
from webapp.domain.identity import passwords as rules
from webapp.domain.login import Visit
from webapp.domain.permissions import VISITOR
from webapp.domain.recovery import cases
from webapp.domain.refused import Refused
from webapp.models.accounts import Account
from webapp.models.base import transaction
from webapp.models.journal import Draft
from webapp.models.recovery import Recovery


class Proof(NamedTuple):
    """Who was proved in this browser and by which way: phone, mail, questions, paper, desk, face.

    `case` is what had to ripen; `phone` the new number that was proved on the way, where the old one is lost.
    """

    account: Account
    way: str
    phone: str | None = None
    case: Recovery | None = None


def keep(draft: Draft, account: Account, way: str) -> None:
    """Remember in the draft whose proof was given, or which case waits for its time. Raises recovery_stopped."""
    wait = cases.notice(account, way)
    case = cases.wait_for(account, way, wait) if wait else None
    drafts.keep(
        draft,
        proved=[account.key, way, clock.seconds(clock.now()), clock.seconds(account.password_changed)],
        case=case.key if case else None,
        new_phone=None,
    )
    if case is not None and case.ends > draft.expires:
        draft.expires = case.ends  # who comes back in time finds the answers
        draft.save()


def waits(draft: Draft) -> Recovery | None:
    """The case of this browser that is still open; a password changed since has ended it, and so has another name or number
    where a person was seen."""
    key = drafts.answers(draft).get("case")
    case = Recovery.by_key(str(key)) if key else None
    stands = case is not None and case.state in ("cooling", "ripe") and case.account.password_changed <= case.opened
    return case if stands and not _is_anothers(case.account, case.way, case.opened) else None


def _is_anothers(account: Account, way: str, since: datetime) -> bool:
    """Was a person seen whom the account does not name any more?"""
    return way in cases.SEEN and requests.names_another(account, since)


def proof(draft: Draft) -> Proof | None:
    """What holds now: a proof of the last `rec.link_minutes`, or a case that is ripe. A password changed since ends both."""
    told = drafts.answers(draft)
    if "proved" not in told:
        return None
    key, way, at, since = told["proved"]
    account = Account.alive(key)
    if account is None or clock.seconds(account.password_changed) != since:
        return None
    if "case" in told:
        case = waits(draft)
        ripe = case is not None and case.state == "ripe" and case.ends > clock.now()
        return Proof(account, way, told.get("new_phone"), case) if ripe else None
    fresh = at + 60 * defaults.value("rec.link_minutes") > clock.seconds(clock.now())
    stands = fresh and not _is_anothers(account, way, clock.moment(at))
    return Proof(account, way, told.get("new_phone")) if stands else None


def reset(draft: Draft, password: str, visit: Visit) -> None:
    """Set a new password: every session ends, the lock is lifted, every contact is told, this browser is the one known.

    Raises recovery_over, phone_taken, password_length, password_common, password_personal, busy.
    """
    given = proof(draft)
    if given is None:
        raise Refused("recovery_over")
    rules.check(password, profile.about(given.account))
    hashed = passwords.hash(password)
    with transaction():
        given = proof(draft)
        if given is None:
            raise Refused("recovery_over")
        account = given.account.locked()
        account.password_hash, account.password_changed, account.new_password_due = hashed, clock.now(), False
        before = account.phone if account.phone_proved is not None else None
        if given.phone is not None:
            _bind(account, given.phone)
        elif given.way == "phone":
            account.phone_proved = clock.now()
        account.save()
        login.recovered(account, visit)
        drafts.drop(draft)
        messages.tell(account, "password_reset")
        if given.phone is not None and before is not None:
            messages.sms(before, "phone_changed", account)
        if given.case is not None:
            cases.RECOVERY.move(given.case, "finish", VISITOR, closed=clock.now())
        journal.record("account.recover", VISITOR.name, account, way=given.way)


def _bind(account: Account, phone: str) -> None:
    """The number that was proved takes the place of the one that is lost."""
    other = accounts.holder(phone)
    if other is not None and other.id != account.id:
        raise Refused("phone_taken")
    account.phone, account.phone_proved, account.phone_released = phone, clock.now(), None

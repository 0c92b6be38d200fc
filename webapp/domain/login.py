"""Getting in: by password, by a code to the phone, and by both where a browser was never seen (R-ACC-35 to 37).

Whether somebody exists is never told: one answer and the same work for all. Not here: sessions, and passwords at rest.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import NamedTuple

from webapp.domain import clock, defaults, journal, limits, messages, passwords, sessions
from webapp.domain.identity import documents, emails, phones
from webapp.domain.refused import Refused
from webapp.models import entrance, keys
from webapp.models.accounts import Account, Device, Login, Session
from webapp.models.base import new_key, transaction
from webapp.models.codes import Code
from webapp.models.recovery import GivenUp

PHONE_FRESH = timedelta(days=90)
"""How long a proof of the phone lets its code alone open the account: numbers are given to other people later."""

LONGEST_PAUSE = 60
"""Seconds between two tries at an account that is tried from many places."""


class Visit(NamedTuple):
    """Where somebody knocks: the browser in short words, its network, its mark."""

    device: str
    network: str
    mark: str


@dataclass(frozen=True, slots=True)
class Whom:
    """Whom the typed name means, if anybody. Failures count for `here` (this network, or a known browser) and for `all`.

    A browser that the account knows has a budget of its own, so that nobody else can lock its holder out.
    """

    account: Account | None
    here: str
    all: str
    known: bool = False


def whom(typed: str, visit: Visit) -> Whom:
    """Find the account behind a phone, a document number or a confirmed e-mail address."""
    kind, value, indexes = read_name(typed)
    account = entrance.account(kind, indexes)
    if known := knows(account, visit.mark):
        return Whom(account, f"{account.key}|{visit.mark}", f"{account.key}|{visit.mark}", known)
    return Whom(account, f"{kind}|{value}|{visit.network}", f"{kind}|{value}")


def read_name(typed: str) -> tuple[str, str, list[str]]:
    """What a typed name is (phone, email, document), its clean form, and the blind indexes to look for.

    The shape decides, so that nobody can take a stranger's phone number as the number of some other document.
    """
    phone, email = phones.clean(typed), emails.clean(typed)
    if "@" in email:
        return "email", email, [Account.email_index.of(email)]
    try:
        phones.check(phone)
    except Refused:
        number = documents.clean(typed)
        return "document", number, [keys.blind("identity", key) for key in sorted(documents.readings(number))]
    return "phone", phone, [Account.phone_index.of(phone)]


def knows(account: Account | None, mark: str) -> bool:
    """Has this account been opened in this browser before? The same question is asked where there is no account."""
    return entrance.knows(account.id if account else 0, _mark(mark))


def _mark(mark: str) -> str:
    return keys.blind("device", mark)


def suspicious(whom: Whom, visit: Visit) -> bool:
    """Must a captcha come first (R-ACC-36)? After one failure here, or where one network tries very often."""
    name = "login:account_network"
    failed = limits.left(name, whom.here) < limits.LIMITS[name].allowed() or limits.used_up("login:lock", whom.here)
    return failed or limits.used_up("login:network", visit.network)


@contextmanager
def proved(whom: Whom, password: str, visit: Visit) -> Iterator[Account]:
    """The account, if the password is right, inside the one transaction in which it is let in.

    Raises login_locked (until), login_slow (seconds), busy, and login_wrong for everything that is not right. Nothing is
    written before the hash is known: in a rush that would be another wait in line.
    """
    limits.check("login:account_network", whom.here)
    _may_try(whom)
    account = whom.account
    if not passwords.verify(account.password_hash if account else None, password):
        _failed(whom, visit)
        raise Refused("login_wrong")
    anew = passwords.hash(password) if passwords.is_dated(account.password_hash) else None
    with transaction():
        limits.settle("login:account_network", whom.here)
        _may_try(whom)  # again: of many tries at once, those that failed first may have closed the door
        if not entrance.unchanged(account.id, account.password_hash):
            raise Refused("login_wrong")
        limits.clear("login:account", whom.all)
        limits.note("login:network", visit.network)
        if anew:
            Account.update(password_hash=anew).where(Account.id == account.id).execute()
        yield account


def prove(whom: Whom, password: str, visit: Visit) -> Account:
    """The account, if the password is right; raises as `proved`."""
    with proved(whom, password, visit) as account:
        return account


def _may_try(whom: Whom) -> None:
    limits.check("login:lock", whom.here)
    if seconds := limits.pause("login:account", whom.all, LONGEST_PAUSE):
        raise Refused("login_slow", seconds=seconds)


def _failed(whom: Whom, visit: Visit) -> None:
    with transaction():
        limits.spend("login:account_network", whom.here)
        _may_try(whom)
        limits.note("login:network", visit.network)
        limits.note("login:account", whom.all)
        if whom.account:
            _log(whom.account, visit, "password", "wrong")
        if limits.used_up("login:account_network", whom.here) and not limits.used_up("login:lock", whom.here):
            limits.spend("login:lock", whom.here)
            limits.clear("login:account_network", whom.here)
            if whom.account:
                _tell_of_lock(whom.account)
                journal.record("account.lock", "visitor", whom.account, known=whom.known)


def _tell_of_lock(account: Account) -> None:
    """Once a day: a stranger who keeps trying must not make us flood the holder's phone."""
    if limits.used_up("login:told", account.key):
        return
    limits.spend("login:told", account.key)
    messages.tell(account, "login_locked", until=clock.now() + limits.LIMITS["login:lock"].span())


def prove_inside(account: Account, password: str, visit: Visit) -> None:
    """The holder, who is logged in, gives the password again. Raises as `prove`, but password_wrong."""
    _prove_holder(account, "inside", password, visit)


def prove_after_code(account: Account, password: str, visit: Visit) -> None:
    """The password beside a code that was right. Raises as `prove`, but password_wrong."""
    _prove_holder(account, "code", password, visit)


def _prove_holder(account: Account, where: str, password: str, visit: Visit) -> None:
    """Failures count apart from those at the front door: nobody else can use up what only the holder can spend."""
    budget = f"{account.key}|{where}"
    try:
        prove(Whom(account, budget, budget, True), password, visit)
    except Refused as refusal:
        if refusal.code != "login_wrong":
            raise
        raise Refused("password_wrong") from None


def needs_code(account: Account, whom: Whom, sms: bool) -> bool:
    """Does a right password need a code to the phone too? In a browser never seen, while SMS can be sent at all."""
    return sms and not whom.known and account.phone is not None and defaults.value("acc.new_device_code")


def code_asked(account: Account, visit: Visit) -> None:
    """Note in the log-in history that the password was right in a browser never seen."""
    _log(account, visit, "password", "code_asked")


def by_code(code: Code, visit: Visit) -> tuple[Account | None, bool]:
    """Whose phone a right code proved, and whether the password is needed too.

    It is in a browser never seen, where the phone was last proved more than 90 days ago, and where the number was ever
    given up by somebody: it may have a new holder again (R-ACC-62).
    """
    account = entrance.account("phone", [code.phone_index])
    if account is None:
        return None, False
    fresh = account.phone_proved is not None and account.phone_proved > clock.now() - PHONE_FRESH
    known = knows(account, visit.mark) and not GivenUp.ever(code.phone_index)
    return account, not (fresh and known)


def admit(account: Account, visit: Visit, method: str, code: bool = False, before: Session | None = None) -> str:
    """Open a session, always a new one; the browser is known from now on. Returns the value of its cookie.

    `method` is password, code or register; `code` says that the phone was proved on the way, `before` is the session
    that the browser had.
    """
    at = clock.now()
    with transaction():
        if before is not None:
            sessions.end(before)
        if method != "register" and not knows(account, visit.mark):
            _tell_of_device(account, code)
        entrance.keep_device(account=account.id, mark=_mark(visit.mark), at=at)
        _log(account, visit, method, "in")
        if code:
            Account.update(phone_proved=at).where(Account.id == account.id).execute()
        return sessions.begin(account, visit.device, visit.network)


def recovered(account: Account, visit: Visit) -> None:
    """A new password was set by who proved the account in another way: only this browser is known, and no failure counts."""
    at = clock.now()
    names = [read_name(name)[:2] for name in (account.phone, account.email, account.document) if name]
    budgets = [(f"{kind}|{value}|{visit.network}", f"{kind}|{value}") for kind, value in names]
    budgets += [(f"{account.key}|{one}",) * 2 for one in (visit.mark, "inside", "code")]
    with transaction():
        sessions.end_all(account)
        Device.delete().where(Device.account == account).execute()
        Device.create(account=account, mark=_mark(visit.mark), first=at, last=at)
        for here, everywhere in budgets:
            limits.clear("login:lock", here)
            limits.clear("login:account_network", here)
            limits.clear("login:account", everywhere)
        _log(account, visit, "recover", "reset")


def _tell_of_device(account: Account, code: bool) -> None:
    """Somebody came in where this account never was: by mail, and by SMS unless a code to the phone opened the door."""
    messages.notify(account, "new_device", link="/me/log", at=clock.now())
    if account.email is not None and account.email_proved is not None:
        messages.mail(account.email, "new_device", account, at=clock.now())
    if account.phone is not None and account.phone_proved is not None and not code:
        messages.sms(account.phone, "new_device", account, at=clock.now())


def sweep() -> int:
    """Forget the log-in history, and the browsers, that are older than `ret.login_days`. Returns how many rows."""
    edge = clock.now() - timedelta(days=defaults.value("ret.login_days"))
    return Login.delete().where(Login.at < edge).execute() + Device.delete().where(Device.last < edge).execute()


def _log(account: Account, visit: Visit, method: str, result: str) -> None:
    entrance.keep_login(
        key=new_key(),
        account=account.id,
        at=clock.now(),
        method=method,
        result=result,
        device=visit.device[:80],
        network=visit.network[:45],
    )

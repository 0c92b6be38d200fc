"""What a log-in asks and writes, each built once: in a rush it costs little more than the hash of the password.

Not here: what any of it means (`domain/login.py`, `domain/sessions.py`, `domain/limits.py`).
"""

from collections import namedtuple
from datetime import datetime
from typing import NamedTuple

from peewee import SQL, Field, ModelSelect, Value

from webapp.models.accounts import ALIVE, Account, Consent, Device, Login, Session
from webapp.models.base import Compiled, Statement, on_sqlite, revive
from webapp.models.journal import Bucket

COLUMNS = [field.name for field in Account._meta.sorted_fields]

AccountRow = namedtuple("AccountRow", COLUMNS)

# In so many words, as in the partial indexes: SQLite uses such an index only where it reads the same there.
_alive = Account.state.in_(SQL("({})".format(", ".join(f"'{state}'" for state in ALIVE))))


def _by(column: Field) -> Compiled:
    return Compiled(AccountRow, lambda index: Account.select().where(_alive & (column == index)))


def _by_email(index: Value) -> ModelSelect:
    return Account.select().where(_alive & (Account.email_index == index) & Account.email_proved.is_null(False))


_accounts = {
    "phone": _by(Account.phone_index),
    "email": Compiled(AccountRow, _by_email),
    "document": _by(Account.identity_index),
}


def account(kind: str, indexes: list[str]) -> Account | None:
    """The oldest account that can be entered by one of these blind indexes; `kind` is phone, email (proved) or document."""
    rows = [row for index in indexes for row in _accounts[kind](index)]
    return revive(Account, min(rows)._asdict()) if rows else None


class Row(NamedTuple):
    id: int


def _unchanged(account: Value, password_hash: Value) -> ModelSelect:
    query = Account.select(Account.id).where(_alive & (Account.id == account) & (Account.password_hash == password_hash))
    return query if on_sqlite() else query.for_update()


unchanged = Compiled(Row, _unchanged)
"""Can the account still be entered, by the same password? Held till the transaction ends."""

_device = Compiled(
    Row, lambda account, mark: Device.select(Device.id).where((Device.account == account) & (Device.mark == mark))
)


def knows(account: int, mark: str) -> bool:
    """Is the browser with this hashed mark one of the account's?"""
    return bool(_device(account, mark))


keep_device = Statement(
    lambda account, mark, at: Device.insert(account=account, mark=mark, first=at, last=at).on_conflict(
        conflict_target=[Device.account, Device.mark], preserve=[Device.last]
    )
)

keep_login = Statement(
    lambda key, account, at, method, result, device, network: Login.insert(
        key=key, account=account, at=at, method=method, result=result, device=device, network=network
    )
)


class ConsentRow(NamedTuple):
    kind: str
    withdrawn: datetime | None


consents = Compiled(
    ConsentRow, lambda account: Consent.select(Consent.kind, Consent.withdrawn).where(Consent.account == account)
)


class SessionRow(NamedTuple):
    id: int
    seen: datetime


def _open(owner: Field) -> Compiled:
    def build(whose: Value, at: Value) -> ModelSelect:
        query = Session.select(Session.id, Session.seen).where((owner == whose) & Session.ended.is_null() & (Session.ends > at))
        return query.order_by(Session.seen.desc(), Session.id.desc())

    return Compiled(SessionRow, build)


sessions_of_account, sessions_of_staff = _open(Session.account), _open(Session.staff)
"""Sessions that were not ended and not outlived at a moment, newest first; some may have idled out."""

end_session = Statement(lambda id, at: Session.update(ended=at).where(Session.id == id))

new_session = Statement(
    lambda token, kind, account, staff, device, network, at, ends, sure_until: Session.insert(
        token=token,
        kind=kind,
        account=account,
        staff=staff,
        device=device,
        network=network,
        created=at,
        seen=at,
        ends=ends,
        sure_until=sure_until,
    )
)


class BucketRow(NamedTuple):
    id: int
    stamps: str


def _bucket(name: Value, subject: Value) -> ModelSelect:
    return Bucket.select(Bucket.id, Bucket.stamps).where((Bucket.name == name) & (Bucket.subject == subject))


bucket = Compiled(BucketRow, _bucket)

bucket_held = Compiled(
    BucketRow, lambda name, subject: _bucket(name, subject) if on_sqlite() else _bucket(name, subject).for_update()
)

hold_bucket = Statement(
    lambda name, subject, stamps, until: Bucket.insert(name=name, subject=subject, stamps=stamps, until=until).on_conflict(
        conflict_target=[Bucket.name, Bucket.subject], update={Bucket.name: name}
    )
)
"""Make the row, or hold the one that is there till the transaction ends."""

keep_bucket = Statement(lambda id, stamps, until: Bucket.update(stamps=stamps, until=until).where(Bucket.id == id))

empty_bucket = Statement(
    lambda name, subject, stamps: Bucket.update(stamps=stamps).where((Bucket.name == name) & (Bucket.subject == subject))
)

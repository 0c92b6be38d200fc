"""安全邮箱: the address is the account's once the link mailed to it was used (R-ACC-26).

Not here: what the address looks like (`identity/emails.py`). Until then it waits, sealed, in a Draft.
"""

import json
from datetime import timedelta

from itsdangerous import BadSignature, URLSafeSerializer
from peewee import IntegrityError

from webapp.domain import clock, defaults, journal, limits, messages
from webapp.domain.identity import emails
from webapp.domain.permissions import student
from webapp.domain.refused import Refused
from webapp.models import keys
from webapp.models.accounts import ALIVE, Account
from webapp.models.base import new_key, transaction
from webapp.models.journal import Draft

WIZARD = "email"

AT_ONCE = timedelta(seconds=10)
"""A form that went off twice is one wish: the second link would end the first, and both be in the mail box."""


def ask(account: Account, typed: str) -> None:
    """Mail a link to the address; it works for `acc.email_link_hours`, once, and ends the links sent before.

    Whether another account has the address is not told here: the mail box must be proved first.
    Raises email_format, email_same, email_limit (until).
    """
    address = emails.clean(typed)
    emails.check(address)
    if account.email == address and account.email_proved is not None:
        raise Refused("email_same")
    until = clock.now() + timedelta(hours=defaults.value("acc.email_link_hours"))
    with transaction():
        account = account.locked()
        before = Draft.get_or_none(_waiting(account) & (Draft.updated > clock.now() - AT_ONCE))
        if before is not None and json.loads(before.answers)["email"] == address:
            return
        limits.spend("email:account", account.key)
        Draft.delete().where(_waiting(account)).execute()
        draft = Draft.create(
            wizard=WIZARD,
            token=keys.blind("draft", new_key()),
            account=account.id,
            answers=json.dumps({"email": address}),
            updated=clock.now(),
            expires=until,
        )
        messages.mail(address, "email_confirm", account, token=_links().dumps(draft.key), until=until)


def waiting(account: Account) -> str | None:
    """The address that was asked for and is not confirmed yet."""
    draft = Draft.get_or_none(_waiting(account) & (Draft.expires > clock.now()))
    return json.loads(draft.answers)["email"] if draft else None


def read(token: str) -> str | None:
    """The address that the link of a mail would confirm; None for a link that is used, too old, or not ours."""
    draft = _draft(token)
    return json.loads(draft.answers)["email"] if draft else None


def confirm(token: str) -> None:
    """Make the address the account's. Raises email_link (used or too old), email_taken (another account proved it)."""
    try:
        with transaction():
            draft = _draft(token)
            account = Account.get_or_none((Account.id == draft.account) & Account.state.in_(ALIVE)) if draft else None
            if account is None:
                raise Refused("email_link")
            account = account.locked()
            if not draft.delete_instance():
                raise Refused("email_link")
            before = account.email if account.email_proved is not None else None
            account.email, account.email_proved = json.loads(draft.answers)["email"], clock.now()
            account.save()
            _tell(account, before)
            journal.record("account.email", student(account.key).name, account)
    except IntegrityError:
        raise Refused("email_taken") from None


def _tell(account: Account, before: str | None) -> None:
    messages.notify(account, "email_changed", link="/me/email")
    if before is not None:
        messages.mail(before, "email_changed", account)
    if account.phone is not None and account.phone_proved is not None:
        messages.sms(account.phone, "email_changed", account)


def _draft(token: str) -> Draft | None:
    try:
        key = _links().loads(token)
    except BadSignature:
        return None
    return Draft.get_or_none((Draft.key == key) & (Draft.wizard == WIZARD) & (Draft.expires > clock.now()))


def _waiting(account: Account):
    return (Draft.account == account.id) & (Draft.wizard == WIZARD)


def _links() -> URLSafeSerializer:
    return URLSafeSerializer(keys.secret("links"), salt=WIZARD)

"""The link that is mailed to who forgot the password: it works once, for half an hour, and a newer one ends it (R-REC-07).

Not here: what it opens (`proving.py`).
"""

import json
from datetime import datetime, timedelta

from itsdangerous import BadSignature, URLSafeSerializer

from webapp.domain import clock, defaults, drafts, journal, limits, messages
from webapp.domain.identity import emails
from webapp.domain.recovery import asking
from webapp.domain.refused import Refused
from webapp.models import entrance, keys
from webapp.models.accounts import ALIVE, Account
from webapp.models.base import new_key, transaction
from webapp.models.journal import Draft

LINK = "recover_mail"


def ask(draft: Draft, address: str) -> None:
    """Mail a link if the account with the user name has proved that address. Raises email_format, recovery_tries (until)."""
    address = emails.clean(address)
    emails.check(address)
    with transaction():
        limits.spend("recovery:mail", f"{asking.typed(draft)}|{address}")
        drafts.keep(draft, address=address)
        journal.promise("recovery.send_mail", key=draft.key)


def send(key: str) -> None:
    """Mail the link that a draft asks for."""
    draft = asking.waiting(key)
    if draft is None:
        return
    account = entrance.account("email", [Account.email_index.of(drafts.answers(draft)["address"])])
    if account is None or not asking.called_by(asking.typed(draft))(account):
        return
    with transaction():
        token, until = link_for(account)
        messages.mail(account.email, "recover_link", account, token=token, until=until)


def link_for(account: Account) -> tuple[str, datetime]:
    """A fresh link, the only one of the account, and until when it works."""
    at = clock.now()
    until = at + timedelta(minutes=defaults.value("rec.link_minutes"))
    with transaction():
        Draft.delete().where((Draft.account == account.id) & (Draft.wizard == LINK)).execute()
        link = Draft.create(
            wizard=LINK,
            token=keys.blind("draft", new_key()),
            account=account.id,
            answers=json.dumps({"since": clock.seconds(account.password_changed)}),
            updated=at,
            expires=until,
        )
    return _links().dumps(link.key), until


def read(token: str) -> Account | None:
    """Whose link it is; None for one that is used, too old, overtaken by a new password, or not ours."""
    link = _link(token)
    account = Account.get_or_none((Account.id == link.account) & Account.state.in_(ALIVE)) if link else None
    if account is None or drafts.answers(link)["since"] != clock.seconds(account.password_changed):
        return None
    return account


def use(token: str) -> Account:
    """The account of the link, which has now been used. Raises recovery_link."""
    with transaction():
        account = read(token)
        if account is None or not Draft.delete().where(Draft.key == _links().loads(token)).execute():
            raise Refused("recovery_link")
    return account


def _link(token: str) -> Draft | None:
    try:
        key = _links().loads(token)
    except BadSignature:
        return None
    return Draft.get_or_none((Draft.key == key) & (Draft.wizard == LINK) & (Draft.expires > clock.now()))


def _links() -> URLSafeSerializer:
    return URLSafeSerializer(keys.secret("links"), salt=LINK)

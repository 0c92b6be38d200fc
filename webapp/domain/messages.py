"""SMS and mails that were promised: one row and one job each, written with the change that they tell of.

Not here: their sentences (`templates/messages/`) and sending them (`jobs/messages.py`).
"""

import json
from datetime import datetime

from webapp.domain import clock, journal
from webapp.models.accounts import Account
from webapp.models.base import transaction
from webapp.models.messages import Message


def sms(phone: str, template: str, account: Account | None = None, language: str | None = None, **params: object) -> Message:
    """Promise an SMS to `phone`. `params` never hold a name or a document number (R-MSG-12); moments are naive UTC."""
    return _promise("sms", phone, template, account, language, params)


def mail(address: str, template: str, account: Account | None = None, language: str | None = None, **params: object) -> Message:
    """Promise a mail to `address`, as `sms`."""
    return _promise("mail", address, template, account, language, params)


def tell(account: Account, template: str, **params: object) -> None:
    """Tell the holder what happened to the account, on every way that was proved: SMS and mail of the same name."""
    if account.phone is not None and account.phone_proved is not None:
        sms(account.phone, template, account, **params)
    if account.email is not None and account.email_proved is not None:
        mail(account.email, template, account, **params)


def _promise(
    channel: str, recipient: str, template: str, account: Account | None, language: str | None, params: dict[str, object]
) -> Message:
    """The account's language wins unless another is told (R-ACC-63)."""
    chosen = language or (account.language if account else "zh")
    body = json.dumps({"language": chosen, "params": params}, ensure_ascii=False, default=_moment)
    with transaction():
        message = Message.create(
            channel=channel,
            template=f"{channel}/{template}",
            account=account,
            recipient=recipient,
            body=body,
            created=clock.now(),
        )
        journal.promise("messages.deliver", key=message.key)
    return message


def contents(message: Message) -> tuple[str, dict[str, object]]:
    """Language and params of a message that has not left yet."""
    told = json.loads(message.body)
    params = {name: clock.moment(value["at"]) if isinstance(value, dict) else value for name, value in told["params"].items()}
    return told["language"], params


def _moment(value: object) -> dict[str, int]:
    if not isinstance(value, datetime):
        raise TypeError(f"a message cannot carry a {type(value).__name__}")
    return {"at": clock.seconds(value)}

"""What people are told: on the site always, by SMS and mail where they are proved and wanted (R-MSG-01, R-MSG-11).

Each is a row written with the change that it tells of, each SMS and mail also a job. Not here: their sentences
(`templates/messages/`), sending them (`jobs/messages.py`), and reading those of the site (`notices.py`).
"""

import json
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from webapp.domain import clock, journal, preferences
from webapp.models.accounts import Account
from webapp.models.base import transaction
from webapp.models.messages import Message, Notice
from webapp.models.photos import Upload

CHANNELS = ("sms", "mail")
"""Ways out of the site, in the order in which one stands in for another."""


NOW = timedelta(0)


def sms(
    phone: str,
    template: str,
    account: Account | None = None,
    language: str | None = None,
    delay: timedelta = NOW,
    **params: object,
) -> Message:
    """Promise an SMS to `phone`, not before the `delay` is over.

    `params` never hold a name or a document number (R-MSG-12); moments are naive UTC.
    """
    return _promise("sms", phone, template, account, language, params, delay=delay)


def mail(
    address: str,
    template: str,
    account: Account | None = None,
    language: str | None = None,
    delay: timedelta = NOW,
    files: Sequence[Upload] = (),
    **params: object,
) -> Message:
    """Promise a mail to `address`, as `sms`, with the stored `files` beside it."""
    return _promise("mail", address, template, account, language, params, delay=delay, files=files)


def tell(account: Account, template: str, *, link: str = "", topic: str = "security", **params: object) -> Notice:
    """Tell the holder what happened, on the site and on every way that was proved and is wanted for the topic.

    The texts have the same name everywhere; topics are those of `preferences.py`.
    """
    with transaction():
        notice = notify(account, template, link=link, topic=topic, **params)
        for channel, address in ways_to(account, topic):
            _promise(channel, address, template, account, None, params, notice.key)
    return notice


def ring(
    account: Account, template: str, ways: Collection[str], delay: timedelta, *, link: str, topic: str, **params: object
) -> list[str]:
    """As `tell`, but SMS and mail only by these `ways` and after the `delay`. Returns by which ways it was promised."""
    with transaction():
        notice = notify(account, template, link=link, topic=topic, **params)
        wanted = [way for way in ways_to(account, topic) if way[0] in ways]
        for channel, address in wanted:
            _promise(channel, address, template, account, None, params, notice.key, delay)
    return [channel for channel, _address in wanted]


def ways_to(account: Account, topic: str) -> list[tuple[str, str]]:
    """Channel and address of every way out of the site that the holder proved and wants for the topic.

    None of an account that was put away: its number may be somebody else's by now.
    """
    if account.state == "archived":
        return []
    proved = [(channel, _address(account, channel)) for channel in CHANNELS]
    return [(channel, address) for channel, address in proved if address and preferences.allowed(account, topic, channel)]


def notify(account: Account, template: str, *, link: str = "", topic: str = "security", **params: object) -> Notice:
    """Tell the holder on the site alone. `link` is a path of words and keys: what it is about."""
    with transaction():
        body = json.dumps(params, ensure_ascii=False, default=_moment)
        made = Notice.create(account=account, template=template, topic=topic, body=body, link=link, created=clock.now())
        Account.update(unread=Account.unread + 1).where(Account.id == account.id).execute()
    return made


def fall_back(failed: Message) -> Message | None:
    """Promise by the next way what could not be told by this one; None where the reader has no other (R-MSG-11)."""
    notice = Notice.by_key(failed.notice) if failed.notice else None
    if notice is None:
        return None
    account = Account.get_by_id(failed.account_id)
    tried = {channel for (channel,) in Message.select(Message.channel).where(Message.notice == notice.key).tuples()}
    for channel in CHANNELS:
        if channel not in tried and (address := _address(account, channel)):
            name = failed.template.partition("/")[2]
            return _promise(channel, address, name, account, None, params_of(notice.body), notice.key)
    return None


def _address(account: Account, channel: str) -> str | None:
    """Where the holder proved to be reached."""
    value, proved = {"sms": (account.phone, account.phone_proved), "mail": (account.email, account.email_proved)}[channel]
    return value if proved is not None else None


def _promise(
    channel: str,
    recipient: str,
    template: str,
    account: Account | None,
    language: str | None,
    params: dict[str, object],
    notice: str = "",
    delay: timedelta = NOW,
    files: Sequence[Upload] = (),
) -> Message:
    """The account's language wins unless another is told (R-ACC-63)."""
    chosen = language or (account.language if account else "zh")
    told = {"language": chosen, "params": params} | ({"files": [one.key for one in files]} if files else {})
    body = json.dumps(told, ensure_ascii=False, default=_moment)
    with transaction():
        message = Message.create(
            channel=channel,
            template=f"{channel}/{template}",
            account=account,
            recipient=recipient,
            body=body,
            created=clock.now(),
            notice=notice,
        )
        journal.promise("messages.deliver", delay=delay, key=message.key)
    return message


def contents(message: Message) -> tuple[str, dict[str, object]]:
    """Language and params of a message that has not left yet."""
    told = json.loads(message.body)
    return told["language"], _read(told["params"])


def files_of(message: Message) -> list[Upload]:
    """The files that go beside a mail that has not left yet, as far as they are still kept."""
    keys = json.loads(message.body).get("files", ())
    return list(Upload.select().where(Upload.key.in_(keys) & Upload.name.is_null(False))) if keys else []


def params_of(body: str) -> dict[str, object]:
    """The params of a notice, as they were given."""
    return _read(json.loads(body))


def _read(params: dict) -> dict[str, object]:
    return {name: clock.moment(value["at"]) if isinstance(value, dict) else value for name, value in params.items()}


def _moment(value: object) -> dict[str, int]:
    if not isinstance(value, datetime):
        raise TypeError(f"a message cannot carry a {type(value).__name__}")
    return {"at": clock.seconds(value)}

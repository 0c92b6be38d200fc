"""Sends what `domain/messages.py` promised: fills the text in the reader's language, hands it to the gateway, forgets it.

Not here: what is told, and to whom.
"""

import logging
from contextlib import suppress

from webapp.domain import clock, defaults, messages, notices, texts
from webapp.domain.ports import Attachment, Missing, Unavailable
from webapp.jobs.registry import BACKOFF, Later, Outside, every, job
from webapp.models.base import transaction
from webapp.models.messages import Message
from webapp.providers.files import Files

log = logging.getLogger("xuedang.jobs")

AFTER_UNKNOWN = 1
"""Further tries after the gateway may already have sent it: one, so that nobody is told the same thing all day."""


@job("messages.deliver")
def deliver(outside: Outside, key: str) -> None:
    """Send a message that is still queued. A gateway that is down is tried again; one that refuses for good ends it."""
    message = Message.by_key(key)
    if message is None or message.state != "queued":
        return
    message.tries += 1
    try:
        message.reference = _send(outside, message)
    except Unavailable as fault:
        _unsent(message, fault)
        return
    message.state, message.sent, message.body = "sent", clock.now(), None
    message.save()


def _send(outside: Outside, message: Message) -> str | None:
    language, params = messages.contents(message)
    name = message.template.partition("/")[2]
    text = texts.fill(
        message.channel,
        name,
        language,
        params,
        sign=outside.settings.sms_sign or defaults.value("site.name"),
        host=outside.settings.host,
        url=outside.settings.url.rstrip("/"),
        site=defaults.site(language),
    )
    if message.channel == "sms":
        said = texts.asked("sms", name, language)
        facts = {fact: value for fact, value in texts.told(params, language).items() if fact in said}
        return outside.sms.send(message.recipient, text, template=name, params=facts, reference=message.key)
    subject, _, body = text.partition("\n")
    outside.mail.send(message.recipient, subject, body.strip(), message.key, _beside(outside, message))
    return None


def _beside(outside: Outside, message: Message) -> list[Attachment]:
    """The files that go with a mail. One that was shredded meanwhile stays away: the text does without it."""
    files, found = Files(outside.storage), []
    for n, upload in enumerate(messages.files_of(message), start=1):
        with suppress(Missing):
            kind = upload.media.rpartition("/")[2]
            found.append(Attachment(f"{upload.purpose}-{n}.{kind}", upload.media, files.read(upload)))
    return found


def _unsent(message: Message, fault: Unavailable) -> None:
    """Keep it for another try, or give up: the text goes with the hope of sending it, and the next way is tried."""
    most = AFTER_UNKNOWN + 1 if fault.unknown else len(BACKOFF) + 1
    if fault.retry and message.tries < most:
        message.save()
        raise Later from fault
    log.error("message %s was not sent: %s", message.key, fault)
    with transaction():
        message.state, message.fault, message.body = "failed", fault.reason, None
        message.save()
        messages.fall_back(message)


@every(minute="25", hour="19")
def forget_old_notices(outside: Outside) -> None:
    """At 3:25 in China, drop the site's messages that have outlived their time."""
    notices.sweep()

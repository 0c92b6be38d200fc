"""Sends what `domain/messages.py` promised: fills the text in the reader's language, hands it to the gateway, forgets it.

Not here: what is told, and to whom.
"""

import logging
from datetime import datetime
from functools import lru_cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from webapp import places
from webapp.domain import clock, defaults, messages
from webapp.domain.ports import Unavailable
from webapp.jobs.registry import BACKOFF, Later, Outside, job
from webapp.models.messages import Message

log = logging.getLogger("xuedang.jobs")

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

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
    told = {name: _when(value, language) if isinstance(value, datetime) else str(value) for name, value in params.items()}
    sign = outside.settings.sms_sign or defaults.value("site.name")
    text = _text(f"{message.channel}/{language}/{message.template.partition('/')[2]}.txt").render(
        told,
        sign=sign,
        host=outside.settings.host,
        url=outside.settings.url.rstrip("/"),
        site=defaults.site(language),
    )
    if message.channel == "sms":
        name = message.template.partition("/")[2]
        return outside.sms.send(message.recipient, text, template=name, params=told, reference=message.key)
    subject, _, body = text.partition("\n")
    outside.mail.send(message.recipient, subject, body.strip(), message.key)
    return None


def _unsent(message: Message, fault: Unavailable) -> None:
    """Keep it for another try, or give up: the text goes with the hope of sending it."""
    most = AFTER_UNKNOWN + 1 if fault.unknown else len(BACKOFF) + 1
    if fault.retry and message.tries < most:
        message.save()
        raise Later from fault
    log.error("message %s was not sent: %s", message.key, fault)
    message.state, message.body = "failed", None
    message.save()


def _when(moment: datetime, language: str) -> str:
    there = clock.shown(moment)
    if language == "en":
        return f"{there.day} {MONTHS[there.month - 1]} {there:%H:%M}"
    return f"{there.month} 月 {there.day} 日 {there:%H:%M}"


@lru_cache
def _text(name: str):
    return _environment().get_template(name)


@lru_cache(maxsize=1)
def _environment() -> Environment:
    folder = places.find("templates") / "messages"
    return Environment(loader=FileSystemLoader(folder), undefined=StrictUndefined, autoescape=False)  # noqa: S701 (plain text)

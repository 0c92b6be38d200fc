"""消息模板: wording the texts of messages anew in Chinese and English, with a preview and a test (R-MSG-15).

Not here: filling and sending them (`texts.py`, `jobs/messages.py`).
"""

import re

from jinja2 import TemplateError, nodes

from webapp.domain import clock, defaults, journal, limits, messages, texts
from webapp.domain.permissions import Actor, Can
from webapp.domain.refused import Refused
from webapp.models import scope
from webapp.models.base import transaction
from webapp.models.settings import MessageText
from webapp.models.staff import Staff

CHANNELS = ("inapp", "mail", "sms")
LANGUAGES = ("zh", "en")

MOST = {"inapp": 2000, "mail": 4000, "sms": 400}
"""Characters of a text."""

TOPIC = 100
"""Characters of the first line of a mail or a message on the site, which is its heading."""

GIVEN = {"inapp": frozenset({"site", "url"}), "mail": frozenset({"site", "host", "url"}), "sms": frozenset()}
"""What each may say besides; an SMS says what the text that came with the site says, and nothing else: that names nobody
(R-MSG-12)."""

NEEDED = frozenset({"code", "token", "sign"})
"""Without these a text would be of no use: a code, a link, and who sends an SMS."""

PLAIN = (nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Getattr, nodes.If, nodes.And, nodes.Or, nodes.Not)
"""What a text is made of: words, facts, and words that stand only where a fact does."""

CHOICES, MOST_CHOICES = (nodes.If, nodes.And, nodes.Or, nodes.Not), 40
"""How often a text may ask whether a fact stands: what is nested without end is compiled without end."""

UNREADABLE = (TemplateError, RecursionError)
"""What the engine says of a text that it cannot read."""

SITE = ("name", "seal", "account_name", "archive_name")


def may_change(actor: Actor) -> bool:
    """Texts are the whole site's: who keeps one school among several reads them."""
    return scope.whole(actor.where(Can.SETTINGS))


def allowed(channel: str, name: str) -> frozenset[str]:
    """The facts that a text may say: those that it is given."""
    said = frozenset().union(*(texts.facts(texts.default(channel, name, language)) for language in LANGUAGES))
    return said | GIVEN[channel]


def check(channel: str, name: str, text: str) -> None:
    """Raises Refused: message_text_empty, message_text_long (most), message_text_topic (most), message_text_code,
    message_text_fact (fact), message_text_lacks (fact).
    """
    if not text.strip():
        raise Refused("message_text_empty")
    if len(text) > MOST[channel]:
        raise Refused("message_text_long", most=MOST[channel])
    topic, _, body = text.partition("\n")
    if channel != "sms" and (not topic.strip() or not body.strip() or len(topic) > TOPIC):
        raise Refused("message_text_topic", most=TOPIC)
    said = _facts(text)
    if foreign := sorted(said - allowed(channel, name)):
        raise Refused("message_text_fact", fact=foreign[0])
    came = texts.facts(texts.default(channel, name, "zh"))
    if lacking := sorted((came & NEEDED) - said):
        raise Refused("message_text_lacks", fact=lacking[0])
    _filled(text, said)


def change(actor: Actor, channel: str, name: str, language: str, text: str) -> None:
    """From now on the message reads so; as it came with the site, it is not kept. Raises Refused: not_allowed, as `check`."""
    _require(actor)
    text = _clean(text)
    check(channel, name, text)
    if text == texts.source(channel, name, language):
        return
    one = {"channel": channel, "name": name, "language": language}
    with transaction():
        if text == texts.default(channel, name, language):
            _drop(**one)
        else:
            _keep(one, text, Staff.by_key(actor.key))
        journal.record("message_text.change", actor.name, f"message_text:{channel}/{name}", language=language)
    texts.reworded.forget()


def reset(actor: Actor, channel: str, name: str) -> None:
    """Back to what came with the site, in both languages. Raises Refused: not_allowed."""
    _require(actor)
    with transaction():
        if sum(_drop(channel, name, language) for language in LANGUAGES):
            journal.record("message_text.reset", actor.name, f"message_text:{channel}/{name}")
    texts.reworded.forget()


def is_own(channel: str, name: str) -> bool:
    """Does the site word it its own way?"""
    return any((channel, name, language) in texts.reworded() for language in LANGUAGES)


def preview(text: str, language: str) -> str:
    """The text with each fact as its own name, ‹until›, and the site's real names. Raises as `check`'s message_text_code."""
    return _filled(_clean(text), _facts(_clean(text)), language)


def send_test(actor: Actor, staff: Staff, channel: str, name: str, language: str) -> str:
    """The message as it reads now, with its facts as in a preview, to the own phone or mailbox. Returns the address.

    Raises Refused: not_allowed, message_test_address (nothing is known to send it to), message_test_limit (until).
    """
    _require(actor)
    address = {"mail": staff.email, "sms": staff.phone}.get(channel)
    if not address:
        raise Refused("message_test_address")
    limits.spend("message:test", staff.key)
    facts = {fact: _sample(fact) for fact in texts.facts(texts.source(channel, name, language)) - GIVEN[channel] - {"sign"}}
    send = messages.mail if channel == "mail" else messages.sms
    send(address, name, language=language, **facts)
    return address


def _require(actor: Actor) -> None:
    if not may_change(actor):
        raise Refused("not_allowed")


def _clean(text: str) -> str:
    """Lines as a text area sends them, with one kind of end and none left over."""
    return re.sub(r"\r\n?", "\n", text).strip()


def _keep(one: dict[str, str], text: str, staff: Staff) -> None:
    """In one statement: a button that was pressed twice at once keeps one text."""
    where = [MessageText.channel, MessageText.language, MessageText.name]
    told = [MessageText.text, MessageText.staff, MessageText.changed]
    new = MessageText.insert(**one, text=text, staff=staff, changed=clock.now())
    new.on_conflict(conflict_target=where, preserve=told).execute()


def _drop(channel: str, name: str, language: str) -> int:
    here = (MessageText.channel == channel) & (MessageText.name == name) & (MessageText.language == language)
    return MessageText.delete().where(here).execute()


def _facts(text: str) -> set[str]:
    """The facts of a text that is made of plain parts; what the engine knows by itself is none."""
    try:
        tree = texts.ENVIRONMENT.parse(text)
    except UNREADABLE:
        raise Refused("message_text_code") from None
    if len(list(tree.find_all(CHOICES))) > MOST_CHOICES:
        raise Refused("message_text_code")
    for node in tree.find_all(nodes.Node):
        if not isinstance(node, PLAIN) or (isinstance(node, nodes.Getattr) and not _of_the_site(node)):
            raise Refused("message_text_code")
    return {node.name for node in tree.find_all(nodes.Name)}


def _of_the_site(node: nodes.Getattr) -> bool:
    return isinstance(node.node, nodes.Name) and node.node.name == "site" and node.attr in SITE


def _filled(text: str, said: set[str], language: str = "zh") -> str:
    facts = {fact: _sample(fact) for fact in said} | {"site": defaults.site(language)}
    try:
        return texts.ENVIRONMENT.from_string(text).render(facts)
    except UNREADABLE:
        raise Refused("message_text_code") from None


def _sample(fact: str) -> str:
    return f"‹{fact}›"

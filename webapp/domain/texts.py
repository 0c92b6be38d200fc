"""The texts of `templates/messages/<channel>/<language>/<name>.txt`, or what the site says instead, filled in the reader's
language (R-ACC-63, R-MSG-15).

Not here: who is told, how it leaves, and wording one anew (`message_texts.py`). A name without an `inapp` text is shown on the
site as its mail reads.
"""

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache

from jinja2 import StrictUndefined, Template, TemplateNotFound, meta
from jinja2.sandbox import ImmutableSandboxedEnvironment

from webapp import places
from webapp.domain import clock
from webapp.domain.recent import Recent
from webapp.models.settings import MessageText

FOLDER = places.find("templates") / "messages"

ENVIRONMENT = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=False)  # noqa: S701 (plain text)
"""Nothing but text: no loader, and nothing that a text says reaches further than the facts that it is given."""

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def told(params: Mapping[str, object], language: str) -> dict[str, str]:
    """Params as the text says them: a moment by the clock in China."""
    return {name: _when(value, language) if isinstance(value, datetime) else str(value) for name, value in params.items()}


def fill(channel: str, name: str, language: str, params: Mapping[str, object], **more: object) -> str:
    """The text; `more` is what every text may say: sign, host, url, site. jinja2.UndefinedError for a fact that lacks."""
    return _compiled(source(channel, name, language)).render(told(params, language), **more)


def asked(channel: str, name: str, language: str) -> set[str]:
    """The facts that a text says. No others go to a gateway, which fills its own copy of the text (R-MSG-12)."""
    return facts(default(channel, name, language))


def facts(text: str) -> set[str]:
    """The names that stand in a text. Raises jinja2.TemplateSyntaxError."""
    return meta.find_undeclared_variables(ENVIRONMENT.parse(text))


def source(channel: str, name: str, language: str) -> str:
    """The text as it is written, the site's own before the one that came with it."""
    own = reworded()
    for way in _ways(channel):
        text = own.get((way, name, language)) or _file(way, name, language)
        if text is not None:
            return text
    raise TemplateNotFound(f"{channel}/{language}/{name}.txt")


def default(channel: str, name: str, language: str) -> str:
    """The text that came with the site."""
    return next(text for way in _ways(channel) if (text := _file(way, name, language)) is not None)


@Recent
def reworded() -> dict[tuple[str, str, str], str]:
    """What the site words its own way, by channel, name and language."""
    return {(one.channel, one.name, one.language): one.text for one in MessageText.select()}


def names(channel: str) -> list[str]:
    """Every text of a channel."""
    return sorted(path.stem for path in (FOLDER / channel / "zh").glob("*.txt"))


def _when(moment: datetime, language: str) -> str:
    there = clock.shown(moment)
    if language == "en":
        return f"{there.day} {MONTHS[there.month - 1]} {there:%H:%M}"
    return f"{there.month} 月 {there.day} 日 {there:%H:%M}"


def _ways(channel: str) -> tuple[str, ...]:
    return (channel, "mail") if channel == "inapp" else (channel,)


@lru_cache(maxsize=1024)
def _file(channel: str, name: str, language: str) -> str | None:
    path = FOLDER / channel / language / f"{name}.txt"
    return path.read_text(encoding="utf-8").removesuffix("\n") if path.is_file() else None


@lru_cache(maxsize=256)
def _compiled(text: str) -> Template:
    return ENVIRONMENT.from_string(text)

"""The texts of `templates/messages/<channel>/<language>/<name>.txt`, filled in the reader's language (R-ACC-63).

Not here: who is told, and how it leaves. A name without an `inapp` text is shown on the site as its mail reads.
"""

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template, meta

from webapp import places
from webapp.domain import clock

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def told(params: Mapping[str, object], language: str) -> dict[str, str]:
    """Params as the text says them: a moment by the clock in China."""
    return {name: _when(value, language) if isinstance(value, datetime) else str(value) for name, value in params.items()}


def fill(channel: str, name: str, language: str, params: Mapping[str, object], **more: object) -> str:
    """The text; `more` is what every text may say: sign, host, url, site. jinja2.UndefinedError for a fact that lacks."""
    return _text(channel, language, name).render(told(params, language), **more)


def asked(channel: str, name: str, language: str) -> set[str]:
    """The facts that a text says. No others go to a gateway, which fills its own copy of the text (R-MSG-12)."""
    source, _, _ = _environment().loader.get_source(_environment(), _text(channel, language, name).name)
    return meta.find_undeclared_variables(_environment().parse(source))


def _when(moment: datetime, language: str) -> str:
    there = clock.shown(moment)
    if language == "en":
        return f"{there.day} {MONTHS[there.month - 1]} {there:%H:%M}"
    return f"{there.month} 月 {there.day} 日 {there:%H:%M}"


@lru_cache(maxsize=256)
def _text(channel: str, language: str, name: str) -> Template:
    ways = (channel, "mail") if channel == "inapp" else (channel,)
    return _environment().select_template([f"{way}/{language}/{name}.txt" for way in ways])


@lru_cache(maxsize=1)
def _environment() -> Environment:
    folder = places.find("templates") / "messages"
    return Environment(loader=FileSystemLoader(folder), undefined=StrictUndefined, autoescape=False)  # noqa: S701 (plain text)

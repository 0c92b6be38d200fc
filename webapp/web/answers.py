"""The answers of the help centre: read from their texts, found by a question, named on the page where a problem arises.

Not here: the pages that show them (`help/`), nor how one is found (`domain/help/search.py`).
"""

from functools import lru_cache
from typing import NamedTuple

from flask import current_app
from markupsafe import Markup

from webapp.domain import defaults
from webapp.domain.help.search import Answer, Index
from webapp.web import language
from webapp.web.help_catalogue import ENTRIES, TROUBLE


class Article(NamedTuple):
    """帮助文章: one problem and its fix, in the reader's language."""

    slug: str
    title: str
    words: str
    body: Markup


Names = tuple[tuple[str, str], ...]


def article(slug: str) -> Article | None:
    """One answer; None where there is none of that name."""
    return _read(language.chosen(), _names(language.chosen())).get(slug)


def articles() -> dict[str, Article]:
    """All of them by their slugs, in the order of the catalogue."""
    return _read(language.chosen(), _names(language.chosen()))


def find(question: str) -> list[Article]:
    """The answers that fit a question, the best first."""
    known = articles()
    return [known[slug] for slug in _index(*map(_names, language.LANGUAGES)).find(question)]


def trouble(endpoint: str | None) -> Article | None:
    """The answer for whoever is stuck on a page (R-MSG-10)."""
    return article(TROUBLE[endpoint]) if endpoint in TROUBLE else None


def _names(lang: str) -> Names:
    """The site's own names, which the texts say: where they change, the texts are read anew."""
    return tuple(sorted(defaults.site(lang).items()))


@lru_cache(maxsize=8)
def _read(lang: str, names: Names) -> dict[str, Article]:
    """Texts know nothing of a visitor: what is read once is right for everybody."""
    templates = current_app.extensions["templates"][lang]
    found = {}
    for slug in ENTRIES:
        module = templates.get_template(f"texts/{lang}/help/{slug}.html").make_module({"site": dict(names)})
        found[slug] = Article(slug, str(module.title), str(module.words), Markup(str(module)))  # noqa: S704 (our own text)
    return found


@lru_cache(maxsize=4)
def _index(*names: Names) -> Index:
    texts = (one for lang, own in zip(language.LANGUAGES, names, strict=True) for one in _read(lang, own).values())
    return Index(Answer(one.slug, one.title, one.words, one.body.striptags()) for one in texts)

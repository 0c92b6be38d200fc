"""Templates, one set for each language: a fixed sentence is translated when its template is compiled, not at each visit.

That is half of a page's time (measured: 68 look-ups on the record page). Sentences with values in them are translated
when they are shown, as everywhere.
"""

from typing import Any

from babel.support import NullTranslations, Translations
from flask import Flask, current_app
from flask.templating import Environment
from jinja2 import Template, nodes
from jinja2.visitor import NodeTransformer

from webapp import places
from webapp.web import language

FIXED = ("_", "gettext")


class Fold(NodeTransformer):
    """Replaces ``_("fixed words")`` by its translation."""

    def __init__(self, catalogue: NullTranslations) -> None:
        self.catalogue = catalogue

    def visit_Call(self, call: nodes.Call) -> nodes.Node:
        self.generic_visit(call)
        named = isinstance(call.node, nodes.Name) and call.node.name in FIXED
        if not named or call.kwargs or len(call.args) != 1 or not isinstance(call.args[0], nodes.Const):
            return call
        words = nodes.Const(self.catalogue.ugettext(call.args[0].value).replace("%%", "%"), lineno=call.lineno)
        return nodes.MarkSafe(words, lineno=call.lineno)  # as gettext itself: a catalogue is ours


class Translated(Environment):
    """Flask's environment for one language."""

    catalogue: NullTranslations = NullTranslations()

    def speak(self, catalogue: NullTranslations) -> None:
        """Translate by this catalogue, without asking at each sentence which one the request wants."""
        self.catalogue = catalogue
        self.install_gettext_callables(catalogue.ugettext, catalogue.ungettext, newstyle=True)
        self.globals["_"] = self.globals["gettext"]

    def make_globals(self, more: Any) -> Any:
        """The environment's own names as they are: a chain of mappings is slow to copy for each template."""
        return super().make_globals(more) if more else self.globals

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        return Fold(self.catalogue).visit(super()._parse(source, name, filename))


def init(app: Flask) -> None:
    """Make an environment for each language out of the app's own, which is the Chinese one."""
    sets = app.extensions["templates"] = {"zh": app.jinja_env}
    for one in language.LANGUAGES[1:]:
        sets[one] = app.jinja_env.overlay(cache_size=400)
        sets[one].globals = dict(app.jinja_env.globals)
        sets[one].speak(Translations.load(places.PACKAGE / "translations", [one]))
    app.jinja_env.speak(NullTranslations())


def template(name: str) -> Template:
    """The template in the language of this request."""
    return current_app.extensions["templates"][language.chosen()].get_template(name)


def context(**more: Any) -> dict[str, Any]:
    """What every template of this request knows, and `more`."""
    current_app.update_template_context(more)
    return more

"""Templates, one set for each language: what is the same at every visit is worked out when a template is compiled.

That is half of a page's time (measured: 68 fixed sentences and 40 calls of macros on the record page). Sentences and
macros with values in them are made when they are shown, as everywhere.
"""

from collections.abc import Callable
from functools import cache
from typing import Any

from babel.support import NullTranslations, Translations
from flask import Flask, current_app
from flask.templating import Environment
from jinja2 import Template, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.environment import TemplateModule
from jinja2.runtime import Context, internalcode
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape

from webapp import places
from webapp.web import language

ALL = -1
"""How many compiled templates are kept: pages and messages are more than Jinja's 400, and one thrown away is compiled anew."""

TRANSLATE = ("_", "gettext")
PURE = ("_icons.html", "_parts.html", "records/_line.html")
"""Templates whose macros depend on their arguments alone."""


class Fold(NodeTransformer):
    """Replaces by its result: ``_("fixed words")``, ``asset("fixed name")``, and a pure macro with fixed arguments."""

    def __init__(self, environment: "Translated") -> None:
        self.environment = environment
        self.fixed = nodes.EvalContext(environment)
        self.macros: dict[tuple, Any] = {("asset",): environment.globals.get("asset")}

    def visit_Import(self, node: nodes.Import) -> nodes.Node:
        if module := self._pure(node.template):
            self.macros |= {(node.target, name): macro for name, macro in vars(module).items() if callable(macro)}
        return node

    def visit_FromImport(self, node: nodes.FromImport) -> nodes.Node:
        if module := self._pure(node.template):
            self.macros |= {(name,): getattr(module, name) for name in node.names if isinstance(name, str)}
        return node

    def _pure(self, template: nodes.Expr) -> TemplateModule | None:
        name = template.as_const() if isinstance(template, nodes.Const) else None
        return self.environment.get_template(name).module if name in PURE else None

    def visit_CallBlock(self, block: nodes.CallBlock) -> nodes.Node:
        self.generic_visit(block.call)  # its arguments; the call itself has a body, which is not fixed
        block.body = [self.visit(node) for node in block.body]
        return block

    def visit_Call(self, call: nodes.Call) -> nodes.Node:
        self.generic_visit(call)
        made = self._made(call)
        return call if made is None else nodes.MarkSafe(nodes.Const(made, lineno=call.lineno), lineno=call.lineno)

    def _made(self, call: nodes.Call) -> str | None:
        """What the call gives, or None where that is not known yet."""
        if call.dyn_args or call.dyn_kwargs:
            return None
        try:
            args = [one.as_const(self.fixed) for one in call.args]
            more = dict(one.as_const(self.fixed) for one in call.kwargs)
        except nodes.Impossible:
            return None
        if isinstance(call.node, nodes.Name) and call.node.name in TRANSLATE:
            fixed = len(args) == 1 and not more
            return self.environment.catalogue.ugettext(args[0]).replace("%%", "%") if fixed else None
        macro = self.macros.get(_named(call.node))
        return None if macro is None else str(macro(*args, **more))


def _named(node: nodes.Expr) -> tuple[str, ...] | None:
    """("icon",) or ("p", "heading"): what a call names."""
    if isinstance(node, nodes.Name):
        return (node.name,)
    if isinstance(node, nodes.Getattr) and isinstance(node.node, nodes.Name):
        return node.node.name, node.attr
    return None


def _escaped(value: object) -> object:
    return value if type(value) is Markup else escape(value)


def _filled(words: str, values: dict[str, object]) -> Markup:
    return Markup(words % {name: escape(value) for name, value in values.items()})  # noqa: S704 (a catalogue is ours)


class Direct(Context):
    """Calls what a template names as Python does. Jinja looks each time whether it wants the context; nothing of ours does."""

    @internalcode
    def call(self, function: Callable, *given: Any, _loop_vars: Any = None, _block_vars: Any = None, **named: Any) -> Any:
        return function(*given, **named)


class Lean(CodeGenerator):
    """Writes out as it stands what is markup already: `escape` makes it anew, at every value of every page."""

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.escaped(")


class Kept(Template):
    """A template whose module, where others import it, is made once: no import here is given the context."""

    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:
        return self._module or super()._get_default_module()


class Translated(Environment):
    """Flask's environment for one language."""

    template_class = Kept
    context_class = Direct
    code_generator_class = Lean
    escaped = staticmethod(_escaped)
    catalogue: NullTranslations = NullTranslations()
    kept: dict[str, Template]

    def speak(self, catalogue: NullTranslations) -> None:
        """Translate by this catalogue, without asking at each sentence which one the request wants."""
        self.catalogue, self.kept = catalogue, {}
        self.globals |= {"_": self.gettext, "gettext": self.gettext, "ngettext": self.ngettext}

    def get_template(self, name: str, *more: Any) -> Template:
        """The template of that name, which stays what it is for as long as the process lives (unless it is written on)."""
        found = None if self.auto_reload else self.kept.get(name)
        if found is None:
            found = self.kept[name] = super().get_template(name, *more)
        return found

    def gettext(self, words: str, **values: object) -> Markup:
        """A sentence with its values, which are escaped: Jinja's own takes three times as long."""
        return _filled(self.catalogue.ugettext(words), values)

    def ngettext(self, one: str, many: str, num: int, **values: object) -> Markup:
        """A sentence in the number of `num`, which is one of its values."""
        return _filled(self.catalogue.ungettext(one, many, num), {"num": num, **values})

    def make_globals(self, more: Any) -> Any:
        """The environment's own names as they are: a chain of mappings is slow to copy for each template."""
        return super().make_globals(more) if more else self.globals

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        return Fold(self).visit(super()._parse(source, name, filename))


def init(app: Flask) -> None:
    """Make an environment for each language out of the app's own, which is the Chinese one."""
    sets = app.extensions["templates"] = {"zh": app.jinja_env}
    for one in language.LANGUAGES[1:]:
        sets[one] = app.jinja_env.overlay(cache_size=ALL)
        sets[one].globals = dict(app.jinja_env.globals)
        sets[one].speak(_catalogue(one))
    app.jinja_env.speak(NullTranslations())


@cache
def _catalogue(one: str) -> NullTranslations:
    """Read once in the life of a process: what it says does not change."""
    return Translations.load(places.PACKAGE / "translations", [one])


def template(name: str) -> Template:
    """The template in the language of this request."""
    return current_app.extensions["templates"][language.chosen()].get_template(name)


def context(**more: Any) -> dict[str, Any]:
    """What every template of this request knows, and `more`."""
    return current_app.extensions["names"]() | more

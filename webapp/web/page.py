"""The only two ways to answer: a whole screen, or a piece of one. The same with and without JavaScript.

`htmx-flask` is touched in this file alone.
"""

import re
from typing import Any
from urllib.parse import quote

from flask import Flask, Response, redirect, request, url_for
from flask import Request as PlainRequest
from flask_login import current_user
from htmx_flask import Htmx
from htmx_flask.requests import HtmxHeaders
from markupsafe import Markup
from werkzeug.utils import cached_property
from werkzeug.wrappers import Response as AnyResponse

from webapp.domain import glyphs
from webapp.web import answers
from webapp.web.templating import context, template


class Headers(HtmxHeaders):
    """htmx 4 names elements ``tag#id`` and the source ``HX-Source``; the package knows the names of htmx 2."""

    def _id(self, name: str) -> str | None:
        return (self._headers.get(name) or "").partition("#")[2] or None

    @cached_property
    def target(self) -> str | None:
        return self._id("HX-Target")

    @cached_property
    def trigger(self) -> str | None:
        return self._id("HX-Source")

    @property
    def wants_piece(self) -> bool:
        """Does htmx swap the answer into the page (and not load it whole, as it does for the history)?"""
        return bool(self) and not self.history_restore_request and self._headers.get("HX-Request-Type") != "full"


class Request(PlainRequest):
    """Flask's request with `htmx`, which is made where it is asked for."""

    @cached_property
    def htmx(self) -> Headers:
        return Headers(self.headers)


def init(app: Flask) -> None:
    Htmx(app)
    app.request_class = Request


def show(screen: str, status: int = 200, **known: Any) -> Response:
    """Answer with the screen `screen`: wrapped in `page.html` for a browser, alone for htmx.

    A screen never says ``<html>``; it sets `title`, and `width` ("wide", "narrow") where it is not the usual column. After
    a form that does not hold, `status` is 422 and the address stays.
    """
    known, who = context(**known), current_user._get_current_object()
    known["visitor"] = visitor = who if who.is_authenticated else None
    module = template(screen).make_module(known)
    body = str(module)
    known |= {
        "title": module.title,
        "body": Markup(body),  # noqa: S704 (the template engine escaped it)
        "wrong": status == 422,
        "width": getattr(module, "width", None),
        "trouble": answers.trouble(request.endpoint),
        "glyphs": _glyphs(body + visitor.name if visitor else body),
    }
    if not request.htmx.wants_piece:
        return _never_stored(template("page.html").render(known), status)
    answer = _never_stored(template("fragment.html").render(known), status)
    answer.headers["HX-Retarget"] = "#main"
    answer.headers["HX-Reswap"] = "outerHTML show:window:top"
    if request.method == "GET":
        answer.headers["HX-Push-Url"] = here()
    return answer


def swap(piece: str, back_to: str, **known: Any) -> AnyResponse:
    """Answer htmx with one piece (a template whose name starts with an underscore), a browser with a redirect."""
    if not request.htmx.wants_piece:
        return redirect(back_to, 303)
    return _never_stored(template(piece).render(context(**known)))


def go(place: str) -> AnyResponse:
    """After a form was taken: see the next screen (POST → 303 → GET)."""
    return redirect(place, 303)


def leave(place: str) -> AnyResponse:
    """Like `go`, but the browser loads the whole page: after log-in and log-out the header changes too."""
    if request.htmx:
        return Response(status=204, headers={"HX-Redirect": place, "Vary": "HX-Request"})
    return redirect(place, 303)


def here() -> str:
    """The address that was asked for, as a header may carry it: letters outside ASCII and line ends are escaped."""
    query = quote(request.query_string, safe="%&=+,/:;@!$'()*?")
    return quote(request.path) + (f"?{query}" if query else "")


_inside = re.compile(r"/(?![/\\])[!-\[\]-~]*").fullmatch


def inside(place: str | None, otherwise: str = "/") -> str:
    """An address to go on to, if it is a path of this site in plain ASCII: browsers read ``//x`` and ``/\\x`` as another."""
    return place if place and _inside(place) else otherwise


def _glyphs(shown: str) -> str | None:
    """The address of the style with the rare characters of what is shown, None where phones need none."""
    keys = glyphs.drawn(shown)
    return url_for("glyphs.style", glyphs=".".join(keys)) if keys else None


def _never_stored(html: str, status: int = 200) -> Response:
    return Response(html, status, {"Vary": "HX-Request", "Cache-Control": "no-store"})

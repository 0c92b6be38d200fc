"""The headers of every answer, and the checks of where a request comes from."""

from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlsplit
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask, Response, abort, current_app, request
from flask_wtf.csrf import CSRFProtect

CSP = "; ".join(
    f"{name} {sources}"
    for name, sources in {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self' blob:",
        "font-src": "'self'",
        "media-src": "'self'",
        "worker-src": "'self'",
        "manifest-src": "'self'",
        "connect-src": "'self'",
        "form-action": "'self'",
        "base-uri": "'none'",
        "object-src": "'none'",
        "frame-ancestors": "'none'",
    }.items()
)

ALWAYS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), microphone=(), geolocation=(), payment=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}

A_YEAR = 31_536_000

READING = ("GET", "HEAD", "OPTIONS")
"""Methods that change nothing."""


def init(app: Flask) -> None:
    app.before_request(refuse_foreign)
    app.before_request(refuse_nul)
    Forms(app)
    app.wsgi_app = with_headers(app.wsgi_app, app.config["SETTINGS"].secure)
    app.after_request(keep_static)


class Forms(CSRFProtect):
    """Flask-WTF's check of a form's token, for all that may change something; it would look up each view that is read too."""

    def protect(self, apply_exemptions: bool = False) -> None:
        if request.method not in READING and not _speaks_for_itself():
            super().protect(apply_exemptions)


def _speaks_for_itself() -> bool:
    """Does the view take raw bytes that somebody signed (`access.signed`), and no form? Nothing reads them before it."""
    return getattr(current_app.view_functions.get(request.endpoint), "signed", False)


def refuse_foreign() -> None:
    """Refuse a change that another site sent: browsers say where a form comes from, even where a token leaked."""
    if request.method in READING:
        return
    origin = request.headers.get("Origin")
    foreign = origin is not None and not _is_ours(origin)
    if foreign or request.headers.get("Sec-Fetch-Site") == "cross-site":
        abort(403)


def _is_ours(origin: str) -> bool:
    try:
        return urlsplit(origin).netloc == request.host
    except ValueError:  # no address at all, as in "http://["
        return False


def refuse_nul() -> None:
    """Refuse what no keyboard types and no text column of PostgreSQL holds: the character U+0000, wherever it stands."""
    query = request.query_string
    if "\0" in request.path or b"%00" in query or b"\0" in query:
        abort(400)
    if request.method == "POST" and not _speaks_for_itself():
        names = (file.filename or "" for file in request.files.values())
        if any("\0" in text for pair in request.form.items(multi=True) for text in pair) or any("\0" in one for one in names):
            abort(400)


def with_headers(answer: WSGIApplication, secure: bool) -> WSGIApplication:
    """The application with what every answer carries; no view sets any of these itself."""
    more = [*ALWAYS.items()]
    if secure:
        more.append(("Strict-Transport-Security", f"max-age={A_YEAR}; includeSubDomains"))

    def answer_with_headers(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        def start(status: str, headers: list[tuple[str, str]], *fault: Any) -> Callable[[bytes], object]:
            return start_response(status, headers + more, *fault)

        return answer(environ, start)

    return answer_with_headers


def varies(response: Response, by: str) -> None:
    """Say that the answer hangs on the header `by` of the request."""
    before = response.headers.get("Vary")
    response.headers["Vary"] = f"{before}, {by}" if before else by


def keep_static(response: Response) -> Response:
    """Let browsers keep static files: their names change with what they hold."""
    if request.endpoint == "static":
        response.headers["Cache-Control"] = f"public, max-age={A_YEAR}, immutable"
    return response

"""The headers of every answer, and the checks of where a request comes from."""

from urllib.parse import urlsplit

from flask import Flask, Response, abort, current_app, request

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


def init(app: Flask) -> None:
    app.before_request(refuse_foreign)
    app.before_request(refuse_nul)
    app.after_request(add)


def refuse_foreign() -> None:
    """Refuse a change that another site sent: browsers say where a form comes from, even where a token leaked."""
    if request.method in ("GET", "HEAD", "OPTIONS"):
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
    if "\0" in request.path or b"%00" in request.query_string or b"\0" in request.query_string:
        abort(400)
    if request.method == "POST":
        names = (file.filename or "" for file in request.files.values())
        if any("\0" in text for pair in request.form.items(multi=True) for text in pair) or any("\0" in one for one in names):
            abort(400)


def add(response: Response) -> Response:
    """Add what every answer carries; no view sets any of these itself."""
    response.headers.extend(ALWAYS)
    if current_app.config["SETTINGS"].secure:
        response.headers.add("Strict-Transport-Security", f"max-age={A_YEAR}; includeSubDomains")
    if request.endpoint == "static":
        response.headers["Cache-Control"] = f"public, max-age={A_YEAR}, immutable"
    return response

"""Answers packed with gzip for whoever takes it: a student's phone pays for each kilobyte.

Not here: pictures and spreadsheets, which are packed already. A proxy that packs by itself leaves these answers alone.
"""

import gzip
from functools import lru_cache

from flask import Flask, Response, request

from webapp.web.headers import varies

KINDS = frozenset({"text/html", "text/css", "text/plain", "text/javascript", "image/svg+xml", "application/json"})
LEAST = 500
"""Bytes from which packing pays."""

LEVEL = 6


def init(app: Flask) -> None:
    app.after_request(pack)


def pack(response: Response) -> Response:
    """Pack the body of an answer, unless the browser does not take it, it is a piece of one, or it is small.

    What is secret in a page cannot be told from its length: cookies are SameSite, so nobody else's page asks for ours.
    """
    if response.mimetype not in KINDS or response.status_code in (204, 206, 304):
        return response
    varies(response, "Accept-Encoding")
    if request.accept_encodings["gzip"] == 0 or "Content-Encoding" in response.headers:
        return response
    response.direct_passthrough = False
    body = response.get_data()
    if len(body) >= LEAST:
        static = request.endpoint == "static"
        response.set_data(_kept(body) if static else gzip.compress(body, LEVEL, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
        tag, _ = response.get_etag()
        if tag:
            response.set_etag(tag, weak=True)
    return response


@lru_cache(maxsize=32)
def _kept(body: bytes) -> bytes:
    """A static file, packed once."""
    return gzip.compress(body, 9, mtime=0)

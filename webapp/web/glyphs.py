"""Fonts of single rare characters for the pages that show names with them, and the style that brings them.

Open to all, as the pages are that need them: an address tells neither a name nor a character.
"""

from base64 import b64decode

from flask import Blueprint, Response, abort, url_for

from webapp.domain.glyphs import MOST
from webapp.models.glyphs import Glyph
from webapp.web.access import public
from webapp.web.headers import A_YEAR

FAMILY = "rare"
"""As `app-1.css` names it, behind the phone's own fonts."""

bp = Blueprint("glyphs", __name__, url_prefix="/glyphs")


@bp.get("/<glyphs>.css")
@public("a page that anybody may open can hold a rare character")
def style(glyphs: str) -> Response:
    """Each font is loaded only where its character is shown and the phone's own fonts lack it."""
    wanted = glyphs.split(".")
    found = Glyph.by_keys(wanted[:MOST])
    if [one.key for one in found] != wanted:
        abort(404)
    return _kept("\n".join(map(_face, found)), "text/css")


@bp.get("/<glyph>.woff2")
@public("a page that anybody may open can hold a rare character")
def font(glyph: str) -> Response:
    found = Glyph.by_key(glyph)
    if found is None or found.font is None:
        abort(404)
    return _kept(b64decode(found.font), "font/woff2")


def _face(glyph: Glyph) -> str:
    place, point = url_for("glyphs.font", glyph=glyph.key), f"U+{ord(glyph.character):X}"
    return f'@font-face{{font-family:{FAMILY};src:url({place}) format("woff2");font-display:swap;unicode-range:{point}}}'


def _kept(body: str | bytes, kind: str) -> Response:
    """What an address holds never changes."""
    return Response(body, mimetype=kind, headers={"Cache-Control": f"public, max-age={A_YEAR}, immutable"})

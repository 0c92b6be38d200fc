"""生僻字 on screens: where a name holds a character that phones may lack, pages bring a font of just that character.

Not here: the fonts of papers, nor the characters that a name may hold (`identity/ideographs.py`).
"""

import re
from base64 import b64encode

from webapp.domain import clock, journal
from webapp.models.base import transaction
from webapp.models.glyphs import Glyph, names_with, with_font

RARE = "\u4db6-\u4dbf\u9fa6-\u9fff\U00020000-\U0003ffff"
"""As the inside of a pattern's brackets: what came to the blocks of 1993 and 1999 later, and extension B and all after it.
Signs for private use are none: each font draws there what it likes."""

BEGINNINGS = (b"\xf0", b"\xe9\xbe", b"\xe9\xbf", b"\xe4\xb6")
"""How the UTF-8 of such a character begins."""

MOST = 40
"""Characters for which one page brings fonts: more than its names hold, unless it lists rare characters for their own sake."""

_rare = re.compile(f"[{RARE}]").findall


def rare(text: str) -> list[str]:
    """The rare characters of a text, each once, in the order of their code points.

    Every page is searched, and hardly one holds any: bytes that are not there are noticed in a fraction of the time.
    """
    told = text.encode(errors="replace")
    return sorted({*_rare(text)}) if any(one in told for one in BEGINNINGS) else []


def want(*names: str) -> None:
    """Promise fonts for the rare characters of names that are stored now; those known already cost one read."""
    found = rare("".join(names))
    if not found:
        return
    with transaction():
        known = {one for (one,) in Glyph.select(Glyph.character).where(Glyph.character.in_(found)).tuples()}
        if new := [{"character": one, "wanted": clock.now()} for one in found if one not in known]:
            Glyph.insert_many(new).on_conflict_ignore().execute()
            journal.promise("glyphs.draw")


def drawn(shown: str) -> list[str]:
    """Keys of the fonts that a page with this on it brings, in a fixed order: one read, and none where nothing is rare."""
    found = rare(shown)
    return with_font(found[:MOST]) if found else []


def look() -> None:
    """Want the rare characters of every name there is: what stood in the database before, or came another way."""
    want(*names_with(RARE))


def undrawn() -> list[Glyph]:
    """Characters without a font, oldest first: new ones, and those that no font of this machine holds."""
    return list(Glyph.select().where(Glyph.font.is_null()).order_by(Glyph.id))


def draw(glyph: Glyph, font: bytes) -> None:
    """Keep the font of a character."""
    glyph.font = b64encode(font).decode()
    glyph.save()

"""Drawings of rare characters that phones may lack, one small font each, and where names hold such characters.

Not here: which characters are rare and when one is drawn (`domain/glyphs.py`).
"""

from collections.abc import Iterable, Iterator, Sequence

from peewee import CharField, Expression, TextField

from webapp.models.accounts import Account
from webapp.models.base import KeyedRow, Moment, on_sqlite
from webapp.models.records import Record
from webapp.models.staff import Staff

NAMES = (Record.name, Record.president, Account.name, Staff.name)
"""Where names of people stand in clear."""


class Glyph(KeyedRow):
    """A rare character that stands in somebody's name. `font` is a WOFF2 of it alone, in base64; null while none is drawn.

    Which names hold it, it does not say; its key is random, so that an address tells no character.
    """

    character = CharField(max_length=1, unique=True)
    font = TextField(null=True)
    wanted = Moment()

    @classmethod
    def by_keys(cls, keys: Sequence[str]) -> list["Glyph"]:
        """Those with these keys, without their fonts, in the fixed order of `with_font`."""
        return list(cls.select(cls.key, cls.character).where(cls.key.in_(keys)).order_by(cls.id))


def with_font(characters: Iterable[str]) -> list[str]:
    """Keys of those characters that have a font, in a fixed order."""
    chosen = Glyph.character.in_(list(characters)) & Glyph.font.is_null(False)
    return [key for (key,) in Glyph.select(Glyph.key).where(chosen).order_by(Glyph.id).tuples()]


def names_with(ranges: str) -> Iterator[str]:
    """Names of people with a character in `ranges` (the inside of a pattern's brackets), found by the database itself."""
    for name in NAMES:
        held = Expression(name, "GLOB", f"*[{ranges}]*") if on_sqlite() else Expression(name, "~", f"[{ranges}]")
        for (told,) in name.model.select(name).where(held).tuples().iterator():
            yield told

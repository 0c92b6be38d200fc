"""The fonts of papers: one from a package, so that a bare machine draws Chinese, and more where the system has them.

Which characters they hold is read from their own tables (OpenType `cmap`). Not here: drawing (`pdf_typst.py`), cutting the
glyphs of a page out of them (`glyphs_fonttools.py`).
"""

import struct
import unicodedata
from bisect import bisect_right
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from fontTools.ttLib.sfnt import SFNTReader


class Font(NamedTuple):
    """A family as typst calls it, and the file that brings it; `package` names where the file lies in, else the system."""

    family: str
    file: str
    package: str | None = None


CHAIN = (
    Font("Noto Sans CJK SC", "NotoSansCJK-Regular.ttc", "noto_cjk_sans_otc"),
    Font("BabelStone Han", "/usr/share/fonts/truetype/babelstone/BabelStoneHan.ttf"),
    Font("HanaMinA", "/usr/share/fonts/truetype/hanazono/HanaMinA.ttf"),
    Font("HanaMinB", "/usr/share/fonts/truetype/hanazono/HanaMinB.ttf"),
)
"""In the order in which they are asked for a character; the system's are the Debian packages fonts-babelstone-han and
fonts-hanazono, for extensions B to H."""

BOX = "□"
UNSEEN = ("Cc", "Cf", "Cs")
"""Controls, marks of direction and the like, halves of a character."""

PRIVATE = "Co"

SEGMENTED = struct.pack(">H", 12)
"""The form of a `cmap` that reaches beyond U+FFFF: every font of the chain has one."""


@cache
def found() -> tuple[Font, ...]:
    """Those of CHAIN that are here."""
    return tuple(font for font in CHAIN if _path(font).is_file())


def families() -> list[str]:
    return [font.family for font in found()]


def folders() -> list[str]:
    """Where typst finds them."""
    return list(dict.fromkeys(str(_path(font).parent) for font in found()))


def undrawable(text: str) -> str:
    """Characters of a text that none of the fonts holds, each once, in the order of the text; what nobody sees is none."""
    return "".join(dict.fromkeys(one for one in text if _drawn(one) == BOX != one))


def drawable(text: str) -> str:
    """The text as it can be drawn: BOX for each character without a font, which PDF/A refuses, and nothing for controls."""
    return text if text.isascii() and text.isprintable() else "".join(map(_drawn, text))


def file_with(character: str) -> Path | None:
    """The file of the first font in the chain that holds a character, None where none does.

    A sign for private use is held by none: what a font draws there is its maker's own.
    """
    if unicodedata.category(character) == PRIVATE:
        return None
    point = ord(character)
    for path, starts, ends in _held():
        place = bisect_right(starts, point) - 1
        if place >= 0 and point <= ends[place]:
            return path
    return None


@cache
def _held() -> list[tuple[Path, tuple[int, ...], tuple[int, ...]]]:
    """Each font's file with the first and last code points of the ranges that it holds, in order."""
    return [(path, *_ranges(path)) for path in map(_path, found())]


def _ranges(path: Path) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The ranges of one font file; of a collection those of its first face, which are those of all in these families.

    fontTools finds the table; its own reading of it would load each glyph's name too (0.65 s and 100 MB for the chain).
    """
    with path.open("rb") as file:
        cmap = SFNTReader(file, fontNumber=0)["cmap"]
    (many,) = struct.unpack_from(">H", cmap, 2)
    places = [place for _platform, _encoding, place in struct.iter_unpack(">HHL", cmap[4 : 4 + 8 * many])]
    groups = next(place for place in places if cmap.startswith(SEGMENTED, place)) + 16
    (many,) = struct.unpack_from(">L", cmap, groups - 4)
    starts, ends, _glyphs = zip(*struct.iter_unpack(">LLL", cmap[groups : groups + 12 * many]), strict=True)
    return starts, ends


def _drawn(character: str) -> str:
    if character.isspace():
        return character if character.isprintable() or character in "\n\u3000" else " "
    if unicodedata.category(character) in UNSEEN:
        return ""
    return character if file_with(character) else BOX


def _path(font: Font) -> Path:
    if font.package is None:
        return Path(font.file)
    spec = find_spec(font.package)
    return Path(spec.submodule_search_locations[0]) / font.file if spec else Path(font.file)

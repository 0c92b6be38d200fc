"""The fonts of papers: one from a package, so that a bare machine draws Chinese, and more where the system has them.

Which characters they hold is read from their own tables (OpenType `cmap`). Not here: drawing, or the fonts of web pages.
"""

import struct
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import BinaryIO, NamedTuple


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


def _drawn(character: str) -> str:
    if character.isspace():
        return character if character.isprintable() or character in "\n\u3000" else " "
    if unicodedata.category(character) in UNSEEN:
        return ""
    return character if _is_held(ord(character)) else BOX


def _path(font: Font) -> Path:
    if font.package is None:
        return Path(font.file)
    spec = find_spec(font.package)
    return Path(spec.submodule_search_locations[0]) / font.file if spec else Path(font.file)


def _is_held(point: int) -> bool:
    starts, ends = held()
    place = bisect_right(starts, point) - 1
    return place >= 0 and point <= ends[place]


@cache
def held() -> tuple[list[int], list[int]]:
    """First and last code points of the ranges that the fonts hold together, in order and apart from each other."""
    ranges: list[list[int]] = []
    for first, last in sorted(one for font in found() for one in _ranges(_path(font))):
        if ranges and first <= ranges[-1][1] + 1:
            ranges[-1][1] = max(ranges[-1][1], last)
        else:
            ranges.append([first, last])
    return [first for first, _ in ranges], [last for _, last in ranges]


def _ranges(path: Path) -> Iterator[tuple[int, int]]:
    """The ranges of one font file; of a collection its first face, whose characters are those of all in these families."""
    with path.open("rb") as file:
        start = _u32(file, 12) if file.read(4) == b"ttcf" else 0
        table = next(_u32(file, at + 8) for at in _records(file, start) if _bytes(file, at, 4) == b"cmap")
        subtables = [table + _u32(file, table + 8 + 8 * n) for n in range(_u16(file, table + 2))]
        wide = [at for at in subtables if _u16(file, at) == 12]
        if wide:
            groups = struct.iter_unpack(">III", _bytes(file, wide[0] + 16, 12 * _u32(file, wide[0] + 12)))
            yield from ((first, last) for first, last, _glyph in groups)
        else:
            yield from _narrow(file, next(at for at in subtables if _u16(file, at) == 4))


def _narrow(file: BinaryIO, at: int) -> Iterator[tuple[int, int]]:
    """Format 4, for fonts that hold nothing beyond the basic plane."""
    count = _u16(file, at + 6) // 2
    ends = struct.unpack(f">{count}H", _bytes(file, at + 14, 2 * count))
    starts = struct.unpack(f">{count}H", _bytes(file, at + 16 + 2 * count, 2 * count))
    yield from (one for one in zip(starts, ends, strict=True) if one[0] != 0xFFFF)


def _records(file: BinaryIO, start: int) -> Iterator[int]:
    """Where each record of the table directory begins."""
    return iter(range(start + 12, start + 12 + 16 * _u16(file, start + 4), 16))


def _bytes(file: BinaryIO, at: int, count: int) -> bytes:
    file.seek(at)
    return file.read(count)


def _u16(file: BinaryIO, at: int) -> int:
    return struct.unpack(">H", _bytes(file, at, 2))[0]


def _u32(file: BinaryIO, at: int) -> int:
    return struct.unpack(">I", _bytes(file, at, 4))[0]

"""What keyboards, phones and spreadsheets do to the characters of a number, and how to undo it (spec 2-data §6).
Not for names: theirs are stored as typed and follow rules of their own (`names.py`)."""

import re

_HALF = {0xFF01 + step: 0x21 + step for step in range(94)} | {0x3000: 0x20, 0xA0: 0x20}
_INVISIBLE = dict.fromkeys([0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF, 0x202A, 0x202C, 0x202D])
_DASHES = dict.fromkeys([0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2212], 0x2D)
_NEAT = {**_HALF, **_INVISIBLE, **_DASHES}
_SPACES = re.compile(r"\s+")
_SPACES_AND_HYPHENS = re.compile(r"[\s-]+")
_SCIENTIFIC = re.compile(r"[+-]?\d+(?:\.\d+)?[Ee]\+?\d{1,3}", re.ASCII)

INVISIBLE = _INVISIBLE
"""Zero-width marks that come along when a text is copied from a chat or a web page; a table for `str.translate`."""


def half_width(text: str) -> str:
    """Full-width letters, digits and signs (全角) as half-width ones, dashes as hyphens, zero-width marks gone."""
    return text if text.isascii() else text.translate(_NEAT)


def without_spaces(text: str) -> str:
    """Half-width, every space removed, hyphens kept: for numbers that own their hyphens, such as student numbers."""
    return _SPACES.sub("", half_width(text))


def compact(text: str) -> str:
    """Half-width, upper case, spaces and hyphens removed: the general rule for numbers (spec 2-data §6)."""
    if text.isascii() and text.isalnum():
        return text.upper()
    return _SPACES_AND_HYPHENS.sub("", half_width(text)).upper()


def scientific(text: str) -> bool:
    """Whether a spreadsheet wrote this number in scientific notation, as in ``1.20104E+17`` (R-SCH-04)."""
    return _SCIENTIFIC.fullmatch(text.strip()) is not None

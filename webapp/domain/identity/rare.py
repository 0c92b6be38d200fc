"""Rare characters that a keyboard does not offer: found by pinyin, by parts, by code point, or pasted (R-ACC-16).
Not here: what characters are made of (`components.py`), which ones a name may hold (`ideographs.py`)."""

import re
import unicodedata
from functools import lru_cache

from webapp.domain.identity import characters, components, private_use
from webapp.domain.identity.ideographs import is_ideograph

MOST = 120
"""Characters in one answer; a tone (``yi4``) narrows it down."""

PARTS = 6
"""Characters that may be the parts of one; more of them are a text."""

_POINT = re.compile(r"(?:U\+?|0X|\\U\{?|&#X)?([0-9A-F]{4,6})[;}]?").fullmatch
_SYLLABLE = re.compile(r"[A-ZÜ:]{1,6}[1-5]?").fullmatch


def find(query: str) -> list[str]:
    """Characters that `query` may mean, the rarer ones first: nothing where it means none.

    `query` is a syllable with or without its tone (``tao``, ``yan3``, ``nv``), a code point (``U+2CC56``, ``2CC56``), one
    character itself, or several: the parts of the one that is looked for (龙天 for 䶮), or a text that it stands in.
    """
    pasted = list(dict.fromkeys(one for one in private_use.mend(query)[0] if is_ideograph(one)))[:MOST]
    if pasted:
        parts = pasted if len(pasted) <= PARTS else ()
        made = [one for one in components.made_of(parts) if is_ideograph(one) and one not in pasted]
        return [*made, *pasted][:MOST] if len(pasted) > 1 else [*pasted, *made][:MOST]
    typed = characters.compact(query)
    if (point := _POINT(typed)) and is_ideograph(character := chr(min(int(point[1], 16), 0x10FFFF))):
        return [character]
    return _read_as(typed.lower())[:MOST] if _SYLLABLE(typed) else []


def _read_as(syllable: str) -> list[str]:
    plain = syllable.replace("u:", "v").replace("ü", "v")
    if plain[-1].isdigit():
        return _readings().get(plain, [])
    found = {character for tone in "12345" for character in _readings().get(plain + tone, [])}
    return sorted(found, key=_rarity)


def _rarity(character: str) -> tuple[bool, int]:
    """Whatever the everyday character set of 1980 holds comes last: a keyboard offers that."""
    try:
        return len(character.encode("gb2312")) == 2, ord(character)
    except UnicodeEncodeError:
        return False, ord(character)


@lru_cache(maxsize=1)
def _readings() -> dict[str, list[str]]:
    """Syllable with tone → its characters, rarer first; some 45,000 characters, 0.3 s, once in a process."""
    from pypinyin.constants import PINYIN_DICT

    found: dict[str, list[str]] = {}
    for point, readings in PINYIN_DICT.items():
        if is_ideograph(chr(point)):
            for reading in dict.fromkeys(map(_numbered, readings.split(","))):
                found.setdefault(reading, []).append(chr(point))
    return {reading: sorted(together, key=_rarity) for reading, together in found.items()}


_TONES = {"\u0304": "1", "\u0301": "2", "\u030c": "3", "\u0300": "4"}


def _numbered(reading: str) -> str:
    """``yǎn`` → ``yan3``, ``lǜ`` → ``lv4``."""
    tone, letters = "5", []
    for mark in unicodedata.normalize("NFD", reading):
        if mark in _TONES:
            tone = _TONES[mark]
        elif mark == "\u0308":
            letters[-1] = "v"
        elif mark.isascii():
            letters.append(mark)
    return "".join(letters) + tone

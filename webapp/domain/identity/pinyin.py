"""Pinyin of names: the stored sort key, and the syllables that guessable passwords are made of.
Not a transliteration for documents: how holders spell their names they say themselves (spec 2-data §6.10)."""

import unicodedata
from functools import lru_cache

_FAMILY_READINGS = {
    "单": "shan4", "解": "xie4", "仇": "qiu2", "区": "ou1", "查": "zha1", "朴": "piao2", "曾": "zeng1", "盖": "ge3",
    "繁": "po2", "覃": "qin2", "乐": "yue4", "种": "chong2", "员": "yun4", "召": "shao4", "尉": "yu4", "折": "she2",
    "宓": "fu2", "冼": "xian3", "逄": "pang2", "秘": "bi4", "黑": "he4", "祭": "zhai4", "眭": "sui1", "长": "zhang3",
}  # fmt: skip
"""How these characters are read at the head of a name, where the everyday reading differs."""


def sort_key(name: str) -> str:
    """ASCII key whose byte order is the order of names: by pinyin, tone, code point, character by character (R-SYS-13).

    Latin letters stand among the syllables; characters without a reading come last, by code point. About ten
    characters for each ideograph.
    """
    if not name:
        return ""
    return _HEADS[name[0]] + "".join(map(_KEYS.__getitem__, name[1:]))


def syllables(name: str) -> list[str]:
    """The reading of each ideograph in lower-case letters without tones, ü as v; other characters give nothing.

    Words are known (重庆 is chongqing); up to four ideographs are read as a person's name.
    """
    from pypinyin import lazy_pinyin

    readings = lazy_pinyin(name, errors="ignore")
    if readings and len(name) <= 4 and name[0] in _FAMILY_READINGS:
        readings[0] = _FAMILY_READINGS[name[0]][:-1]
    return [reading for reading in readings if reading.isascii()]


class _Keys(dict[str, str]):
    """Sort keys by character, each worked out once; a process holds at most one entry per character of Unicode."""

    def __init__(self, reading) -> None:
        super().__init__()
        self._read = reading

    def __missing__(self, character: str) -> str:
        key = self[character] = self._key(character)
        return key

    def _key(self, character: str) -> str:
        reading = self._read(character)
        if reading:
            return f"{reading}{ord(character):05x}"
        if character.isspace():
            return " "
        letters = "".join(letter for letter in unicodedata.normalize("NFKD", character).lower() if letter.isascii())
        if letters.isalnum():
            return letters
        return "" if unicodedata.category(character)[0] in "PM" else f"~{ord(character):06x}"


@lru_cache(maxsize=8192)
def _reading(character: str) -> str:
    """As in ``"zhang1"``, tone 5 for the neutral one; empty for what has none."""
    from pypinyin import Style, lazy_pinyin  # its tables take 0.2 s and 50 MB, which most commands never need

    readings = lazy_pinyin(character, style=Style.TONE3, neutral_tone_with_five=True, errors=lambda _: [])
    return readings[0] if readings and readings[0].isascii() else ""


def _family_reading(character: str) -> str:
    return _FAMILY_READINGS.get(character) or (_reading(character) if character else "")


_KEYS = _Keys(_reading)
_HEADS = _Keys(_family_reading)

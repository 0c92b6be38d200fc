"""Chinese names in Latin letters for documents in English: the spelling to propose, what may stand there (spec 2-data §6.10).
Not the order of names in lists (`pinyin.py`). A proposal only: how a name is spelt its holder says, 吕 as LV or LYU."""

import re

from webapp.domain.identity import ideographs, pinyin
from webapp.domain.identity.names import SEPARATOR
from webapp.domain.refused import Refused

SHORTEST, LONGEST = 2, 100
"""Characters of a name in Latin letters."""

COMPOUND = frozenset((
    "欧阳", "司马", "上官", "诸葛", "夏侯", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "宇文", "长孙", "司徒", "司空",
    "端木", "南宫", "独孤", "申屠", "轩辕", "百里", "呼延", "东郭", "西门", "闻人", "澹台", "濮阳", "淳于", "钟离", "拓跋",
))  # fmt: skip
"""复姓: family names of two characters."""

_spelling = re.compile(r"[A-Za-zÀ-ÖØ-öø-ɏ][A-Za-zÀ-ÖØ-öø-ɏ' -]*").fullmatch


def is_chinese(text: str) -> bool:
    """Has it an ideograph? A name in Latin letters, or a number, stands in English as it is."""
    return any(map(ideographs.is_ideograph, text))


def roman(name: str) -> str:
    """The spelling to propose: LIN Xiaoxi, OUYANG Xiu, Ayiguli Maimaiti; "" where a character has no known reading.

    After GB/T 28039: the family name first, here in capitals, the given name in one word, ü as yu.
    """
    if not is_chinese(name):
        return name
    if SEPARATOR in name:
        parts = [_word(_readings(part)) for part in name.split(SEPARATOR)]
        return " ".join(parts) if all(parts) else ""
    readings = _readings(name)
    family = 2 if name[:2] in COMPOUND and len(name) > 2 else 1
    return " ".join(filter(None, (_word(readings[:family]).upper(), _word(readings[family:]))))


def spelling(text: str) -> str:
    """The name as its holder typed it, with single spaces. Raises Refused: report_spelling (least, most)."""
    told = " ".join(text.replace("’", "'").split())
    if not SHORTEST <= len(told) <= LONGEST or not _spelling(told):
        raise Refused("report_spelling", field="spelling", least=SHORTEST, most=LONGEST)
    return told


def _readings(part: str) -> list[str]:
    """One for each character; none at all where one of them has none."""
    found = pinyin.syllables(part)
    return found if len(found) == len(part) else []


def _word(readings: list[str]) -> str:
    """Xi'an: a syllable that begins with a vowel is set apart."""
    told = [("'" if place and one[0] in "aeo" else "") + one.replace("v", "yu") for place, one in enumerate(readings)]
    return "".join(told).capitalize()

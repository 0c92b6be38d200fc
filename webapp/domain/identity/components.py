"""What characters are made of: 龙 and 天 are the parts of 䶮 (部件, R-ACC-16).

Not here: readings and code points (`rare.py`). The table beside it goes to extension D; its first lines say whose it is.
"""

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

TABLE = Path(__file__).with_name("components.txt")

FORMS = (
    "人亻", "刀刂", "手扌", "水氵氺", "火灬", "心忄㣺⺗", "犬犭", "示礻", "衣衤", "糸糹纟", "言訁讠", "金釒钅", "食飠饣",
    "足⻊", "竹⺮", "艸艹卄⺿", "辵辶⻎⻍", "老耂⺹", "网罒", "爪爫⺤", "邑阜阝⻖⻏", "攴攵⺙",
    "肉⺼", "牛牜", "玉王", "齿歯⻭", "羊⺶",
)  # fmt: skip
"""Shapes of one part: whoever looks for one of them may see another."""


def made_of(parts: Iterable[str]) -> list[str]:
    """Characters with all of these parts, at any depth; those that have them directly first, in the order of code points."""
    shapes = [next((forms for forms in FORMS if part in forms), part) for part in dict.fromkeys(parts)]
    if not shapes:
        return []
    direct = Counter(one for forms in shapes for one in {*_directly(forms)})
    found = set.intersection(*map(_holding, shapes))
    return sorted(found, key=lambda one: (-direct[one], one))


def _holding(forms: str) -> set[str]:
    """Characters that have one of these parts, or have a part that has it, and so on."""
    found: set[str] = set()
    fresh = {*_directly(forms)}
    while fresh:
        found |= fresh
        fresh = {*_directly(fresh)} - found
    return found


def _directly(parts: Iterable[str]) -> str:
    return "".join(_with().get(part, "") for part in parts)


@lru_cache(maxsize=1)
def _with() -> dict[str, str]:
    """Part → the characters that have it, once in a process."""
    held: dict[str, list[str]] = {}
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            for part in line[1:]:
                held.setdefault(part, []).append(line[0])
    return {part: "".join(characters) for part, characters in held.items()}

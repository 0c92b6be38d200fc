"""Which papers an item needs beside those of its kind: by period, by type of study, by name (spec 8.2, R-CRT-43). Data.

Not here: the pictures that were brought (`materials.py`), nor what the papers are called.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass

from webapp.domain.certification.catalogue import KINDS, OTHER, Slot
from webapp.models.certification import ApplicationItem

DIFFERS = ("", "wrong", "renamed")
"""Does the certificate name the holder as the document does: yes; no, it was written down wrong; no, the holder has another
name since."""

ENTRY = Slot("entry", 1, 20)
GRADUATE = Slot("graduate", 1, 20)
STATEMENT = Slot("statement", 1, 4)
HOUSEHOLD = Slot("household", 1, 4)
"""考生登记表 and 毕业生登记表 out of the personal file, 情况说明, 户口簿变更页."""

BY_CERTIFICATE_ALONE = ("53", "44", "43", "63", "64")
"""云南, 广东, 湖南, 青海, 宁夏 need no 毕业生登记表 of 自考."""

BROADCAST = "广播电视大学"


@dataclass(frozen=True, slots=True)
class Facts:
    """What the rules look at; `year` is that of graduation, 0 while it is not told."""

    year: int
    category: str
    province: str
    school: str
    differs: str


@dataclass(frozen=True, slots=True)
class Rule:
    """When `holds`, these papers are needed; `code` names the reason on screen."""

    code: str
    slots: tuple[Slot, ...]
    holds: Callable[[Facts], bool]


RULES = (
    Rule("before_1991", (ENTRY, GRADUATE), lambda it: 0 < it.year <= 1990),
    Rule(
        "self_taught",
        (GRADUATE,),
        lambda it: it.category == "self_taught" and 0 < it.year <= 2001 and it.province not in BY_CERTIFICATE_ALONE,
    ),
    Rule("broadcast", (GRADUATE,), lambda it: BROADCAST in it.school),
    Rule("wrong", (STATEMENT, GRADUATE), lambda it: it.differs == "wrong"),
    Rule("renamed", (HOUSEHOLD,), lambda it: it.differs == "renamed"),
)
"""Of 高等学历认证 alone. A certificate of a military school follows the period it is of, as any other."""


def rules(item: ApplicationItem) -> list[Rule]:
    """The rules that hold for an item, in their order."""
    if item.kind != "degree":
        return []
    facts = _facts(item)
    return [rule for rule in RULES if rule.holds(facts)]


def slots(item: ApplicationItem) -> list[Slot]:
    """The papers of an item, each once, 其他材料 last."""
    asked = [slot for rule in rules(item) for slot in rule.slots]
    return list(dict.fromkeys(sorted((*KINDS[item.kind].slots, *asked), key=lambda slot: slot == OTHER)))


def slot(item: ApplicationItem, code: str) -> Slot | None:
    return next((one for one in slots(item) if one.code == code), None)


def _facts(item: ApplicationItem) -> Facts:
    told = json.loads(item.details or "{}")
    year = str(told.get("graduated") or "")[:4]
    return Facts(
        year=int(year) if year.isdigit() else 0,
        category=told.get("category") or "",
        province=told.get("province") or "",
        school=told.get("school") or "",
        differs=item.differs,
    )

"""Made-up people for the demo: names, ID numbers, phones. The same number always makes the same person; nobody exists.

Not a source of test data for rules: those are in the tests, chosen one by one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from webapp.domain.identity import id_numbers

T = TypeVar("T")

FAMILIES = tuple("王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蒋蔡余")
FIRSTS = tuple("子思雨梓浩宇欣嘉一晨佳明俊诗若安文心天博书语可泽景乐清云知星")
SECONDS = (
    "涵",
    "轩",
    "怡",
    "然",
    "辰",
    "琪",
    "瑶",
    "阳",
    "妍",
    "航",
    "宁",
    "悦",
    "彤",
    "哲",
    "萱",
    "霖",
    "洋",
    "",
    "溪",
    "睿",
    "",
)
RARE = (
    "王𬱖", "吴䶮", "阿依古丽·买买提", "欧阳若琳", "曾𬭎", "迪丽努尔·阿不都热合曼", "单雨桐", "李喆", "巴特尔", "马𬸦",
)  # fmt: skip
"""Names that other systems stumble over: characters outside the basic plane, separators, family names of two readings."""

RARE_FROM, RARE_EVERY = 4, 29
AREA = "110105"
SERIALS = 999
PHONES = 9_000
"""Phones 138 0000 0000 to 8999 belong to the demo's accounts, those from 9000 are for whoever tries to register."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who does not exist. `sex` is 1 (男) or 2 (女)."""

    name: str
    sex: str
    born: date
    id_number: str


def person(number: int, born_year: int) -> Person:
    """The `number`-th person, born in the twelve months from September of a year. Below 180,000 no ID number comes twice."""
    born = date(born_year, 9, 1) + timedelta(days=number * 97 % 365)
    serial = 1 + number // 365 * 2 % SERIALS + pick(number, 1, (0, 1))
    first17 = f"{AREA}{born:%Y%m%d}{serial:03d}"
    return Person(name(number), "1" if serial % 2 else "2", born, first17 + id_numbers.check_digit(first17))


def name(number: int) -> str:
    """A name of two or three characters; every 29th is one that needs care."""
    turn, rest = divmod(number - RARE_FROM, RARE_EVERY)
    if rest == 0 and turn >= 0:
        return RARE[turn % len(RARE)]
    return pick(number, 2, FAMILIES) + pick(number, 3, FIRSTS) + pick(number, 4, SECONDS)


def phone(number: int) -> str:
    """138 0000 0000 and up; made-up people have no others."""
    return f"1380000{number:04d}"


def pick(number: int, salt: int, choices: Sequence[T]) -> T:
    """One of the choices, scattered evenly, and the same one for the same number every time."""
    mixed = (number * 0x9E3779B1 + salt * 0x85EBCA6B) & 0xFFFFFFFF
    mixed = ((mixed ^ mixed >> 15) * 0x2C1B3C6D) & 0xFFFFFFFF
    return choices[(mixed ^ mixed >> 12) % len(choices)]

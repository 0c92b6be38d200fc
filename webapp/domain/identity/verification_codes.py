"""The typed code of a report, 在线验证码 (spec 2-data §6.12): sixteen characters with a check character; and the token in a QR.
The code is no secret on its own: look-ups are limited elsewhere."""

import re
import secrets

from webapp.domain.identity import characters
from webapp.domain.refused import Refused

ALPHABET = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Digits and capitals without I and O, which are mistaken for 1 and 0."""

KINDS = {"P": "enrolment", "U": "qualification", "S": "degree", "C": "certification", "V": "receipt"}
"""Second letter: 学籍, 学历, 学位, 认证, 核验回执."""

LENGTH = 16

TOKEN = 26
"""Characters of the token in a QR: 130 bits."""

LEGACY = 12
"""Characters of the codes that other sites gave out before; none of them leads anywhere here."""

_MODULUS = len(ALPHABET)
_VALUES = {character: value for value, character in enumerate(ALPHABET)}
_LOOK_ALIKES = str.maketrans("IO", "10")
_well_formed = re.compile(f"A[{''.join(KINDS)}][{ALPHABET}]{{14}}").fullmatch


def clean(typed: str) -> str:
    """What was typed without spaces and hyphens, in capitals; an O becomes the zero and an I the one that was meant."""
    return characters.compact(typed).translate(_LOOK_ALIKES)


def read(typed: str) -> str:
    """The code that was typed, cleaned and checked. Raises Refused as `check`."""
    code = clean(typed)
    check(code)
    return code


def make(kind: str) -> str:
    """A new code of a kind (a key of `KINDS`): 13 random characters, 66 bits."""
    body = f"A{kind}" + "".join(secrets.choice(ALPHABET) for _ in range(13))
    return body + check_character(body)


def make_token() -> str:
    """A new token for a QR; who types one is helped by `clean` too."""
    return "".join(secrets.choice(ALPHABET) for _ in range(TOKEN))


def check_character(body: str) -> str:
    """The character that completes `body`: ISO 7064, hybrid system MOD 35,34. Every single wrong one is found."""
    product = _MODULUS
    for character in body:
        product = ((product + _VALUES[character]) % _MODULUS or _MODULUS) * 2 % (_MODULUS + 1)
    return ALPHABET[(1 - product) % _MODULUS]


def check(code: str) -> None:
    """Refuse a mistyped cleaned code: `report_code_empty`, `report_code_legacy`, `report_code_length` (length),
    `report_code_format`, `report_code_digit`.
    """
    if not code:
        raise Refused("report_code_empty")
    if len(code) == LEGACY:
        raise Refused("report_code_legacy")
    if len(code) != LENGTH:
        raise Refused("report_code_length", length=len(code))
    if not _well_formed(code):
        raise Refused("report_code_format")
    if check_character(code[:-1]) != code[-1]:
        raise Refused("report_code_digit")


def kind(code: str) -> str:
    """What a checked code is the code of: a value of `KINDS`."""
    return KINDS[code[1]]


def grouped(code: str) -> str:
    """``AP7K D3MX W9QT E52T``."""
    return " ".join(code[start : start + 4] for start in range(0, len(code), 4))

"""统一社会信用代码, the code of an organisation in mainland China (GB 32100-2015): eighteen characters, the last one a check.

Not the code of a school (`student_numbers.py` and the rosters know those).
"""

import re

from webapp.domain.identity import characters
from webapp.domain.refused import Refused

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""Digits and capitals without I, O, S, V and Z."""

LENGTH = 18
clean = characters.compact

_MODULUS = len(ALPHABET)
_well_formed = re.compile(f"[{ALPHABET}]{{2}}[0-9]{{6}}[{ALPHABET}]{{10}}").fullmatch


def check_character(body: str) -> str:
    """The eighteenth character: weights are powers of 3, modulo 31 (GB 32100-2015, 4.4)."""
    total = sum(ALPHABET.index(character) * pow(3, place, _MODULUS) for place, character in enumerate(body))
    return ALPHABET[-total % _MODULUS]


def check(code: str) -> None:
    """Refuse a mistyped cleaned code: `credit_code_format`, `credit_code_digit`."""
    if not _well_formed(code):
        raise Refused("credit_code_format")
    if check_character(code[:-1]) != code[-1]:
        raise Refused("credit_code_digit")

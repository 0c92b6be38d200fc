"""Student numbers, 学号 (spec 2-data §6.7): a school's own scheme; only alphabet and length are common.
Not a check against a school's scheme, and never turned into a number: leading zeros belong to it."""

import re

from webapp.domain.identity import characters
from webapp.domain.refused import Refused

LONGEST = 18
"""Characters: 15 in the national upload, 18 in one province's form."""

clean = characters.without_spaces
"""As typed → half-width, no spaces; hyphens, case and leading zeros stay."""

well_formed = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,16}[A-Za-z0-9])?").fullmatch


def check(number: str) -> None:
    """Refuse with `student_number_empty` or `student_number_format` (most) what is no student number."""
    if not number:
        raise Refused("student_number_empty")
    if not well_formed(number):
        raise Refused("student_number_format", most=LONGEST)


def canonical(number: str) -> str:
    """The form under which numbers are unique in a school and level: upper case."""
    return number.upper()

"""Examinee numbers, 考生号 (spec 2-data §6.8): by the length, of the 高考, of graduate admission, or made by a school.
Not a proof of admission: year and province inside a number only give warnings."""

import re

from webapp.domain.identity import characters
from webapp.domain.refused import Refused

LONGEST = 18
"""Characters of a number that a school or an adult examination made."""

clean = characters.without_spaces
"""As typed → half-width, no spaces; leading zeros stay."""

well_formed = re.compile(r"[A-Za-z0-9-]{5,18}").fullmatch
_UNDERGRADUATE = re.compile(r"[0-9]{14}").fullmatch


def check(number: str) -> None:
    """Refuse with `exam_number_empty` or `exam_number_format` (most) what no examinee can bear."""
    if not number:
        raise Refused("exam_number_empty")
    if not well_formed(number):
        raise Refused("exam_number_format", most=LONGEST)


def canonical(number: str) -> str:
    """The form under which numbers are compared: upper case."""
    return number.upper()


def doubts(number: str, year: int | None = None, province: str | None = None) -> tuple[str, ...]:
    """Warnings for a 14-digit 高考 number that differs from its record: `exam_number_year`, `exam_number_province`.

    `year` is the year of enrolment, `province` the first two digits of the area of origin; None is not compared.
    """
    if not _UNDERGRADUATE(number):
        return ()
    found = []
    if year is not None and number[:2] != f"{year % 100:02d}":
        found.append("exam_number_year")
    if province is not None and number[2:4] != province:
        found.append("exam_number_province")
    return tuple(found)

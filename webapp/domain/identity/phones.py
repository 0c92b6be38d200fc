"""Mobile numbers of the Chinese mainland: eleven digits; no list of operators, which goes stale (spec 2-data §6.11).
Not for foreign numbers, and nothing here knows whether a number exists."""

import re

from webapp.domain.identity import characters
from webapp.domain.refused import Refused

well_formed = re.compile(r"1[3-9][0-9]{9}").fullmatch
_COUNTRY = re.compile(r"(?:\+|00)?86(?=1[3-9][0-9]{9}$)")


def clean(text: str) -> str:
    """As typed → digits: half-width, no spaces or hyphens, a leading +86 taken off."""
    return _COUNTRY.sub("", characters.compact(text))


def check(number: str) -> None:
    """Refuse with `phone_format` whatever is not eleven digits ``1[3-9]…`` (R-ACC-01); takes what `clean` gives."""
    if not well_formed(number):
        raise Refused("phone_format")


def grouped(number: str) -> str:
    """``13800005678`` → ``138 0000 5678``."""
    return f"{number[:3]} {number[3:7]} {number[7:]}"


def masked(number: str) -> str:
    """``13800005678`` → ``138****5678``."""
    return f"{number[:3]}****{number[-4:]}"

"""Numbers of the resident identity card, 居民身份证 (GB 11643-1999 and, with 15 digits, 1989): format and meaning.
Not for other documents (`documents.py`), and no look-up of today's six-digit areas: abolished areas stay valid."""

import re
from datetime import date
from functools import lru_cache
from operator import mul

from webapp.domain import clock
from webapp.domain.identity import characters, tables
from webapp.domain.refused import Refused

PROVINCES = frozenset(tables.PROVINCES.codes)
"""First two digits that a card may have (GB/T 2260; 83 is found on residence permits only)."""

clean = characters.compact
"""As typed → half-width, no spaces or hyphens, upper case."""

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS = "10X98765432"
_ZEROS = sum(_WEIGHTS) * ord("0")  # bytes are summed as they are, which is several times faster than int() of each
eighteen = re.compile(r"[0-9]{17}[0-9X]").fullmatch
_FIFTEEN = re.compile(r"[0-9]{15}").fullmatch
_LOST_DIGITS = re.compile(r"[1-9][0-9]{14}000").fullmatch
_OLDEST = date(1900, 1, 1)


def check_digit(first17: str) -> str:
    """The 18th character for 17 digits: ISO 7064 MOD 11-2 as in GB 11643-1999."""
    return _CHECK_DIGITS[(sum(map(mul, first17.encode(), _WEIGHTS)) - _ZEROS) % 11]


def upgrade(fifteen: str) -> str:
    """The 18 characters of a 15-digit number: century 19 and a check digit added; 18 come back unchanged."""
    if len(fifteen) != 15:
        return fifteen
    first17 = f"{fifteen[:6]}19{fifteen[6:]}"
    return first17 + check_digit(first17)


def check(number: str, provinces: frozenset[str] = PROVINCES) -> None:
    """Refuse a cleaned number of 18 or 15 characters that no card can bear (R-ACC-18; the order of spec 2-data §6.1).

    Raises `id_length` (length, missing, extra), `id_pattern`, `id_province` (found), `id_date`, `id_digit`.
    """
    length = len(number)
    if length == 15 and _FIFTEEN(number):
        number = upgrade(number)
    elif length not in (15, 18):
        raise Refused("id_length", length=length, missing=max(0, 18 - length), extra=max(0, length - 18))
    elif not eighteen(number):
        raise Refused("id_pattern")
    if number[:2] not in provinces:
        raise Refused("id_province", found=number[:2])
    born = _day(number[6:14])
    if born is None or not _OLDEST <= born <= clock.today():
        raise Refused("id_date")
    if check_digit(number[:17]) != number[17]:
        raise Refused("id_digit")


def birth_date(number: str) -> date:
    """The date of birth in a number that passed `check`."""
    born = _day(upgrade(number)[6:14])
    if born is None:
        raise Refused("id_date")
    return born


def sex(number: str) -> str:
    """Code of GB/T 2261.1 in a number that passed `check`: ``"1"`` male (男), ``"2"`` female (女)."""
    return "1" if int(upgrade(number)[16]) % 2 else "2"


def damaged(text: str) -> bool:
    """Whether a spreadsheet rewrote the number: scientific notation, or only 15 significant digits kept (R-SCH-04).

    A number that ends in 000 and carries the right check digit is somebody's, so it is not called damaged.
    """
    number = clean(text)
    if characters.scientific(number):
        return True
    return _LOST_DIGITS(number) is not None and check_digit(number[:17]) != number[17]


@lru_cache(maxsize=65536)
def _day(digits: str) -> date | None:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return None

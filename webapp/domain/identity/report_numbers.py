"""报告编号 of a certification's report: 15 digits, yyyymmdd, six at random and one by Luhn's rule (spec 2-data §6.12).

Not the register: whether a report has the number, items tell.
"""

import re
import secrets
from datetime import date

_form = re.compile(r"[0-9]{15}").fullmatch


def make(day: date) -> str:
    """A number of that day in China; of a million a day two may be alike, which the register refuses."""
    body = f"{day:%Y%m%d}{secrets.randbelow(1_000_000):06d}"
    return body + check_digit(body)


def check_digit(body: str) -> str:
    """The digit that completes `body`: every single wrong digit is found, and nearly every two that changed places."""
    total = 0
    for place, digit in enumerate(reversed(body)):
        twice = int(digit) * (2 if place % 2 == 0 else 1)
        total += twice - 9 if twice > 9 else twice
    return str(-total % 10)


def is_right(number: str) -> bool:
    """Fifteen digits of which the last belongs to the others."""
    return _form(number) is not None and check_digit(number[:-1]) == number[-1]

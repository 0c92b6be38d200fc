"""A quick yes for resident ID numbers in a big file: three look-ups (area, birthday, serial) for a full check.
It knows no rule of its own: every part was put through `id_numbers.check` once; a "no" here only means "ask there"."""

from webapp.domain.identity import id_numbers
from webapp.domain.refused import Refused

_REMEMBERED = 50_000
_CHECK_DIGITS = "10X98765432"


class _Part(dict):
    """Digits of one part → what they add to the check sum, modulo 11; None where no number may hold them."""

    def __init__(self, before: str, after: str) -> None:
        super().__init__()
        self._before, self._after = before, after
        self._rest = self._sum(before + "0" * (17 - len(before + after)) + after)

    def __missing__(self, digits: str) -> int | None:
        if len(self) >= _REMEMBERED:
            self.clear()
        found = self[digits] = self._allowed(digits)
        return found

    def _allowed(self, digits: str) -> int | None:
        if not (digits.isdecimal() and digits.isascii()):
            return None
        first17 = self._before + digits + self._after
        try:
            id_numbers.check(first17 + id_numbers.check_digit(first17))
        except Refused:
            return None
        return self._sum(first17) - self._rest

    @staticmethod
    def _sum(first17: str) -> int:
        return _CHECK_DIGITS.index(id_numbers.check_digit(first17))


_areas, _days, _serials = _Part("", "19900101001"), _Part("110105", "001"), _Part("11010519900101", "")


def sound(number: str) -> bool:
    """Whether 18 characters certainly pass `id_numbers.check`. False for others, and for whatever is not certain."""
    if len(number) != 18:
        return False
    area, day, serial = _areas[number[:6]], _days[number[6:14]], _serials[number[14:17]]
    if area is None or day is None or serial is None:
        return False
    return _CHECK_DIGITS[(area + day + serial) % 11] == number[17]

"""Numbers of graduation certificates, 毕业证书编号 or 电子注册号 (spec 2-data §6.6): format, agreement, matching.
Not the register: whether a certificate was issued, records tell."""

import re

from webapp.domain.identity import characters
from webapp.domain.identity.id_numbers import PROVINCES
from webapp.domain.refused import Refused

FIRST_YEAR = 1991
"""Earlier graduates are not in any register (`bnd.first_year`)."""

FIRST_ELECTRONIC_YEAR = 2001
"""Since then numbers follow the national scheme: 17 digits in 2001, 18 from 2002 on."""

TYPES = frozenset("1567")
"""Sixth digit: 1 普通, 5 成人, 6 自学考试 and 学历文凭考试, 7 网络教育."""

LEVELS = frozenset(("01", "02", "04", "05", "06"))
"""Eleventh and twelfth digit: 博士研究生, 硕士研究生, 第二学士学位, 本科, 专科."""

_electronic = re.compile(r"[0-9]{5}([0-9])([0-9]{4})([0-9]{2})[0-9]{5,6}").fullmatch
_self_taught = re.compile(r"6[0-9]([0-9]{2})[0-9]{6}[12][0-9]{6,9}").fullmatch
_free = re.compile(r"[A-Za-z0-9\u3400-\u9fff()\[\]〔〕/.:,;#№°º_-]{1,30}").fullmatch
_several = re.compile(r"[;,/、]+")
_serial_mark = re.compile(r"^(?:№|N[O0º°]?[.:]|NO)+", re.IGNORECASE)
_kept = re.compile(r"[0-9A-Z\u3400-\u9fff]+")


def clean(text: str) -> str:
    """As typed → half-width, no spaces; hyphens, brackets and letters stay, because older schemes use them."""
    return characters.without_spaces(text).replace("；", ";").replace("．", ".")


def check(number: str, year: int | None = None, type_code: str | None = None, level_code: str | None = None) -> None:
    """Refuse a cleaned number that cannot stand on a certificate of this year, type and level (None: not known).

    Raises `certificate_empty`, `certificate_format` (length), `certificate_year` (found, year), `certificate_type`
    (found), `certificate_level` (found). Before 2001 any text of 1–30 characters passes, as does the provinces' own
    scheme of self-taught examinations.
    """
    if not number:
        raise Refused("certificate_empty")
    if year is not None and year < FIRST_ELECTRONIC_YEAR:
        _check_free(number)
    elif not _is_self_taught(number, type_code):
        _check_electronic(number, year, type_code, level_code)


def check_year(year: int) -> None:
    """Refuse graduations before 1991 with `before_1991` (year)."""
    if year < FIRST_YEAR:
        raise Refused("before_1991", year=year)


def canonical_forms(text: str) -> tuple[str, ...]:
    """Every form under which a number may match another, best first: two texts match where their forms meet.

    ``NO.00298959``, ``00298959`` and ``298959`` meet. Of two numbers in one field (school's number; serial number) both
    are given, in their order.
    """
    forms: dict[str, None] = {}
    for part in _several.split(clean(text).upper()):
        bare = "".join(_kept.findall(_serial_mark.sub("", part)))
        forms.update(dict.fromkeys(form for form in (bare, bare.lstrip("0")) if form))
    return tuple(forms)


def _check_free(number: str) -> None:
    if not _free(number):
        raise Refused("certificate_format", length=len(number))


def _is_self_taught(number: str, type_code: str | None) -> bool:
    scheme = _self_taught(number)
    return scheme is not None and scheme[1] in PROVINCES and type_code in (None, "6")


def _check_electronic(number: str, year: int | None, type_code: str | None, level_code: str | None) -> None:
    scheme = _electronic(number)
    if scheme is None:
        if year is None and not number.isdigit():
            return _check_free(number)
        raise Refused("certificate_format", length=len(number))
    found_type, found_year, found_level = scheme.groups()
    lengths = {2001: (17,), 2002: (17, 18)}.get(int(found_year), (18,))
    if int(found_year) < FIRST_ELECTRONIC_YEAR or (year is not None and int(found_year) != year):
        raise Refused("certificate_year", found=found_year, year=year)
    if len(number) not in lengths:
        raise Refused("certificate_format", length=len(number))
    if found_type not in TYPES or (type_code is not None and found_type != type_code):
        raise Refused("certificate_type", found=found_type)
    if found_level not in LEVELS or (level_code is not None and found_level != level_code):
        raise Refused("certificate_level", found=found_level)
    return None

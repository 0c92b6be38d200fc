"""Dates as schools' files write them, read without guessing (spec 5-school-files §10.2).
Not for times or for what a person types into a date field of ours, which asks for one form."""

import re
from datetime import date, timedelta
from functools import lru_cache

from webapp.domain.identity.characters import half_width
from webapp.domain.refused import Refused

_DAY = re.compile(r"(\d{4})(?:([-/.])(\d{1,2})\2(\d{1,2})|年(\d{1,2})月(\d{1,2})[日号]?|(\d{2})(\d{2}))", re.ASCII).fullmatch
_MONTH = re.compile(r"(\d{4})(?:[-/.](\d{1,2})|年(\d{1,2})月?|(\d{2}))", re.ASCII).fullmatch
_MIDNIGHT = re.compile(r"(?:T|\s+)0{1,2}:00(?::00(?:\.0+)?)?$")
_SERIAL = re.compile(r"([1-9]\d{4})(?:\.0+)?", re.ASCII).fullmatch
_EXCEL_DAY_0 = date(1899, 12, 30)
_FIRST_YEAR, _LAST_YEAR = 1900, 2100


@lru_cache(maxsize=65536)
def read(text: str) -> tuple[date, str | None]:
    """The date in a cell, and a warning or None.

    Takes 20030127, 2003-01-27, 2003/1/27, 2003.1.27, 2003年01月27日 and Excel's day number, with spaces, full-width
    digits or a midnight behind. Year and month alone give the first day and the warning `day_missing`; ``2003.1`` gives
    `month_unsure`, because a spreadsheet makes it of October as well. Years 1900–2100, else `Refused("date_format")`.
    """
    bare = _MIDNIGHT.sub("", half_width(text).strip().lstrip("'"))
    bare = re.sub(r"\s+", "", bare)
    if found := _DAY(bare):
        year, _, *parts = found.groups()
        month, day = [part for part in parts if part]
        return _date(year, month, day), None
    if found := _SERIAL(bare):
        return _EXCEL_DAY_0 + timedelta(days=int(found[1])), None
    if found := _MONTH(bare):
        month = found[2] or found[3] or found[4]
        return _date(found[1], month, "1"), "month_unsure" if bare.endswith(".1") else "day_missing"
    raise Refused("date_format")


def _date(year: str, month: str, day: str) -> date:
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        raise Refused("date_format") from None
    if not _FIRST_YEAR <= found.year <= _LAST_YEAR:
        raise Refused("date_format")
    return found

"""What one cell of a roster means: text as the file has it → the value that a record keeps, or why not.
One cell at a time; what two cells say of each other is in `reading.py`."""

import re
from collections.abc import Callable
from typing import NamedTuple

from webapp.domain import dates
from webapp.domain.identity import (
    certificates,
    characters,
    countries,
    documents,
    emails,
    exam_numbers,
    id_numbers,
    names,
    phones,
    student_numbers,
    tables,
)  # fmt: skip
from webapp.domain.identity.code_table import Entry, Table
from webapp.domain.refused import Refused
from webapp.domain.rosters import resident_ids


class Doubt(Exception):
    """A value that is taken although somebody should look: `value`, and code and facts of the warning."""

    def __init__(self, value: object, code: str, **facts: object) -> None:
        super().__init__(code)
        self.value, self.code, self.facts = value, code, facts


class School(NamedTuple):
    """Whose roster it is: 院校代码 (five digits) and every name it has or had. Empty values are not compared."""

    code: str = ""
    names: tuple[str, ...] = ()


NO_SCHOOL = School()
"""A roster of whoever sends it: columns about the school are not compared."""


class Name(NamedTuple):
    """A name as a record keeps it; `gap` when the file marks a missing character (待补字)."""

    stored: str
    compare: str
    sort: str
    gap: bool


_OTHER_NAMES = {
    "1": ("身份证", "二代身份证"),
    "6": ("香港居民身份证", "香港身份证"),
    "7": ("澳门居民身份证", "澳门身份证"),
    "8": ("台湾居民往来大陆通行证",),
    "9": ("境外永久居住证", "外国人永久居留证"),
    "H": ("港澳通行证",),
    "R": ("港澳居民居住证", "台湾居民居住证"),
    "J": ("军官证", "士兵证"),
}

NAMELESS = Name("", "", "", False)
"""In the place of a name that was refused."""

LENGTHS = frozenset(["1", "1.5", "2", "2.5", "3", "3.5", "4", "4.5", "5", "5.5", "6", "7", "8"])
"""学制 in years (spec §5.1; one year for a second degree or a 研究生班)."""

SORT_KEY_LONGEST = 255
CERTIFICATE_LONGEST = 40

DOCUMENT_KINDS = Table(
    "document_kinds",
    (
        Entry(row.code, row.zh, row.en, (row.short, f"0{row.code}", *_OTHER_NAMES.get(row.code, ())))
        for row in documents.TYPES.values()
    ),
)
"""The kinds of document as rosters name them."""

_YEARS = {"一": "1", "二": "2", "两": "2", "三": "3", "四": "4", "五": "5", "六": "6", "七": "7", "八": "8"}
_PLACEHOLDERS = re.compile("[?？□〓*＊\ufffd]")
_CONTROLS = re.compile("[\0-\x1f\x7f]")
_AS_FORMULA = re.compile(r'="(.*)"')
_APOSTROPHES = "'’`\ufeff\u200b"


def plain(text: str) -> str:
    """A cell without what spreadsheets leave round it: spaces, NBSP, a leading apostrophe, ``="…"``."""
    text = text.strip().lstrip(_APOSTROPHES).strip()
    if text[:2] == '="' and (inside := _AS_FORMULA.fullmatch(text)):
        return inside[1].strip()
    return text


def undamaged(text: str) -> str:
    """A number as text. Raises Refused("spreadsheet_damage") where a spreadsheet has lost its digits (R-SCH-04)."""
    text = plain(text)
    if characters.scientific(characters.half_width(text)):
        raise Refused("spreadsheet_damage")
    return text


def _digits(text: str) -> bool:
    """Whether nothing needs to be cleaned: half a million cells of a big file are only digits."""
    return text.isdecimal() and text.isascii()


def name(text: str) -> Name:
    """Refusals of `names.check`; doubts `name_gap`, and `name_mended` (found, real) for private code points."""
    mended, replaced = names.mend_private_use(plain(text))
    stored = names.clean(mended)
    gap = names.has_gap(stored)
    if gap and not _PLACEHOLDERS.sub("", stored):
        raise Refused("name_empty")
    names.check(_PLACEHOLDERS.sub("某", stored) if gap else stored)
    found = Name(stored, names.compare(stored), names.sort_key(stored)[:SORT_KEY_LONGEST], gap)
    if gap:
        raise Doubt(found, "name_gap")
    if replaced:
        raise Doubt(found, "name_mended", found="".join(a for a, _ in replaced), real="".join(b for _, b in replaced))
    return found


def check_document(kind: str, number: str, country: str) -> None:
    """Refuses with `spreadsheet_damage` or as `documents.check` does; takes what `document` gives."""
    if kind == "1" and resident_ids.sound(number):
        return
    if kind in ("1", "R") and len(number) == 18 and number.endswith("000") and id_numbers.damaged(number):
        raise Refused("spreadsheet_damage")
    documents.check(kind, number, country)


def document(text: str) -> str:
    """The number as typed, made comparable; its rule depends on the kind of document."""
    return text if _digits(text) else documents.clean(undamaged(text))


def date(text: str) -> str | None:
    """ISO date; doubts `day_missing` and `month_unsure`, refusal `date_format`."""
    text = plain(text)
    if not text:
        return None
    day, warning = dates.read(text)
    if warning:
        raise Doubt(day.isoformat(), warning)
    return day.isoformat()


def length(text: str) -> str:
    """Years as ``"4"`` or ``"2.5"`` from 4, 4.0, 4年, 四年, 两年半. Refused("length_unknown")."""
    text = characters.half_width(plain(text)).removesuffix("制")
    half = text.endswith("半")
    years = text.removesuffix("半").replace("个", "").removesuffix("年").strip()
    years = _YEARS.get(years, years)
    years = re.sub(r"\.0+$", "", years) + (".5" if half else "")
    if text and years not in LENGTHS:
        raise Refused("length_unknown")
    return years if text else ""


def code_of(table: Table) -> Callable[[str], str]:
    """Reads a cell by one of `identity.tables`: its code, label or another spelling; empty stays empty."""

    def read(text: str) -> str:
        text = plain(text)
        return table.read(text).code if text else ""

    return read


def words(longest: int) -> Callable[[str], str]:
    """Free text in one line, at most `longest` characters, else Refused("value_long", limit=, length=); no control characters,
    which PostgreSQL does not take: Refused("value_unreadable").
    """

    def read(text: str) -> str:
        text = " ".join(plain(text).split())
        if _CONTROLS.search(text):
            raise Refused("value_unreadable")
        if len(text) > longest:
            raise Refused("value_long", limit=longest, length=len(text))
        return text

    return read


def student_number(text: str) -> str:
    """学号, zeros in front and all (R-SCH-03)."""
    return _number(text, student_numbers)


def exam_number(text: str) -> str:
    """考生号, zeros in front and all (R-SCH-03)."""
    return _number(text, exam_numbers)


def _number(text: str, rule) -> str:
    number = text if _digits(text) else rule.clean(undamaged(text))
    if number:
        rule.check(number)
    return number


def certificate(text: str) -> str:
    """证书编号 as printed. Its agreement with year, type and level is checked with the row."""
    number = certificates.clean(undamaged(text))
    if len(number) == 18 and number.isdigit() and number.endswith("000"):
        raise Doubt(number, "spreadsheet_doubt")
    return words(CERTIFICATE_LONGEST)(number)


def phone(text: str) -> str:
    """Mobile number or nothing; a number that is none is left out with the doubt `phone_format` (R-SCH-31)."""
    return _contact(text, phones)


def email(text: str) -> str:
    """Address or nothing; one that is none is left out with the doubt `email_format` (R-SCH-31)."""
    return _contact(text, emails)


def _contact(text: str, rule) -> str:
    found = text if _digits(text) else rule.clean(undamaged(text))
    if found:
        try:
            rule.check(found)
        except Refused as refused:
            raise Doubt("", refused.code, **refused.facts) from None
    return found


def school_code(school: School) -> Callable[[str], str]:
    """Refused("other_school") unless the five digits, or the last five of a 学校标识码, are the school's own."""

    def read(text: str) -> str:
        text = characters.compact(plain(text))
        if text and school.code and text[-5:] != school.code:
            raise Refused("other_school")
        return text

    return read


def school_name(school: School) -> Callable[[str], str]:
    """Refused("other_school") unless it is one of the school's names, past or present."""
    own = {characters.compact(known) for known in school.names}

    def read(text: str) -> str:
        text = plain(text)
        if text and own and characters.compact(text) not in own:
            raise Refused("other_school")
        return text

    return read


def readers(school: School) -> dict[str, tuple[Callable[[str], object], bool]]:
    """Field → its reader and whether values repeat, so that remembering them pays. Names and documents are apart."""
    return {
        "sex": (code_of(tables.SEXES), True),
        "birth_date": (date, True),
        "document_kind": (code_of(DOCUMENT_KINDS), True),
        "country": (code_of(countries.COUNTRIES), True),
        "ethnic": (code_of(tables.ETHNIC_GROUPS), True),
        "political": (code_of(tables.POLITICAL), True),
        "level": (code_of(tables.LEVELS), True),
        "length": (length, True),
        "category": (code_of(tables.CATEGORIES), True),
        "mode": (code_of(tables.MODES), True),
        "major": (words(60), True),
        "major_code": (words(10), True),
        "college": (words(60), True),
        "department": (words(60), True),
        "klass": (words(60), True),
        "student_number": (student_number, False),
        "exam_number": (exam_number, False),
        "enrolled_on": (date, True),
        "expected_on": (date, True),
        "left_on": (date, True),
        "status": (code_of(tables.STATUSES), True),
        "phone": (phone, False),
        "email": (email, False),
        "counsellor": (words(100), True),
        "graduated_on": (date, True),
        "conclusion": (code_of(tables.CONCLUSIONS), True),
        "certificate": (certificate, False),
        "certificate_serial": (certificate, False),
        "president": (words(40), True),
        "source": (words(8), True),
        "special": (code_of(tables.SPECIALS), True),
        "school_code": (school_code(school), True),
        "school_name": (school_name(school), True),
    }

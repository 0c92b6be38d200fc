"""What the cells of one row say of each other: number and sex, dates and their order, certificate and year.
Single cells are read in `values.py`; other rows, and records that exist, are not known here."""

from collections.abc import Callable, Sequence

from webapp.domain.identity import certificates, countries, documents, exam_numbers, tables
from webapp.domain.refused import Refused
from webapp.domain.rosters import resident_ids, values
from webapp.domain.rosters.columns import ENROLMENT, QUALIFICATION
from webapp.domain.rosters.people import AS_READ, FIRST, Parsed
from webapp.domain.rosters.values import Name

Note = Callable[..., None]
"""`note(field, code, level="warning", **facts)`: tells what was found; may raise to end the row."""

FOREIGN = ("9", "A")
"""Documents of foreign students (来华留学生)."""

_RESIDENCE_AREAS = ("810000", "820000", "830000")
_TEMPORARY = "999"
_MAYBE_NOT_RESIDENT = ("8", "9", "")
"""First digits of residence permits and of temporary numbers."""

_AT = {field: len(FIRST) + place for place, field in enumerate(AS_READ)}
_LEVEL, _CATEGORY, _ETHNIC = _AT["level"], _AT["category"], _AT["ethnic"]
_STUDENT_NUMBER, _EXAM_NUMBER = _AT["student_number"], _AT["exam_number"]
_ENROLLED_ON, _EXPECTED_ON, _LEFT_ON, _GRADUATED_ON = map(
    _AT.__getitem__, ("enrolled_on", "expected_on", "left_on", "graduated_on")
)
_CERTIFICATE, _END = _AT["certificate"], len(FIRST) + len(AS_READ)


class Rules:
    """The rules of one kind of roster. `has` are the fields whose column the sheet has: a gap elsewhere is no news."""

    def __init__(self, kind: str, has: frozenset[str]) -> None:
        self._enrolment, self._has = kind != QUALIFICATION, has
        self._needs_document = kind == ENROLMENT
        self._kind_is_told = "document_kind" in has

    def parsed(self, name: Name, found: list, number: str, note: Note) -> Parsed:
        """The row put together. `found` has a value for each of `people.FIELDS`, `number` is the document as read."""
        kind, country, sex, birth_date = found[:4]
        kind, country, canonical, own_sex, born = self._identity(kind, country, number, note)
        if own_sex:
            if sex and sex != own_sex:
                note("sex", "sex_differs")
            if birth_date and birth_date != born:
                note("birth_date", "birth_date_differs", found=born)
            sex, birth_date = sex or own_sex, birth_date or born
            if not found[_ETHNIC] and "ethnic" in self._has:
                note("ethnic", "value_missing")
        elif not (sex and birth_date):
            note("birth_date" if sex else "sex", "value_missing")
        natural = self._enrolled(found, note) if self._enrolment else self._qualified(found, note)
        stored, compare, sort, gap = name
        rest = found[4:_END]
        if kind in FOREIGN:
            stored, rest = self._foreign(stored, rest, note)
        return Parsed(natural, stored, compare, sort, gap, kind, country, number, canonical, sex, birth_date, *rest)

    def _foreign(self, name: str, rest: Sequence, note: Note) -> tuple[str, list]:
        """来华留学生: a Latin name in capitals, neither 民族 nor 政治面貌 (R-SCH-28)."""
        if name != name.upper():
            note("name", "name_capitals", found=name.upper())
        for field in ("ethnic", "political"):
            if rest[_AT[field] - len(FIRST)]:
                note(field, "foreign_field")
        rest = [value if field not in ("ethnic", "political") else "" for field, value in zip(AS_READ, rest, strict=True)]
        return name.upper(), rest

    def _identity(self, kind: str, country: str, number: str, note: Note) -> tuple[str, str, str, str, str]:
        """Kind, country, key of the identity, and sex and date of birth where the number tells them."""
        kind, country = kind or "1", country or countries.DEFAULT
        if kind == "1" and number[:1] not in _MAYBE_NOT_RESIDENT and resident_ids.sound(number):
            return kind, country, f"ID|{number}", *_told_by(number)
        if not number:
            if self._needs_document:
                note("document", "value_missing", "error")
            return kind, country, "", "", ""
        if kind == "1" and not self._kind_is_told and number[:6] in _RESIDENCE_AREAS:
            kind = "R"
        elif kind == "1" and number[:3] == _TEMPORARY and len(number) == 18:
            kind = "Z"
            note("document", "document_temporary")
        elif kind == "A" and country == countries.DEFAULT:
            note("country", "country_needed", "error")
        try:
            values.check_document(kind, number, country)
        except Refused as refused:
            note("document", refused.code, "error", **refused.facts)
            return kind, country, "", "", ""
        canonical = documents.canonical(kind, number, country)
        if kind not in ("1", "R"):
            return kind, country, canonical, "", ""
        return kind, country, canonical, *_told_by(canonical[-18:])

    def _enrolled(self, found: list, note: Note) -> str:
        number = found[_STUDENT_NUMBER] or found[_EXAM_NUMBER]
        if not number:
            note("student_number" if "student_number" in self._has else "exam_number", "value_missing", "error")
        start, expected, left = found[_ENROLLED_ON], found[_EXPECTED_ON], found[_LEFT_ON]
        if start:
            if expected and expected <= start:
                note("expected_on", "dates_order")
            if left and left < start:
                note("left_on", "dates_order")
            exam_number = found[_EXAM_NUMBER]
            if exam_number and exam_number[:2] != start[2:4]:
                for code in exam_numbers.doubts(exam_number, int(start[:4])):
                    note("exam_number", code)
        return f"{number.upper()}|{found[_LEVEL]}"

    def _qualified(self, found: list, note: Note) -> str:
        start, end, certificate = found[_ENROLLED_ON], found[_GRADUATED_ON], found[_CERTIFICATE]
        if start and end and end <= start:
            note("graduated_on", "dates_order")
        year = int(end[:4]) if end else None
        level = tables.LEVELS[found[_LEVEL]].certificate if found[_LEVEL] else ""
        category = tables.CATEGORIES[found[_CATEGORY]].certificate if found[_CATEGORY] else ""
        field = "graduated_on"
        try:
            if year is not None:
                certificates.check_year(year)
            field = "certificate"
            certificates.check(certificate, year, category or None, level or None)
        except Refused as refused:
            note(field, refused.code, "error", **refused.facts)
        return certificate if certificate.isdigit() else next(iter(certificates.canonical_forms(certificate)), "")


def _told_by(eighteen: str) -> tuple[str, str]:
    """Sex and date of birth in a resident ID number."""
    return "1" if eighteen[16] in "13579" else "2", f"{eighteen[6:10]}-{eighteen[10:12]}-{eighteen[12:14]}"

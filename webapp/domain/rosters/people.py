"""What comes out of a roster: a person's row ready for the database, and what is wrong with a cell.
Plain tuples, because a file has up to a million of them."""

from typing import NamedTuple


class Parsed(NamedTuple):
    """One row, normalised; the fields are those of `Record`. Codes are those of `identity.tables`, dates ISO text.

    `natural` finds the record again in the next roster; `canonical` is the key of the identity, "" without a document.
    Texts that are not there are "", dates None.
    """

    natural: str
    name: str
    name_compare: str
    name_sort: str
    name_gap: bool
    document_kind: str
    country: str
    document: str
    canonical: str
    sex: str
    birth_date: str | None
    ethnic: str
    political: str
    level: str
    length: str
    category: str
    mode: str
    major: str
    major_code: str
    college: str
    department: str
    klass: str
    student_number: str
    exam_number: str
    enrolled_on: str | None
    expected_on: str | None
    left_on: str | None
    status: str
    phone: str
    email: str
    counsellor: str
    graduated_on: str | None
    conclusion: str
    certificate: str
    certificate_serial: str
    president: str
    source: str
    special: str


FIRST = ("document_kind", "country", "sex", "birth_date")
AS_READ = Parsed._fields[Parsed._fields.index("ethnic") :]
FIELDS = (*FIRST, *AS_READ, "school_code", "school_name")
"""The columns that are read cell by cell, in the order in which `agreement.Rules.parsed` takes them."""


class Problem(NamedTuple):
    """What is wrong in one cell: field, the file's own header, the cell as it stands, code and facts of the sentence.

    `level` is "error" (the row is not imported) or "warning" (it is, and somebody should look).
    """

    field: str
    column: str
    value: str
    code: str
    facts: dict[str, object]
    level: str = "error"

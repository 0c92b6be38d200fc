"""What a qualification takes over from the enrolment, and what its certificate adds (spec 5.2).

Not here: when it is made (`registering.py`).
"""

from webapp.models.graduation import Graduate
from webapp.models.records import Record

TAKEN = (
    "name", "name_compare", "name_sort", "name_gap", "sex", "birth_date", "document_kind", "country", "document",
    "identity_index", "ethnic", "political", "level", "length", "category", "mode", "major", "major_code", "college_id",
    "department", "klass_id", "student_number", "exam_number", "enrolled_on",
)  # fmt: skip


def copied(graduate: Graduate) -> dict[str, object]:
    """Column → value of the qualification as it would be registered now, without its number."""
    return {field: getattr(graduate.record, field) for field in TAKEN} | {
        "graduated_on": graduate.day,
        "conclusion": graduate.conclusion,
        "president": graduate.president,
    }


def qualification(graduate: Graduate, number: str, status: str, photo: int | None) -> Record:
    """The record to be registered, not saved yet."""
    made = Record(unit=graduate.unit_id, kind="qualification", natural=number, certificate=number)
    for field, value in copied(graduate).items():
        setattr(made, field, value)
    made.status, made.photo, made.source = status, photo, "注册"
    return made

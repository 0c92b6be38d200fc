"""The codes of everything that may stand against a graduate's registration, in the order of the list (R-SCH-13).

What they are called on screen is in `web/staff/graduation/words.py`.
"""

from webapp.domain.graduation import numbers

PHOTO = ("photo_missing", "photo_failing", "photo_unchecked")
"""缺少学历照片; the photo does not meet the standard or is doubted; the student has not said that it is right."""

FIELDS = (
    "name", "sex", "birth_date", "document", "level", "length", "category", "mode", "major", "enrolled_on", "expected_order",
)  # fmt: skip
"""What a certificate needs, each told as ``field_<name>``; the last: it begins after it ends."""

CODES = (
    *PHOTO,
    *(f"field_{field}" for field in FIELDS),
    *numbers.FAULTS,
    "certificate_taken",
    "number_codes",
    "prior_missing",
    "prior_format",
    "status",
    "double",
    "correction",
    "report",
    "changed",
)

"""The table of evidence (spec 8.3): for each field its grounds, and the documents that each ground needs.

A province changes it by the setting `cor.provinces` (`rules.py`). Not here: the words for it (`web/corrections/words.py`).
"""

from dataclasses import dataclass

IDENTITY = ("name", "sex", "birth_date", "document", "ethnic")
"""身份信息: the school confirms and the province decides (R-COR-04)."""

SCHOOL = ("college", "department", "klass", "student_number", "major", "length", "expected_on")
"""学校管理的信息: the school decides."""

PUBLISHED = (*IDENTITY, "major", "length", "level", "graduated_on", "conclusion", "certificate")
"""What a 学历勘误 may be about; the province decides all of it (R-COR-08)."""


@dataclass(frozen=True, slots=True)
class Ground:
    """依据: a case in which a field is corrected. `needs` are kinds of evidence, all of them; `short` is the short path."""

    code: str
    field: str
    needs: tuple[str, ...]
    short: bool = False


GROUNDS = (
    Ground("name_changed", "name", ("id_card", "household", "police")),
    Ground("name_typed", "name", ("id_card", "household")),
    Ground("name_exam", "name", ("id_card", "household", "exam_authority")),
    Ground("name_rare", "name", ("id_card",), short=True),
    Ground("sex_typed", "sex", ("id_card", "household")),
    Ground("birth_typed", "birth_date", ("id_card", "household", "police", "birth_paper")),
    Ground("number_typed", "document", ("id_card", "household", "police")),
    Ground("number_birth", "document", ("id_card", "household", "police", "birth_paper")),
    Ground("number_exam", "document", ("id_card", "household", "exam_authority")),
    Ground("number_moved", "document", ("deregistered", "permit_card")),
    Ground("number_officer", "document", ("id_card", "officer_card")),
    Ground("ethnic_changed", "ethnic", ("id_card", "household", "ethnic_paper")),
    Ground("school_unit", "college", ()),
    Ground("school_part", "department", ()),
    Ground("school_class", "klass", ()),
    Ground("school_number", "student_number", ()),
    Ground("school_major", "major", ("admission",)),
    Ground("school_length", "length", ("admission",)),
    Ground("school_until", "expected_on", ()),
)
"""The grounds of a record that is not published, in the order in which they are offered."""

ERRATUM_NEEDS = ("certificate", "id_card", "household")
"""What a student brings for a 学历勘误; the school adds its own (`SCHOOLS_OWN`)."""

SCHOOLS_OWN = ("roster",)
"""录检表、名册: what the school itself adds to a 学历勘误 (R-COR-08)."""

ERRATUM = tuple(Ground(f"e_{field}", field, ERRATUM_NEEDS) for field in PUBLISHED)

KINDS = tuple(dict.fromkeys(kind for ground in (*GROUNDS, *ERRATUM) for kind in ground.needs)) + SCHOOLS_OWN

ORIGINALS = ("household", "police", "birth_paper", "ethnic_paper", "deregistered")
"""需核验原件: these are looked at in the office too, before the school passes the request on (R-COR-03)."""

BY_CODE = {ground.code: ground for ground in (*GROUNDS, *ERRATUM)}


def of_field(field: str, erratum: bool) -> list[Ground]:
    return [ground for ground in (ERRATUM if erratum else GROUNDS) if ground.field == field]

"""What stands in a report: the fields of each kind in their order, with labels and values in its language (R-RPT-03).

Not here: what an English report needs besides (`english.py`), the page and the paper that show it.
"""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from webapp.domain import clock
from webapp.domain.identity import documents, tables
from webapp.domain.identity.code_table import Entry, Table

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

FIELDS = Table("report_fields", (
    Entry("name", "姓名", "Name"),
    Entry("sex", "性别", "Sex"),
    Entry("birth_date", "出生日期", "Date of birth"),
    Entry("document", "证件号码", "Document number"),
    Entry("ethnic", "民族", "Ethnic group"),
    Entry("unit_name", "学校名称", "School"),
    Entry("level", "层次", "Level"),
    Entry("major", "专业", "Major"),
    Entry("length", "学制", "Length of study"),
    Entry("category", "学历类别", "Category"),
    Entry("mode", "学习形式", "Mode of study"),
    Entry("college", "分院", "College"),
    Entry("department", "系（所、函授站）", "Department"),
    Entry("klass", "班级", "Class"),
    Entry("student_number", "学号", "Student number"),
    Entry("enrolled_on", "入学日期", "Date of enrolment"),
    Entry("left_on", "离校日期", "Date of leaving"),
    Entry("status", "学籍状态", "Status"),
    Entry("expected_on", "预计毕业日期", "Expected graduation"),
    Entry("graduated_on", "毕（结）业日期", "Date of graduation"),
    Entry("conclusion", "毕（结）业", "Conclusion"),
    Entry("certificate", "证书编号", "Certificate number"),
    Entry("president", "校（院）长姓名", "President"),
    Entry("updated", "更新日期", "Last updated"),
))  # fmt: skip
"""Every field that a report can show (spec 5.1, 5.2)."""

EXTRAS = ("document", "student_number", "klass", "photo")
"""What a report shows only where its holder says so; the document's number is masked even then (R-RPT-04)."""

KINDS: dict[str, tuple[str, ...]] = {
    "enrolment": (
        "name", "sex", "birth_date", "document", "ethnic", "unit_name", "level", "major", "length", "category", "mode",
        "college", "department", "klass", "student_number", "enrolled_on", "status", "left_on", "expected_on", "updated",
    ),
    "qualification": (
        "name", "sex", "birth_date", "document", "enrolled_on", "graduated_on", "unit_name", "major", "length", "level",
        "category", "mode", "conclusion", "certificate", "president", "updated",
    ),
}  # fmt: skip
"""The fields of 学籍在线验证报告 and of 学历证书电子注册备案表."""

TITLES = {
    "enrolment": Entry("enrolment", "学籍在线验证报告", "Online Verification Report of Student Enrolment"),
    "qualification": Entry("qualification", "学历证书电子注册备案表", "Electronic Registration Form of Academic Certificate"),
}
"""Under the name of the school that issues it, never a ministry's."""

CODES = {
    "sex": tables.SEXES,
    "ethnic": tables.ETHNIC_GROUPS,
    "level": tables.LEVELS,
    "category": tables.CATEGORIES,
    "mode": tables.MODES,
    "status": tables.STATUSES,
    "conclusion": tables.CONCLUSIONS,
}


def extras(kind: str) -> tuple[str, ...]:
    """Those of EXTRAS that a report of this kind can have."""
    return tuple(one for one in EXTRAS if one in KINDS[kind] or one == "photo")


def title(found: Any, language: str) -> str:
    """Of a report's document: 「云溪学院学籍在线验证报告」."""
    told = TITLES[found.kind]
    return f"{found.unit_name}{told.zh}" if language == "zh" else told.en


def issuer(found: Any, language: str) -> str:
    return found.unit_name if language == "zh" else found.unit_english or found.unit_name


def rows(found: Any, language: str, shows: str = "", english: str = "") -> list[tuple[str, str, str]]:
    """(field, label, value) of what a report says of the record `found`, as it is now; what is empty is left out.

    `found` has the columns of `models.report_by_code.FoundReport`; `shows` and `english` are the report's own. The name in an
    English report has the Chinese one behind it.
    """
    chosen = set(shows.split())
    words = json.loads(english) if english else {}
    told = []
    for field in KINDS[found.kind]:
        if field in EXTRAS and field not in chosen:
            continue
        if value := _value(found, field, language, words):
            label = FIELDS[field]
            told.append((field, label.zh if language == "zh" else label.en, value))
    return told


def _value(found: Any, field: str, language: str, words: Mapping[str, Mapping[str, str]]) -> str:
    if field == "document":
        return documents.masked(found.number) if found.document else ""
    if field == "unit_name":
        return issuer(found, language)
    value = getattr(found, field)
    if not value:
        return ""
    if field in CODES:
        entry = CODES[field][value]
        return entry.zh if language == "zh" else entry.en
    if field == "updated":
        return day(clock.shown(value).date(), language)
    if isinstance(value, date):
        return day(value, language)
    if field == "length":
        return f"{value} 年" if language == "zh" else f"{value} years"
    english = words.get(field, {}).get(value, "") if language == "en" else ""
    if field == "name" and english:
        return f"{english} ({value})"  # however its holder spells it, whose name it is stays to be seen
    return english or value


def day(told: date, language: str) -> str:
    """2004年01月14日, as these documents write it; 14 January 2004."""
    if language == "zh":
        return f"{told.year}年{told.month:02}月{told.day:02}日"
    return f"{told.day} {MONTHS[told.month - 1]} {told.year}"

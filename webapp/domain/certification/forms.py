"""What the form of each 申请项目 asks, as data, and how its answers are read (R-CRT-11 to R-CRT-14, R-CRT-47).

Not here: what the questions are called, nor whether a certificate may be applied for at all (`guards.py`).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from webapp.domain import clock, dates
from webapp.domain.identity import certificates, tables
from webapp.domain.identity.code_table import Table
from webapp.domain.refused import Refused

GENERAL = "general"
"""普通高中."""

SCHOOLS = (GENERAL, "technical", "vocational", "skilled")
"""普通高中, 中专, 中职, 技校; only the first is still taken (R-CRT-07)."""

TABLES: dict[str, Table] = {
    "province": tables.PROVINCES,
    "category": tables.CATEGORIES,
    "level": tables.LEVELS,
    "conclusion": tables.CONCLUSIONS,
}
"""Questions whose answer is a code, by name."""

_year = re.compile(r"(?:19|20)[0-9]{2}").fullmatch


@dataclass(frozen=True, slots=True)
class Question:
    """One question. `kind`: text (at most `most` characters), certificate, table, day, month, year, school (one of SCHOOLS)."""

    name: str
    kind: str = "text"
    most: int = 60
    optional: bool = False


SCHOOL, MAJOR = Question("school"), Question("major")
PROVINCE, LEVEL = Question("province", "table"), Question("level", "table")
ENTERED, GRADUATED = Question("entered", "day"), Question("graduated", "day")

FORMS: dict[str, tuple[Question, ...]] = {
    "degree": (
        Question("number", "certificate"),
        Question("serial", most=30, optional=True),
        SCHOOL,
        PROVINCE,
        Question("category", "table"),
        LEVEL,
        ENTERED,
        GRADUATED,
        MAJOR,
        Question("length", most=10, optional=True),
        Question("conclusion", "table"),
        Question("note", most=100, optional=True),
    ),
    "grades": (SCHOOL, Question("student_number", most=30), MAJOR, LEVEL, ENTERED, GRADUATED),
    "gaokao": (Question("year", "year"), PROVINCE, Question("exam_number", most=30)),
    "huikao": (PROVINCE, SCHOOL, Question("number", most=30), Question("graduated", "year")),
    "secondary": (
        Question("school_kind", "school"),
        SCHOOL,
        PROVINCE,
        Question("graduated", "month"),
        Question("number", most=30),
    ),
}
"""The questions of each kind, in the order of its paper."""


def read(kind: str, typed: Mapping[str, str]) -> tuple[dict[str, str], list[Refused]]:
    """The answers as they are kept, and everything that is wrong with them, question by question.

    Refusals carry `field`: entry_missing, entry_long (most), entry_unknown, date_format, entry_year, graduation_date,
    kind_closed, and what `certificates.check` raises.
    """
    told, faults = {}, []
    for question in FORMS[kind]:
        try:
            told[question.name] = _answer(question, typed.get(question.name) or "")
        except Refused as refused:
            faults.append(Refused(refused.code, **refused.facts | {"field": question.name}))
    if not faults:
        faults = [fault for check in (_check_dates, _check_certificate) for fault in check(kind, told)]
    return {name: answer for name, answer in told.items() if answer}, faults


def summary(kind: str, holder: str, told: Mapping[str, str]) -> str:
    """概要: 证书持有人-院校名称-层次, or what stands for them where there is no school or level (R-CRT-31)."""
    level = tables.LEVELS[told["level"]].zh if "level" in told else ""
    where = told.get("school") or tables.PROVINCES[told["province"]].zh
    what = level or told.get("year") or told.get("graduated", "")
    return "-".join(filter(None, (holder, where, what)))[:200]


def _answer(question: Question, typed: str) -> str:
    """One answer, cleaned. Raises what `read` names."""
    answer = certificates.clean(typed) if question.kind == "certificate" else " ".join(typed.split())
    if not answer:
        if question.optional:
            return ""
        raise Refused("entry_missing")
    if question.kind == "table":
        return _one_of(TABLES[question.name].codes, answer)
    if question.kind == "school":
        if _one_of(SCHOOLS, answer) != GENERAL:
            raise Refused("kind_closed")
        return answer
    if question.kind in ("day", "month"):
        return dates.read(answer)[0].isoformat()[: 10 if question.kind == "day" else 7]
    if question.kind == "year" and not _year(answer):
        raise Refused("entry_year")
    if len(answer) > question.most:
        raise Refused("entry_long", most=question.most)
    return answer


def _one_of(known: frozenset[str] | tuple[str, ...], answer: str) -> str:
    if answer not in known:
        raise Refused("entry_unknown")
    return answer


def _check_dates(kind: str, told: Mapping[str, str]) -> list[Refused]:
    """毕业日期 lies after 入学日期, and no date lies ahead (R-CRT-14)."""
    today = clock.today().isoformat()
    named = "graduated" if "graduated" in told else "year"
    last = told.get(named, "")
    if last > today[: len(last)] or ("entered" in told and last <= told["entered"]):
        return [Refused("graduation_date", field=named)]
    return []


def _check_certificate(kind: str, told: Mapping[str, str]) -> list[Refused]:
    """Does the number of a diploma agree with its year, type and level (spec 6.6)?"""
    if kind != "degree":
        return []
    type_code = tables.CATEGORIES[told["category"]].certificate or None
    level_code = tables.LEVELS[told["level"]].certificate or None
    try:
        certificates.check(told["number"], date.fromisoformat(told["graduated"]).year, type_code, level_code)
    except Refused as refused:
        return [Refused(refused.code, **refused.facts | {"field": "number"})]
    return []

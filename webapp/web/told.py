"""How a record's values are told to its reader: codes as labels, dates, numbers, and what a status means.

Not here: which values are shown where (`records/lines.py`), or sentences of refusals (`words/`).
"""

from collections.abc import Callable
from datetime import date, datetime
from functools import lru_cache, wraps
from typing import ParamSpec, TypeVar

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from webapp.domain import clock
from webapp.domain.identity import documents, tables
from webapp.web import language

TABLES = {
    "levels": tables.LEVELS,
    "categories": tables.CATEGORIES,
    "modes": tables.MODES,
    "statuses": tables.STATUSES,
    "conclusions": tables.CONCLUSIONS,
    "specials": tables.SPECIALS,
    "political": tables.POLITICAL,
    "sexes": tables.SEXES,
    "ethnic": tables.ETHNIC_GROUPS,
    "provinces": tables.PROVINCES,
    "documents": documents.TYPES,
}

CODES = {
    "sex": "sexes",
    "ethnic": "ethnic",
    "level": "levels",
    "political": "political",
    "document_kind": "documents",
    "category": "categories",
    "mode": "modes",
    "status": "statuses",
    "conclusion": "conclusions",
    "special": "specials",
    "unit_province": "provinces",
}
"""Columns of a record that hold a code, and the table in `TABLES` that explains it."""

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
"""For the English catalogue alone, whose dates read 19 Nov 2026."""

COLUMNS = {
    "name": _l("姓名"),
    "sex": _l("性别"),
    "birth_date": _l("出生日期"),
    "document": _l("证件号码"),
    "ethnic": _l("民族"),
    "level": _l("层次"),
    "major": _l("专业"),
    "length": _l("学制"),
    "college": _l("分院"),
    "klass": _l("班级"),
    "student_number": _l("学号"),
    "photo": _l("录取照片"),
    "unit_name": _l("学校名称"),
    "unit_code": _l("院校代码"),
    "unit_province": _l("院校所在省市"),
    "document_kind": _l("证件类型"),
    "exam_number": _l("考生号"),
    "political": _l("政治面貌"),
    "major_code": _l("专业代码"),
    "category": _l("学历类别"),
    "mode": _l("学习形式"),
    "department": _l("系（所、函授站）"),
    "enrolled_on": _l("入学日期"),
    "expected_on": _l("预计毕业日期"),
    "left_on": _l("离校日期"),
    "status": _l("学籍状态"),
    "graduated_on": _l("毕（结）业日期"),
    "conclusion": _l("毕（结）业结论"),
    "certificate": _l("证书编号"),
    "certificate_serial": _l("证书序列号"),
    "president": _l("校（院）长姓名"),
    "source": _l("来源"),
    "updated": _l("更新日期"),
    "country": _l("国籍"),
    "phone": _l("联系电话"),
    "email": _l("邮箱"),
    "counsellor": _l("辅导员"),
    "special": _l("特殊类别"),
}
"""What the columns of a record are called, by their names in the model."""

STATUS_ADVICE = {
    "A1": _l("学籍注册成功。"),
    "A2": _l("学籍注册成功，目前休学。复学手续到学籍科办理。"),
    "A3": _l("学籍注册成功，学校为你保留学籍。回校时到学籍科办理。"),
    "A4": _l("学籍还在，这一学年暂缓注册。问学籍科还差什么手续。"),
    "N0": _l("学校还没有完成注册。过几天再看，或者问学籍科。"),
    "N1": _l("学校为你保留入学资格。入学时带录取通知书到学籍科办理。"),
    "N2": _l("登记为放弃入学资格。如果不是这样，尽快联系学籍科。"),
    "N3": _l("登记为取消入学资格。有不同意见，尽快联系学籍科。"),
    "X1": _l("学籍信息待核实，联系学校学籍科。"),
}
"""What a 学籍状态 means for the student and what there is to do (R-CHK-04)."""

LEFT = _l("已经不在籍。如果你还在校就读，尽快联系学籍科。")


W = ParamSpec("W")
T = TypeVar("T")


def by_language(tell: Callable[W, T]) -> Callable[W, T]:
    """Remember what `tell` gives for each language: gettext takes longer than a page's database. Never for a person's words."""
    remembered = lru_cache(maxsize=4096)(lambda _lang, *given: tell(*given))

    @wraps(tell)
    def told(*given: W.args) -> T:
        return remembered(language.chosen(), *given)

    told.to = remembered  # for many values at once: the reader's language first
    return told


@by_language
def label(table: str, code: str | None) -> str:
    """The label of a code in the reader's language; a text that is no code is shown as it is."""
    known = TABLES[table]
    if not code or code not in known:
        return code or ""
    return known[code].en if language.chosen() == "en" else known[code].zh


@by_language
def column_labels() -> dict[str, str]:
    """What the columns of a record are called, by name."""
    return {name: str(words) for name, words in COLUMNS.items()}


def column_label(column: str) -> str:
    return column_labels()[column]


@by_language
def day(told: date | None) -> str:
    """A date with its year: 2008 年 5 月 12 日."""
    if not told:
        return ""
    name = MONTHS[told.month - 1]
    return _("%(year)s 年 %(month)s 月 %(day)s 日", year=told.year, month=told.month, day=told.day, name=name)


@by_language
def short_day(told: date) -> str:
    """A date of these weeks: 11 月 20 日."""
    return _("%(month)s 月 %(day)s 日", month=told.month, day=told.day, name=MONTHS[told.month - 1])


def moment(told: datetime) -> str:
    """A moment as a clock in China shows it: 2026 年 11 月 16 日 10:00."""
    there = clock.shown(told)
    return f"{day(there.date())} {there:%H:%M}"


@by_language
def years(length: str) -> str:
    """学制, as the upload writes it in years: 4 年, 2.5 年."""
    return _("%(years)s 年", years=length) if length else ""


@by_language
def status_advice(code: str) -> str:
    return str(STATUS_ADVICE.get(code, LEFT))


def yuan(fen: int) -> str:
    """An amount in yuan with two decimals, as prices and sums are shown: 15000 → 150.00."""
    return f"{fen // 100}.{fen % 100:02d}"

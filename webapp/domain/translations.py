"""英文名称: the records office says what its majors, colleges, departments, classes are called in English (R-RPT-20).

What lacks a name is read from the school's own records; what reports wait for comes first. Not here: English reports
(`reports/english.py`).
"""

from collections.abc import Iterable
from typing import NamedTuple

from webapp.domain import clock, journal
from webapp.domain.identity.code_table import Entry, Table
from webapp.domain.identity.romanised import is_chinese, roman
from webapp.domain.permissions import Actor, Can
from webapp.domain.refused import Refused
from webapp.domain.reports import english
from webapp.models import scope
from webapp.models.base import transaction
from webapp.models.records import Record
from webapp.models.reports import OnlineReport
from webapp.models.school import Class, College, Unit
from webapp.models.translations import Translation

KINDS = Table("translation_kinds", (
    Entry("unit_name", "学校", "School", ("校名", "学校名称")),
    Entry("major", "专业", "Major", ("专业名称",)),
    Entry("college", "学院", "College", ("分院", "院系")),
    Entry("department", "系（所、函授站）", "Department", ("系", "系所", "函授站", "教学点")),
    Entry("klass", "班级", "Class", ("行政班", "班级名称")),
    Entry("president", "校（院）长", "President", ("校长", "院长", "校（院）长姓名")),
))  # fmt: skip
"""The school's own name, and what a report says in the school's own words: by column of a record."""

PLACES = {"college": College, "klass": Class}

LONGEST = 120
"""Characters of an English name."""


class Name(NamedTuple):
    """`en` is empty where nobody has said it; `waiting` reports wait for it; `hint` is what one would propose."""

    zh: str
    en: str
    waiting: int
    hint: str


class Row(NamedTuple):
    """One line of a sheet: which kind of name, in Chinese and in English."""

    kind: str
    zh: str
    en: str


def schools(actor: Actor) -> list[Unit]:
    """The schools whose names the actor may say."""
    return scope.schools(actor.where(Can.ENROL))


def names(unit: Unit) -> dict[str, list[Name]]:
    """Kind → every Chinese name of it that the school's reports can say; what reports wait for first, then by the text."""
    known, asked = english.catalogue(unit.id), waiting(unit)
    if unit.english:
        known["unit_name", unit.name] = unit.english
    told = {}
    for kind in (one.code for one in KINDS):
        here = asked.get(kind, {})
        texts = filter(is_chinese, _said(unit, kind))
        if kind == "klass":  # nobody translates 1,500 of them in advance
            texts = (zh for zh in texts if zh in here or (kind, zh) in known)
        found = [Name(zh, known.get((kind, zh), ""), here.get(zh, 0), _hint(kind, zh)) for zh in texts]
        told[kind] = sorted(found, key=lambda name: (-name.waiting, name.zh))
    return told


def waiting(unit: Unit) -> dict[str, dict[str, int]]:
    """Kind → name → how many reports wait for it."""
    known, asked = english.catalogue(unit.id), {}
    query = OnlineReport.select(OnlineReport, Record, Unit).join(Record).join(Unit)
    for report in query.where(english.pending([unit.id])):
        for kind, zh in english.compose(report.record, report.shows.split(), "", known).missing:
            of = asked.setdefault(kind, {})
            of[zh] = of.get(zh, 0) + 1
    return asked


def say(actor: Actor, unit: Unit, rows: Iterable[Row]) -> int:
    """Keep these names, all or none; English reports say them from now on, and those that waited for the last one answer.

    Returns how many differed. Raises Refused: not_allowed, and as `Check`.
    """
    if unit.id not in scope.units(actor.where(Can.ENROL)):
        raise Refused("not_allowed")
    check = Check(unit)
    rows = [check(row) for row in rows]
    with transaction():
        unit = unit.locked()  # two officers say the same name one after the other
        changed = [row for row in rows if _keep(actor, unit, row)]
        _settle(actor, unit, changed)
    return len(changed)


class Check:
    """Whether rows can be kept: the school's records have the name, and its English is some."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit
        self._said: dict[str, set[str]] = {}

    def __call__(self, row: Row) -> Row:
        """The row as it is kept, with single spaces.

        Raises Refused: translation_kind, translation_zh, translation_en (most).
        """
        kind, zh, en = row.kind, " ".join(row.zh.split()), " ".join(row.en.split())
        if kind not in KINDS:
            raise Refused("translation_kind", value=kind)
        if kind not in self._said:
            self._said[kind] = _said(self._unit, kind)
        if zh not in self._said[kind] or not is_chinese(zh):
            raise Refused("translation_zh", value=zh)
        if not en or len(en) > LONGEST or is_chinese(en) or not any(map(str.isalpha, en)):
            raise Refused("translation_en", value=en, most=LONGEST)
        return Row(kind, zh, en)


def _hint(kind: str, zh: str) -> str:
    """A person's name is spelt; everything else the school has to call by itself."""
    return roman(zh) if kind == "president" else ""


def _said(unit: Unit, kind: str) -> set[str]:
    """What the school's records say."""
    if kind == "unit_name":
        return {unit.name}
    if kind in PLACES:
        model = PLACES[kind]
        return {name for (name,) in model.select(model.name).where(model.unit == unit).tuples()}
    column = getattr(Record, kind)
    query = Record.select(column).where((Record.unit == unit) & (column != "")).distinct()
    return {text for (text,) in query.tuples()}


def _keep(actor: Actor, unit: Unit, row: Row) -> bool:
    if row.kind == "unit_name":
        return _rename(actor, unit, row)
    here = (Translation.unit == unit) & (Translation.kind == row.kind) & (Translation.zh == row.zh)
    found = Translation.get_or_none(here) or Translation(unit=unit, kind=row.kind, zh=row.zh, en="")
    if found.en == row.en:
        return False
    before, is_new = found.en, found.id is None
    found.en, found.who, found.at = row.en, actor.name, clock.now()
    found.save(force_insert=is_new)
    _note(actor, found, row, before)
    return True


def _rename(actor: Actor, unit: Unit, row: Row) -> bool:
    if unit.english == row.en:
        return False
    _note(actor, unit, row, unit.english)
    unit.english = row.en
    unit.save()
    return True


def _note(actor: Actor, of: Translation | Unit, row: Row, before: str) -> None:
    """The history holds what a major or a college was called, and nothing of a person, a president neither."""
    said = {} if row.kind == "president" else {"before": before, "after": row.en}
    journal.record("translation.set", actor.name, of, kind=row.kind, **said)


def _settle(actor: Actor, unit: Unit, changed: list[Row]) -> None:
    """The reports of the records that say one of these names; a school's own name only lets what is pending answer."""
    told: dict[str, list[str]] = {}
    for row in changed:
        told.setdefault(row.kind, []).append(row.zh)
    for kind, texts in told.items():
        if kind == "unit_name":
            which = english.pending([unit.id])
        elif kind in PLACES:
            model = PLACES[kind]
            places = model.select(model.id).where((model.unit == unit) & model.name.in_(texts))
            which = (Record.unit == unit) & getattr(Record, kind).in_(places)
        else:
            which = (Record.unit == unit) & getattr(Record, kind).in_(texts)
        english.settle(actor, which)

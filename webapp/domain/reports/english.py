"""What an English report needs besides: how its holder spells the name, and the school's names for what is Chinese (R-RPT-20).

Not here: the catalogue itself (`domain/translations.py`), what stands in a report (`content.py`).
"""

import json
from collections.abc import Collection, Mapping
from dataclasses import replace
from types import SimpleNamespace
from typing import NamedTuple

from peewee import Expression, fn

from webapp.domain import clock, messages
from webapp.domain.identity import romanised
from webapp.domain.identity.romanised import is_chinese, roman
from webapp.domain.permissions import Actor
from webapp.domain.reports import content, issuing
from webapp.domain.reports.lifecycle import REPORT
from webapp.models.accounts import Account
from webapp.models.base import transaction
from webapp.models.records import Record
from webapp.models.reports import OnlineReport
from webapp.models.school import Unit
from webapp.models.translations import Translation

NAMED = ("major", "college", "department", "klass", "president")
"""Fields that say a name of the school's own making, for which there is no table of codes."""

LIVING = ("active", "closed", "pending")
"""States of a report that says, or may say again, what the record does."""

Words = dict[str, dict[str, str]]
"""Field → Chinese text → English."""


class Said(NamedTuple):
    """The words of an English report, and (field, Chinese text) of what the catalogue lacks."""

    words: Words
    missing: list[tuple[str, str]]


def proposed(account: Account, record: Record) -> str:
    """How the holder spelt this name in the last English report; else `romanised.roman`."""
    last = OnlineReport.select().where((OnlineReport.account == account) & (OnlineReport.language == "en"))
    for report in last.order_by(OnlineReport.id.desc()).limit(1):
        if known := _spelt(report, record.name):
            return known
    return roman(record.name)


def compose(record: Record, shows: Collection[str], spelt: str, book: Mapping[tuple[str, str], str] | None = None) -> Said:
    """What an English report of the record would say, with its name spelt so; `book` is the school's catalogue, if at hand."""
    known = catalogue(record.unit_id) if book is None else book
    said = Said({"name": {record.name: spelt}} if is_chinese(record.name) else {}, [])
    if not record.unit.english:
        said.missing.append(("unit_name", record.unit.name))
    for field, text in named(record, shows):
        if english := known.get((field, text)):
            said.words[field] = {text: english}
        else:
            said.missing.append((field, text))
    return said


def named(record: Record, shows: Collection[str]) -> list[tuple[str, str]]:
    """(field, text) of what a report of the record says in Chinese that only the school can translate."""
    told = [field for field in content.KINDS[record.kind] if field in NAMED]
    pairs = [(field, text_of(record, field)) for field in told if field not in content.EXTRAS or field in shows]
    return [(field, text) for field, text in pairs if is_chinese(text)]


def written(words: Words) -> str:
    """The value of `OnlineReport.english`."""
    return json.dumps(words, ensure_ascii=False, sort_keys=True)


def text_of(record: Record, field: str) -> str:
    """One of `NAMED`, as the record says it; "" where it says nothing."""
    value = getattr(record, field)
    return value.name if value is not None and field in ("college", "klass") else value or ""


def catalogue(unit: int) -> dict[tuple[str, str], str]:
    """(field, Chinese text) → English, of a whole school."""
    rows = Translation.select(Translation.kind, Translation.zh, Translation.en).where(Translation.unit == unit)
    return {(kind, zh): en for kind, zh, en in rows.tuples()}


def pending(units: Collection[int]) -> Expression:
    """Reports that wait for a name of these schools: few do, so their own index leads, and not that of the schools' records."""
    here = (Record.id == OnlineReport.record) & Record.unit.in_(units)
    return (OnlineReport.state == "pending") & fn.EXISTS(Record.select(Record.id).where(here))


def needs_chinese(account: Account, record: Record) -> bool:
    """An English report stands beside a Chinese one (R-RPT-21): is there none that answers?"""
    mine = (OnlineReport.account == account) & (OnlineReport.record == record) & (OnlineReport.language == "zh")
    answers = (OnlineReport.state == "active") & (OnlineReport.ends >= clock.today())
    return not OnlineReport.select().where(mine & answers).exists()


def preview(record: Record, shows: Collection[str], said: Said) -> list[tuple[str, str, str]]:
    """The rows of an English report as it would stand, in Chinese still where the catalogue lacks a name; without the name."""
    told = {field: text_of(record, field) if field in NAMED else getattr(record, field, "") for field in content.FIELDS.codes}
    told |= {"kind": record.kind, "unit_name": record.unit.name, "unit_english": record.unit.english, "number": record.document}
    rows = content.rows(SimpleNamespace(**told), "en", " ".join(shows), written(said.words))
    return [row for row in rows if row[0] != "name"]


def issue(account: Account, actor: Actor, record: Record, wish: issuing.Wish, spelt: str) -> OnlineReport:
    """An English report, pending where the catalogue lacks a name of it; with a Chinese one first where there is none.

    Raises Refused: report_spelling (least, most), and what `issuing.issue` raises.
    """
    spelt = spelling(record, spelt)
    said = compose(record, wish.shows, spelt)
    make = issuing.issue if wish.ordered else issuing.issue_once
    with transaction():
        if needs_chinese(account, record):
            issuing.issue(account, actor, record, replace(wish, language="zh"))
        wish = replace(wish, language="en", english=written(said.words), waits=bool(said.missing))
        return make(account, actor, record, wish)


def spelling(record: Record, spelt: str) -> str:
    """How the name is written, where it is to be spelt at all. Raises Refused: report_spelling (least, most)."""
    return romanised.spelling(spelt) if is_chinese(record.name) else ""


def settle(actor: Actor, which: Expression) -> int:
    """Let English reports say what the catalogue and their records say now; in the transaction of the change.

    Of those that were pending, the ones that lack nothing any more begin to answer, and their months begin. Returns how many
    these are. `which` may ask for columns of the report and of its record.
    """
    living = (OnlineReport.language == "en") & OnlineReport.state.in_(LIVING)
    query = OnlineReport.select(OnlineReport, Record, Unit).join(Record).join(Unit).where(living & which)
    books: dict[int, dict[tuple[str, str], str]] = {}
    done = 0
    for report in query.order_by(OnlineReport.id):
        record = report.record
        if record.unit_id not in books:
            books[record.unit_id] = catalogue(record.unit_id)
        said = compose(record, report.shows.split(), respelt(report, record), books[record.unit_id])
        done += _settle(report, actor, said)
    return done


def respelt(report: OnlineReport, record: Record) -> str:
    """How the report spells the record's name; where that has changed, as one would propose."""
    return _spelt(report, record.name) or roman(record.name) or record.name


def _settle(report: OnlineReport, actor: Actor, said: Said) -> bool:
    told = written(said.words)
    if report.state == "pending" and not said.missing:
        ends = issuing.last_day(_months(report))
        report = REPORT.move(report, "translate", actor, english=told, issued=clock.now(), ends=ends, due=None)
        messages.tell(report.account, "report_translated", link=f"/reports/{report.key}", topic="progress")
        return True
    if told != report.english:
        report.english = told
        report.save()
    return False


def _months(report: OnlineReport) -> int:
    """For how many months it was wanted; the last day is never in another month than that many after."""
    asked = clock.shown(report.issued).date()
    return (report.ends.year - asked.year) * 12 + report.ends.month - asked.month


def _spelt(report: OnlineReport, name: str) -> str:
    return json.loads(report.english or "{}").get("name", {}).get(name, "")

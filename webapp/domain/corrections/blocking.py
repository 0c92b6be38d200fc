"""Which rule stands against a request today, and from when it may be made (R-COR-12, R-COR-14).

Not here: the rules themselves (`rules.py`).
"""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from webapp.domain import clock, defaults
from webapp.domain.corrections import grounds
from webapp.domain.corrections.grounds import Ground
from webapp.domain.corrections.rules import Rules, day_of, next_open
from webapp.models.corrections import OPEN, Correction, CorrectionDeadline
from webapp.models.records import Record

LAST_SEMESTER = timedelta(days=183)
"""Before the expected graduation; what is found then is corrected by 学历勘误."""


class Block(NamedTuple):
    """Why a request is not taken now: the rule's code, and the day from which it may be (None: not by waiting)."""

    rule: str
    next: date | None = None


def of(record: Record) -> Rules:
    """The rules of the province in which the record's school lies."""
    return of_province(record.unit.province)


def of_province(code: str) -> Rules:
    """The rules in force in the province of that code."""
    told = defaults.value("cor.provinces").get(code, {})
    known = {"decider": defaults.value("cor.identity_decider"), **told}
    windows = tuple((tuple(first), tuple(last)) for first, last in known.pop("windows", ()))
    evidence = {code: tuple(kinds) for code, kinds in known.pop("evidence", {}).items()}
    if "originals" in known:
        known["originals"] = tuple(known["originals"])
    return Rules(windows=windows, evidence=evidence, **known)


def block(record: Record, ground: Ground, erratum: bool, rules: Rules) -> Block | None:
    """The rule that stands against a request today, if one does.

    Freezes and windows hold for what identifies a person; the short path and a 学历勘误 wait for nothing, the school's own
    last day holds for everything that the school takes.
    """
    if erratum:
        return None
    last = deadline(record)
    if last is not None and clock.today() > last.ends:
        return Block("correction_late")
    if ground.short or ground.field not in grounds.IDENTITY:
        return None
    return next(filter(None, _standing(record, ground, rules)), None)


def _standing(record: Record, ground: Ground, rules: Rules) -> Iterable[Block | None]:
    today = clock.today()
    if rules.top_up_not and record.level == "top_up":
        yield Block("correction_top_up")
    if rules.not_together and _other_half(record, ground.field):
        yield Block("correction_together")
    if rules.last_semester and record.expected_on is not None and today > record.expected_on - LAST_SEMESTER:
        yield Block("correction_last_semester")
    if rules.first_year and record.enrolled_on is not None:
        over = _a_year_after(record.enrolled_on)
        yield Block("correction_first_year", max(over, next_open(over, rules))) if today < over else None
    begins = next_open(today, rules)
    yield Block("correction_window", begins) if begins > today else None


def _other_half(record: Record, field: str) -> bool:
    """Does a request for the name wait while the number is asked for, or the other way round?"""
    other = {"name": "document", "document": "name"}.get(field)
    waiting = (Correction.record == record) & (Correction.field == other) & Correction.state.in_(OPEN[1:])
    return other is not None and Correction.select().where(waiting).exists()


def _a_year_after(day: date) -> date:
    return day_of(day.year + 1, (day.month, day.day))


def deadline(record: Record) -> CorrectionDeadline | None:
    """The last day that the record's school has stated (R-COR-14)."""
    return CorrectionDeadline.get_or_none(CorrectionDeadline.unit == record.unit_id)

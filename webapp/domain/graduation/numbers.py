"""毕业证书编号: school 5 + type 1 + year 4 + level 2 + serial 6, given out without a gap or a double (spec 6.6, R-SCH-14).

A counter's row is locked until the registration that takes the numbers is whole: broken off, it gives them back.
"""

from collections.abc import Sequence

from webapp.domain.identity import certificates, tables
from webapp.domain.refused import Refused
from webapp.models.base import on_sqlite
from webapp.models.graduation import CertificateCounter, Graduate, Graduation
from webapp.models.records import Record
from webapp.models.school import Unit

SERIALS = 999_999
"""How many numbers a school has for one type, year and level."""

FAULTS = ("certificate_format", "certificate_year", "certificate_type", "certificate_level", "certificate_school")


def codes(record: Record) -> tuple[str, str]:
    """Sixth, and eleventh and twelfth digit for a student; "" where category or level have none."""
    category = tables.CATEGORIES[record.category].certificate if record.category in tables.CATEGORIES else ""
    level = tables.LEVELS[record.level].certificate if record.level in tables.LEVELS else ""
    return category, level


def stem(unit: Unit, year: int, kind: str, level: str) -> str:
    """The first twelve digits."""
    return f"{unit.code}{kind}{year:04d}{level}"


def give(graduation: Graduation, graduates: Sequence[Graduate]) -> dict[int, str]:
    """A number for each graduate (by id) who has none, in their order; within the transaction that registers them.

    Counters are locked in one order, so that two registrations never wait for each other. Raises Refused: number_out (stem).
    """
    wanted: dict[tuple[int, str, str], list[Graduate]] = {}
    for one in graduates:
        if not one.certificate:
            wanted.setdefault((one.day.year, *codes(one.record)), []).append(one)
    given = {}
    for (year, kind, level), some in sorted(wanted.items(), key=lambda pair: pair[0]):
        serials = _next(graduation.unit, year, kind, level, len(some))
        given |= {one.id: number for one, number in zip(some, serials, strict=True)}
    return given


def _next(unit: Unit, year: int, kind: str, level: str, count: int) -> list[str]:
    """The next free numbers; those that a roster brought or the school typed are left out."""
    first, found = stem(unit, year, kind, level), []
    counter = _counter(unit, year, kind, level)
    while len(found) < count:
        last = counter.last + count - len(found)
        if last > SERIALS:
            raise Refused("number_out", stem=first)
        numbers = [f"{first}{serial:06d}" for serial in range(counter.last + 1, last + 1)]
        taken = _taken(unit, numbers)
        found += [number for number in numbers if number not in taken]
        counter.last = last
    counter.save()
    return found


def _counter(unit: Unit, year: int, kind: str, level: str) -> CertificateCounter:
    """The counter's row, held until the transaction ends; two who need a new one at once get the same."""
    place = {"unit": unit.id, "year": year, "kind": kind, "level": level}
    CertificateCounter.insert(**place, last=0).on_conflict_ignore().execute()
    here = (CertificateCounter.unit == unit) & (CertificateCounter.year == year)
    here &= (CertificateCounter.kind == kind) & (CertificateCounter.level == level)
    query = CertificateCounter.select().where(here)
    return (query if on_sqlite() else query.for_update()).get()


def _taken(unit: Unit, numbers: list[str]) -> set[str]:
    mine = (Record.unit == unit) & (Record.kind == "qualification") & Record.natural.in_(numbers)
    found = {number for (number,) in Record.select(Record.natural).where(mine).tuples()}
    typed = Graduate.select(Graduate.certificate).where(Graduate.certificate.in_(numbers))
    return found | {number for (number,) in typed.tuples()}


def fault(graduate: Graduate, record: Record) -> str:
    """What is wrong with the structure of a graduate's number: a code of `FAULTS`, "" where nothing is."""
    kind, level = codes(record)
    try:
        certificates.check(graduate.certificate, graduate.day.year, kind or None, level or None)
    except Refused as refused:
        return refused.code
    return "" if graduate.certificate.startswith(graduate.graduation.unit.code) else "certificate_school"


def is_taken(graduate: Graduate) -> bool:
    """Does another qualification or graduate of the instance have the number?"""
    same = (Graduate.certificate == graduate.certificate) & (Graduate.id != graduate.id)
    return Graduate.select().where(same).exists() or bool(
        _held(graduate.unit_id, [graduate.certificate]) - {graduate.qualification_id}
    )


def held(unit: int, numbers: Sequence[str]) -> dict[str, int]:
    """Number → id of the school's qualification that has it."""
    mine = (Record.unit == unit) & (Record.kind == "qualification") & Record.natural.in_(list(numbers))
    return dict(Record.select(Record.natural, Record.id).where(mine).tuples()) if numbers else {}


def _held(unit: int, numbers: Sequence[str]) -> set[int]:
    return set(held(unit, numbers).values())


def counters(graduation: Graduation) -> list[CertificateCounter]:
    """How far each of the year's counters is."""
    here = (CertificateCounter.unit == graduation.unit_id) & (CertificateCounter.year == graduation.year)
    return list(CertificateCounter.select().where(here).order_by(CertificateCounter.kind, CertificateCounter.level))

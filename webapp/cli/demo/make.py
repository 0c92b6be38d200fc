"""Laying down the demo's world, once, in one transaction: a start that is broken off leaves nothing half."""

from itertools import count

from webapp import outside
from webapp.cli.demo import (
    certification,
    claims,
    corrections,
    desk,
    english,
    enrolment,
    graduates,
    graduation,
    news,
    organisations,
    people,
    photo_checks,
    school,
    story,
    students,
    surveys,
)
from webapp.cli.demo.school import Group
from webapp.cli.demo.tour import PASSWORD
from webapp.domain import checks, clock, defaults, glyphs, passwords
from webapp.domain.permissions import SYSTEM
from webapp.models.base import transaction
from webapp.models.records import Record
from webapp.models.school import Unit
from webapp.models.staff import Staff
from webapp.providers.files import Files
from webapp.settings import Settings

OLDER = 6
"""One student in so many came a year before and is not asked to check."""

LEAVE = 40
"""Earlier students that a school has at least where some of them graduate."""


def everything(settings: Settings, schools: int, number: int) -> None:
    """So many schools with so many students in all, dates relative to today (R-SCH-27)."""
    files = Files(outside(settings).storage)
    hashed = passwords.hash(PASSWORD)
    phones = count()
    spared = min(1.0, people.PHONES * story.SPARED / number)
    first = 1
    with transaction():
        surveys.open_both()
        for place in range(schools):
            unit = school.make_unit(place)
            here = number // schools + (place < number % schools)
            first, groups = _fill(unit, place, here, first, files, hashed)
            officer = Staff.get(Staff.login == school.login_of("ni", place))
            found = story.fates(unit, spared)
            story.tell(unit, found, hashed, phones, officer)
            confirmed = [Record.get_by_id(one.id) for one in found["confirmed"]]
            claims.make(confirmed, hashed, phones, files)
            corrections.make(confirmed[claims.CASES :], officer, files)
            surveys.answer(confirmed[claims.CASES :])
            if place == 0:
                certification.make(confirmed[claims.CASES + len(corrections.ASKED) :], hashed, files)
            desk.make(unit, officer)
            graduates.make(unit, files, school.entry_year(clock.today()))
            photo_checks.make(unit, hashed, phones)
            enrolment.make(unit, officer)
            english.make(unit, officer)
            graduation.make(unit, files, groups, officer)
            if late := graduation.late(groups):
                photo_checks.join(late, hashed, next(phones))
        glyphs.look()
        unit = Unit.select().order_by(Unit.id).first()
        desk.make_watchers(unit, hashed)
        organisations.make(hashed)
        news.make(unit)
        defaults.change("site.name", unit.name if schools == 1 else "学档演示", SYSTEM)
        defaults.change("site.name_en", unit.english if schools == 1 else "Xuedang demo", SYSTEM)
        defaults.change("site.seal", unit.seal if schools == 1 else "学", SYSTEM)


def _fill(unit: Unit, place: int, number: int, first: int, files: Files, hashed: str) -> tuple[int, list[Group]]:
    """Classes, staff, records and the campaign of one school. Returns the number of the next person, and the classes that
    leave.
    """
    year = school.entry_year(clock.today())
    fresh = school.make_groups(unit, year, number - number // OLDER)
    leaving = graduation.make_groups(unit, year) if number // OLDER >= LEAVE else []
    older = school.make_groups(unit, year - 1, number // OLDER - sum(group.size for group in leaving))
    school.make_staff(unit, place, hashed, fresh[0])
    first = students.make(unit, [*fresh, *older, *leaving], first, files)
    checks.enrol(school.make_campaign(unit, year))
    return first, leaving

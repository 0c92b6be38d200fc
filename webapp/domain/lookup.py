"""Records as the school's staff find them: the long list by its filters, search by name or 学号, one record's history.

Not here: what the filters are (`filters.py`), nor changing records, which only rosters and corrections do. Reading one goes
into the plain view log.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from peewee import JOIN, Expression, Query

from webapp.domain import clock, filters, journal
from webapp.domain.filters import Choice, begins
from webapp.domain.identity import names, student_numbers
from webapp.domain.permissions import Actor, Can
from webapp.models import keyset, scope
from webapp.models.base import transaction
from webapp.models.checks import Check
from webapp.models.graduation_photos import GraduationPhoto
from webapp.models.keyset import FIRST, Page, Place
from webapp.models.photos import Upload
from webapp.models.records import Change, Record, View
from webapp.models.school import Campaign, Class, College, Unit
from webapp.models.staff import Grant

LOOK_EVERY = timedelta(minutes=10)
"""A look at the same record is written into the view log at most this often."""

NO_PHOTO = "none"
"""What the filter calls a record without a photo of the qualification."""

NUMBERS = 500
"""Records whose 学号 begin alike that are looked at: who types more of it finds the others."""

ORDER = (Record.name_sort, Record.id)

_SYLLABLE = re.compile(r"(?:(?![aeiouv])[a-z])*[aeiouv]+(?:ng?(?![aeiouv])|r(?![aeiouv]))?|(?:(?![aeiouv])[a-z])+")
"""One syllable of typed pinyin; ü is v. An apostrophe or a space parts what else would be read as one."""
_REST = "______"
"""What stands behind each syllable of a sort key: tone and code point."""


@dataclass(frozen=True, slots=True)
class Line:
    """One record of the list. `account` says whether an account is bound, never whose or which phone (R-SCH-21)."""

    key: str
    id: int
    name: str
    number: str
    college: str | None
    klass: str | None
    major: str
    level: str
    status: str
    check: str | None
    photo: str | None
    account: int | None


def find(grants: Sequence[Grant], choice: Choice, campaign: Campaign | None, place: Place = FIRST) -> Page:
    """A page of the records in reach, by pinyin; the state of the self-check is that of `campaign`.

    Of a long list a page looks at `keyset.LOOK` records at most, and goes on from there; the few records of a class or of
    a number are all looked at.
    """
    wanted = _lines(campaign).where(scope.records(grants), *_filters(choice))
    if few := _few(grants, choice):
        # Joined to nothing, so that the index of the whole list looks no better than theirs.
        return keyset.cut(wanted.where(*few, Record.kind.concat("") == choice.kind), ORDER, place)
    listed = (Record.unit == filters.school(grants, choice)) & (Record.kind == choice.kind) & _named(choice.text)
    if not _filters(choice) and all(grant.whole for grant in grants):
        return keyset.cut(wanted.where(listed), ORDER, place)
    every = Record.select(Record.id, Record.key, Record.name_sort).where(listed)
    return keyset.search(every, wanted.where(listed), ORDER, place)


def _lines(campaign: Campaign | None) -> Query:
    columns = {
        "key": Record.key, "id": Record.id, "name": Record.name, "number": Record.student_number, "college": College.name,
        "klass": Class.name, "major": Record.major, "level": Record.level, "status": Record.status, "check": Check.state,
        "photo": GraduationPhoto.state, "account": Record.account,
    }  # fmt: skip
    shown = (GraduationPhoto.record == Record.id) & GraduationPhoto.current
    return (
        Record.select(*[column.alias(name) for name, column in columns.items()])
        .join(College, JOIN.LEFT_OUTER)
        .join_from(Record, Class, JOIN.LEFT_OUTER)
        .join_from(Record, Check, JOIN.LEFT_OUTER, on=(Check.record == Record.id) & (Check.campaign == campaign))
        .join_from(Record, GraduationPhoto, JOIN.LEFT_OUTER, on=shown)
        .objects(Line)
    )


def _few(grants: Sequence[Grant], choice: Choice) -> list[Expression]:
    """What leaves few records of the school: a class, and the beginning of a 学号 (the first of them, by number)."""
    few = []
    if choice.klass:
        klass = Class.get_or_none((Class.key == choice.klass) & scope.classes(grants))
        few.append(Record.klass == klass if klass else filters.NOBODY)
    if any(character.isdigit() for character in choice.text):
        begun = begins(Record.student_number, student_numbers.canonical(student_numbers.clean(choice.text)))
        mine = Record.select(Record.id).where((Record.unit == filters.school(grants, choice)) & begun)
        few.append(Record.id.in_(mine.order_by(Record.student_number).limit(NUMBERS)))
    elif few:
        few.append(_named(choice.text))
    return few


def _filters(choice: Choice) -> list[Expression]:
    wanted = filters.conditions(choice)
    if choice.account:
        wanted.append(Record.account.is_null(choice.account == "no"))
    if choice.photo:
        wanted.append(GraduationPhoto.state.is_null() if choice.photo == NO_PHOTO else GraduationPhoto.state == choice.photo)
    if choice.check:
        wanted.append(Check.state == choice.check)
    return wanted


def _named(text: str) -> Expression:
    """By pinyin where Latin letters are typed, else by the characters of the name: each a range of the list's own order."""
    if not text:
        return Record.id.is_null(False)
    by_name = begins(Record.name_sort, names.sort_key(names.clean(text)))
    syllables = _SYLLABLE.findall(text.lower())
    if not (syllables and text.isascii()):
        return by_name
    by_reading = Record.name_sort ** (_REST.join(syllables) + "%")
    return begins(Record.name_sort, syllables[0]) & (by_name | by_reading)


def one(actor: Actor, key: str) -> Record | None:
    """A record in reach, with its school, college and class."""
    mine = scope.records(actor.where(Can.RECORDS))
    query = Record.select(Record, Unit, College, Class, Upload).join(Unit).join_from(Record, College, JOIN.LEFT_OUTER)
    query = query.join_from(Record, Class, JOIN.LEFT_OUTER).join_from(Record, Upload, JOIN.LEFT_OUTER)
    return query.where(mine & (Record.key == key)).first()


def look(actor: Actor, record: Record) -> None:
    """Write a staff member's look into the view log, once in ten minutes."""
    at = clock.now()
    same = (View.object == record.key) & (View.actor == actor.name) & (View.at > at - LOOK_EVERY)
    if not View.select().where(same).exists():
        View.create(actor=actor.name, what="record", object=record.key, source="staff", at=at)


def look_at_picture(actor: Actor, upload: Upload, of: str) -> None:
    """A look at a picture of a person is history before its first byte goes out; `of` names the page."""
    with transaction():
        journal.record("picture.look", actor.name, upload, of=of)


def history(record: Record, most: int = 20) -> list[Change]:
    """What rosters changed in the record, newest first."""
    return list(Change.select().where(Change.record == record).order_by(Change.at.desc(), Change.id.desc()).limit(most))


def checks(record: Record) -> list[Check]:
    """The record's self-checks, newest campaign first."""
    query = Check.select(Check, Campaign).join(Campaign).where(Check.record == record)
    return list(query.order_by(Campaign.id.desc()))

"""The demo's records: everybody in the classes, laid down in bulk as a roster would leave them.

Rosters themselves come in through `domain/imports`; this is only how a made-up school begins.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from peewee import chunked

from webapp.cli.demo import people, portraits
from webapp.cli.demo.people import Person, pick
from webapp.cli.demo.school import Group
from webapp.domain import clock
from webapp.domain.identity import documents, names
from webapp.models import bulk, keys
from webapp.models.base import KeyedRow, Row
from webapp.models.records import Record
from webapp.models.school import Unit
from webapp.providers.files import Files

AT_ONCE = 1000
"""Rows that are sent to the database together."""

PHOTOS = 300
"""Students of a school who have an admission photo at most: each is a sealed file of its own."""

ETHNIC = ("01",) * 14 + ("03", "05", "08", "11", "15")


def fill(model: type[Row], rows: Iterable[Row]) -> None:
    """Insert many new rows as their sealed fields left them: a model's own INSERT costs thirteen times as much."""
    fields = [field for field in model._meta.sorted_fields if field.name != "id"]
    values = ([_ready(field.db_value(row.__data__.get(field.name))) for field in fields] for row in rows)
    for some in chunked(values, AT_ONCE):
        bulk.insert(model, [field.column_name for field in fields], some)


def _ready(value: object) -> object:
    return str(value) if isinstance(value, date) else value


def make(unit: Unit, groups: list[Group], first: int, files: Files) -> int:
    """The records of every class; people are numbered from `first`. Returns the number after the last."""
    numbered = list(_seats(groups, first))
    photos = _photos(unit, [_who(group, number) for number, group, _ in numbered[:PHOTOS]], files)
    fill(
        Record,
        (_enrolment(unit, group, seat, number, photos.get(number - first)) for number, group, seat in numbered),
    )
    came_from = ((number, group) for number, group, _ in numbered if group.programme.level == "top_up")
    fill(Record, (_qualification(unit, group, number) for number, group in came_from))
    return first + len(numbered)


def _seats(groups: list[Group], number: int) -> Iterator[tuple[int, Group, int]]:
    for group in groups:
        for seat in range(1, group.size + 1):
            yield number, group, seat
            number += 1


def _photos(unit: Unit, persons: list[Person], files: Files) -> dict[int, int]:
    """Ids of the stored portraits by place; every ninth student waits for one."""
    drawn = {(kind, sex): portraits.portrait(kind, sex == "2") for kind in range(portraits.KINDS) for sex in "12"}
    kept = {}
    for place, person in enumerate(persons):
        if place % 9 != 8:
            data = drawn[place % portraits.KINDS, person.sex]
            kept[place] = files.keep(data, "admission_photo", state="clean", media="image/jpeg", unit=unit).id
    return kept


def _who(group: Group, number: int) -> Person:
    return people.person(number, group.year - group.programme.age - 1)


def _person(person: Person) -> dict:
    return {
        "name": person.name,
        "name_compare": names.compare(person.name),
        "name_sort": names.sort_key(person.name),
        "sex": person.sex,
        "birth_date": person.born,
        "document": person.id_number,
        "identity_index": keys.blind("identity", documents.canonical("1", person.id_number)),
        "updated": clock.now(),
    }


def _enrolment(unit: Unit, group: Group, seat: int, number: int, photo: int | None) -> KeyedRow:
    programme = group.programme
    digits = f"{group.year}{programme.code[:2]}{programme.code[-2:]}{group.number:02d}{seat:02d}"
    return Record(
        unit=unit,
        kind="enrolment",
        natural=f"{digits}|{programme.level}",
        ethnic=pick(number, 5, ETHNIC),
        political=pick(number, 6, ("03", "03", "03", "13")),
        level=programme.level,
        length=str(programme.years),
        category="regular",
        mode="regular_full_time",
        major=programme.major,
        major_code=programme.code,
        college=group.klass.college_id,
        klass=group.klass,
        student_number=digits,
        exam_number=f"{group.year % 100:02d}{unit.province}0105{number % 1_000_000:06d}",
        enrolled_on=date(group.year, 9, 3),
        expected_on=date(group.year + programme.years, 6, 30),
        status=pick(number, 7, ("A1",) * 60 + ("A2", "A3")),
        photo=photo,
        exempt="参军入伍，保留学籍" if number % 83 == 60 else "",
        **_person(_who(group, number)),
    )


def _qualification(unit: Unit, group: Group, number: int) -> KeyedRow:
    """What somebody who goes on to a 专升本 programme finished in the summer before."""
    year = group.year
    certificate = f"{unit.code}1{year}06{number % 1_000_000:06d}"
    return Record(
        unit=unit,
        kind="qualification",
        natural=certificate,
        level="vocational",
        length="3",
        category="regular",
        mode="regular_full_time",
        major="软件技术",
        enrolled_on=date(year - 3, 9, 3),
        graduated_on=date(year, 6, 30),
        conclusion="graduated",
        certificate=certificate,
        president="沈知远",
        status="B1",
        **_person(_who(group, number)),
    )

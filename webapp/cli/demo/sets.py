"""A set of 学历照片 (样例学历照片) to try the import with: of who has none, another one of a graduate, one that is nobody's.

Drawn like all portraits of the demo. What becomes of each file is decided by `domain/photos/importing.py`, not here.
"""

import zipfile
from pathlib import Path

from webapp.cli.demo import portraits
from webapp.cli.demo.graduates import BLUE
from webapp.models.graduation import Graduate
from webapp.models.graduation_photos import GraduationPhoto
from webapp.models.records import Record

NAME = "样例学历照片.zip"

FIRST = 20
"""The portraits from here on are other pictures than those that these students have."""


def write(target: Path) -> None:
    """Write the set of the first school; without a list of graduates it has nobody's alone."""
    with zipfile.ZipFile(target, "w") as archive:
        for place, record in enumerate(_wanted()):
            archive.writestr(f"{record.student_number}.jpg", portraits.portrait(FIRST + place, record.sex == "2", BLUE))
        archive.writestr("没有学号.jpg", portraits.portrait(FIRST, True, BLUE))


def _wanted() -> list[Record]:
    """Who stands on the list of a year and has no photo, or an account and a photo that waits."""
    shown = GraduationPhoto.select(GraduationPhoto.record).where(GraduationPhoto.current)
    waits = Record.account.is_null(False) & Record.id.in_(shown.where(GraduationPhoto.state == "waiting"))
    first = Graduate.select(Graduate.unit).order_by(Graduate.unit).limit(1)
    listed = Record.select().join(Graduate, on=Graduate.record).where(Graduate.unit.in_(first))
    return list(listed.where(waits | Record.id.not_in(shown)).order_by(Record.id))

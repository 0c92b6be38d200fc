"""The demo's 学历照片: older students were photographed last week; two photos fail the standard, one is like somebody else's.

Drawn like the admission photos (`portraits.py`); what the standard says of them is told here, not measured.
"""

import json
from datetime import date

from webapp.cli.demo import portraits
from webapp.cli.demo.school import WEEK
from webapp.domain import clock
from webapp.domain.photos import importing, standard
from webapp.domain.photos.lifecycle import PHOTO
from webapp.models.graduation_photos import GraduationPhoto
from webapp.models.records import Record
from webapp.models.school import Unit
from webapp.providers.files import Files

MOST = 24
"""Photos of one school."""

FAILING, DOUBTFUL = (4, 11), (7,)
"""Places in the list of those who look like trouble."""

BLUE, GREY = (100, 197, 255), (150, 150, 154)


def make(unit: Unit, files: Files, year: int) -> None:
    """Photos for students who came before `year`."""
    older = (Record.unit == unit) & (Record.kind == "enrolment") & (Record.enrolled_on < date(year, 1, 1))
    for place, record in enumerate(Record.select().where(older).order_by(Record.id).limit(MOST)):
        move = "fail" if place in FAILING else "doubt" if place in DOUBTFUL else "pass"
        photograph(record, place, move, files)


def photograph(record: Record, place: int, move: str, files: Files, state: str = "") -> None:
    """One photo as the move pass, doubt or fail leaves it, or in a later `state`."""
    data = portraits.portrait(place + 5, record.sex == "2", GREY if move == "fail" else BLUE)
    upload = files.keep(data, importing.PURPOSE, state="clean", media="image/jpeg", unit=record.unit_id)
    GraduationPhoto.create(
        record=record,
        upload=upload,
        state=state or PHOTO.moves[move].to,
        standard=json.dumps(_standard(move, len(data), place)),
        likeness=22 if move == "doubt" else None,
        imported=clock.now() - WEEK,
    )


def _standard(move: str, size: int, place: int) -> standard.Standard:
    facts = {"pixels": ("ok", 480), "dpi": ("ok", 300), "depth": ("ok", 24), "weight": ("ok", round(size / 1024, 1))}
    measured = {"background": ("fail", 3) if move == "fail" else ("ok", 98), "sharpness": ("ok", 300 + 7 * place)}
    return facts | measured

"""The blueprint of 图像校对, and whose record and photo an address may name."""

from typing import NamedTuple

from flask import Blueprint, abort

from webapp.domain import records
from webapp.domain.photos import importing, windows
from webapp.models.graduation_photos import GraduationPhoto
from webapp.models.own_record import OwnRecord
from webapp.models.records import Record
from webapp.models.school import Campaign
from webapp.web import access, gate

bp = Blueprint("photos", __name__)


class Own(NamedTuple):
    """The visitor's record as it is shown and as a row, its 学历照片 and its window, where there are such."""

    shown: OwnRecord
    record: Record
    photo: GraduationPhoto | None
    window: Campaign | None


def own(key: str) -> Own:
    """The visitor's studies under that address; another's, and a qualification, are 404 alike. Raises phone_mainland."""
    account = access.account()
    gate.behind(account)
    found = records.find(key, account, access.actor())
    if found is None or found.kind != "enrolment":
        abort(404)
    record = Record.get_by_id(found.id)
    return Own(found, record, importing.current(record), windows.of(record))


def own_photo(key: str) -> GraduationPhoto:
    """The photo that is being checked; a record without one is 404."""
    return own(key).photo or abort(404)

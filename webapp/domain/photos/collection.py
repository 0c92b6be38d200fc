"""图像采集码: what a student shows the photographer, who reads the student number without ever seeing who it is (R-IMG-15).

A code holds the student number, the masked name and the masked document, sealed with the school's key of one collection year.
Whoever has that key reads it without this site; drawing the QR is the page's work.
"""

import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from webapp.domain import clock, journal
from webapp.domain.identity import documents, names
from webapp.domain.permissions import Actor
from webapp.domain.refused import Refused
from webapp.domain.rosters import ENROLMENT
from webapp.models import keys
from webapp.models.base import transaction
from webapp.models.records import Record
from webapp.models.school import Unit

MARK, NONCE = "XDC1", 12
NEW_YEAR = 8
"""The month in China with which a collection year begins; it has the number of the year in which it ends."""

_BETWEEN = "\x1f"


class Seen(NamedTuple):
    """What a code says: the number to name the picture by, and enough to ask whether it is she."""

    number: str
    name: str
    document: str


def year() -> int:
    """The collection year of today."""
    today = clock.today()
    return today.year + (today.month >= NEW_YEAR)


def may_have(record: Record) -> bool:
    """Whether there is anything to photograph for: a student who is enrolled, has a number and no published qualification."""
    return record.kind == ENROLMENT and bool(record.student_number or record.exam_number) and record.published is None


def code(record: Record) -> str:
    """The text of the record's code, for this collection year; another one each time. Refused: collection_none."""
    if not may_have(record):
        raise Refused("collection_none")
    number = record.student_number or record.exam_number
    said = _BETWEEN.join((number, names.masked(record.name), documents.masked(record.document or "")))
    head, nonce = f"{MARK}.{record.unit.code}.{year()}", os.urandom(NONCE)
    sealed = AESGCM(_secret(record.unit, year())).encrypt(nonce, said.encode(), head.encode())
    return f"{head}.{urlsafe_b64encode(nonce + sealed).decode().rstrip('=')}"


def key(unit: Unit, of: int, actor: Actor) -> str:
    """The school's collection key of a year, for the photographer's program; handing it out is history."""
    with transaction():
        journal.record("collection.key", actor.name, unit, year=of)
    return urlsafe_b64encode(_secret(unit, of)).decode().rstrip("=")


def read(text: str, secret: str) -> Seen:
    """What a code says to who has the key. Refused: collection_key, collection_code (of another school or year, or none)."""
    try:
        cipher = AESGCM(_bytes(secret))
    except ValueError:
        raise Refused("collection_key") from None
    head, _dot, body = text.strip().rpartition(".")
    try:
        raw = _bytes(body)
        said = cipher.decrypt(raw[:NONCE], raw[NONCE:], head.encode()).decode()
    except (InvalidTag, ValueError):
        raise Refused("collection_code") from None
    return Seen(*said.split(_BETWEEN))


def _secret(unit: Unit, of: int) -> bytes:
    return keys.secret(f"collection|{unit.code}|{of}")


def _bytes(text: str) -> bytes:
    text = text.strip()
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))

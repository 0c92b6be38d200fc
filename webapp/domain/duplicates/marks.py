"""What a machine noticed in a photo of a claim, and finding the same picture in another account's case (T05, T06).

Hints, never verdicts: they ask a person to look twice. Not here: looking at pixels (`providers/image_child.py`).
"""

import json
import re
from datetime import timedelta
from functools import reduce
from operator import or_

from peewee import Expression

from webapp.domain import clock, defaults
from webapp.domain.duplicates import cases
from webapp.domain.identity import id_numbers
from webapp.domain.ports import Cleaned
from webapp.models import keys
from webapp.models.accounts import Account
from webapp.models.base import transaction
from webapp.models.duplicates import Claim, Party, Photo, Submission
from webapp.models.photos import PhotoMark, Upload

NEAR = 6
"""Bits of 64 in which two hashes of the same picture may differ (T06)."""

PLAIN = 8
"""Bits that a hash must have set, and not set, before a near one means anything: a wall looks like every other wall."""

FACES = ("holding_front", "holding_back", "holding_page")
"""Slots that show a scene. The bare sides of cards look alike for everyone, so there only the very same picture counts."""

NUMBERED = "card_front"
"""The slot in which a machine may read the number of an identity card."""

_NUMBER = re.compile(r"(?<!\d)\d{17}[\dX](?!\d)")

UNDECIDED = ("open", "waiting", "in_review", "second", "in_second", "refused")

WORSE = {
    "sharpness": lambda seen: seen["sharpness"] < 40,
    "glare": lambda seen: seen["blown"] > 0.12,
    "darkness": lambda seen: seen["light"] < 55,
    "size": lambda seen: seen["side"] < 600,
    "edited": lambda seen: bool(seen["edited"]),
}
"""Hint → whether the numbers of `ports.Cleaned.noticed` give it; the thresholds are tried in tests/domain/test_marks.py."""


def hints(noticed: dict[str, float]) -> list[str]:
    """The hints that these numbers give, as codes."""
    return [code for code, applies in WORSE.items() if applies(noticed)]


def number(lines: list[str], account: Account) -> str:
    """Is the account's number among what was read off its card: equal, unequal (another whole number stands there), unread."""
    found = set(_NUMBER.findall(" ".join(line.replace(" ", "").upper() for line in lines)))
    whole = {one for one in found if id_numbers.check_digit(one[:17]) == one[17]}
    return "equal" if account.document in found else "unequal" if whole else "unread"


def note(photo: Photo, picture: Cleaned, read: str = "") -> None:
    """Keep what the machine noticed, how the number was `read`, and what finds the picture again; a second time anew."""
    turns = picture.likeness["turns"] if photo.slot in FACES else []
    telling = bool(turns) and PLAIN <= int(turns[0], 16).bit_count() <= 64 - PLAIN
    bands = _bands(int(turns[0], 16)) if telling else (None,) * 4
    with transaction():
        photo.hints = json.dumps({"codes": hints(picture.noticed), "seen": picture.noticed, "number": read})
        photo.save()
        PhotoMark.delete().where(PhotoMark.upload == photo.upload_id).execute()
        PhotoMark.create(
            upload=photo.upload_id,
            pixels=keys.blind("photo", picture.likeness["pixels"]),
            turns=" ".join(turns) if telling else "",
            at=clock.now(),
            **dict(zip(PhotoMark.BANDS, bands, strict=True)),
        )


def linked(photo: Photo) -> list[Photo]:
    """Photos that other accounts handed in and that show the same picture: the very same, or a near one however turned.

    In any unit: a claim is about an identity of the whole instance. At most 20, newest first, each with its case
    (`photo.submission.party.claim`).
    """
    mark = PhotoMark.get_or_none(PhotoMark.upload == photo.upload_id)
    if mark is None:
        return []
    turns = [int(turn, 16) for turn in mark.turns.split()]
    alike = PhotoMark.pixels == mark.pixels
    query = (
        PhotoMark.select(PhotoMark, Upload, Photo, Submission, Party, Claim)
        .join(Upload)
        .join(Photo)
        .join(Submission)
        .join(Party)
        .join(Claim)
        .where((alike | _may_be_near(turns) if turns else alike) & Submission.sent.is_null(False))
        .where(Party.account != photo.submission.party.account_id)
        .order_by(PhotoMark.id.desc())
    )
    same = [one for one in query.iterator() if one.pixels == mark.pixels or _is_near(one, turns)]
    return [_photo(one) for one in same[:20]]


def flag(submission: Submission) -> None:
    """Mark the case of what is being handed in where a picture was used by another account or looks edited: two people
    decide. An undecided case in which the same picture lies is marked as well, for either may be the impostor's."""
    with transaction():
        claim = submission.party.claim.locked()
        for photo in Photo.select().where(Photo.submission == submission):
            others = linked(photo)
            if others:
                _hint(photo, "reused")
                cases.mark(claim, "reused_photo", needs_two=True)
            for other in others:
                theirs = Claim.get_by_id(other.submission.party.claim_id)
                if theirs.id != claim.id and theirs.state in UNDECIDED:
                    _hint(other, "reused")
                    cases.mark(theirs, "reused_photo", needs_two=True)
            if "edited" in json.loads(photo.hints).get("codes", ()):
                cases.mark(claim, "edited", needs_two=True)


def sweep() -> int:
    """Forget what pictures looked like after `ret.mark_days`. Returns how many."""
    edge = clock.now() - timedelta(days=defaults.value("ret.mark_days"))
    return PhotoMark.delete().where(PhotoMark.at < edge).execute()


def _photo(mark: PhotoMark) -> Photo:
    return mark.upload.photo


def _hint(photo: Photo, code: str) -> None:
    told = json.loads(photo.hints)
    if code not in told.get("codes", ()):
        photo.hints = json.dumps({**told, "codes": [*told.get("codes", ()), code]})
        photo.save()


def _bands(turn: int) -> tuple[int, ...]:
    """A hash in four parts of 16 bits."""
    return tuple(turn >> shift & 0xFFFF for shift in (0, 16, 32, 48))


def _may_be_near(turns: list[int]) -> Expression:
    """Hashes of which one part differs in one bit at most: of four parts, six bits leave two or more in none but three."""
    parts = zip(PhotoMark.BANDS, zip(*map(_bands, turns), strict=True), strict=True)
    return reduce(or_, (getattr(PhotoMark, name).in_(_within_one(values)) for name, values in parts))


def _within_one(values: tuple[int, ...]) -> list[int]:
    return sorted({value ^ flip for value in values for flip in (0, *(1 << bit for bit in range(16)))})


def _is_near(other: PhotoMark, turns: list[int]) -> bool:
    if not other.turns:
        return False
    upright = int(other.turns.partition(" ")[0], 16)
    return any((upright ^ turn).bit_count() <= NEAR for turn in turns)

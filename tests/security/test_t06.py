"""T06, one photo for many accounts: 20 claims with variants of one picture are linked to it, and distinct pictures are not.

In CI 20 and 200, with `--full` 100 and 1,000. What is cut by more than a twentieth, or reaches the site first, is for people.
"""

import pytest
from PIL import Image

from tests.claims import Claims
from tests.scenes import cut, saved, scene, taken
from tests.world import World
from webapp.domain.duplicates import marks
from webapp.models.duplicates import Claim, Photo, Submission

pytestmark = pytest.mark.anywhere

LARGE = (2400, 1800)
TURN = Image.Transpose

VARIANTS = (
    *(lambda picture: taken(picture),) * 4,
    *(lambda picture, quality=quality: saved(picture, quality) for quality in (60, 50, 70, 80)),
    *(lambda picture, part=part: taken(picture.resize((int(2400 * part), int(1800 * part)))) for part in (0.5, 0.6, 0.7, 0.9)),
    *(lambda picture, part=part: taken(cut(picture, part)) for part in (0.05, 0.04, 0.03, 0.02)),
    *(lambda picture, turn=turn: taken(picture.transpose(turn)) for turn in list(TURN)[:4]),
)
"""The same, saved again, resized, cut by up to a twentieth, turned and mirrored: four of each."""


@pytest.mark.req("DUP-16")
def test_a_picture_used_by_twenty_accounts_is_found(world: World, school, times) -> None:
    claims, found, tried = Claims(world, school), 0, 0
    for seed in range(times(1, 5)):
        first = claims.hand_in(claims.party(), taken(scene(seed, LARGE)))
        original = Photo.get((Photo.submission == first) & (Photo.slot == "holding_front"))
        for variant in VARIANTS:
            party = claims.party()
            claims.upload(party, "holding_front", variant(scene(seed, LARGE)))
            mine = _handed_in(claims, party)
            marks.flag(mine.submission)
            claim = Claim.get_by_id(party.claim_id)
            linked = original.id in {one.id for one in marks.linked(mine)}
            found += linked and (claim.signals, claim.needs_two) == ("reused_photo", True)
            tried += 1
    print(f"T06: {found} of {tried} variants linked to the picture")
    assert found >= tried * 19 // 20


def test_pictures_of_their_own_are_not_linked(world: World, school, times) -> None:
    claims, many = Claims(world, school), times(200, 1_000)
    photos = []
    for seed in range(many):
        party = claims.party()
        claims.upload(party, "holding_front", taken(scene(seed, (800, 600)), quality=85))
        photos.append(_handed_in(claims, party))
    false = sum(bool(marks.linked(photo)) for photo in photos)
    print(f"T06: {false} of {many} distinct pictures linked")
    assert false <= 5


def _handed_in(claims: Claims, party) -> Photo:
    """The one photo of the party, looked at; that it is handed in is said here, or each would need four."""
    claims.world.work()
    photo = Photo.select(Photo).join(Submission).where(Submission.party == party).get()
    Submission.update(sent=party.joined).where(Submission.id == photo.submission_id).execute()
    return photo

"""T05, forged photos: 100 clean and 100 edited ones; what the machine notices is counted, what it cannot is for people.

As decided: no number is written on paper in the shot; where a signal stands the reviewer types the number's end
from the photo, and nobody approves without. Signals are hints from what files say of themselves: a forger who leaves no trace
in the file is not noticed here, and this test says so.
"""

from collections import Counter

import pytest
from PIL import Image, ImageDraw

from tests.certifying import Office, filed
from tests.claims import Claims
from tests.reporting import Holder
from tests.scenes import saved, scene, taken
from tests.world import World
from webapp.domain.certification import discredit, drafting
from webapp.domain.duplicates import marks, review
from webapp.domain.refused import Refused
from webapp.models.duplicates import Claim, Decision
from webapp.providers.images_pillow import PillowImages

SIZE = (800, 600)


def spliced(picture: Image.Image) -> Image.Image:
    """Other digits on the card."""
    pen = ImageDraw.Draw(picture)
    pen.rectangle((330, 450, 470, 462), fill=(215, 228, 235))
    pen.text((332, 450), "110105200805120010", fill=(20, 20, 20))
    return picture


def software(name: str) -> dict[str, Image.Exif]:
    exif = Image.Exif()
    exif[0x0131] = name
    return {"exif": exif}


EDITS = {
    "an editor that signs": lambda picture: saved(spliced(picture), 92, **software("Adobe Photoshop 25.0")),
    "a camera's file saved again": lambda picture: taken(spliced(picture), quality=80),
    "a screenshot": lambda picture: saved(spliced(picture).resize((660, 495)), kind="PNG"),
    "an editor that leaves no trace": lambda picture: saved(spliced(picture), 92),
}
SEEN = {"an editor that signs": 25, "a camera's file saved again": 25, "a screenshot": 25, "an editor that leaves no trace": 0}


def test_what_files_say_of_themselves_is_noticed_and_what_they_do_not_is_not() -> None:
    images, caught, false = PillowImages(), Counter(), 0
    for seed in range(100):
        picture, kind = scene(seed, SIZE), list(EDITS)[seed % 4]
        false += bool({"edited", "size"} & set(marks.hints(images.clean(taken(picture), long_side=2000).noticed)))
        hints = marks.hints(images.clean(EDITS[kind](picture), long_side=2000).noticed)
        caught[kind] += bool({"edited", "size"} & set(hints))
    images.close()
    print(f"T05: of 25 each {dict(caught)}; of 100 clean ones {false}")
    assert {kind: caught[kind] for kind in EDITS} == SEEN
    assert false == 0


@pytest.mark.req("DUP-16")
def test_nobody_approves_a_signalled_case_without_typing_the_number_from_the_photo(world: World, school) -> None:
    claims = Claims(world, school)
    party = claims.party()
    claims.hand_in(party, EDITS["an editor that signs"](scene(1, SIZE)))
    claim = Claim.get_by_id(party.claim_id)
    assert (claim.signals, claim.needs_two) == ("edited", True)
    held = review.take(claim, claims.desk[0])
    for typed in ("", party.account.document[-6:][::-1], "000000"):
        with pytest.raises(Refused, match="retype_wrong"):
            review.approve(held, claims.desk[0], party, {}, typed)
    assert not Decision.select().exists()
    review.approve(held, claims.desk[0], party, {}, party.account.document[-6:])
    second = review.take(Claim.get_by_id(party.claim_id), claims.desk[1])
    with pytest.raises(Refused, match="retype_wrong"):
        review.approve(second, claims.desk[1], party, {}, "")
    assert review.approve(second, claims.desk[1], party, {}, party.account.document[-6:]).state == "approved"


@pytest.mark.req("CRT-40")
def test_whoever_brought_a_forged_certificate_brings_no_other_for_a_year(hers: Holder, office: Office) -> None:
    """失信: what no machine saw two people did, and the identity is kept out, whatever account or paper comes next."""
    entry = discredit.propose(filed(hers, office.agency), office.actor(), "证书编号和学校的底册不一致。")
    waiting = filed(hers, office.agency)
    discredit.confirm(entry, office.actor("lead"))
    with pytest.raises(Refused, match="discredited"):
        drafting.begin(hers.account, hers.actor)
    assert waiting.application.identity_index == entry.identity_index

"""What a machine notices in a photo, and finding a picture that another account used."""

import json
from dataclasses import replace

import pytest
from PIL import Image, ImageEnhance, ImageFilter

from tests.claims import Claims
from tests.scenes import cut, saved, scene, taken
from tests.world import World
from webapp.domain.duplicates import marks
from webapp.jobs import duplicates
from webapp.models.duplicates import Claim, Photo
from webapp.models.photos import PhotoMark, Upload
from webapp.providers.images_pillow import PillowImages


@pytest.fixture
def claims(world: World, school) -> Claims:
    return Claims(world, school)


def hints(data: bytes) -> list[str]:
    return marks.hints(IMAGES.clean(data, long_side=2000).noticed)


IMAGES = PillowImages()


def test_a_good_photo_gives_no_hint() -> None:
    assert [hints(taken(scene(seed))) for seed in range(6)] == [[]] * 6


@pytest.mark.parametrize(
    ("code", "spoilt"),
    [
        ("sharpness", lambda picture: picture.filter(ImageFilter.GaussianBlur(3))),
        ("glare", lambda picture: ImageEnhance.Brightness(picture).enhance(2.6)),
        ("darkness", lambda picture: ImageEnhance.Brightness(picture).enhance(0.2)),
        ("size", lambda picture: picture.resize((700, 525), Image.Resampling.LANCZOS)),
    ],
)
def test_a_spoilt_photo_is_told_what_is_wrong(code: str, spoilt) -> None:
    assert [code in hints(taken(spoilt(scene(seed)))) for seed in range(6)] == [True] * 6


def test_a_file_that_an_editor_wrote_says_so() -> None:
    picture, exif = scene(1), Image.Exif()
    exif[0x0131] = "Adobe Photoshop 25.0 (Windows)"
    assert hints(saved(picture, exif=exif)) == ["edited"]
    assert hints(saved(picture, xmp=b"<x:xmpmeta><xmp:CreatorTool>GIMP 2.10</xmp:CreatorTool></x:xmpmeta>")) == ["edited"]


def test_a_cameras_file_that_was_saved_again_says_so_and_a_browsers_own_does_not() -> None:
    assert hints(taken(scene(1), quality=75)) == ["edited"]
    assert hints(saved(scene(1), quality=75)) == []


def test_hints_stay_with_the_photo_and_block_nothing(claims: Claims) -> None:
    blurred = taken(scene(3).filter(ImageFilter.GaussianBlur(4)))
    submission = claims.hand_in(claims.party(), blurred)
    photo = Photo.get(Photo.submission == submission, Photo.slot == "holding_front")
    assert submission.state == "waiting" and photo.upload.state == "clean"
    assert json.loads(photo.hints)["codes"] == ["sharpness"]


def test_the_same_picture_for_another_account_asks_for_two_people_and_links_both_cases(claims: Claims) -> None:
    first = claims.hand_in(claims.party(), taken(scene(5)))
    second = claims.hand_in(claims.party(), saved(cut(scene(5)), 60))
    for mine, other in ((first, second), (second, first)):
        claim = Claim.get_by_id(mine.party.claim_id)
        assert ("reused_photo" in claim.signals.split(), claim.needs_two) == (True, True)
        photo = Photo.get(Photo.submission == mine, Photo.slot == "holding_front")
        assert "reused" in json.loads(photo.hints)["codes"]
        assert [one.submission.party.claim.id for one in marks.linked(photo)] == [other.party.claim_id]


def test_ones_own_picture_again_is_no_signal(claims: Claims) -> None:
    party = claims.party()
    claims.hand_in(party, taken(scene(5)))
    claims.refuse(party)
    again = claims.hand_in(party, taken(scene(5)))
    assert Claim.get_by_id(again.party.claim_id).signals == ""


def test_bare_cards_look_alike_and_only_the_very_same_picture_counts(claims: Claims) -> None:
    card = scene(9)
    claims.hand_in(claims.party(), taken(scene(10)), card_back=taken(card))
    near = claims.hand_in(claims.party(), taken(scene(11)), card_back=taken(card, quality=92))
    assert Claim.get_by_id(near.party.claim_id).signals == ""
    same = claims.hand_in(claims.party(), taken(scene(12)), card_back=taken(card))
    assert Claim.get_by_id(same.party.claim_id).signals == "reused_photo"


def test_a_photo_that_was_never_handed_in_links_nothing(claims: Claims) -> None:
    claims.upload(claims.party(), "holding_front", taken(scene(5)))
    claims.world.work()
    second = claims.hand_in(claims.party(), taken(scene(5)))
    assert Claim.get_by_id(second.party.claim_id).signals == ""


@pytest.mark.req("DUP-23")
def test_what_pictures_looked_like_is_forgotten_after_half_a_year(claims: Claims) -> None:
    claims.hand_in(claims.party(), taken(scene(5)))
    assert PhotoMark.select().count() == 4
    claims.world.wait(days=179)
    duplicates.expire(claims.world.worker.outside)
    assert PhotoMark.select().count() == 4
    claims.world.wait(days=2)
    duplicates.expire(claims.world.worker.outside)
    assert PhotoMark.select().count() == 0


def test_no_shade_of_a_picture_stands_in_the_clear(claims: Claims) -> None:
    claims.hand_in(claims.party(), taken(scene(5)))
    upload = Upload.select().where(Upload.purpose == "claim_photo").order_by(Upload.id).first()
    picture = IMAGES.clean(taken(scene(5)), long_side=2000, max_bytes=307_200, min_side=500)
    assert PhotoMark.get(PhotoMark.upload == upload).pixels != picture.likeness["pixels"]


class Letters:
    """Fits `Ocr` and reads what a test says stands on every card."""

    def __init__(self, *lines: str) -> None:
        self.lines = list(lines)

    def read(self, jpeg: bytes) -> list[str]:
        assert jpeg.startswith(b"\xff\xd8")
        return self.lines


@pytest.mark.req("DUP-14")
@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (["姓名 王鸶", "公民身份号码{0}"], "equal"),
        (["{1} {2}"], "equal"),
        (["公民身份号码", "110105194912310038"], "unequal"),
        (["110105194912310030"], "unread"),
        (["1{0}", "{0}7"], "unread"),
        ([], "unread"),
    ],
)
def test_what_a_machine_reads_on_the_card_is_a_hint_that_keeps_no_number(claims: Claims, lines: list[str], told: str) -> None:
    party = claims.party()
    number = party.account.document
    written = [line.format(number, number[:6], number[6:]) for line in lines]
    upload = claims.upload(party, "card_front", saved(scene(1, (800, 600))))
    photo = Photo.get(Photo.upload == upload)
    duplicates.clean(replace(claims.world.worker.outside, ocr=Letters(*written)), photo.key)
    kept = Photo.get_by_id(photo.id).hints
    assert json.loads(kept)["number"] == told
    assert number not in kept and "11010519491231" not in kept


@pytest.mark.req("DUP-14")
def test_without_a_machine_the_number_is_unchecked_and_nothing_else_changes(claims: Claims) -> None:
    upload = claims.upload(claims.party(), "card_front", saved(scene(1, (800, 600))))
    photo = Photo.get(Photo.upload == upload)
    duplicates.clean(claims.world.worker.outside, photo.key)
    assert json.loads(Photo.get_by_id(photo.id).hints)["number"] == ""

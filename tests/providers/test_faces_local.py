"""The face check on the school's own machine, with the `[face]` extra (`--face`): turns, a still, nobody, two, somebody else.

One freely licensed picture stands for the person; turns are its middle moved sideways, as the nose of a head that turns.
"""

import math
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from webapp.cli.demo import portraits
from webapp.domain.face_port import Shots, Verdict, Wanted
from webapp.providers.faces_local import LocalFaces

FACES = Path(__file__).parents[1] / "faces"
NOSE, WIDE, HIGH, STEP = (240, 290), 45, 58, 16
FAR = 40
"""Pixels by which the nose of a turned head moves; to the right of the frame is the person's own left."""


@pytest.fixture(scope="module")
def faces() -> Iterator[LocalFaces]:
    made = LocalFaces()
    yield made
    made.close()


def person() -> Image.Image:
    return Image.open(FACES / "astronaut.jpg").convert("RGB")


def turned(by: int) -> Image.Image:
    """The person, the middle of the face `by` pixels to the right, less and less towards its edge."""
    picture = person()

    def source(x: int, y: int) -> tuple[float, float]:
        near = math.exp(-((x - NOSE[0]) ** 2 / (2 * WIDE**2) + (y - NOSE[1]) ** 2 / (2 * HIGH**2)))
        return x - by * near, y

    pieces = []
    for x in range(0, picture.width, STEP):
        for y in range(0, picture.height, STEP):
            right, low = min(x + STEP, picture.width), min(y + STEP, picture.height)
            corners = ((x, y), (x, low), (right, low), (right, y))
            pieces.append(((x, y, right, low), tuple(value for corner in corners for value in source(*corner))))
    return picture.transform(picture.size, Image.Transform.MESH, pieces, Image.Resampling.BICUBIC)


def jpeg(picture: Image.Image) -> bytes:
    out = BytesIO()
    picture.save(out, "JPEG", quality=88)
    return out.getvalue()


def judged(faces: LocalFaces, wanted: bytes | None = None, **seen: Image.Image) -> Verdict:
    """The verdict on one frame for each prompt, besides a look straight ahead before each."""
    shots = [Shots(prompt, (jpeg(person()), jpeg(one)) if prompt != "front" else (jpeg(one),)) for prompt, one in seen.items()]
    photo = jpeg(person()) if wanted is None else wanted
    return faces.judge(shots, Wanted("林晓溪", "11010520080105001X", picture=photo), "try")


@pytest.mark.req("RPV-03")
def test_the_person_of_the_photo_who_turns_as_asked_passes(faces):
    verdict = judged(faces, front=person(), left=turned(FAR), right=turned(-FAR), mouth=person())
    assert verdict.passed and verdict.score > 80 and verdict.why == ""


@pytest.mark.req("RPV-03")
def test_a_still_picture_before_the_camera_fails_however_it_is_held(faces):
    assert judged(faces, front=person(), left=person(), blink=person()) == Verdict(False, 100, "not_live")
    held = {"left": person().rotate(8), "right": person().resize((400, 640)).copy()}
    assert judged(faces, front=person(), **held).why in ("not_live", "prompts")


def test_a_turn_to_the_other_side_is_not_what_was_asked(faces):
    assert judged(faces, front=person(), left=turned(-FAR), mouth=person()).why == "prompts"


@pytest.mark.req("RPV-03")
def test_somebody_else_fails_and_without_a_face_on_the_photo_nobody_does(faces):
    drawn = portraits.portrait(0, True)
    assert judged(faces, wanted=drawn, front=person(), left=turned(FAR)).why == "other_person"
    other = Image.open(BytesIO(drawn)).convert("RGB")
    assert judged(faces, front=person(), left=turned(FAR), blink=other).why in ("other_person", "several_faces")
    for nobody in (b"", (FACES / "cat.jpg").read_bytes()):
        assert judged(faces, wanted=nobody, front=person(), left=turned(FAR)) == Verdict(False, 0, "no_reference")


def test_no_face_and_two_faces_are_told_apart(faces):
    cat = Image.open(FACES / "cat.jpg").convert("RGB")
    assert judged(faces, front=cat, left=turned(FAR)).why == "no_face"
    two = Image.new("RGB", (960, 640))
    two.paste(person(), (0, 0))
    two.paste(person(), (480, 0))
    assert judged(faces, front=person(), left=two).why == "several_faces"
    broken = [Shots("front", (b"\xff\xd8\xff no picture",))]
    assert faces.judge(broken, Wanted("林晓溪", "1", picture=jpeg(person())), "try").why == "no_face"

"""Faces on 学历照片, with the `[face]` extra (`--face`): where a face is, and that a cat has none."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from tests.providers.pictures import file
from webapp.domain.photos import standard
from webapp.providers.photo_standard import PhotoStandard

FACES = Path(__file__).parents[1] / "faces"


@pytest.fixture(scope="module")
def portraits() -> Iterator[PhotoStandard]:
    made = PhotoStandard()
    yield made
    made.close()


def told(portraits: PhotoStandard, data: bytes, admission: bytes = b"") -> dict:
    return portraits.measure(data, admission, pixels=(480, 640), grounds=((100, 197, 255),)).told


@pytest.mark.req("IMG-13")
def test_a_face_is_found_with_its_eyes_its_width_and_its_tilt(portraits):
    found = told(portraits, (FACES / "astronaut.jpg").read_bytes())
    assert found["faces"] == 1
    assert 210 <= found["eyes"] <= 240 and 180 <= found["face_width"] <= 240
    assert 10 <= found["hairline"] <= 80 and found["tilt"] < 5
    turned = Image.open(FACES / "astronaut.jpg").rotate(12, resample=Image.Resampling.BICUBIC)
    leaning = told(portraits, file(turned, quality=70, dpi=(300, 300)))
    assert 7 <= leaning["tilt"] <= 17 and standard.LIMITS["tilt"].verdict(leaning["tilt"]) == "fail"


@pytest.mark.req("IMG-13")
def test_a_cat_has_no_face(portraits):
    found = told(portraits, (FACES / "cat.jpg").read_bytes())
    assert found["faces"] == 0 and "eyes" not in found
    assert standard.LIMITS["faces"].verdict(found["faces"]) == "fail"


@pytest.mark.req("IMG-14")
def test_the_likeness_is_high_for_one_person_and_unknown_without_a_face(portraits):
    data = (FACES / "astronaut.jpg").read_bytes()
    other = BytesIO()
    Image.open(BytesIO(data)).crop((60, 40, 440, 560)).resize((300, 410)).save(other, "JPEG", quality=80)
    assert told(portraits, data, other.getvalue())["likeness"] > 80
    assert told(portraits, data, (FACES / "cat.jpg").read_bytes())["likeness"] is None

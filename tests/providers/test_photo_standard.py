"""学历照片 measured in a child: hostile files come to nothing, what is kept is pixels alone, a copy is known by its looks."""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from random import Random

import pytest
from PIL import Image, ImageEnhance, ImageOps

from tests.graduation import head, photo
from tests.providers.pictures import as_zip, bomb, file, mutant
from webapp.domain.photos import standard
from webapp.domain.ports import Measured
from webapp.domain.refused import Refused
from webapp.providers.photo_standard import PhotoStandard


@pytest.fixture(scope="module")
def portraits() -> Iterator[PhotoStandard]:
    made = PhotoStandard()
    yield made
    made.close()


def measure(portraits: PhotoStandard, data: bytes, admission: bytes = b"") -> Measured:
    return portraits.measure(data, admission, pixels=(480, 640), grounds=((100, 197, 255), (255, 255, 255)))


@pytest.mark.req("IMG-12", "SYS-04")
@pytest.mark.parametrize("data", [b"", b"\xff\xd8\xff", bomb(30_000, 30_000), photo(1) + as_zip(), b"<svg/>", photo(1)[:9000]])
def test_what_is_no_jpeg_or_more_than_one_is_refused(portraits, data):
    with pytest.raises(Refused, match="image_unreadable"):
        measure(portraits, data)


def test_a_damaged_photo_is_measured_or_refused_and_the_child_lives(portraits):
    random, good = Random(16), photo(2)
    for _ in range(60):
        try:
            measure(portraits, mutant(random, good), mutant(random, good))
        except Refused as refused:
            assert refused.code == "image_unreadable"
    assert measure(portraits, good).told["width"] == 480


@pytest.mark.req("SYS-03")
def test_the_kept_picture_is_upright_and_says_nothing_but_its_pixels(portraits):
    exif = Image.Exif()
    exif[0x0112], exif[0x010E] = 3, "林晓溪"
    turned = ImageOps.flip(ImageOps.mirror(head(3)))
    kept = measure(portraits, file(turned, quality=78, dpi=(300, 300), exif=exif, comment=b"13800000000"))
    assert b"138" not in kept.jpeg and "林晓溪".encode() not in kept.jpeg
    with Image.open(BytesIO(kept.jpeg)) as picture:
        assert not picture.getexif() and picture.info["dpi"] == (300, 300)
        assert picture.getpixel((5, 5))[2] > 200 and picture.getpixel((240, 600)) != picture.getpixel((240, 20))
    assert abs(len(kept.jpeg) - len(photo(3))) < 4000


def test_a_picture_of_another_size_is_not_kept_at_all(portraits):
    found = measure(portraits, photo(1, size=(240, 320)))
    assert (found.jpeg, found.told["width"], found.told["dpi"]) == (b"", 240, 300)


@pytest.mark.req("IMG-14")
def test_a_copy_is_known_however_it_was_edited_and_another_head_is_not(portraits):
    one = head(4)
    admission = file(one.resize((300, 400)), quality=70)
    copies = (
        one,
        ImageOps.mirror(one),
        ImageEnhance.Contrast(one).enhance(1.4),
        one.crop((14, 19, 466, 621)).resize((480, 640)),
    )
    for copy in copies:
        assert measure(portraits, file(copy, quality=78, dpi=(300, 300)), admission).told["unlike"] <= standard.SAME_PICTURE
    for other in range(5, 12):
        assert measure(portraits, photo(other), admission).told["unlike"] > 2 * standard.SAME_PICTURE


def test_the_child_has_no_files_and_little_memory(portraits):
    measure(portraits, photo(1))
    pid = next(pid for pid in portraits.pids if pid)
    limits = Path(f"/proc/{pid}/limits").read_text()
    assert re.search(r"Max open files\s+0\s", limits) and re.search(r"Max address space\s+536870912\s", limits)

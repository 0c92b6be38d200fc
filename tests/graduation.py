"""Photos as a school's photographer hands them in: drawn heads on light blue, no face of anybody; and sets of them."""

import zipfile
from datetime import timedelta
from io import BytesIO
from random import Random

from PIL import Image, ImageDraw

from tests.desk import Desk
from tests.providers.pictures import file
from webapp.domain import clock
from webapp.domain.imports import batches
from webapp.models.graduation_photos import GraduationPhoto
from webapp.models.imports import Batch
from webapp.models.photos import Upload
from webapp.models.records import Record
from webapp.models.school import Campaign, Unit

BLUE = (100, 197, 255)


def head(seed: int = 1, ground: tuple = BLUE, size: tuple[int, int] = (480, 640)) -> Image.Image:
    """Another head for each seed, as grainy as a camera makes it."""
    random = Random(seed)
    picture = Image.new("RGB", (480, 640), ground)
    pen = ImageDraw.Draw(picture)
    grain = Image.frombytes("RGB", (240, 320), random.randbytes(240 * 320 * 3)).resize((480, 640), Image.Resampling.BICUBIC)
    mask = Image.new("L", (480, 640))
    mark = ImageDraw.Draw(mask)
    top, wide = random.randint(70, 110), random.randint(90, 125)
    shades = [tuple(random.randint(20, 230) for _ in range(3)) for _ in range(3)]
    boxes = ((20, 450 + top // 4, 460, 900), (240 - wide, top, 240 + wide, 480), (250 - wide, top + 60, 230 + wide, 440))
    for box, shade in zip(boxes, shades, strict=True):
        pen.ellipse(box, fill=shade)
        mark.ellipse(box, fill=46)
    for left in (180, 270):
        pen.ellipse((left, 240 + random.randint(0, 20), left + 36, 270 + random.randint(0, 20)), fill=(30, 30, 30))
    return Image.composite(grain, picture, mask).resize(size)


def photo(seed: int = 1, ground: tuple = BLUE, size: tuple[int, int] = (480, 640), **options: object) -> bytes:
    """A JPEG that meets the standard, or does not by what is told."""
    return file(head(seed, ground, size), **{"quality": 78, "dpi": (300, 300), **options})


def packed(files: dict[str, bytes]) -> bytes:
    data = BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return data.getvalue()


def upload(desk: Desk, files: dict[str, bytes]) -> Batch:
    """Take a set in and let it be checked."""
    return desk.upload(packed(files), name="学历照片.zip", kind=batches.GRADUATION)


def bring(desk: Desk, files: dict[str, bytes]) -> Batch:
    return desk.confirm(upload(desk, files))


def named(record: Record) -> str:
    return f"{record.student_number}.jpg"


def current(record: Record) -> GraduationPhoto:
    return GraduationPhoto.get((GraduationPhoto.record == record) & GraduationPhoto.current)


def given(record: Record, state: str = "waiting", **more: object) -> GraduationPhoto:
    """A photo that stands in its record already; its file is not there."""
    at = clock.now()
    upload = Upload.create(purpose="graduation_photo", state="clean", unit=record.unit, created=at)
    return GraduationPhoto.create(record=record, upload=upload, state=state, imported=at, **more)


def window(unit: Unit, **more: object) -> Campaign:
    """A window of photos for the class of the tests, that runs for these days."""
    day = clock.today()
    facts = {"title": "2030 届图像校对", "kind": "photo", "year": 2030, "season": "summer"}
    days = {"starts": day - timedelta(days=4), "ends": day + timedelta(days=4), "created": clock.now()}
    return Campaign.create(unit=unit, **{**facts, **days, **more})

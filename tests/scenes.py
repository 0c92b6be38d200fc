"""Made-up photos of people who hold a card before a room, drawn from a seed; and what a camera or an editor makes of them."""

import io
from functools import lru_cache
from random import Random

from PIL import Image, ImageDraw, ImageFilter

SIZE = (1200, 900)


def scene(seed: int, size: tuple[int, int] = SIZE) -> Image.Image:
    """One room, one person, one card with lines on it; every seed has its own colours, furniture, place and tilt."""
    return _drawn(seed, size).copy()


@lru_cache(maxsize=12)
def _drawn(seed: int, size: tuple[int, int]) -> Image.Image:
    random, (width, height) = Random(seed), size
    picture = _room(random, size)
    pen, scale = ImageDraw.Draw(picture), random.uniform(0.8, 1.25) * width / 1200
    middle, top = width * random.uniform(0.38, 0.62), height * random.uniform(0.08, 0.22)
    skin = (random.randrange(190, 240), random.randrange(150, 195), random.randrange(120, 165))
    pen.rectangle((middle - 260 * scale, top + 330 * scale, middle + 260 * scale, height), fill=_colour(random))
    hair = (random.randrange(10, 70),) * 3
    pen.ellipse((middle - 125 * scale, top - 25 * scale, middle + 125 * scale, top + 150 * scale), fill=hair)
    pen.ellipse((middle - 110 * scale, top, middle + 110 * scale, top + 290 * scale), fill=skin)
    wide = random.uniform(230, 340) * scale
    left, upper = middle + random.uniform(-260, 120) * scale, height * random.uniform(0.55, 0.7)
    pen.ellipse((left + wide * 0.3, upper + wide * 0.4, left + wide * 0.8, upper + wide * 1.1), fill=skin)
    card, tilt = _card(random, int(wide)), random.uniform(-8, 8)
    mask = Image.new("L", card.size, 255).rotate(tilt, expand=True)
    picture.paste(card.rotate(tilt, expand=True), (int(left), int(upper)), mask)
    grain = Image.merge("RGB", [Image.frombytes("L", (300, 225), random.randbytes(67_500)).resize(size)] * 3)
    return Image.blend(picture.filter(ImageFilter.GaussianBlur(0.8)), grain, 0.04)


def _room(random: Random, size: tuple[int, int]) -> Image.Image:
    tint = [random.randrange(60, 200) for _ in range(3)]
    shades = bytes(tint[n % 3] + random.randrange(-50, 50) for n in range(90))
    room = Image.frombytes("RGB", (6, 5), shades).resize(size, Image.Resampling.BICUBIC)
    pen = ImageDraw.Draw(room)
    for _ in range(random.randrange(2, 6)):
        left, top = random.randrange(size[0]), random.randrange(size[1])
        pen.rectangle((left, top, left + random.randrange(80, 400), top + random.randrange(80, 500)), fill=_colour(random))
    return room


def _card(random: Random, width: int) -> Image.Image:
    height = width * 5 // 8
    card = Image.new("RGB", (width, height), (215, 228, 235))
    pen = ImageDraw.Draw(card)
    pen.rectangle((width * 0.66, height * 0.12, width * 0.93, height * 0.68), fill=(205, 170, 140))
    for n in range(5):
        line = height * (0.15 + 0.13 * n)
        pen.line((width * 0.06, line, width * random.uniform(0.3, 0.6), line), fill=(40, 40, 50), width=4)
    pen.line((width * 0.06, height * 0.86, width * 0.9, height * 0.86), fill=(30, 30, 30), width=5)
    return card


def _colour(random: Random) -> tuple[int, ...]:
    return tuple(random.randrange(20, 235) for _ in range(3))


def taken(picture: Image.Image, quality: int = 95, **more: object) -> bytes:
    """The file that a phone's camera makes of it."""
    exif = Image.Exif()
    exif[0x010F], exif[0x0110], exif[0x0131] = "Yuedong", "YD-12", "YD-12 14.0.2"
    return saved(picture, quality, **{"exif": exif, **more})


def saved(picture: Image.Image, quality: int = 88, kind: str = "JPEG", **more: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, quality=quality, **more)
    return out.getvalue()


def cut(picture: Image.Image, part: float = 0.05) -> Image.Image:
    """Without `part` of each side's length, half of it at either end."""
    width, height = picture.size
    across, down = int(width * part / 2), int(height * part / 2)
    return picture.crop((across, down, width - across, height - down))

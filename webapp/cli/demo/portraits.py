"""Drawn portraits that stand for admission photos (录取照片): shapes and colours, never a face of anybody.

480 × 640 pixels at 300 dpi, as a school uploads them. Cleaning pictures that people bring is `providers/images_pillow.py`.
"""

from io import BytesIO

from PIL import Image, ImageDraw

WIDE, HIGH = 480, 640
BACKGROUNDS = ((88, 139, 196), (214, 226, 238), (231, 233, 235))
SKINS = ((244, 214, 188), (234, 196, 164), (222, 180, 146))
CLOTHES = ((52, 62, 84), (238, 238, 240), (120, 60, 64), (64, 96, 84))
HAIR = (38, 34, 34)
KINDS = len(BACKGROUNDS) * len(SKINS) * len(CLOTHES)
"""Different portraits for each sex."""


def portrait(kind: int, long_hair: bool, ground: tuple[int, int, int] | None = None) -> bytes:
    """JPEG of the `kind`-th portrait, 10 to 40 KB; `ground` where the background is to be of one colour."""
    kind, clothes = divmod(kind % KINDS, len(CLOTHES))
    background, skin = divmod(kind, len(SKINS))
    picture = Image.new("RGB", (WIDE, HIGH), ground or BACKGROUNDS[background])
    _draw(ImageDraw.Draw(picture), SKINS[skin], CLOTHES[clothes], long_hair)
    out = BytesIO()
    picture.save(out, "JPEG", quality=92, dpi=(300, 300))
    return out.getvalue()


def _draw(pen: ImageDraw.ImageDraw, skin: tuple, clothes: tuple, long_hair: bool) -> None:
    if long_hair:
        pen.rounded_rectangle((132, 150, 348, 470), 90, fill=HAIR)
    pen.ellipse((40, 470, 440, 900), fill=clothes)
    pen.rounded_rectangle((205, 400, 275, 520), 34, fill=tuple(c - 14 for c in skin))
    pen.polygon(((186, 482), (240, 560), (294, 482)), fill=(250, 250, 250))
    pen.ellipse((145, 160, 335, 440), fill=skin)
    pen.pieslice((136, 120, 344, 380), 180, 360, fill=HAIR)
    pen.ellipse((150, 215, 330, 300), fill=skin)
    for left in (188, 268):
        pen.ellipse((left, 292, left + 24, 308), fill=HAIR)
        pen.arc((left - 8, 262, left + 32, 292), 200, 340, fill=HAIR, width=5)
    pen.arc((228, 318, 252, 350), 20, 150, fill=tuple(c - 40 for c in skin), width=4)
    pen.arc((205, 350, 275, 396), 25, 155, fill=(176, 92, 88), width=5)

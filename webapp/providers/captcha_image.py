"""Draws the picture of a captcha: a few digits, bent and dotted, as a small PNG.

It is not a check of anything, and it reads no picture of anybody's.
"""

from io import BytesIO

from captcha.image import ImageCaptcha

WIDTH, HEIGHT = 160, 52
COLOURS = 8
INK, PAPER = (246, 246, 250), (46, 50, 120)
"""Light on dark: the library takes how bright the ink is for how much it covers."""

_drawing = ImageCaptcha(WIDTH, HEIGHT, font_sizes=(36, 40, 44))


def draw(digits: str) -> bytes:
    """A PNG of 160 × 52 pixels, about 2 KB."""
    out = BytesIO()
    _drawing.generate_image(digits, bg_color=PAPER, fg_color=(*INK, 255)).quantize(COLOURS).save(out, "PNG", optimize=True)
    return out.getvalue()

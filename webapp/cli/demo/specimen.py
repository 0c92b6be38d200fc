"""Papers of the demo: blank sheets with SPECIMEN across them, nobody's. Not here: what they are brought for."""

from io import BytesIO

from PIL import Image, ImageDraw, ImageFont


def sheet(words: str) -> bytes:
    """A JPEG of a sheet that says, in ASCII, what it stands for."""
    paper = Image.new("RGB", (900, 640), (244, 240, 230))
    pen = ImageDraw.Draw(paper)
    for top in range(80, 520, 60):
        pen.rounded_rectangle((70, top, 820 - top % 170, top + 16), 6, fill=(170, 170, 176))
    pen.text((220, 540), f"SPECIMEN {words}", fill=(140, 40, 40), font=ImageFont.load_default(44))
    out = BytesIO()
    paper.save(out, "JPEG", quality=80)
    return out.getvalue()

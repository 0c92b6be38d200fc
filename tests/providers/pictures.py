"""Makers of pictures for tests: honest ones, bombs, polyglots and mutants. No rules of the project."""

import io
import struct
import zipfile
import zlib
from base64 import b64decode
from random import Random

import pytest
from PIL import Image, ImageDraw

from webapp.domain.refused import Refused

RED, BLUE, WHITE = (200, 30, 30), (30, 30, 200), (250, 250, 250)


def drawing(width=800, height=600, mode="RGB"):
    """Red above left, blue below right: every turn shows."""
    picture = Image.new("RGB", (width, height), WHITE)
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 0, width // 2 - 1, height // 2 - 1), fill=RED)
    pen.rectangle((width // 2, height // 2, width, height), fill=BLUE)
    return picture.convert(mode)


def file(picture, kind="JPEG", **options):
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def opened(cleaned):
    picture = Image.open(io.BytesIO(cleaned.jpeg))
    picture.load()
    assert (picture.format, picture.mode, picture.size) == ("JPEG", "RGB", (cleaned.width, cleaned.height))
    return picture


def near(pixel, colour):
    return all(abs(one - other) < 30 for one, other in zip(pixel, colour, strict=True))


def shows_the_drawing(picture):
    width, height = picture.size
    return near(picture.getpixel((width // 4, height // 4)), RED) and near(
        picture.getpixel((width * 3 // 4, height * 3 // 4)), BLUE
    )


def noise(width=1600, height=1200):
    return Image.frombytes("RGB", (width, height), Random(7).randbytes(width * height * 3))


def chunk(name, content):
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def bomb(width, height):
    """A PNG of one colour that unfolds to width × height pixels, from a few dozen kilobytes."""
    packer, rows = zlib.compressobj(9), []
    line = b"\0" * (1 + width)
    for _ in range(height):
        rows.append(packer.compress(line))
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    body = b"".join(rows) + packer.flush()
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def as_zip():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("Main.class", b"\xca\xfe\xba\xbe")
    return out.getvalue()


def mutant(random, data):
    """The file with some bytes changed, cut, doubled or swapped."""
    data = bytearray(data)
    for _ in range(random.randint(1, 8)):
        at = random.randrange(len(data))
        act = random.randrange(4)
        if act == 0:
            data[at] = random.randrange(256)
        elif act == 1:
            data[at : at + random.randint(1, 64)] = random.randbytes(random.randint(0, 64))
        elif act == 2:
            del data[at : at + random.randint(1, 200)]
        else:
            data[at:at] = data[at : at + random.randint(1, 200)]
        if len(data) < 20:
            break
    return bytes(data)


def refusal(images, data, **limits):
    """How the picture is refused; it fails where it is not."""
    with pytest.raises(Refused) as no:
        images.clean(data, **({"long_side": 1000} | limits))
    return no.value


# The drawing above at 640 × 480, written once with libheif: nothing that the project installs writes HEIC.
HEIC = b64decode("""
AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAZhtZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAAADRpbG9jAAAAAERA
AAIAAQAAAAABvAABAAAAAAAAAckAAgAAAAADhQABAAAAAAAAAD4AAAA4aWluZgAAAAAAAgAAABVpbmZlAgAAAAABAABodmMxAAAAABVpbmZlAgAAAQAC
AABFeGlmAAAAAA5waXRtAAAAAAABAAAA12lwcnAAAAC4aXBjbwAAAHlodmNDAQNwAAAAkAAAAAAAWvAA/P34+AAADwNgAAEAGEABDAH//wNwAAADAJAA
AAMAAAMAWroCQGEAAQAsQgEBA3AAAAMAkAAAAwAAAwBaoAUCAeFlupJKa5uAhoMCAAADADIAAAMAAhBiAAEAB0QBwXKwYkAAAAATY29scm5jbHgAAQAN
AAaAAAAAFGlzcGUAAAAAAAACgAAAAeAAAAAQcGl4aQAAAAADCAgIAAAAF2lwbWEAAAAAAAAAAQABBIECAwQAAAAaaXJlZgAAAAAAAAAOY2RzYwACAAEA
AQAAAg9tZGF0AAABxSgBr1EHmFCOWG3bwPkOkl//8rXf/1H+Q+T7oxsZI/A/XG+XgF0Aky3hvS2TB025BD/1V9XNyK9XLHKHnSse8/rHAQQrvnxjhmct
4qXq/gwsaB9dsUpaAIGApdh34AkwO0WoOWKThQ7vTkAAAArokwJsPAACMumnjgr+UV4AAAQUPZ5kS+BfHHmZf+qvq2ceXq5Y5Q86VlwsbaGp9Ct6qVgV
3Wx3QAitQfP7UPgXNQmxYitUS407DYA6WSBjSJChMazqWeAz3gEHf/m9tUkJOmZOnsT3lQsXEBoagPeEQYEt/gAAAwG367Ji2yIW52I7xSL7PAQ2wDFg
/sfMqKBQjKw9CRfHIelrO+FVbRghdxAH/ntP+wkoO5cvkROio0wv///5r0AAAAMAbMAAAAMAAqdYbDGCWBQFCMrD0JF8eL/Lg0VXtDhhYAD/r+YapxOI
0i795dfmWHUkP//mvQAAAwATsAAAAwAabhNwxglgUBQjKw9CRfHd5fpLxbjRT8LAAf9fzDVOJxGkXfvLssx20IG//816AAADAERAAAJxY27sYJYFAUIy
sPQkXx34bg1RlpOruIA/89p/2ElB3Ll8iJ8sxMgD6gAAAAZFeGlmAABNTQAqAAAACAACAQ8AAgAAAA0AAAAmARIAAwAAAAEAAQAAAAAAAFh1ZWRhbmcg
dGVzdAAA
""")

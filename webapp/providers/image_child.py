"""The child that decodes untrusted pictures: no keys, no network, little memory, little time.

Started by path (`python -I image_child.py`), so that it imports nothing of webapp; `images_pillow.py` speaks to it.
It answers each pair of messages (a JSON task, the bytes) with a JSON verdict and, where that is good, a JPEG.
"""

import hashlib
import json
import os
import re
import resource
import warnings
import zipfile
from collections.abc import Callable, Iterator
from functools import lru_cache
from io import BytesIO
from multiprocessing.connection import Connection

import pi_heif
from PIL import Image, ImageDraw, ImageFilter, ImageFont, ImageStat, MpoImagePlugin, TiffImagePlugin, WebPImagePlugin  # noqa: F401 (nothing can be imported later)

MEMORY = 512 * 1024 * 1024
CPU_SECONDS = 10
PIXELS = 50_000_000
QUALITIES = {85: 1, 75: 0.65, 65: 0.5, 55: 0.42}
"""Quality of a JPEG → the least part of the first one's weight that it may come to; what cannot fit is not tried."""
LEGIBLE = 320
"""Pixels on the shorter side below which a picture is not shrunk for the sake of its weight."""
STRIP = 64
ORIENTATION = 0x0112
TURNED = Image.Transpose
TURNS = {
    2: TURNED.FLIP_LEFT_RIGHT, 3: TURNED.ROTATE_180, 4: TURNED.FLIP_TOP_BOTTOM, 5: TURNED.TRANSPOSE,
    6: TURNED.ROTATE_270, 7: TURNED.TRANSVERSE, 8: TURNED.ROTATE_90,
}  # fmt: skip
STRENGTH = 72
"""Of 255: how much of the ground the watermark covers."""
FONT: ImageFont.FreeTypeFont = ImageFont.load_default(16)
MARKUP = re.compile(rb"<(\?php|script|html|svg|!doctype)[\s>]", re.IGNORECASE)

MAKE, SOFTWARE = 0x010F, 0x0131
EDITORS = re.compile(b"photoshop|lightroom|gimp|snapseed|picsart|pixelmator|affinity|canva|meitu|faceu", re.IGNORECASE)
CAMERAS = 91
"""The quality from which on a phone's camera saves; what says that it comes from one and has less was saved again."""

LAPLACE = ImageFilter.Kernel((3, 3), (0, 1, 0, 1, -4, 1, 0, 1, 0), scale=1, offset=128)
LOOKED_AT, TILES, BLOWN, NOISE = 1000, 4, 250, 2


class No(Exception):
    """A verdict: the Refused code and its facts."""

    def __init__(self, code: str, **facts: int) -> None:
        super().__init__(code)
        self.answer = {"refused": code, "facts": facts}


def clean(data: bytes, kind: str, long_side: int, max_bytes: int | None, min_side: int, told: int = 0) -> tuple[dict, bytes]:
    """One picture, as `ports.Images.clean` says: the facts and the JPEG, or No. `told`: an orientation other than its own."""
    if is_something_else_too(data):
        raise No("image_unreadable")
    with Image.open(BytesIO(data), formats=(kind,)) as picture:
        if picture.width * picture.height > PIXELS:
            raise No("image_unreadable")
        width, height = picture.size
        if min(width, height) < min_side:
            raise No("image_small", width=width, height=height, least=min_side)
        if kind == "JPEG":
            draft(picture, long_side)
        picture.load()
        turn = TURNS.get(told or facts_of(picture).get(ORIENTATION))
        edited = is_edited(picture)
        small = fitted(picture, long_side)
    if turn is not None:
        small = small.transpose(turn)
        if turn not in (Image.Transpose.FLIP_LEFT_RIGHT, Image.Transpose.FLIP_TOP_BOTTOM, Image.Transpose.ROTATE_180):
            width, height = height, width
    jpeg, size = encoded(small, max_bytes, min_side)
    facts = {"kind": kind, "width": width, "height": height, "bytes": len(data), "turned": turn is not None}
    grey = small.convert("L")
    noticed = {**measured(grey), "side": min(width, height), "edited": edited}
    return {"width": size[0], "height": size[1], "facts": facts, "noticed": noticed, "likeness": likeness(grey)}, jpeg


def draft(picture: Image.Image, long_side: int) -> None:
    """Let the decoder leave out what is not needed. It compares side by side, so it is asked for the fitted size."""
    width, height = picture.size
    picture.draft("RGB", (width * long_side // max(picture.size) or 1, height * long_side // max(picture.size) or 1))


def is_edited(picture: Image.Image) -> bool:
    """Whether the file says that an editor wrote it, or a camera's file was saved again. Silence proves nothing."""
    exif = facts_of(picture)
    told = (str(exif.get(SOFTWARE, "")), str(picture.info.get("Software", "")), str(picture.info.get("xmp", "")))
    if "photoshop" in picture.info or EDITORS.search("".join(told).encode()):
        return True
    return MAKE in exif and str(getattr(picture, "quantization", {}).get(0)) in standard_tables()


@lru_cache(maxsize=1)
def standard_tables() -> frozenset[str]:
    """The luminance tables that libjpeg itself writes below CAMERAS, by asking it."""
    found = set()
    for quality in range(1, CAMERAS):
        out = BytesIO()
        Image.new("L", (8, 8)).save(out, "JPEG", quality=quality)
        found.add(str(Image.open(out).quantization[0]))
    return frozenset(found)


def measured(grey: Image.Image) -> dict[str, float]:
    """Numbers of a picture some 1000 pixels wide, without what they mean: `sharpness` (variance of the Laplacian in the
    sharpest fourth of its tiles), `blown` (share of pixels near white), `light` (their mean, 0 to 255)."""
    small = grey.reduce(max(1, max(grey.size) // LOOKED_AT))
    edges, (width, height) = small.filter(LAPLACE), small.size
    tiles = [
        edges.crop((width * x // TILES, height * y // TILES, width * (x + 1) // TILES, height * (y + 1) // TILES))
        for x in range(TILES)
        for y in range(TILES)
    ]
    spread = (ImageStat.Stat(tile).var[0] for tile in tiles if 0 not in tile.size)
    sharp = sorted(spread, reverse=True)[: len(tiles) // 4]
    counts = small.histogram()
    return {
        "sharpness": round(sum(sharp) / max(1, len(sharp)), 1),
        "blown": round(sum(counts[BLOWN:]) / sum(counts), 3),
        "light": round(sum(shade * count for shade, count in enumerate(counts)) / sum(counts)),
    }


def likeness(grey: Image.Image) -> dict[str, object]:
    """What the same picture has too: `pixels` (SHA-256 of 64 × 64 shades), and `turns` (a 64-bit difference hash of the
    picture as it is, turned and mirrored: is a ninth of a row lighter than the one before, by more than noise?)."""
    square = grey.resize((72, 72), Image.Resampling.BOX)
    turned = (square, *map(square.transpose, TURNED))
    shades = hashlib.sha256(grey.resize((64, 64), Image.Resampling.BOX).tobytes()).hexdigest()
    return {"pixels": shades, "turns": [f"{differences(one):016x}" for one in turned]}


def differences(square: Image.Image) -> int:
    rows = square.resize((9, 8), Image.Resampling.BOX).tobytes()
    return sum(1 << n for n in range(64) if rows[n // 8 * 9 + n % 8 + 1] - rows[n // 8 * 9 + n % 8] > NOISE)


def marked(data: bytes, text: str) -> tuple[dict, bytes]:
    """A cleaned JPEG with the text across it, slanting, light beside dark, so that it shows on any ground."""
    with Image.open(BytesIO(data), formats=("JPEG",)) as picture:
        picture.load()
    stamp = stamped(text, max(14, min(picture.size) // 32))
    width, height = stamp.size
    for shift, shade in ((0, 0), (2, 255)):
        for row, top in enumerate(range(-height // 4, picture.height, max(1, height * 3 // 4))):
            for left in range(-(row % 2) * width // 2, picture.width, width):
                picture.paste((shade, shade, shade), (left + shift, top + shift), stamp)
    out = BytesIO()
    picture.save(out, "JPEG", quality=80)
    return {}, out.getvalue()


def stamped(text: str, size: int) -> Image.Image:
    """The text as a mask of a quarter's strength, turned."""
    font = FONT.font_variant(size=size)
    left, top, right, bottom = font.getbbox(text)
    mask = Image.new("L", (right - left + size, bottom - top + size))
    ImageDraw.Draw(mask).text((size // 2 - left, size // 2 - top), text, fill=STRENGTH, font=font)
    return mask.rotate(24, Image.Resampling.BILINEAR, expand=True)


def is_something_else_too(data: bytes) -> bool:
    """Whether the file reads as an archive, a document or a page as well (R-SYS-04)."""
    return b"%PDF-" in data[:1024] or MARKUP.search(data) is not None or zipfile.is_zipfile(BytesIO(data))


def facts_of(picture: Image.Image) -> dict:
    """The EXIF facts by number; a broken EXIF block is no reason to lose the picture."""
    try:
        return dict(picture.getexif())
    except MemoryError:
        raise
    except Exception:
        return {}


def fitted(picture: Image.Image, long_side: int) -> Image.Image:
    """RGB, its longer side at most `long_side`. Works in strips: a whole second copy of a large picture would not fit."""
    factor = max(1, max(picture.size) // (2 * long_side))
    width, height = picture.size
    if (picture.mode, factor) == ("RGB", 1) and not picture.has_transparency_data:
        picture.thumbnail((long_side, long_side), Image.Resampling.BICUBIC)
        bare = Image.new("RGB", picture.size)  # what a file said beside its pixels stays with its own object
        bare.paste(picture)
        return bare
    canvas = Image.new("RGB", (-(-width // factor), -(-height // factor)))
    for top in range(0, height, STRIP * factor):
        strip = picture.crop((0, top, width, min(height, top + STRIP * factor)))
        canvas.paste(opaque(strip).reduce(factor), (0, top // factor))
    canvas.thumbnail((long_side, long_side), Image.Resampling.BICUBIC)
    return canvas


def opaque(strip: Image.Image) -> Image.Image:
    """RGB of any mode; what is transparent becomes white, 16 bits of grey become 8."""
    if strip.mode.startswith("I"):
        strip = strip.point(lambda value: value / 256).convert("L")
    if strip.has_transparency_data:
        strip = strip.convert("RGBA")
        white = Image.new("RGBA", strip.size, "white")
        return Image.alpha_composite(white, strip).convert("RGB")
    return strip.convert("RGB")


def encoded(picture: Image.Image, max_bytes: int | None, min_side: int) -> tuple[bytes, tuple[int, int]]:
    """The JPEG and its size in pixels: less quality first, then fewer pixels, or No where it stops being legible."""
    for smaller in sizes(picture, max(min_side, LEGIBLE)):
        weight = 0
        for quality, part in QUALITIES.items():
            if max_bytes is not None and weight * part > max_bytes:
                continue
            out = BytesIO()
            smaller.save(out, "JPEG", quality=quality, optimize=True)
            if max_bytes is None or out.tell() <= max_bytes:
                return out.getvalue(), smaller.size
            weight = weight or out.tell()
    raise No("image_too_heavy", most=max_bytes)


def sizes(picture: Image.Image, least: int) -> Iterator[Image.Image]:
    """The picture, and again and again three quarters of it while its shorter side keeps `least` pixels."""
    yield picture
    width, height = picture.size
    while min(width, height) * 3 // 4 >= least:
        width, height = width * 3 // 4, height * 3 // 4
        yield picture.resize((width, height), Image.Resampling.LANCZOS)


def verdict(task: dict, data: bytes) -> tuple[dict, bytes]:
    """What to answer; whatever a decoder raises means that the picture cannot be read."""
    try:
        return marked(data, task["mark"]) if "mark" in task else clean(data, **task)
    except No as no:
        return no.answer, b""
    except Exception as fault:  # decoders raise anything, MemoryError and struct.error among them
        return {"refused": "image_unreadable", "facts": {}, "detail": type(fault).__name__}, b""


def warm_up() -> None:
    """Make the decoders import all they need while files can still be opened."""
    Image.preinit()
    pi_heif.register_heif_opener(thumbnails=False, decode_threads=1)
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    for kind in ("JPEG", "PNG", "WEBP", "GIF"):
        out = BytesIO()
        Image.new("RGB", (8, 8)).save(out, kind, exif=exif)
        clean(out.getvalue(), kind, 4, None, 1)
    standard_tables()
    out = BytesIO()
    Image.new("RGB", (64, 64)).save(out, "JPEG")
    marked(out.getvalue(), "warm")


def lock_in(memory: int) -> None:
    """Give up what a decoder that was taken over could use: memory, files, sockets, other people's time."""
    os.nice(10)
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    # Standard input is the line to the parent; with no number left above it nothing more can be opened or connected.
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))


def limit_cpu() -> None:
    """The next picture may use CPU_SECONDS; the kernel ends the child after that (SIGXCPU)."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime) + 1 + CPU_SECONDS
    resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def serve(warm: Callable[[], None], answer: Callable[[dict, bytes], tuple[dict, bytes]], memory: int = MEMORY) -> None:
    """Warm up, give up what is not needed, and answer until the parent hangs up."""
    Image.MAX_IMAGE_PIXELS = PIXELS
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    parent = Connection(os.dup(0))
    warm()
    lock_in(memory)
    parent.send_bytes(b"ready")
    while True:
        try:
            task, data = json.loads(parent.recv_bytes()), parent.recv_bytes()
        except EOFError:
            return
        limit_cpu()
        said, jpeg = answer(task, data)
        parent.send_bytes(json.dumps(said).encode())
        parent.send_bytes(jpeg)


if __name__ == "__main__":
    serve(warm_up, verdict)

"""The child that measures 学历照片: what the standard counts, beside the admission photo where there is one (spec 8.4).

Started by path like `image_child.py`, whose limits and decoding it shares. It gives numbers, never verdicts: those are
`domain/photos/standard.py`. Faces are measured where the `[face]` extra is installed (`photo_faces.py`).
"""

from importlib.util import find_spec, module_from_spec, spec_from_file_location
from io import BytesIO
from pathlib import Path
from types import ModuleType

from PIL import Image, ImageChops, ImageOps, ImageStat, JpegImagePlugin


def beside(name: str) -> ModuleType:
    """The file of that name next to this one; nothing else of webapp can be imported here."""
    spec = spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


image_child = beside("image_child")
photo_faces = beside("photo_faces") if find_spec("dlib") and find_spec("face_recognition_models") else None

MEMORY = 512 * 1024 * 1024 if photo_faces is None else 1536 * 1024 * 1024
X_RESOLUTION, RESOLUTION_UNIT, CENTIMETRES = 0x011A, 0x0128, 3
BITS = {"1": 1, "L": 8, "P": 8, "RGB": 24, "CMYK": 32, "YCbCr": 24}
PRINTED = 300
"""Dots per inch that the kept file says of itself."""

SIDE, TOP, DEPTH = 36, 24, 260
"""Pixels of a 480×640 picture that are looked at for the background: strips at both sides, at the top, and how far down."""
NEAR = 50
"""Shades of one channel by which a pixel of the background may differ from its colour."""
SMALL = (48, 64)
CUTS = (0.015, 0.03, 0.05)
"""Parts of a side that a copy may lack."""


def measured(task: dict, data: bytes) -> tuple[dict, bytes]:
    """The numbers of a photo (its first `size` bytes; behind them the admission photo's) and the picture encoded anew."""
    photo, admission = data[: task["size"]], data[task["size"] :]
    if image_child.is_something_else_too(photo):
        raise image_child.No("image_unreadable")
    with Image.open(BytesIO(photo), formats=("JPEG",)) as picture:
        if picture.width * picture.height > image_child.PIXELS:
            raise image_child.No("image_unreadable")
        picture.load()
        exif = image_child.facts_of(picture)
        turn = image_child.TURNS.get(exif.get(image_child.ORIENTATION))
        told = {"bits": BITS.get(picture.mode, 0), "dpi": tagged(picture), "exif_dpi": exif_dpi(exif)}
        tables = {"qtables": picture.quantization, "subsampling": JpegImagePlugin.get_sampling(picture)}
        bare = Image.new("RGB", picture.size)
        bare.paste(picture.convert("RGB"))
    upright = bare.transpose(turn) if turn is not None else bare
    told |= {"width": upright.width, "height": upright.height, "bytes": len(photo)}
    if list(upright.size) != task["pixels"]:
        return told, b""
    grey = upright.convert("L")
    told |= {"sharpness": image_child.measured(grey)["sharpness"], "background": background(upright, task["grounds"])}
    other = decoded(admission) if admission else None
    told |= {"unlike": unlike(grey, other.convert("L")) if other else None}
    told |= photo_faces.measured(upright, other) if photo_faces else {}
    return told, encoded(upright, tables)


def tagged(picture: Image.Image) -> int:
    """Dots per inch as the JFIF head says them, 0 where it says none."""
    unit, density = picture.info.get("jfif_unit", 0), picture.info.get("jfif_density", (0, 0))
    return round(min(density) * {1: 1.0, 2: 2.54}.get(unit, 0))


def exif_dpi(exif: dict) -> int | None:
    """The same as EXIF says it, None where it is silent."""
    try:
        said = float(exif[X_RESOLUTION])
        return round(said * 2.54 if exif.get(RESOLUTION_UNIT) == CENTIMETRES else said)
    except (KeyError, TypeError, ValueError, ZeroDivisionError, OverflowError):
        return None


def background(picture: Image.Image, grounds: list[list[int]]) -> int:
    """How much of the margin around the head has one of the wanted colours, in percent: that of the best of them."""
    width = picture.width
    strips = (picture.crop(box) for box in ((0, 0, SIDE, DEPTH), (width - SIDE, 0, width, DEPTH), (SIDE, 0, width - SIDE, TOP)))
    shades = [strip.reduce(4) for strip in strips]
    every = sum(strip.width * strip.height for strip in shades)
    return max(round(100 * sum(near(strip, ground) for strip in shades) / every) for ground in grounds)


def near(strip: Image.Image, ground: list[int]) -> int:
    """Pixels of a strip that have the colour."""
    far = ImageChops.difference(strip, Image.new("RGB", strip.size, tuple(ground)))
    worst = ImageChops.lighter(ImageChops.lighter(*far.split()[:2]), far.split()[2])
    return sum(worst.histogram()[: NEAR + 1])


def decoded(admission: bytes) -> Image.Image:
    """The admission photo, cleaned long ago; no larger than it helps."""
    with Image.open(BytesIO(admission), formats=("JPEG",)) as picture:
        image_child.draft(picture, 640)
        return picture.convert("RGB")


def unlike(one: Image.Image, other: Image.Image) -> float:
    """Mean difference of shade of two pictures laid over each other, light and contrast evened out: the least of the ways.

    One of them may have been mirrored, or cut to a little less than the other.
    """
    one, other = (grey.reduce(max(1, grey.height // 160)) for grey in (one, other))
    first, second = even(one), even(other)
    ways = [(first, second)]
    for part in CUTS:
        ways += [(first, even(cut(other, part))), (even(cut(one, part)), second)]
    return round(min(far(mine, turned) for mine, its in ways for turned in (its, ImageOps.mirror(its))), 1)


def far(one: Image.Image, other: Image.Image) -> float:
    return ImageStat.Stat(ImageChops.difference(one, other)).mean[0]


def cut(grey: Image.Image, part: float) -> Image.Image:
    """The picture without `part` of it on each side."""
    width, height = grey.size
    return grey.crop((round(width * part), round(height * part), round(width * (1 - part)), round(height * (1 - part))))


def even(grey: Image.Image) -> Image.Image:
    """48 × 64 shades whose mean is 128 and whose spread is 50, whoever brightened the picture."""
    small = grey.resize(SMALL, Image.Resampling.BOX)
    stat = ImageStat.Stat(small)
    scale = 50 / max(1.0, stat.stddev[0])
    return small.point(lambda shade: (shade - stat.mean[0]) * scale + 128)


def encoded(picture: Image.Image, tables: dict) -> bytes:
    """A JPEG of the pixels alone, as strongly packed as the file was, which says 300 dpi."""
    out = BytesIO()
    picture.save(out, "JPEG", dpi=(PRINTED, PRINTED), optimize=True, **tables)
    return out.getvalue()


def verdict(task: dict, data: bytes) -> tuple[dict, bytes]:
    """What to answer; whatever a decoder raises means that the picture cannot be read."""
    try:
        return measured(task, data)
    except image_child.No as no:
        return no.answer, b""
    except Exception as fault:  # decoders raise anything, MemoryError and struct.error among them
        return {"refused": "image_unreadable", "facts": {}, "detail": type(fault).__name__}, b""


def warm_up() -> None:
    """Make decoders and models load all they need while files can still be opened."""
    image_child.warm_up()
    out = BytesIO()
    Image.effect_noise((480, 640), 60).convert("RGB").save(out, "JPEG", dpi=(300, 300))
    photo = out.getvalue()
    measured({"size": len(photo), "pixels": [480, 640], "grounds": [[255, 255, 255]]}, photo + photo)


if __name__ == "__main__":
    image_child.serve(warm_up, verdict, MEMORY)

"""The child that measures a face check: how many faces each frame shows, how far they turn, how near they come to a photo.

Started by path like `image_child.py`, whose limits it shares. It gives numbers, never verdicts: those are `faces_local.py`.
"""

from importlib.util import module_from_spec, spec_from_file_location
from io import BytesIO
from pathlib import Path
from types import ModuleType

import numpy
from PIL import Image, JpegImagePlugin  # noqa: F401 (nothing can be imported later)


def beside(name: str) -> ModuleType:
    """The file of that name next to this one; nothing else of webapp can be imported here."""
    spec = spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


image_child, photo_faces = beside("image_child"), beside("photo_faces")

MEMORY = 1536 * 1024 * 1024
SIDE = 400
"""Pixels of a frame's longer side that are looked at: a face before a phone fills a third of them."""


def measured(task: dict, data: bytes) -> tuple[dict, bytes]:
    """`sizes` of the files in `data`: the frames of each prompt, in their order; the reference is the last.

    Answers `frames` (of each prompt: of each frame its `faces` and, with one face, its `turn`), `near` (of each prompt the
    distance of its straightest face to the reference's) and `together` (the farthest of those faces from the first prompt's);
    `near` is empty where the reference, which may be no picture at all, shows no single face.
    """
    pieces, at = [], 0
    for size in task["sizes"]:
        pieces.append(data[at : at + size])
        at += size
    reference, frames = pieces.pop(), iter(pieces)
    looked = [[look(next(frames)) for _ in range(count)] for count in task["prompts"]]
    faces = [embedded(prompt) for prompt in looked]
    shown = embedded([look(reference or pieces[0], side=2 * SIDE)])  # as much work where there is nothing to compare with
    wanted = shown if reference else None
    known = [face for face in faces if face is not None]
    told = [[{"faces": one["faces"], "turn": one.get("turn")} for one in prompt] for prompt in looked]
    near = [] if wanted is None else [None if face is None else distance(face, wanted) for face in faces]
    together = max((distance(known[0], face) for face in known[1:]), default=0.0)
    return {"frames": told, "near": near, "together": together}, b""


def look(jpeg: bytes, side: int = SIDE) -> dict:
    """`faces` on a picture and, with one, its `turn`, and where it is."""
    with Image.open(BytesIO(jpeg), formats=("JPEG",)) as picture:
        if picture.width * picture.height > image_child.PIXELS:
            raise image_child.No("image_unreadable")
        picture.draft("RGB", (side, side))
        picture.load()
        picture.thumbnail((side, side))
        pixels = numpy.asarray(picture.convert("RGB"))
    found = photo_faces.FACES(pixels)
    if len(found) != 1:
        return {"faces": len(found)}
    points = photo_faces.POINTS(pixels, found[0])
    return {"faces": 1, "turn": turn(points), "pixels": pixels, "points": points}


def turn(points: "photo_faces.dlib.full_object_detection") -> float:
    """How far the nose lies from the middle between the eyes, in distances of the eyes; positive to the right of the picture.

    A flat picture keeps it however it is turned; a head does not.
    """
    one, other = (numpy.array(photo_faces.middle(points.part(n), points.part(n + 1))) for n in (0, 2))
    left, right = sorted((one, other), key=lambda eye: eye[0])
    axis, nose = right - left, numpy.array((points.part(4).x, points.part(4).y))
    return round(float((nose - (left + right) / 2) @ axis / (axis @ axis)), 3)


def embedded(frames: list[dict]) -> numpy.ndarray | None:
    """What the straightest single face among these frames is like."""
    single = [one for one in frames if one["faces"] == 1]
    if not single:
        return None
    best = min(single, key=lambda one: abs(one["turn"]))
    return numpy.array(photo_faces.EMBEDDING.compute_face_descriptor(best["pixels"], best["points"]))


def distance(one: numpy.ndarray, other: numpy.ndarray) -> float:
    return round(float(numpy.linalg.norm(one - other)), 3)


def verdict(task: dict, data: bytes) -> tuple[dict, bytes]:
    """What to answer; whatever a decoder raises means that a frame cannot be read."""
    try:
        return measured(task, data)
    except image_child.No as no:
        return no.answer, b""
    except Exception as fault:  # decoders raise anything
        return {"refused": "image_unreadable", "facts": {}, "detail": type(fault).__name__}, b""


def warm_up() -> None:
    """Make the decoder and the models touch all they need while files can still be opened."""
    out = BytesIO()
    Image.new("RGB", (64, 64)).save(out, "JPEG")
    look(out.getvalue())


if __name__ == "__main__":
    image_child.serve(warm_up, verdict, MEMORY)

"""Faces on a still picture: where they are, and how near two come to each other (the `[face]` extra).

Part of `photo_child.py`, loaded where dlib and its models are installed. Pixels and degrees, never a verdict.
"""

import math
from importlib.util import find_spec

import dlib
import numpy
from PIL import Image

# Not imported: the package itself asks for pkg_resources. Only its public-domain models are loaded, never the 68 points.
MODELS = find_spec("face_recognition_models").submodule_search_locations[0] + "/models/"
FACES = dlib.get_frontal_face_detector()
POINTS = dlib.shape_predictor(MODELS + "shape_predictor_5_face_landmarks.dat")
EMBEDDING = dlib.face_recognition_model_v1(MODELS + "dlib_face_recognition_resnet_model_v1.dat")

SAME, OTHER = 0.3, 0.9
"""Distances of two embeddings: pictures of one person lie about the first, of two about the second."""
HAIR = 40
"""Shades by which a row differs from the background where the head begins."""


def measured(photo: Image.Image, admission: Image.Image | None) -> dict:
    """`faces` on the photo; with one face, its `eyes`, `hairline`, `face_width` in pixels, `tilt` in degrees; `likeness`.

    `likeness` (0 to 100) is None where the admission photo is missing or shows no single face.
    """
    pixels = numpy.asarray(photo)
    found = FACES(pixels)
    if len(found) != 1:
        return {"faces": len(found)}
    box = found[0]
    points = POINTS(pixels, box)
    right, left = (middle(points.part(n), points.part(n + 1)) for n in (0, 2))
    tilt = math.degrees(math.atan2(left[1] - right[1], left[0] - right[0]))
    return {
        "faces": 1,
        "eyes": round((left[1] + right[1]) / 2),
        "hairline": hairline(pixels, box),
        "face_width": box.width(),
        "tilt": round(abs(tilt if abs(tilt) < 90 else 180 - abs(tilt)), 1),
        "likeness": likeness(pixels, points, admission) if admission else None,
    }


def middle(one: "dlib.point", other: "dlib.point") -> tuple[float, float]:
    return (one.x + other.x) / 2, (one.y + other.y) / 2


def hairline(pixels: numpy.ndarray, box: "dlib.rectangle") -> int:
    """The first row above the face that is not background: where the hair begins."""
    ground = numpy.median(pixels[:12].reshape(-1, 3), axis=0)
    quarter = box.width() // 4
    columns = pixels[: max(1, box.top() + box.height() // 3), max(0, box.left() + quarter) : box.right() - quarter]
    unlike = numpy.abs(columns.astype(int) - ground).max(axis=2) > HAIR
    rows = numpy.flatnonzero(unlike.mean(axis=1) > 0.5)
    return int(rows[0]) if len(rows) else max(0, box.top())


def likeness(pixels: numpy.ndarray, points: "dlib.full_object_detection", admission: Image.Image) -> int | None:
    other = numpy.asarray(admission)
    found = FACES(other)
    if len(found) != 1:
        return None
    first = numpy.array(EMBEDDING.compute_face_descriptor(pixels, points))
    second = numpy.array(EMBEDDING.compute_face_descriptor(other, POINTS(other, found[0])))
    distance = float(numpy.linalg.norm(first - second))
    return round(100 * min(1.0, max(0.0, (OTHER - distance) / (OTHER - SAME))))

"""The photo standard (教毕指〔2017〕99号): which numbers of a 学历照片 are right, doubtful or wrong (R-IMG-12, 13; spec 8.4).

Not here: measuring them (`ports.Portraits`). Without the `[face]` extra what is said of the face stays unchecked, never right.
"""

import json
from collections.abc import Mapping
from typing import NamedTuple

from webapp.domain import defaults
from webapp.domain.ports import Measured
from webapp.domain.refused import Refused

OK, WARN, FAIL, UNCHECKED = "ok", "warn", "fail", "unchecked"

GROUNDS = {"blue": (100, 197, 255), "white": (255, 255, 255)}
"""Colours of the background by their name in the setting `img.background`; "any" takes both."""

NEAR_WEIGHT = 10
"""Kilobytes below and above the wanted weight that are taken with a warning."""

DEPTH = 24
SAME_PICTURE = 6.0
"""Shades by which two pictures differ in the mean, light and contrast evened out, when one was made of the other."""

UNLIKE_FACE = 45
"""Likeness below which a person looks at both pictures (R-IMG-14)."""


class Limits(NamedTuple):
    """A number is right from `least` to `most`, doubtful in the margin around that."""

    least: float
    most: float
    margin: float = 0

    def verdict(self, number: float) -> str:
        if self.least <= number <= self.most:
            return OK
        return WARN if self.least - self.margin <= number <= self.most + self.margin else FAIL


LIMITS = {
    "background": Limits(90, 100, 15),
    "sharpness": Limits(110, float("inf"), 40),
    "faces": Limits(1, 1),
    "hairline": Limits(50, 110),
    "eyes": Limits(200, 300),
    "face_width": Limits(180, 300),
    "tilt": Limits(0, 4, 2),
}
"""What is judged beside the file's own facts. Percent, variance, count, pixels, pixels, pixels, degrees."""

CHECKS = ("pixels", "dpi", "depth", "weight", *LIMITS)
"""Every check in the order in which it is shown."""

Standard = dict[str, tuple[str, float | None]]


def pixels() -> tuple[int, int]:
    return defaults.value("img.w"), defaults.value("img.h")


def grounds() -> tuple[tuple[int, int, int], ...]:
    chosen = defaults.value("img.background")
    return (GROUNDS[chosen],) if chosen in GROUNDS else tuple(GROUNDS.values())


def wanted() -> dict[str, str]:
    """What the checks of the file itself ask for, as numbers."""
    (width, height), (least, most) = pixels(), _weights()
    dpi = defaults.value("img.dpi")
    return {"pixels": f"{width}×{height}", "dpi": str(dpi), "depth": str(DEPTH), "weight": f"{least}–{most}"}


def check_file(size: int, data: bytes) -> None:
    """Look at a file before anything decodes it.

    Refused: photo_weight (found, least, most: KB), photo_not_jpeg.
    """
    if _weight(size) == FAIL:
        least, most = _weights()
        raise Refused("photo_weight", found=_kilobytes(size), least=least - NEAR_WEIGHT, most=most + NEAR_WEIGHT)
    if not data.startswith(b"\xff\xd8\xff"):
        raise Refused("photo_not_jpeg")


def judge(measured: Measured) -> Standard:
    """The verdict and the number of every check.

    Refused, because no person could use the file: photo_pixels (width, height, wanted_width, wanted_height), photo_dpi (found,
    wanted), photo_dpi_lies (found, other: what the file says twice), photo_depth (found), photo_same.
    """
    told = measured.told
    _check_file_facts(told)
    if told.get("unlike") is not None and told["unlike"] <= SAME_PICTURE:
        raise Refused("photo_same")
    size = int(told["bytes"])
    facts = {
        "pixels": (OK, told["width"]), "dpi": (OK, told["dpi"]), "depth": (OK, told["bits"]),
        "weight": (_weight(size), _kilobytes(size)),
    }  # fmt: skip
    return facts | {check: _judged(check, told.get(check)) for check in LIMITS}


def first_state(standard: Standard, likeness: float | None) -> str:
    """The move that a new photo begins with: fail, doubt or pass."""
    if failed(standard):
        return "fail"
    return "doubt" if likeness is not None and likeness < UNLIKE_FACE else "pass"


def failed(standard: Mapping) -> list[str]:
    """Checks that were not met, in the order of the list."""
    return [check for check in CHECKS if check in standard and standard[check][0] == FAIL]


def warned(standard: Mapping) -> list[str]:
    return [check for check in CHECKS if check in standard and standard[check][0] == WARN]


def read(text: str) -> Standard:
    """The checks of a row; what was not looked at is unchecked."""
    kept = json.loads(text)
    return {check: tuple(kept.get(check, (UNCHECKED, None))) for check in CHECKS}


def _check_file_facts(told: Mapping[str, float | None]) -> None:
    width, height = pixels()
    if (told["width"], told["height"]) != (width, height):
        facts = {"width": told["width"], "height": told["height"], "wanted_width": width, "wanted_height": height}
        raise Refused("photo_pixels", **facts)
    if told["bits"] != DEPTH:
        raise Refused("photo_depth", found=told["bits"])
    wanted = defaults.value("img.dpi")
    if told["dpi"] != wanted:
        raise Refused("photo_dpi", found=told["dpi"], wanted=wanted)
    if told["exif_dpi"] not in (None, wanted):
        raise Refused("photo_dpi_lies", found=told["dpi"], other=told["exif_dpi"])


def _judged(check: str, number: float | None) -> tuple[str, float | None]:
    return (UNCHECKED, None) if number is None else (LIMITS[check].verdict(number), number)


def _weights() -> tuple[int, int]:
    return defaults.value("img.kb_min"), defaults.value("img.kb_max")


def _weight(size: int) -> str:
    least, most = _weights()
    return Limits(least, most, NEAR_WEIGHT).verdict(size / 1024)


def _kilobytes(size: int) -> float:
    return round(size / 1024, 1)

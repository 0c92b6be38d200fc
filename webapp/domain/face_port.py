"""What the product needs of a face check, as a Protocol with its exact contract: `ports.py` for faces (R-RPV-12).

It is not where a check is made: `webapp/providers/faces_*.py` fit it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

PROMPTS = ("front", "blink", "left", "right", "mouth")
"""What a person may be asked to do before the camera: 正对镜头, 眨眼, 向左转头, 向右转头 (their own left and right), 张嘴."""

FAULTS = ("no_face", "several_faces", "not_live", "prompts", "other_person", "no_reference")
"""Why a check fails: no face or more than one was seen, a picture of a picture, the prompts were not followed, somebody else.
With `no_reference` nothing could be compared: it is nobody's failure, and leads to the photo with the document."""


@dataclass(frozen=True, slots=True)
class Shots:
    """What the camera saw after one of PROMPTS was shown: JPEGs in their order, as the browser made them, not looked at yet."""

    prompt: str
    jpegs: tuple[bytes, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Who is expected: the name, the number of the document, its country (empty: China), and a cleaned JPEG that shows the
    person (empty where the school has none)."""

    name: str = field(repr=False)
    document: str = field(repr=False)
    country: str = ""
    picture: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class Verdict:
    """`score` is 0 to 100, how sure it is that this person was there; `why` is one of FAULTS, empty for a pass."""

    passed: bool
    score: int
    why: str = ""


class Faces(Protocol):
    """Is a living person before the camera, and is it the expected one? Its word is a score; a way without it stays open."""

    def online(self) -> bool:
        """Whether checks are made at all on this site; where not, pages offer the photo alone."""

    def name(self) -> str:
        """What the history calls this provider, at most 16 characters."""

    def judge(self, shots: Sequence[Shots], wanted: Wanted, reference: str) -> Verdict:
        """Judge the shots, which came in the order in which prompts were shown. `reference` is the try's key, which names
        nobody. Nothing is kept but what is returned.

        Raises `Unavailable`, which never counts as a failure (R-RPV-05).
        """

    def close(self) -> None:
        """Give back what the work takes; the next check takes it again."""

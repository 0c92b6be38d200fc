"""Face checks on the school's own machine, with the `[face]` extra: turns of the head, and the likeness to the school's photo.

It is a score beside other ways, not a proof: `docs/faces.md` says what it cannot see. Frames are measured in `face_child.py`.
"""

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Self

from webapp.domain.face_port import Shots, Verdict, Wanted
from webapp.domain.ports import Unavailable
from webapp.providers.kept_child import Died, KeptChild, TooSlow

CHILD = Path(__file__).with_name("face_child.py")
SECONDS, CHECKS_PER_CHILD = 20, 200

SAME, OTHER = 0.3, 0.9
"""Distances of two faces that count as 100 and as 0."""
ENOUGH = 60
"""Score from which two faces count as one person's: a distance of 0.54, stricter than the 0.6 that the model was made for."""
TOGETHER = 0.6
"""Distance beyond which two frames show two people."""

STRAIGHT, TURNED, STILL = 0.2, 0.12, 0.06
"""Distances of the eyes: how far the nose may be off while looking straight, how far it has to move for a turn, and what a
picture's own landmarks move by."""

SIGNS = {"left": 1, "right": -1}
"""To which side of the frame a nose goes; a camera's frame is not mirrored, so the own left is its right."""


class LocalFaces:
    """Fits `Faces`. One check at a time in each process; others wait for it in their order."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self._child = KeptChild(CHILD, seconds=seconds, items=CHECKS_PER_CHILD)

    @classmethod
    def from_settings(cls, settings: Any) -> Self:
        """Nothing is needed of the settings."""
        return cls()

    @property
    def child_pid(self) -> int | None:
        """The process id of the child, None while there is none."""
        return self._child.pid

    def online(self) -> bool:
        """See `face_port.Faces`: where the extra is installed; without it the photo with the document is the way."""
        return bool(find_spec("dlib") and find_spec("face_recognition_models"))

    def name(self) -> str:
        """See `face_port.Faces`."""
        return "local"

    def judge(self, shots: Sequence[Shots], wanted: Wanted, reference: str) -> Verdict:
        """See `face_port.Faces`. A frame that cannot be read is no face; a machine that is too slow is nobody's failure.

        Where there is nothing to compare with the work is the same: neither its time nor its faults tell of whom the
        school has a photo.
        """
        files = [jpeg for shot in shots for jpeg in shot.jpegs] + [wanted.picture]
        task = {"sizes": [len(one) for one in files], "prompts": [len(shot.jpegs) for shot in shots]}
        try:
            told, _ = self._child.ask(task, b"".join(files))
        except (Died, TooSlow) as fault:
            raise Unavailable("fault", retry=True, detail=type(fault).__name__) from fault
        if "refused" in told:
            return Verdict(False, 0, "no_face")
        return _verdict([shot.prompt for shot in shots], told)

    def close(self) -> None:
        """End the child; the next check starts another."""
        self._child.close()


def _verdict(prompts: list[str], told: dict[str, Any]) -> Verdict:
    """One face all the time, the same one, that turned as it was asked to, and comes near enough to the photo."""
    for frames in told["frames"]:
        if any(one["faces"] > 1 for one in frames):
            return Verdict(False, 0, "several_faces")
        if sum(one["faces"] == 1 for one in frames) * 2 < len(frames):
            return Verdict(False, 0, "no_face")
    if not told["near"]:
        return Verdict(False, 0, "no_reference")
    score = _score(min(one for one in told["near"] if one is not None))
    if told["together"] > TOGETHER or score < ENOUGH:
        return Verdict(False, score, "other_person")
    why = _followed(prompts, told["frames"])
    return Verdict(not why, score, why)


def _followed(prompts: list[str], frames: list[list[dict[str, Any]]]) -> str:
    """Why the turns are not what was asked for: nothing moved as a head does (not_live), or not as asked (prompts)."""
    seen = [sorted(one["turn"] for one in some if one["faces"] == 1) for some in frames]
    turns = dict(zip(prompts, seen, strict=True))
    ahead = turns["front"][len(turns["front"]) // 2]
    if max(abs(turn - ahead) for some in seen for turn in some) < STILL:
        return "not_live"
    asked = [prompt for prompt in prompts if prompt in SIGNS]
    reached = all(max(SIGNS[one] * (turn - ahead) for turn in turns[one]) >= TURNED for one in asked)
    return "" if asked and reached and abs(ahead) <= STRAIGHT else "prompts"


def _score(distance: float) -> int:
    return round(100 * min(1.0, max(0.0, (OTHER - distance) / (OTHER - SAME))))

"""个人测评: which of six kinds of work somebody likes, from twelve statements (R-BND-19). Worked out, never kept.

The kinds are those of Holland's theory of interests; it is food for thought, no test that anybody is judged by.
"""

from collections.abc import Sequence
from typing import NamedTuple

KINDS = ("realistic", "investigative", "artistic", "social", "enterprising", "conventional")

STATEMENTS = 12
"""Two of each kind: the first six in the order of `KINDS`, then the same again."""

SCORES = 5
"""很像我; 1 is 不像我."""


class Leaning(NamedTuple):
    """How much somebody leans to a kind of work: `points` of `MOST`."""

    kind: str
    points: int


MOST = SCORES * STATEMENTS // len(KINDS)


def weigh(scores: Sequence[int]) -> list[Leaning]:
    """The six kinds, strongest first, those with the same points in the order of `KINDS`. `scores` answer the statements."""
    sums = [Leaning(kind, sum(scores[place :: len(KINDS)])) for place, kind in enumerate(KINDS)]
    return sorted(sums, key=lambda one: -one.points)

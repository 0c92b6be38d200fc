"""Fonts of rare characters: bytes, CPU of the child that cuts them and its memory, over every block that names may use.

Run: ``python -m tests.bench.bench_glyphs [--each 20]``. Goal: 5 KB each. What no font of this machine holds is left out.
"""

import argparse
import random
import sys
from statistics import median

from tests.bench.bench_images import megabytes, seconds
from tests.bench.measure import machine
from webapp.domain.glyphs import rare
from webapp.domain.identity.ideographs import RANGES
from webapp.providers.glyphs_fonttools import CutGlyphs

MOST = 5 * 1024


def main() -> int:
    told = argparse.ArgumentParser(description=__doc__)
    told.add_argument("--each", type=int, default=20, help="characters of each block, at random")
    each, chance = told.parse_args().each, random.Random(1)  # noqa: S311 (a sample, not a secret)
    blocks = ("".join(map(chr, range(first, last + 1))) for first, last in RANGES)
    chosen = [one for block in blocks if (some := rare(block)) for one in chance.sample(some, min(each, len(some)))]
    glyphs = CutGlyphs()
    weights = [len(font) for one in chosen if (font := glyphs.cut(one))]
    spent, held = seconds(glyphs.child_pid) / len(weights) * 1000, megabytes(glyphs.child_pid)
    glyphs.close()
    print(machine())
    print(f"{len(weights)} of {len(chosen)} characters: {median(weights):.0f} bytes, at most {max(weights)}")
    print(f"{spent:.0f} ms of CPU each; the child has {held:.0f} MB")
    return 0 if max(weights) <= MOST else 1


if __name__ == "__main__":
    sys.exit(main())

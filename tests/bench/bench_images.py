"""A phone's photo of 12 megapixels in the child that decodes: CPU time and memory, with its hints and its hashes.

Run: ``python -m tests.bench.bench_images [--rounds 12]``. Goal: 180 ms of CPU and 80 MB for a picture of 1600 pixels. The
second line is what a claim's photo costs: 2000 pixels in at most 300 KB, several tries where the grain is strong. CPU time is
the child's own, as the kernel counts it.
"""

import argparse
import os
import re
import sys
from pathlib import Path
from random import Random

from PIL import Image, ImageChops

from tests.bench.measure import machine
from tests.scenes import taken
from webapp.providers.images_pillow import PillowImages

CPU, MEGABYTES = 180, 80


def photo() -> bytes:
    """4032 × 3024 pixels, about 4.5 MB, turned by its EXIF as phones do: soft colours under a grain."""
    random = Random(12)
    soft = Image.frombytes("RGB", (64, 48), random.randbytes(64 * 48 * 3)).resize((4032, 3024), Image.Resampling.BICUBIC)
    grain = Image.frombytes("L", (1008, 756), random.randbytes(1008 * 756)).resize((4032, 3024))
    picture = ImageChops.blend(soft, Image.merge("RGB", [grain] * 3), 0.12)
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "Yuedong"
    return taken(picture, quality=96, exif=exif)


def seconds(pid: int) -> float:
    """CPU time of a process so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def megabytes(pid: int) -> float:
    return int(re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())[1]) / 1024


def measured(data: bytes, rounds: int, **limits: int) -> tuple[float, float, int]:
    """Milliseconds of CPU for one (the least of `rounds` groups of four), peak megabytes, bytes that are kept."""
    images, best = PillowImages(), float("inf")
    kept = len(images.clean(data, **limits).jpeg)
    for _ in range(rounds):
        before = seconds(images.child_pid)
        for _ in range(4):
            images.clean(data, **limits)
        best = min(best, (seconds(images.child_pid) - before) / 4)
    peak = megabytes(images.child_pid)
    images.close()
    return best * 1000, peak, kept


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=12)
    told = parser.parse_args()
    data = photo()
    print(machine())
    print(f"4032 × 3024, {len(data) / 1e6:.1f} MB")
    cpu, peak, kept = measured(data, told.rounds, long_side=1600)
    print(f"1600 px: {cpu:.0f} ms of CPU (goal {CPU}), at most {peak:.0f} MB (goal {MEGABYTES}), {kept / 1024:.0f} KB kept")
    missed = cpu > CPU or peak > MEGABYTES
    cpu, peak, kept = measured(data, told.rounds, long_side=2000, max_bytes=307_200)
    print(f"of a claim: {cpu:.0f} ms of CPU, at most {peak:.0f} MB, {kept / 1024:.0f} KB kept")
    sys.exit(missed)


if __name__ == "__main__":
    main()

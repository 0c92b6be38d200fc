"""A face check on the school's own machine: seconds from the frames to the verdict, memory of its child, three at once.

Run: ``python -m tests.bench.bench_faces [--checks 10]`` with the `[face]` extra. Goal: 3 s at the median, 250 MB.
"""

import argparse
import statistics
import sys
import threading
import time
from pathlib import Path

from tests.bench.bench_images import seconds
from tests.bench.measure import machine
from tests.providers.test_faces_local import FAR, jpeg, person, turned
from webapp.domain.face_port import Shots, Wanted
from webapp.providers.faces_local import LocalFaces

GOAL, MEGABYTES = 3.0, 250
FRAMES = 4
"""Pictures after each of four prompts, as the page sends them."""

APART = 0.05
"""Seconds between two that come at once."""


def check(faces: LocalFaces, shots: list[Shots], wanted: Wanted) -> float:
    """Seconds by the clock for one check that passes."""
    before = time.perf_counter()
    assert faces.judge(shots, wanted, "bench").passed
    return time.perf_counter() - before


def at_once(faces: LocalFaces, shots: list[Shots], wanted: Wanted) -> list[tuple[int, float]]:
    """Three checks that come one right after the other: each waits for those before it. Who ended when, and its seconds."""
    told: list[tuple[int, float]] = []
    threads = [threading.Thread(target=lambda n=n: told.append((n, check(faces, shots, wanted)))) for n in range(3)]
    for thread in threads:
        thread.start()
        time.sleep(APART)
    for thread in threads:
        thread.join()
    return told


def peak(pid: int) -> float:
    """Megabytes that a process has held at most."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) / 1024


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--checks", type=int, default=10)
    many = parser.parse_args().checks
    seen = {"front": person(), "left": turned(FAR), "right": turned(-FAR), "mouth": person()}
    shots = [Shots(prompt, (jpeg(person()), jpeg(one)) * (FRAMES // 2)) for prompt, one in seen.items()]
    faces, wanted = LocalFaces(), Wanted("林晓溪", "", picture=jpeg(person()))
    check(faces, shots, wanted)
    before = seconds(faces.child_pid)
    median = statistics.median(check(faces, shots, wanted) for _ in range(many))
    cpu, together = (seconds(faces.child_pid) - before) / many, at_once(faces, shots, wanted)
    memory = peak(faces.child_pid)
    faces.close()
    print(machine())
    print(f"{median:.2f} s at the median of {many} (goal {GOAL}), {cpu:.2f} s of them CPU; three at once {_told(together)}")
    print(f"{memory:.0f} MB (goal {MEGABYTES})")
    return int(median > GOAL or memory > MEGABYTES or [n for n, _ in together] != [0, 1, 2])


def _told(together: list[tuple[int, float]]) -> str:
    return ", ".join(f"{took:.2f} s (the {n + 1}.)" for n, took in together)


if __name__ == "__main__":
    sys.exit(main())

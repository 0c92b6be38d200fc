"""A face check on the school's own machine: seconds from the frames to the verdict, memory of its child, three at once.

Run: ``python -m tests.bench.bench_faces [--checks 10]`` with the `[face]` extra. Goal: 3 s at the median, 250 MB.
"""

import argparse
import statistics
import sys
import threading
import time
from pathlib import Path

from tests.bench.measure import machine
from tests.providers.test_faces_local import FAR, jpeg, person, turned
from webapp.domain.face_port import Shots, Wanted
from webapp.providers.faces_local import LocalFaces

GOAL, MEGABYTES = 3.0, 250
FRAMES = 4
"""Pictures after each of four prompts, as the page sends them."""


def check(faces: LocalFaces, shots: list[Shots], wanted: Wanted) -> float:
    """Seconds by the clock for one check that passes."""
    before = time.perf_counter()
    assert faces.judge(shots, wanted, "bench").passed
    return time.perf_counter() - before


def at_once(faces: LocalFaces, shots: list[Shots], wanted: Wanted) -> list[float]:
    """Three checks that come at the same moment: each waits for those before it."""
    told: list[float] = []
    threads = [threading.Thread(target=lambda: told.append(check(faces, shots, wanted))) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(told)


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
    median, together = statistics.median(check(faces, shots, wanted) for _ in range(many)), at_once(faces, shots, wanted)
    memory = peak(faces.child_pid)
    faces.close()
    print(machine())
    print(f"{median:.2f} s at the median of {many} (goal {GOAL}), three at once {together[-1]:.2f} s")
    print(f"{memory:.0f} MB (goal {MEGABYTES})")
    return int(median > GOAL or memory > MEGABYTES)


if __name__ == "__main__":
    sys.exit(main())

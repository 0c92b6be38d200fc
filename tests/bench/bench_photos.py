"""A school's 学历照片, checked and given to their records: how long, and in how much memory, two photos measured at a time.

Run: ``python -m tests.bench.bench_photos [--photos 20000] [--short]``. Goal: 20,000 photos of 480 × 640 pixels in 10 minutes
on two cores, each beside its admission photo; the faces are measured where the `[face]` extra is installed. CPU is that of the
process and of all its children; where the machine is shared it counts for more than the clock.
"""

import argparse
import resource
import sys
import tempfile
import time
import zipfile
from datetime import date
from importlib.util import find_spec
from pathlib import Path

from tests.bench.bench_images import megabytes
from tests.bench.bench_import import open_site
from tests.bench.measure import machine
from tests.graduation import head, photo
from tests.people import make_record
from tests.providers.pictures import file
from webapp import outside
from webapp.cli.deployment import work_steadily
from webapp.domain.imports import batches
from webapp.domain.permissions import SYSTEM
from webapp.jobs import imports
from webapp.models.base import transaction
from webapp.models.graduation_photos import GraduationPhoto
from webapp.models.imports import Batch
from webapp.models.records import Record
from webapp.models.school import Class, College, Unit
from webapp.providers.files import Files
from webapp.settings import Settings

GOAL, MEGABYTES = 600, 400
"""Seconds for 20,000 photos; megabytes of the process, whatever their number."""

HEADS = 40
SHORT = 240


def make_school(unit: Unit, many: int, files: Files) -> None:
    """Students with an admission photo each."""
    college = College.create(unit=unit, name="信息工程学院")
    klass = Class.create(unit=unit, college=college, name="计应 2301 班")
    kept = [
        files.keep(file(head(n + 500).resize((300, 400)), quality=85), "admission_photo", state="clean") for n in range(HEADS)
    ]
    with transaction():
        for n in range(many):
            make_record(unit, klass, ("林晓溪", "20050512", "女"), f"{20230000000 + n}", 2, photo=kept[n % HEADS])
        Record.update(expected_on=date(2027, 6, 30)).execute()


def pack(target: Path, many: int) -> None:
    heads = [photo(n) for n in range(HEADS)]
    with zipfile.ZipFile(target, "w") as archive:
        for n in range(many):
            archive.writestr(f"{20230000000 + n}.jpg", heads[n % HEADS])


def brought(folder: Path, many: int) -> tuple[float, float, list[float]]:
    """Seconds by the clock and of CPU, and peak megabytes of the process and of each child."""
    work_steadily()
    unit, settings = open_site(folder), Settings.read({}, data_dir=folder, demo=True)
    doors = outside(settings)
    make_school(unit, many, Files(doors.storage))
    pack(folder / "set.zip", many)
    batch = batches.receive(unit, batches.GRADUATION, "set.zip", None, "0" * 64, SYSTEM)
    began, used = time.monotonic(), time.process_time()
    imports.check_photos(doors, batches.photos_begin(batch), folder / "set.zip")
    batch = batches.confirm(Batch.by_key(batch.key), SYSTEM)
    imports.give_photos(batch)
    took = time.monotonic() - began
    memory = [megabytes(pid) for pid in ("self", *filter(None, doors.portraits.pids))]
    doors.portraits.close()
    used = time.process_time() - used + resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    assert GraduationPhoto.select().where(GraduationPhoto.current).count() == many
    return took, used, memory


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--photos", type=int, default=20_000)
    parser.add_argument("--short", action="store_true")
    told = parser.parse_args()
    many = SHORT if told.short else told.photos
    with tempfile.TemporaryDirectory() as folder:
        took, used, memory = brought(Path(folder) / "site", many)
    faces = find_spec("dlib") is not None
    print(machine(), "with faces" if faces else "without faces")
    both = used / many * 20_000 / 2
    print(f"{many:,} photos: {took:.0f} s, {many / took * 60:,.0f} a minute; 20,000 in {took / many * 20_000:.0f} s")
    print(f"{used / many * 1000:.1f} ms of CPU a photo: 20,000 keep two processors for {both:.0f} s (goal {GOAL})")
    print(f"at most {memory[0]:.0f} MB (goal {MEGABYTES}), children {', '.join(f'{one:.0f}' for one in memory[1:])} MB")
    sys.exit((both > GOAL * (3 if told.short else 1) and not faces) or memory[0] > MEGABYTES)


if __name__ == "__main__":
    main()

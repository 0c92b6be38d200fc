"""Checking a set of 学历照片: each is measured in a child of its own and kept sealed, before anybody decides.

Not here: whose photo it is and what its numbers mean (`domain/photos/`). A set of admission photos: `photo_sets.py`.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from webapp.domain.imports import photos
from webapp.domain.photos import importing, standard
from webapp.domain.photos.importing import GraduationCheck, Owner
from webapp.domain.ports import Damaged, Measured, Missing, Unavailable
from webapp.domain.refused import Refused
from webapp.jobs.registry import Later, Outside, still_running
from webapp.models.base import transaction
from webapp.models.imports import Batch
from webapp.models.photos import Upload
from webapp.providers import photo_sets
from webapp.providers.files import Files
from webapp.providers.photo_sets import Entry

AT_ONCE = 2
"""Photos measured at the same time."""

PORTION = 60
"""Photos in one transaction; twice as many are in memory."""


class Found(NamedTuple):
    """One file of a portion, whose it is, and what is being measured; without them `refused` says why it is left out."""

    entry: Entry
    refused: Refused | None = None
    whose: Owner | None = None
    measured: Future[Measured] | None = None


def check(outside: Outside, batch: Batch, path: Path) -> None:
    """The dry run of a ZIP, a folder or a single photo. Raises Refused as `photo_sets.entries` does, or moved_on."""
    entries = photo_sets.entries(path, batch.filename)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        desk = _Desk(outside, GraduationCheck(batch), pool)
        begun: list[Found] = []
        while some := list(islice(entries, PORTION)):
            still_running()
            desk.run.progress()
            ahead = [desk.begin(entry) for entry in some]  # measured while the portion before is written
            desk.settle(begun)
            begun = ahead
        desk.settle(begun)
        desk.run.show()


class _Desk:
    """Where the photos of one set pass: measured two at a time, judged and kept one after the other."""

    def __init__(self, outside: Outside, run: GraduationCheck, pool: ThreadPoolExecutor) -> None:
        self.run, self._pool, self._portraits = run, pool, outside.portraits
        self._files = Files(outside.storage)
        self._wanted = {"pixels": standard.pixels(), "grounds": standard.grounds()}

    def begin(self, entry: Entry) -> Found:
        try:
            standard.check_file(entry.size, entry.data)
            whose = self.run.of(entry.name)
        except Refused as refused:
            return Found(entry, refused)
        return Found(entry, None, whose, self._pool.submit(self._measured, entry.data, whose.admission))

    def settle(self, some: Sequence[Found]) -> None:
        """Keep what may be kept, then note all of it in one transaction."""
        notes = [self._note(one) for one in some]
        with transaction():
            for note in notes:
                note()

    def _measured(self, photo: bytes, admission: Upload | None) -> Measured:
        try:
            beside = self._files.read(admission) if admission else b""
        except (Missing, Damaged):
            beside = b""
        return self._portraits.measure(photo, beside, **self._wanted)

    def _note(self, one: Found) -> Callable[[], None]:
        """Store the photo, and return what writes down how it was judged."""
        name, run = one.entry.name, self.run
        try:
            if one.refused:
                raise one.refused
            measured = one.measured.result()
            judged = run.judge(one.whose, measured)
        except Refused as refused:
            return partial(run.wrong, name, refused)
        except Unavailable as fault:
            raise Later from fault
        if run.is_known(one.whose, measured.jpeg):
            return partial(run.same, name, one.whose)
        upload = self._files.stored(
            measured.jpeg,
            importing.PURPOSE,
            state="clean",
            media="image/jpeg",
            unit=run.batch.unit,
            expires=photos.kept_until(),
        )
        return partial(run.kept, name, one.whose, judged, upload)

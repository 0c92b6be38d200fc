"""Checking a set of admission photos: each is decoded in the image child and kept sealed, before anybody decides.

Not here: whose photo it is, and tying it to the record (`domain/imports/photos.py`).
"""

from pathlib import Path

from webapp.domain.imports import photos
from webapp.domain.imports.photos import Fit, PhotoCheck
from webapp.domain.ports import Unavailable
from webapp.domain.refused import Refused
from webapp.jobs.registry import Later, Outside, still_running
from webapp.models.imports import Batch
from webapp.providers import photo_sets
from webapp.providers.files import Files
from webapp.providers.photo_sets import Entry

LONG_SIDE = 1200
"""Pixels kept of the longer side."""

TELL_EVERY = 20


def check(outside: Outside, batch: Batch, path: Path) -> None:
    """The dry run of a ZIP or folder. Raises Refused as `photo_sets.entries` does, or moved_on."""
    run = PhotoCheck(batch)
    for at, entry in enumerate(photo_sets.entries(path)):
        if at % TELL_EVERY == 0:
            still_running()
            run.progress()
        try:
            run.fits(entry.name, _cleaned(outside, run, entry))
        except Refused as refused:
            run.wrong(entry.name, refused)
    run.show()


def _cleaned(outside: Outside, run: PhotoCheck, entry: Entry) -> Fit:
    photos.check_file(entry.size, entry.data)
    record = run.owner(entry.name)
    try:
        picture = outside.images.clean(entry.data, long_side=LONG_SIDE, max_bytes=photos.HEAVIEST)
    except Unavailable as fault:
        raise Later from fault
    photos.check_picture(picture)
    upload = Files(outside.storage).keep(
        picture.jpeg,
        "admission_photo",
        state="clean",
        media="image/jpeg",
        unit=run.batch.unit,
        expires=photos.kept_until(),
    )
    return Fit(record, upload)

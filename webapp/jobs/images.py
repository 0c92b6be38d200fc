"""Pictures are made harmless before anybody looks: decoded in a child, stripped, encoded again (R-SYS-03)."""

from collections.abc import Callable

from webapp.domain import defaults
from webapp.domain.certification import keeping, materials
from webapp.domain.ports import Cleaned, Damaged, Missing, Unavailable
from webapp.domain.refused import Refused
from webapp.jobs.registry import Later, Outside, job
from webapp.models.photos import Upload
from webapp.providers.files import Files

LONG_SIDE = 2000
MOST = {
    "report_file": 2 * 1024 * 1024,
    "ticket_file": 2 * 1024 * 1024,
    "correction_file": 2 * 1024 * 1024,
    "transcript_page": 2 * 1024 * 1024,
    "checking_reply": 2 * 1024 * 1024,
    "holder_photo": 1024 * 1024,
    materials.PURPOSE: materials.MOST_BYTES,
    "admission_photo": 500 * 1024,
    keeping.SEAL: 300 * 1024,
    "news_file": 2 * 1024 * 1024,
    "official_qr": 300 * 1024,
}
"""Bytes that are stored at most, by purpose; for a photo of a claim it is the setting `dup.photo_max_bytes`."""

LEAST = {"claim_photo": 500, "holder_photo": 500, materials.PURPOSE: materials.LEAST_SIDE}
"""Pixels that the shorter side has at least, by purpose: below, nobody can read what is on it."""


Notice = Callable[[Cleaned], None]
"""Hears of a picture before it takes the raw one's place: a worker that dies between the two forgets nothing."""


@job("images.clean")
def clean(outside: Outside, key: str, notice: Notice = lambda picture: None) -> None:
    """Turn a raw upload into a clean one, or mark it refused with the reason."""
    upload = Upload.by_key(key)
    if upload is None or upload.state != "raw":
        return
    files = Files(outside.storage)
    try:
        least = LEAST.get(upload.purpose, 1)
        data = files.read(upload)
        outside.scanner.scan(data)
        picture = outside.images.clean(data, long_side=LONG_SIDE, max_bytes=_most(upload), min_side=least)
    except Refused as refused:
        upload.reason = refused.code
        files.shred(upload, "refused")
    except (Missing, Damaged):
        files.shred(upload, "refused")
    except Unavailable as fault:
        raise Later from fault
    else:
        notice(picture)
        files.replace(upload, picture.jpeg, "clean", "image/jpeg")


def _most(upload: Upload) -> int | None:
    return defaults.value("dup.photo_max_bytes") if upload.purpose == "claim_photo" else MOST.get(upload.purpose)

"""Rows with a signed file (`upload`, `pdf`, `digest`, `kid`): the file that a job made, and papers that are to be signed anew.

Not here: what stands on a paper, nor drawing it (`jobs/`).
"""

from typing import Any, TypeVar

from webapp.domain import journal
from webapp.models.base import KeyedRow, transaction
from webapp.models.photos import Upload
from webapp.models.signing import SigningKey

R = TypeVar("R", bound=KeyedRow)


def keep(row: R, upload: Upload | None, digest: str, kid: str, **changes: Any) -> tuple[R, Upload | None] | None:
    """The job is done: the signed file, whose row is not saved yet, or None where it cannot be drawn.

    Returns the row as it is now and the file before it, to be shredded. None where another worker was faster: nothing happens,
    and this file is nobody's. `changes` are columns set with it.
    """
    with transaction():
        row = row.locked()
        if row.pdf != "waiting":
            return None
        before = row.upload
        if upload is not None:
            upload.save(force_insert=True)
        told = {"upload": upload, "digest": digest, "kid": kid, "pdf": "ready" if upload else "failed"} | changes
        for column, value in told.items():
            setattr(row, column, value)
        row.save()
    return row, before


def again(model: type[KeyedRow], job: str) -> int:
    """Promise the papers anew that a revoked key signed. Returns how many."""
    revoked = [key.kid for key in SigningKey.select().where(SigningKey.state == "revoked")]
    signed = list(model.select(model.id, model.key).where((model.pdf == "ready") & model.kid.in_(revoked)))
    with transaction():
        for row in signed:
            model.update(pdf="waiting").where(model.id == row.id).execute()
            journal.promise(job, key=row.key)
    return len(signed)

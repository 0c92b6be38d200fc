"""Store and rows kept in step: files without a row, rows without a file, what should long be gone; and shredding in portions.

Not here: whose time is over (`domain/evidence.py`), nor when this runs (`jobs/retention.py`).
"""

from collections.abc import Iterator
from datetime import datetime

from peewee import chunked

from webapp.domain import journal
from webapp.domain.permissions import SYSTEM
from webapp.domain.ports import Missing, Storage, Unavailable
from webapp.models.base import database, on_sqlite, transaction
from webapp.models.photos import Upload

PORTION = 100
"""Files whose keys are forgotten in one transaction, with one Event that counts them."""

FEW = 20


def shred(storage: Storage, uploads: list[Upload], why: str) -> None:
    """Forget the keys, with the Event, then the bytes: who dies between the two leaves files that nothing opens."""
    for portion in chunked(uploads, PORTION):
        with transaction():
            names = [upload.name for upload in portion]
            _forget([upload.id for upload in portion])
            journal.record("evidence.purge", SYSTEM.name, "retention:evidence", why=why, files=len(names))
        for name in names:
            storage.delete(name)


def sweep(storage: Storage, before: datetime) -> int:
    """Delete files that no row names, forget rows whose file is gone, throw away half-written files; all older than that.

    Returns how many there were. Where more than a tenth of all rows seem lost, and more than FEW, it is the store that is
    away: it raises `Unavailable` and touches nothing.
    """
    rows = list(lost(storage, before))
    if len(rows) > max(FEW, Upload.select().where(Upload.name.is_null(False)).count() // 10):
        raise Unavailable("fault", retry=True, detail="the store lacks most files")
    half_written, files = storage.sweep(before), list(orphans(storage, before))
    for name in files:
        storage.delete(name)
    with transaction():
        _forget([upload.id for upload in rows])
        if half_written or files or rows:
            found = {"half": half_written, "files": len(files), "rows": len(rows)}
            journal.record("evidence.sweep", SYSTEM.name, "retention:evidence", **found)
    return half_written + len(files) + len(rows)


def orphans(storage: Storage, before: datetime) -> Iterator[str]:
    """Files of the store, put before that moment (naive UTC), that no row names."""
    for names in chunked(storage.names(before), 500):
        known = {name for (name,) in Upload.select(Upload.name).where(Upload.name.in_(names)).tuples()}
        yield from (name for name in names if name not in known)


def lost(storage: Storage, before: datetime) -> Iterator[Upload]:
    """Rows written before that moment (naive UTC) that name a file which is not in the store."""
    rows = list(Upload.select().where(Upload.name.is_null(False) & (Upload.created < before)))
    there = set(storage.names())
    for upload in rows:
        if upload.name not in there and _is_missing(storage, upload.id):
            yield upload


def close_log() -> None:
    """Write SQLite's log into the file and cut it off, so that no key that was forgotten stays readable in it."""
    if on_sqlite():
        database.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def _forget(numbers: list[int]) -> None:
    Upload.update(name=None, wrapped_key=None, state="shredded").where(Upload.id.in_(numbers)).execute()


def _is_missing(storage: Storage, number: int) -> bool:
    """Asked once more of the row as it is now: a worker may have put another file in the place of the one."""
    name = Upload.get_by_id(number).name
    try:
        return name is not None and storage.get(name) is None
    except Missing:
        return True

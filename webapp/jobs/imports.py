"""Imports done later: reading what was uploaded, writing what was confirmed, undoing, and forgetting files in time.

Each handler looks at the batch's state first: run twice, or after a crash, it does what is left. Not here: any rule.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from webapp.domain import rosters
from webapp.domain.imports import admissions, batches, photos, undoing
from webapp.domain.imports.admissions import AdmissionCheck
from webapp.domain.imports.applying import ApplyPass
from webapp.domain.imports.preview import DryRun
from webapp.domain.imports.reading import PORTION, Line, Rows
from webapp.domain.photos import importing
from webapp.domain.ports import Missing, Unavailable
from webapp.domain.refused import Refused
from webapp.domain.rosters import Survey
from webapp.jobs import graduation_sets, photo_sets
from webapp.jobs.registry import Later, Outside, every, job, still_running
from webapp.models.imports import Batch
from webapp.models.photos import Upload
from webapp.providers import sheet_copy, sheets
from webapp.providers.files import Files

COPY_TITLE = "问题"
"""The head of the column that an annotated copy adds (R-SCH-05); the file around it is the school's own, in Chinese."""

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@job("imports.read", apart=True)
def read(outside: Outside, key: str) -> None:
    """Find the columns and, if all are known, make the dry run."""
    batch = Batch.by_key(key)
    if batch is None or batch.file is None or batch.state not in ("uploaded", "reading"):
        return
    try:
        with _spooled(outside, batch) as path:
            outside.scanner.scan(path.read_bytes())
            if batch.kind in batches.PHOTO_SETS:
                check_photos(outside, batches.photos_begin(batch), path)
                return
            format = sheets.kind(path, batch.filename)
            found = _survey(batch, path, format)
            if batches.columns_known(batch, found, format):
                _dry_run(outside, Batch.by_key(key), found, path, format)
    except Refused as refused:
        if refused.code != "moved_on":
            batches.fail(batch, refused)
    except Unavailable as fault:
        raise Later from fault


@job("imports.apply", apart=True)
def apply(outside: Outside, key: str) -> None:
    """Write a confirmed batch, or what is left of it. One whose file is gone or damaged meanwhile is halted."""
    batch = Batch.by_key(key)
    if batch is None or batch.file is None or batch.state != "applying":
        return
    if batch.kind in batches.PHOTO_SETS:
        give_photos(batch)
        return
    try:
        with _spooled(outside, batch) as path:
            rows = _alive(sheets.rows(path, batch.format))
            if batch.kind == rosters.ADMISSION:
                admissions.apply(batch, rows)
            else:
                ApplyPass(batch, _survey(batch, path, batch.format)).run(rows)
    except Refused as refused:
        if refused.code != "moved_on":
            batches.halt(batch, refused)


@job("imports.undo", apart=True)
def undo(outside: Outside, key: str) -> None:
    """Take a batch back, or what is left of it."""
    batch = Batch.by_key(key)
    if batch is not None and batch.state == "undoing":
        undoing.run(batch, still_running)


def check_photos(outside: Outside, batch: Batch, path: Path) -> None:
    """The dry run of a photo set of either kind. Raises Refused as `photo_sets.entries` does, or moved_on."""
    (graduation_sets if batch.kind == batches.GRADUATION else photo_sets).check(outside, batch, path)


def give_photos(batch: Batch) -> None:
    """Give the photos of a confirmed set to their records, or what is left of them."""
    photos.apply(batch, still_running, importing.give if batch.kind == batches.GRADUATION else photos.tie)


@every(minute="20", hour="18")
def forget(outside: Outside) -> None:
    """Give up undecided imports, and shred files and findings of those decided days ago (02:20 in China)."""
    batches.give_up()
    files = Files(outside.storage)
    for batch in batches.expired():
        for upload in filter(None, (batch.file, batch.annotated)):
            files.shred(upload)
        batches.forget_file(batch)


def _survey(batch: Batch, path: Path, format: str) -> Survey:
    return rosters.survey(batch.kind, sheets.heads(path, format), json.loads(batch.mapping))


def _dry_run(outside: Outside, batch: Batch, found: Survey, path: Path, format: str) -> None:
    notes: dict[tuple[str, int], str] = {}

    def tell(line: Line) -> None:
        said = (f"{p.column}：{outside.say(Refused(p.code, **p.facts))}" for p in line.problems)
        notes[line.sheet, line.number] = "；".join(said)

    check = AdmissionCheck if batch.kind == rosters.ADMISSION else DryRun
    run = check(batch, found, tell, sheets.hidden(path, format))
    run.read(_alive(sheets.rows(path, format)))
    if notes:
        batches.keep_copy(batch, _annotated(outside, batch, found, path, format, notes))
    run.show()


def _annotated(outside: Outside, batch: Batch, found: Survey, path: Path, format: str, notes: dict) -> Upload:
    """The file again, sealed, each problem beside its row."""
    target = path.with_name("copy.xlsx")
    heads = {table.sheet: table.row for table in found.tables}
    rows = _alive(sheets.rows(path, format))
    sheet_copy.annotate(rows, lambda *place: notes.get(place, ""), target, COPY_TITLE, heads)
    return Files(outside.storage).keep(target.read_bytes(), "annotated", state="clean", media=EXCEL, unit=batch.unit)


@contextmanager
def _spooled(outside: Outside, batch: Batch) -> Iterator[Path]:
    """The uploaded file, readable for as long as it is worked on: the Excel reader needs a path."""
    spool = outside.settings.data_dir / "spool"
    spool.mkdir(mode=0o700, exist_ok=True)
    with TemporaryDirectory(dir=spool) as folder:
        path = Path(folder) / "roster"
        path.touch(0o600)
        try:
            path.write_bytes(Files(outside.storage).read(batch.file))
        except Missing:
            raise Refused("import_file_gone") from None
        yield path


def _alive(rows: Rows) -> Rows:
    """The rows, telling now and then that this job still runs."""
    for at, row in enumerate(rows):
        if at % PORTION == 0:
            still_running()
        yield row

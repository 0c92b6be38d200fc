"""The rows of a sheet that came with a form, small enough to be read while somebody waits.

Not here: rosters, which a job reads (`jobs/imports.py`), nor opening a sheet (`providers/sheets.py`).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from werkzeug.datastructures import FileStorage

from webapp.providers import sheets


@contextmanager
def rows(file: FileStorage, limits: sheets.Limits) -> Iterator[Iterator[sheets.Row]]:
    """The rows; the bytes lie in a private folder while they are read. Raises what `sheets` raises."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "sheet"
        file.save(path)
        yield sheets.rows(path, sheets.kind(path, file.filename or ""), limits)

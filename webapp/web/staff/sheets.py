"""An exported list as a spreadsheet: written whole before its first byte goes out, marked with who took it, and counted.

Not here: who may take it and for what reason (`domain/exports.py`), and the columns and rows of each list.
"""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import mkstemp

from flask import Response
from flask_babel.speaklater import LazyString

from webapp.domain import clock, exports
from webapp.models.desk import Export
from webapp.providers import sheet_export
from webapp.web.staff import export_words

Heads = Sequence[tuple[str | LazyString, int]]
"""Each column's words and its width in characters."""


def send(begun: Export, heads: Heads, rows: Iterator[tuple[str, ...]], name: str = "") -> Response:
    """The file as an answer, called `name` (without it the list and the day); gone from the disk once it is open."""
    handle, path = mkstemp(suffix=".xlsx")
    os.close(handle)
    try:
        many = sheet_export.write(Path(path), export_words.mark(begun), [(str(head), width) for head, width in heads], rows)
        opened = Path(path).open("rb")  # noqa: SIM115 (the answer closes it)
    finally:
        Path(path).unlink()
    exports.counted(begun, many)
    answer = Response(opened, mimetype=sheet_export.KIND)
    answer.call_on_close(opened.close)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name or f"{begun.kind}-{clock.today():%Y%m%d}"}.xlsx"'
    answer.headers["Cache-Control"] = "no-store"
    return answer

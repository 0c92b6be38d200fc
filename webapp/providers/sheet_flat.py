"""Tables in one plain file, csv and dbf, as rows of text, streaming.
Excel's formats need a process of their own (`sheet_books.py`); these two are read here with flat memory."""

import codecs
import csv
from collections.abc import Iterator
from pathlib import Path

import dbfread

from webapp.domain.refused import Refused
from webapp.providers.sheet_limits import Limits

LONGEST_LINE = 1 << 20
BLOCK = 1 << 20
DELIMITERS = (",", "\t", ";")


def read_csv(path: Path, limits: Limits) -> Iterator[tuple[str, int, list[str]]]:
    """Rows of a csv in UTF-8, GB 18030 or UTF-16, parted by comma, tab or semicolon (spec §10.1).

    Rows with no cell are left out, but counted, so that numbers agree with what Excel shows.
    """
    with path.open(encoding=encoding(path), newline="") as file:
        delimiter = _delimiter(file)
        file.seek(0)
        most_rows, most_columns = limits.rows, limits.columns
        number = filled = 0
        try:
            for cells in csv.reader(_lines(file), delimiter=delimiter):
                number += 1
                if not any(cells):
                    continue
                filled += 1
                if most_rows is not None and filled > most_rows:
                    raise Refused("sheet_too_long", limit=most_rows)
                if len(cells) > most_columns:
                    cells = narrowed(cells, most_columns, "", number)
                yield "", number, cells
        except (csv.Error, UnicodeError) as error:
            raise Refused("sheet_unreadable", row=number + 1) from error


def encoding(path: Path) -> str:
    """The codec that reads the whole file: by its mark, else UTF-8 if that fits, else GB 18030, else UTF-16.

    GBK and GB 2312 are parts of GB 18030. Statistics are not asked: they take short GBK names for UTF-16.
    """
    with path.open("rb") as file:
        head = file.read(4096)
        if head.startswith(codecs.BOM_UTF8):
            return "utf-8-sig"
        if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return "utf-16"
        if b"\0" in head:
            return "utf-16-le" if head[1::2].count(0) >= head[::2].count(0) else "utf-16-be"
        for codec in ("utf-8", "gb18030"):
            file.seek(0)
            if _decodes(file, codec):
                return codec
    raise Refused("sheet_unreadable", row=1)


def _decodes(file, codec: str) -> bool:
    decoder = codecs.getincrementaldecoder(codec)()
    try:
        while block := file.read(BLOCK):
            decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _delimiter(file) -> str:
    """The mark that gives the widest of the first rows; a title above the header has few cells whatever the mark."""
    sample = [line for line, _ in zip(_lines(file), range(20), strict=False)]

    def widest(delimiter: str) -> int:
        try:
            return max((len(cells) for cells in csv.reader(sample, delimiter=delimiter)), default=0)
        except csv.Error:
            return 0

    return max(DELIMITERS, key=widest)


def _lines(file) -> Iterator[str]:
    """Lines as `csv.reader` wants them, but none so long that it fills the memory."""
    readline = file.readline
    number = 0
    while line := readline(LONGEST_LINE):
        number += 1
        if len(line) == LONGEST_LINE:
            raise Refused("sheet_unreadable", row=number)
        yield line


def narrowed(cells: list[str], most: int, sheet: str, number: int) -> list[str]:
    """The cells without the empty ones at the end; Refused("sheet_too_wide") if more than `most` remain."""
    width = len(cells)
    while width and not cells[width - 1].strip():
        width -= 1
    if width > most:
        raise Refused("sheet_too_wide", limit=most, sheet=sheet, row=number)
    return cells[:width]


def read_dbf(path: Path, limits: Limits) -> Iterator[tuple[str, int, list[str]]]:
    """Records of a dBASE table as text, the field names as row 1; records marked as deleted are not there.

    Bytes are kept as they stand (C, N and D fields alike), so zeros in front survive. A byte that is no GB 18030
    becomes U+FFFD and is told as an unreadable character of that cell.
    """
    try:
        table = dbfread.DBF(
            str(path), encoding="gb18030", raw=True, recfactory=None, ignorecase=False,
            ignore_missing_memofile=True, char_decode_errors="replace",
        )  # fmt: skip
        if len(table.fields) > limits.columns:
            raise Refused("sheet_too_wide", limit=limits.columns, sheet="", row=1)
        yield "", 1, list(table.field_names)
        for number, record in enumerate(table, 2):
            if limits.rows is not None and number > limits.rows:
                raise Refused("sheet_too_long", limit=limits.rows)
            cells = [value.decode("gb18030", "replace").strip(" \0") for _, value in record]
            if any(cells):
                yield "", number, cells
    except (ValueError, LookupError, TypeError, OSError, EOFError) as error:
        raise Refused("sheet_unreadable", row=1) from error

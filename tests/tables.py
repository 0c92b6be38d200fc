"""Makers of tables for tests: xlsx, csv and dbf files of given rows, and the malformed ones. No rules of the project."""

import csv
import datetime
import struct
import zipfile
from io import StringIO
from pathlib import Path

import xlsxwriter


def xlsx(path: Path, sheets: dict[str, list[list[object]]], first_row: int = 0, first_column: int = 0) -> Path:
    """A workbook of these sheets; dates are written as dates, everything else by its type."""
    book = xlsxwriter.Workbook(str(path), {"strings_to_numbers": False, "strings_to_urls": False})
    as_date = book.add_format({"num_format": "yyyy-mm-dd"})
    for name, rows in sheets.items():
        page = book.add_worksheet(name)
        for y, row in enumerate(rows, first_row):
            for x, value in enumerate(row, first_column):
                if isinstance(value, datetime.date):
                    page.write_datetime(y, x, value, as_date)
                elif isinstance(value, str):
                    page.write_string(y, x, value)
                else:
                    page.write(y, x, value)
    book.close()
    return path


def csv_bytes(rows: list[list[str]], codec: str = "utf-8", delimiter: str = ",") -> bytes:
    text = StringIO()
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue().encode(codec)


def dbf(path: Path, fields: list[tuple[str, int]], rows: list[list[str]], deleted: tuple[int, ...] = ()) -> Path:
    """A dBASE III table of character fields in GB 18030; `deleted` are indexes of rows marked so."""
    size = 1 + sum(width for _, width in fields)
    out = struct.pack("<BBBBIHH20x", 3, 126, 9, 1, len(rows), 32 * len(fields) + 33, size)
    for name, width in fields:
        out += struct.pack("<11sc4xBB14x", name.encode("ascii"), b"C", width, 0)
    out += b"\r"
    for index, row in enumerate(rows):
        out += b"*" if index in deleted else b" "
        for (_, width), value in zip(fields, row, strict=True):
            out += value.encode("gb18030")[:width].ljust(width)
    path.write_bytes(out + b"\x1a")
    return path


def repacked(source: Path, target: Path, add: dict[str, bytes] | None = None, drop: tuple[str, ...] = ()) -> Path:
    """A copy of an xlsx with parts added or replaced, and others left out."""
    add = add or {}
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in add and name not in drop:
                new.writestr(name, old.read(name))
        for name, data in add.items():
            new.writestr(name, data)
    return target

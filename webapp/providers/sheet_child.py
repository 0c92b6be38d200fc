"""The child that opens an Excel file: `python -I sheet_child.py '{"path": …}'`, one JSON value a line on stdout.
It imports nothing of ours and has neither keys nor settings; memory and CPU are limited before the file is touched."""

import datetime
import json
import mmap
import os
import posixpath
import re
import resource
import sys
import zipfile
from contextlib import suppress
from xml.etree import ElementTree

BATCH_ROWS = 500
BATCH_CHARS = 1 << 20
LONGEST_CELL = 32_767
BLOCK = 1 << 20
OLE = b"\xd0\xcf\x11\xe0"

PREFIX = re.compile(rb"<(\w+:)?worksheet\b")
ROW_NUMBER = re.compile(rb"""\sr=["'](\d{1,7})["']""")
ROW_HIDDEN = re.compile(rb"""\shidden=["'](?:1|true)["']""")


class Refusal(Exception):
    """A reason that the parent turns into Refused(code, **facts)."""

    def __init__(self, code, **facts):
        super().__init__(code)
        self.code, self.facts = code, facts


def say(value):
    sys.stdout.write(json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n")


def main(order):
    resource.setrlimit(resource.RLIMIT_AS, (order["memory"], order["memory"]))
    resource.setrlimit(resource.RLIMIT_CPU, (order["seconds"], order["seconds"]))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.nice(5)
    sys.stdout.reconfigure(encoding="utf-8", errors="replace", line_buffering=False)
    try:
        inspect(order["path"], order["unzipped"])
        if order["hidden"]:
            send_hidden(order["path"])
        else:
            send_all(order)
        say({"end": True})
    except Refusal as refusal:
        say({"refused": refusal.code, "facts": refusal.facts})
    except MemoryError:
        say({"refused": "sheet_bomb", "facts": {}})
    sys.stdout.flush()


def inspect(path, unzipped):
    """Macros, links to other files and bombs are found before the spreadsheet library opens the file."""
    with open(path, "rb") as file:  # noqa: PTH123 - the child stays with what starts fastest
        if file.read(4) == OLE:
            with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
                inspect_old(data)
            return
    try:
        with zipfile.ZipFile(path) as archive:
            inspect_zip(archive, unzipped)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, EOFError, OSError) as error:
        raise Refusal("sheet_unreadable", row=1) from error


def inspect_old(data):
    """An OLE directory's entries lie on multiples of 128 bytes."""
    for name, code in (("_VBA_PROJECT_CUR", "sheet_macro"), ("EncryptedPackage", "sheet_locked")):
        wanted, at = name.encode("utf-16-le") + b"\0\0", -1
        while (at := data.find(wanted, at + 1)) >= 0:
            if at % 128 == 0:
                raise Refusal(code)


def inspect_zip(archive, unzipped):
    entries = archive.infolist()
    names = [entry.filename.lower() for entry in entries]
    if any(name.endswith("vbaproject.bin") for name in names):
        raise Refusal("sheet_macro")
    if any(name.startswith("xl/externallinks/") for name in names):
        raise Refusal("sheet_links")
    if any(entry.flag_bits & 1 for entry in entries):
        raise Refusal("sheet_locked")
    if sum(entry.file_size for entry in entries) > unzipped:
        raise Refusal("sheet_bomb")
    left = unzipped
    for entry in entries:
        left -= really(archive, entry, left)


def really(archive, entry, most):
    """The bytes that an entry unpacks to, counted; what its header says about its size is not believed."""
    entry.file_size = most + 2 * BLOCK  # zipfile reads no further than this, and compares the checksum there
    size = 0
    try:
        with archive.open(entry) as file:
            while block := file.read(BLOCK):
                size += len(block)
                if size > most:
                    raise Refusal("sheet_bomb")
    except (zipfile.BadZipFile, zipfile.zlib.error, RuntimeError) as error:
        raise Refusal("sheet_unreadable", row=1) from error
    return size


def sheets(path):
    """The visible sheets with cells. What an officer does not see is not imported."""
    import python_calamine as calamine

    try:
        book = calamine.load_workbook(path)
        for about in book.sheets_metadata:
            if about.visible == calamine.SheetVisibleEnum.Visible and about.typ == calamine.SheetTypeEnum.WorkSheet:
                yield book.get_sheet_by_name(about.name)
    except calamine.PasswordError as error:
        raise Refusal("sheet_locked") from error
    except calamine.CalamineError as error:
        raise Refusal("sheet_unreadable", row=1) from error


def send_all(order):
    """Say the filled rows of each visible sheet."""
    sent = 0
    for sheet in sheets(order["path"]):
        sent = send(sheet, order, sent)


def send(sheet, order, sent):
    """Say one sheet's filled rows in batches; returns how many rows of the file have been said, with the `sent` before."""
    if sheet.start is None:
        return sent
    say({"sheet": sheet.name})
    first_column = sheet.start[1]
    most_rows, most_columns, head = order["rows"], order["columns"], order["head"]
    batch, chars, shown = [], 0, 0
    for number, values in enumerate(sheet.iter_rows(), 1):  # empty rows on top are there, empty columns are not
        cells = [value if type(value) is str else text(value) for value in values]
        while cells and not cells[-1]:
            cells.pop()
        if not cells:
            continue
        cells = [""] * first_column + cells
        if len(cells) > most_columns:
            raise Refusal("sheet_too_wide", limit=most_columns, sheet=sheet.name, row=number)
        size = sum(map(len, cells))
        if size > LONGEST_CELL and max(map(len, cells)) > LONGEST_CELL:
            raise Refusal("sheet_unreadable", row=number)
        sent, shown, chars = sent + 1, shown + 1, chars + size
        if most_rows is not None and sent > most_rows:
            raise Refusal("sheet_too_long", limit=most_rows)
        batch.append((number, cells))
        if len(batch) == BATCH_ROWS or chars > BATCH_CHARS:
            say(batch)
            batch, chars = [], 0
        if shown == head:
            break
    say(batch)
    return sent


def send_hidden(path):
    """Say which rows of each visible sheet of an xlsx are hidden: the spreadsheet library does not tell.

    A file whose parts are not where they should be can still be read; of such a one nothing is told.
    """
    with zipfile.ZipFile(path) as archive, suppress(KeyError, ElementTree.ParseError):
        for name, part in worksheets(archive):
            say({"sheet": name})
            with archive.open(part) as file:
                say([(number, []) for number in hidden(file)])


def worksheets(archive):
    """Names and parts of the visible sheets."""
    about = xml(archive, "xl/_rels/workbook.xml.rels")
    parts = {one.get("Id"): posixpath.join("/xl", one.get("Target", ""))[1:] for one in about}
    for one in xml(archive, "xl/workbook.xml").iter():
        if one.tag.endswith("}sheet") and one.get("state", "visible") == "visible":
            part = next((parts.get(value) for name, value in one.attrib.items() if name.endswith("}id")), None)
            if part in archive.NameToInfo:
                yield one.get("name"), part


def xml(archive, part):
    return ElementTree.fromstring(archive.read(part))  # noqa: S314 - this process is made to die of what it reads


def hidden(file):
    """Numbers of the hidden rows in a sheet's XML. Only the tags of rows are looked at: parsing it all takes seconds."""
    number, rest, rows = 0, b"", None
    while block := file.read(BLOCK):
        block = rest + block
        if rows is None:
            root = PREFIX.search(block)
            rows = re.compile(rb"<%srow\b([^>]*)>" % (root and root[1] or b""))
        whole = block.rfind(b"<")
        for row in rows.finditer(block, 0, max(whole, 0)):
            said = ROW_NUMBER.search(row[1])
            number = int(said[1]) if said else number + 1
            if ROW_HIDDEN.search(row[1]):
                yield number
        rest = block[whole:] if whole >= 0 and len(block) - whole < BLOCK else b""  # no tag is as long as a block


def text(value):
    """A cell as a person would type it; a whole number past 15 digits shows that Excel has cut it (R-SCH-04)."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, (int, float)):
        if abs(value) >= 1e15:
            return f"{value:.14E}"
        return str(int(value)) if value == int(value) else f"{value:.15g}"
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if value.time() == datetime.time() else value.isoformat(" ", "seconds")
    return str(value)


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))

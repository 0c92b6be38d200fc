"""What a file is, told from its bytes: xlsx, xls, csv or dbf, and words for what it is instead.
It reads the ends of the file only; whether the content is sound is found out while reading."""

import mmap
import struct
from pathlib import Path

from webapp.domain.refused import Refused

NAMED = {"xlsx": "xlsx", "xls": "xls", "csv": "csv", "txt": "csv", "tsv": "csv", "dbf": "dbf"}
"""The suffixes a table may carry and the kind each promises."""

MACRO_SUFFIXES = {"xlsm", "xltm", "xlsb", "xlam", "xla"}

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

OTHERS = (
    (b"%PDF", "pdf"),
    (b"\xff\xd8\xff", "image"),
    (b"\x89PNG", "image"),
    (b"GIF8", "image"),
    (b"BM", "image"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf", "archive"),
    (b"\x1f\x8b", "archive"),
    (b"{\\rtf", "document"),
)

ZIP_PARTS = (
    (b"xl/workbook.xml", "xlsx"),
    (b"xl/workbook.bin", "xlsb"),
    (b"word/document.xml", "document"),
    (b"ppt/presentation.xml", "document"),
    (b"application/vnd.oasis.opendocument.spreadsheet", "ods"),
)

TAIL = 1 << 18


def kind(path: Path, filename: str = "") -> str:
    """``"xlsx" | "xls" | "csv" | "dbf"`` by the content of `path`; `filename` is the name the sender gave it.

    Raises Refused("sheet_empty"), ("sheet_macro"), ("sheet_locked"), ("sheet_kind", found=, named=): `found` is what
    the bytes are (a kind, or pdf, image, archive, document, ods, xlsb, html, xml, unknown), `named` the suffix
    (R-SCH-02: a renamed file is told, not guessed at).
    """
    named = filename.rpartition(".")[2].lower() if "." in filename else ""
    with path.open("rb") as file:
        head = file.read(4096)
        if not head.strip(b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"):
            raise Refused("sheet_empty")
        if named in MACRO_SUFFIXES and named != "xlsb":
            raise Refused("sheet_macro")
        found = _found(file, head, path.stat().st_size)
    if found not in NAMED.values() or (named and NAMED.get(named) != found):
        raise Refused("sheet_kind", found=found, named=named)
    return found


def _found(file, head: bytes, size: int) -> str:
    if head.startswith(b"PK"):
        return _zip_kind(file, head, size)
    if head.startswith(OLE):
        return _ole_kind(file)
    for magic, name in OTHERS:
        if head.startswith(magic) and (magic != b"BM" or b"\0" in head[:16]):
            return name
    if _is_dbf(file, head):
        return "dbf"
    return _text_kind(head)


def _zip_kind(file, head: bytes, size: int) -> str:
    """By the names in the central directory, which lies at the end."""
    file.seek(max(0, size - TAIL))
    names = head + file.read(TAIL)
    if b"vbaProject.bin" in names:
        raise Refused("sheet_macro")
    return next((name for part, name in ZIP_PARTS if part in names), "archive")


def _ole_kind(file) -> str:
    """An old Excel file, or the shell that Office puts round an encrypted new one, by its directory's entries."""
    with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        if ole_entry(data, "EncryptedPackage"):
            raise Refused("sheet_locked")
        return "xls" if ole_entry(data, "Workbook") or ole_entry(data, "Book") else "document"


def ole_entry(data: mmap.mmap, name: str) -> bool:
    """Whether an OLE file has a stream or storage of this name. Directory entries lie on multiples of 128 bytes."""
    wanted, at = name.encode("utf-16-le") + b"\0\0", -1
    while (at := data.find(wanted, at + 1)) >= 0:
        if at % 128 == 0:
            return True
    return False


def _is_dbf(file, head: bytes) -> bool:
    """A dBASE or FoxPro header: version, a possible date, field descriptors of 32 bytes up to a carriage return."""
    if len(head) < 65 or head[0] & 0x07 not in (0, 1, 3) or head[0] < 3:
        return False
    month, day = head[2], head[3]
    header_size, record_size = struct.unpack("<HH", head[8:12])
    if month > 12 or day > 31 or not 65 <= header_size <= 32 * 256 + 296 or record_size < 2:
        return False
    file.seek(0)
    header = file.read(header_size)
    return any(header[at : at + 1] == b"\r" for at in range(64, len(header), 32))


def _text_kind(head: bytes) -> str:
    if head[:2] in (b"\xff\xfe", b"\xfe\xff") or _is_utf16(head):
        return "csv"
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if start.startswith((b"<html", b"<!doctype html", b"<table", b"<meta", b"<style")):
        return "html"
    if start.startswith(b"<?xml"):
        return "xml"
    control = set(range(32)) - set(b"\t\n\r\f\x1a")
    return "unknown" if control & set(head) else "csv"


def _is_utf16(head: bytes) -> bool:
    """UTF-16 without its mark: the zero bytes of commas, digits and line ends all lie on one side."""
    even, odd = head[::2].count(0), head[1::2].count(0)
    return min(even, odd) == 0 and max(even, odd) * 20 >= len(head)

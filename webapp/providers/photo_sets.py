"""Sets of photos that somebody else packed: a ZIP or a folder, one entry after the other, never unpacked to the disk.

It judges paths and sizes, not pictures (`images_pillow.py`), nor whose they are (`domain/imports/photos.py`).
"""

import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from webapp.domain.refused import Refused

MOST_UNPACKED = 2 << 30
MOST_RATIO = 100
"""Unpacked to packed bytes: pictures hardly shrink, bombs do."""

HEAVIEST = 500 * 1024
"""Bytes of a photo (R-IMG-23); no more than one byte beyond it is read of an entry."""

_NOBODYS = {"thumbs.db", "desktop.ini"}


class Entry(NamedTuple):
    """One file: its name without folders, its size in bytes as counted, its bytes (none where it is too heavy)."""

    name: str
    size: int
    data: bytes


def entries(path: Path, name: str = "") -> Iterator[Entry]:
    """The files of a ZIP or of a folder with all its subfolders, without what systems leave there.

    A single JPEG is a set of one; `name` is what it is called. Raises Refused: photos_kind, photos_path (an entry that leads
    outside), photos_bomb (over 2 GB or 100:1), photos_unreadable (broken or with a password).
    """
    if path.is_dir():
        return _of_folder(path)
    return iter([_of_file(path, name)]) if _is_photo(path) else _of_zip(path)


def _is_photo(path: Path) -> bool:
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(3) == b"\xff\xd8\xff"


def _of_file(path: Path, name: str) -> Entry:
    size = path.stat().st_size
    return Entry(name or path.name, size, path.read_bytes() if size <= HEAVIEST else b"")


def _of_folder(folder: Path) -> Iterator[Entry]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink() and not _is_nobodys(path.relative_to(folder).parts):
            yield _of_file(path, path.name)


def _of_zip(path: Path) -> Iterator[Entry]:
    if not zipfile.is_zipfile(path):
        raise Refused("photos_kind")
    try:
        with zipfile.ZipFile(path) as archive:
            found = [one for one in archive.infolist() if not one.is_dir()]
            _check(found)
            for one in found:
                parts = PurePosixPath(one.filename).parts
                if not _is_nobodys(parts):
                    with archive.open(one) as file:
                        data = file.read(HEAVIEST + 1)
                    heavy = len(data) > HEAVIEST
                    yield Entry(parts[-1], max(one.file_size, len(data)), b"" if heavy else data)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError, EOFError, OSError, zipfile.zlib.error):
        raise Refused("photos_unreadable") from None


def _check(found: list[zipfile.ZipInfo]) -> None:
    for one in found:
        parts = one.filename.replace("\\", "/").split("/")
        if ".." in parts or one.filename.startswith(("/", "\\")) or ":" in parts[0]:
            raise Refused("photos_path")
    unpacked, packed = sum(one.file_size for one in found), sum(one.compress_size for one in found)
    if unpacked > MOST_UNPACKED or unpacked > MOST_RATIO * max(packed, 1):
        raise Refused("photos_bomb")


def _is_nobodys(parts: tuple[str, ...]) -> bool:
    """What macOS and Windows put beside the photos."""
    return "__MACOSX" in parts or parts[-1].startswith(".") or parts[-1].lower() in _NOBODYS

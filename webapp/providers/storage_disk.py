"""Files on this machine's disk: `<data_dir>/files/ab/ab…`, readable by the owner alone.

It is not a place for readable data: `vault.py` seals before it puts.
"""

import errno
import os
import re
import secrets
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, Self

from webapp.domain import clock
from webapp.domain.ports import Missing, Unavailable

NAME = re.compile(r"[0-9a-f]{32}", re.ASCII)
HALF_WRITTEN = re.compile(r"\.[0-9a-f]{32}\.[0-9a-f]{16}", re.ASCII)
FOLDER = re.compile(r"[0-9a-f]{2}", re.ASCII)
# A symlink in the place of a folder or a file is an error, never a way out of the root.
AS_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
TO_READ = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
TO_MAKE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC


class DiskStorage:
    """Fits `Storage`: temporary file, fsync, rename, fsync of the folder."""

    def __init__(self, root: Path) -> None:
        """`root` is made if it is not there; whether the path to it holds symlinks is the operator's choice."""
        root.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.root = root

    @classmethod
    def from_settings(cls, settings: Any) -> Self:
        """Uses data_dir."""
        return cls(settings.data_dir / "files")

    def put(self, name: str, data: bytes) -> None:
        """See `ports.Storage`."""
        with self._folder(name, make=True) as folder:
            half_written = f".{name}.{secrets.token_hex(8)}"
            try:
                with open(half_written, "wb", opener=_opener(TO_MAKE, folder)) as file:
                    file.write(data)
                    file.flush()
                    os.fsync(file.fileno())
                os.rename(half_written, name, src_dir_fd=folder, dst_dir_fd=folder)
            except BaseException:
                _forget(half_written, folder)
                raise
            os.fsync(folder)

    def get(self, name: str) -> bytes:
        """See `ports.Storage`. What is there but is no plain file is `Missing` too."""
        try:
            with self._folder(name) as folder, open(name, "rb", opener=_opener(TO_READ, folder)) as file:
                if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                    raise Missing(name)
                return file.read()
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            raise Missing(name) from None
        except OSError as fault:
            if fault.errno == errno.ELOOP:  # a symlink
                raise Missing(name) from None
            raise

    def delete(self, name: str) -> None:
        """See `ports.Storage`."""
        try:
            with self._folder(name) as folder:
                _forget(name, folder)
                os.fsync(folder)
        except FileNotFoundError:
            return

    def names(self, before: datetime | None = None) -> Iterator[str]:
        """See `ports.Storage`."""
        return (path.name for path in self._files(NAME, before) if path.name.startswith(path.parent.name))

    def sweep(self, before: datetime) -> int:
        """See `ports.Storage`."""
        left = list(self._files(HALF_WRITTEN, before))
        for path in left:
            path.unlink(missing_ok=True)
        return len(left)

    def _files(self, shape: re.Pattern[str], before: datetime | None) -> Iterator[Path]:
        for folder in self.root.iterdir():
            if not FOLDER.fullmatch(folder.name) or folder.is_symlink():
                continue
            for path in folder.iterdir():
                if shape.fullmatch(path.name) and _is_file_from(path, before):
                    yield path

    @contextmanager
    def _folder(self, name: str, make: bool = False) -> Iterator[int]:
        """The open folder of a name; ValueError for what is no name."""
        if not NAME.fullmatch(name):
            raise ValueError("a stored file's name is 32 hexadecimal digits")
        try:
            root = os.open(self.root, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        except OSError:  # a disk that is not mounted holds every file still
            raise Unavailable("fault", retry=True, detail="no store") from None
        try:
            if make:
                _make_folder(name[:2], root)
            folder = os.open(name[:2], AS_FOLDER, dir_fd=root)
        finally:
            os.close(root)
        try:
            yield folder
        finally:
            os.close(folder)


def _opener(flags: int, folder: int) -> Callable[[str, int], int]:
    return lambda name, _: os.open(name, flags, 0o600, dir_fd=folder)


def _make_folder(name: str, root: int) -> None:
    try:
        os.mkdir(name, 0o700, dir_fd=root)
    except FileExistsError:
        return
    os.fsync(root)


def _forget(name: str, folder: int) -> None:
    try:
        os.unlink(name, dir_fd=folder)
    except FileNotFoundError:
        return


def _is_file_from(path: Path, before: datetime | None) -> bool:
    try:
        facts = path.lstat()
    except FileNotFoundError:  # somebody was faster
        return False
    return stat.S_ISREG(facts.st_mode) and (before is None or facts.st_mtime < clock.seconds(before))

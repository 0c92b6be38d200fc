"""Pictures through Pillow, in a child that is kept for many of them and replaced when it dies.

It is not where a picture is decoded: that is `image_child.py`; not one byte of a picture is parsed in this process
beyond its first twelve.
"""

import json
import logging
import os
import signal
import socket
import subprocess
import sys
import threading
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Self

from webapp.domain.ports import Cleaned, Unavailable
from webapp.domain.refused import Refused

CHILD = Path(__file__).with_name("image_child.py")
SECONDS = 20
PICTURES_PER_CHILD = 500
# Nothing of ours: no key, no address of a database. One arena, because each counts 64 MB against the child's limit.
ENVIRONMENT = {"LANG": "C.UTF-8", "MALLOC_ARENA_MAX": "1"}
HEIF_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")

log = logging.getLogger(__name__)


class _Died(Exception):
    """The child went away in the middle."""


class PillowImages:
    """Fits `Images`. One picture at a time in each process; threads wait for each other."""

    def __init__(self, seconds: float = SECONDS) -> None:
        """`seconds`: how long one picture may take by the clock; the child's own limit is 10 s of CPU."""
        self.seconds = seconds
        self._lock = threading.Lock()
        self._child: _Child | None = None

    @classmethod
    def from_settings(cls, settings: Any) -> Self:
        """Nothing is needed of the settings."""
        return cls()

    @property
    def child_pid(self) -> int | None:
        """The process id of the child, None while there is none; `doctor` shows it."""
        return self._child.process.pid if self._child else None

    def clean(self, data: bytes, *, long_side: int, max_bytes: int | None = None, min_side: int = 1) -> Cleaned:
        """See `ports.Images`. A child that dies is replaced, and the picture tried once more; one that hangs is not."""
        kind = kind_of(data)
        if kind is None:
            raise Refused("image_kind")
        task = {"kind": kind, "long_side": long_side, "max_bytes": max_bytes, "min_side": min_side}
        answer, jpeg = self._done(task, data)
        return Cleaned(jpeg, **answer)

    def marked(self, jpeg: bytes, text: str) -> bytes:
        """See `ports.Images`."""
        return self._done({"mark": text}, jpeg)[1]

    def _done(self, task: dict[str, Any], data: bytes) -> tuple[dict[str, Any], bytes]:
        with self._lock:
            try:
                answer, jpeg = self._ask(task, data)
            except _Died:
                try:
                    answer, jpeg = self._ask(task, data)
                except _Died:
                    answer, jpeg = {"refused": "image_unreadable", "facts": {}, "detail": "died twice"}, b""
        if "refused" in answer:
            log.info("picture refused: %s %s", answer["refused"], answer.get("detail", ""))
            raise Refused(answer["refused"], **answer["facts"])
        return answer, jpeg

    def close(self) -> None:
        """End the child; the next picture starts another."""
        with self._lock:
            self._drop()

    def _ask(self, task: dict[str, Any], data: bytes) -> tuple[dict[str, Any], bytes]:
        child = self._ready_child()
        late = threading.Event()
        watch = threading.Timer(self.seconds, lambda: (late.set(), child.process.kill()))
        watch.daemon = True
        watch.start()
        try:
            child.line.send_bytes(json.dumps(task).encode())
            child.line.send_bytes(data)
            answer = json.loads(child.line.recv_bytes()), child.line.recv_bytes()
        except (EOFError, OSError):
            ended = self._drop()
            if late.is_set() or ended == -signal.SIGXCPU:
                return {"refused": "image_unreadable", "facts": {}, "detail": "too slow"}, b""
            raise _Died from None
        finally:
            watch.cancel()
        child.pictures += 1
        return answer

    def _ready_child(self) -> "_Child":
        # After a fork the parent's child is still the parent's: two speakers would mix their pictures up.
        if self._child and self._child.owner != os.getpid():
            self._child = None
        if self._child and (self._child.pictures >= PICTURES_PER_CHILD or self._child.process.poll() is not None):
            self._drop()
        if self._child is None:
            self._child = _Child(self.seconds)
        return self._child

    def _drop(self) -> int | None:
        child, self._child = self._child, None
        return child.end() if child else None


class _Child:
    """A running child and the line to it."""

    def __init__(self, seconds: float) -> None:
        ours, theirs = socket.socketpair()
        with theirs:
            try:
                self.process = subprocess.Popen(  # noqa: S603 (our own interpreter and file)
                    [sys.executable, "-I", str(CHILD)],
                    stdin=theirs,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    env=ENVIRONMENT,
                    cwd="/",
                )
            except OSError:
                ours.close()
                raise Unavailable("fault", retry=True, detail="no child") from None
        self.line = Connection(ours.detach())
        self.owner, self.pictures = os.getpid(), 0
        try:
            ready = self.line.poll(seconds) and self.line.recv_bytes() == b"ready"
        except (EOFError, OSError):
            ready = False
        if not ready:
            self.end()
            raise Unavailable("fault", retry=True, detail="child does not start")

    def end(self) -> int:
        """Kill, and return how it ended."""
        self.line.close()
        self.process.kill()
        return self.process.wait()


def kind_of(data: bytes) -> str | None:
    """JPEG, PNG, GIF, WEBP or HEIF by the first bytes, never by the name; None for anything else."""
    if data.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if data.startswith((b"GIF87a", b"GIF89a")):
        return "GIF"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WEBP"
    if data[4:8] == b"ftyp" and data[8:12] in HEIF_BRANDS:
        return "HEIF"
    return None

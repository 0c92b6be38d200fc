"""A child process, kept for many items and replaced when it dies: a task with bytes goes in, an answer with bytes comes out.

What a child does, and what it may use, is its own file (`image_child.py`, `pdf_child.py`); what an answer means, its caller's.
"""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Sequence
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from webapp.domain.ports import Unavailable

# Nothing of ours: no key, no address of a database. One arena, because each counts 64 MB against the child's limit.
ENVIRONMENT = {"LANG": "C.UTF-8", "MALLOC_ARENA_MAX": "1", "RAYON_NUM_THREADS": "1"}

Answer = tuple[dict[str, Any], bytes]


class Died(Exception):
    """The child went away in the middle, twice with the same item."""


class TooSlow(Exception):
    """The item took longer than it may, by the clock or of the processor."""


class _Gone(Exception):
    """The child went away in the middle."""


class KeptChild:
    """One item at a time in each process; threads wait for each other."""

    def __init__(self, script: Path, arguments: Sequence[str] = (), *, seconds: float, items: int) -> None:
        """`seconds`: how long one item may take by the clock; after `items` the child is replaced by a fresh one."""
        self.command = [sys.executable, "-I", str(script), *arguments]
        self.seconds, self.items = seconds, items
        self._lock = threading.Lock()
        self._child: _Child | None = None

    @property
    def pid(self) -> int | None:
        """The process id of the child, None while there is none."""
        return self._child.process.pid if self._child else None

    def ask(self, task: dict[str, Any], data: bytes) -> Answer:
        """What the child says. One that dies is replaced, and the item tried once more; one that is too slow is not.

        Raises Died, TooSlow, and Unavailable where no child starts.
        """
        with self._lock:
            try:
                return self._ask(task, data)
            except _Gone:
                try:
                    return self._ask(task, data)
                except _Gone:
                    raise Died from None

    def close(self) -> None:
        """End the child; the next item starts another."""
        with self._lock:
            self._drop()

    def _ask(self, task: dict[str, Any], data: bytes) -> Answer:
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
                raise TooSlow from None
            raise _Gone from None
        finally:
            watch.cancel()
        child.done += 1
        return answer

    def _ready_child(self) -> "_Child":
        # After a fork the parent's child is still the parent's: two speakers would mix their items up.
        if self._child and self._child.owner != os.getpid():
            self._child = None
        if self._child and (self._child.done >= self.items or self._child.process.poll() is not None):
            self._drop()
        if self._child is None:
            self._child = _Child(self.command, self.seconds)
        return self._child

    def _drop(self) -> int | None:
        child, self._child = self._child, None
        return child.end() if child else None


class _Child:
    """A running child and the line to it."""

    def __init__(self, command: list[str], seconds: float) -> None:
        ours, theirs = socket.socketpair()
        with theirs:
            try:
                self.process = subprocess.Popen(  # noqa: S603 (our own interpreter and file)
                    command, stdin=theirs, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=ENVIRONMENT, cwd="/"
                )
            except OSError:
                ours.close()
                raise Unavailable("fault", retry=True, detail="no child") from None
        self.line = Connection(ours.detach())
        self.owner, self.done = os.getpid(), 0
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

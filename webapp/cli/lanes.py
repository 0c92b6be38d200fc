"""Two lanes before the app in waitress: what computes the hash of a password waits in one, everything else goes past it.

A request that waits holds a connection and nothing else: no thread, no database. Not here: which those are (`web/line.py`).
"""

import logging
from collections.abc import Callable
from typing import Any

from waitress.task import ThreadedTaskDispatcher

from webapp.domain import passwords

LONGEST = 200 * passwords.AT_ONCE
"""Requests that wait in line: some six seconds on a usual machine. Later ones are answered at once that it is full."""

logging.getLogger("waitress.queue").setLevel(logging.ERROR)
"""It writes a line whenever somebody waits, and waiting is what a lane is for."""


class _Late:
    """A request that came when the line was full: it is answered past the line, without a hash."""

    def __init__(self, task: Any) -> None:
        self.task = task

    def service(self) -> None:
        with passwords.closed():
            self.task.service()

    def cancel(self) -> None:
        self.task.cancel()


class Lanes:
    """A dispatcher of waitress made of two: `pages`, the server's own, and a line with a thread more than there are hashes at
    once, which writes down what came of one while the next is computed. `waits(method, path)` says who stands in it.
    """

    def __init__(self, pages: ThreadedTaskDispatcher, waits: Callable[[str, str], bool], longest: int = LONGEST) -> None:
        self.pages, self.waits, self.longest, self.line = pages, waits, longest, ThreadedTaskDispatcher()
        self.line.set_thread_count(passwords.AT_ONCE + 1)

    def add_task(self, task: Any) -> None:
        """Take a connection that has read a request."""
        asked = task.requests[0]
        if asked.error or not self.waits(asked.command, asked.path):
            self.pages.add_task(task)
        elif len(self.line.queue) < self.longest:
            self.line.add_task(task)
        else:
            self.pages.add_task(_Late(task))

    def shutdown(self, cancel_pending: bool = True, timeout: int = 5) -> bool:
        """Let both finish what they have begun; what still waits is dropped."""
        dropped = self.line.shutdown(cancel_pending, timeout)
        return self.pages.shutdown(cancel_pending, timeout) or dropped

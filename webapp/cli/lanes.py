"""Lanes before the app in waitress: what computes a password's hash waits in one, what brings files in another.

A request that waits holds a connection and nothing else: no thread, no database. Not here: which those are (`web/line.py`).
"""

import logging
from collections.abc import Callable
from typing import Any

from waitress.task import ThreadedTaskDispatcher

from webapp.domain import passwords

LONGEST = 200 * passwords.AT_ONCE
"""Requests that wait in line: some six seconds on a usual machine. Later ones are answered at once that it is full."""

FILES_AT_ONCE = 2
"""Requests with files that are taken in at once."""

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


class Porch:
    """A dispatcher of waitress beside another: who brings files waits here for one of a few threads, and pages go past.

    A photo is sealed and synced to the disk before it is answered: a hundred at once would hold every thread there is.
    `brings(method, path)` says who stands here; the line has no end but the server's connections, for a photo is never refused.
    """

    def __init__(self, others: Lanes, brings: Callable[[str, str], bool], at_once: int = FILES_AT_ONCE) -> None:
        self.others, self.brings, self.files = others, brings, ThreadedTaskDispatcher()
        self.files.set_thread_count(at_once)

    def add_task(self, task: Any) -> None:
        """Take a connection that has read a request."""
        asked = task.requests[0]
        if not asked.error and self.brings(asked.command, asked.path):
            self.files.add_task(task)
        else:
            self.others.add_task(task)

    def shutdown(self, cancel_pending: bool = True, timeout: int = 5) -> bool:
        """Let all finish what they have begun; what still waits is dropped."""
        dropped = self.files.shutdown(cancel_pending, timeout)
        return self.others.shutdown(cancel_pending, timeout) or dropped

"""Excel files, xlsx and xls, read in a child process that may die of them; the parent only sees text.
The protocol is one JSON value a line, so that nothing the child says is run."""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from webapp.domain.refused import Refused
from webapp.providers.sheet_limits import Limits

KINDS = ("xlsx", "xls")
CHILD = Path(__file__).with_name("sheet_child.py")
LONGEST_LINE = 32 << 20

CODES = frozenset(
    ["sheet_macro", "sheet_locked", "sheet_links", "sheet_bomb", "sheet_unreadable", "sheet_too_long", "sheet_too_wide"]
)


def read(path: Path, limits: Limits, head: int | None) -> Iterator[tuple[str, int, list[str]]]:
    """Filled rows of each visible sheet, at most `head` of each; the child has `limits` and an empty environment."""
    return _said(path, limits, head=head)


def hidden(path: Path, limits: Limits) -> dict[str, set[int]]:
    """Visible sheet of an xlsx → numbers of its hidden rows, filled or not."""
    found: dict[str, set[int]] = {}
    for sheet, number, _ in _said(path, limits, hidden=True):
        found.setdefault(sheet, set()).add(number)
    return found


def _said(path: Path, limits: Limits, head: int | None = None, hidden: bool = False) -> Iterator[tuple[str, int, list[str]]]:
    order = {
        "path": str(path), "head": head, "hidden": hidden, "rows": limits.rows, "columns": limits.columns,
        "unzipped": limits.unzipped, "memory": limits.memory, "seconds": limits.seconds,
    }  # fmt: skip
    child = subprocess.Popen(  # noqa: S603 - our own interpreter on our own file; the path is an argument, not a command
        [sys.executable, "-I", str(CHILD), json.dumps(order)],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={"LANG": "C.UTF-8"},
    )  # fmt: skip
    try:
        yield from _rows(child)
    finally:
        child.kill()
        child.stdout.close()
        child.wait()


def _rows(child: subprocess.Popen) -> Iterator[tuple[str, int, list[str]]]:
    sheet = ""
    while line := child.stdout.readline(LONGEST_LINE):
        try:
            said = json.loads(line)
        except ValueError as error:
            raise Refused("sheet_unreadable", row=1) from error
        if isinstance(said, list):
            for number, cells in said:
                yield sheet, number, cells
        elif "sheet" in said:
            sheet = said["sheet"]
        elif "refused" in said:
            code = said["refused"]
            raise Refused(code if code in CODES else "sheet_unreadable", **said["facts"])
        else:
            return
    # No last word: the limits on memory and time end a child by a signal, Rust ends itself by SIGABRT.
    ended_by = -child.wait()
    starved = ended_by in (signal.SIGABRT, signal.SIGKILL, signal.SIGXCPU, signal.SIGSEGV)
    raise Refused("sheet_bomb") if starved else Refused("sheet_unreadable", row=1)

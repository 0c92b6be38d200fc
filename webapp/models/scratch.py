"""A private table on disk for one piece of work, gone with it: what a million rows need to remember, in little memory.

Not part of any deployment's database, and nothing of a person goes in: numbers only.
"""

import sqlite3
from contextlib import closing

CACHED = 2_048
"""Kilobytes of it that are kept in memory; the rest is a file that has no name."""


class Numbers:
    """A number (64 bits, signed) → another one."""

    def __init__(self) -> None:
        self._table = sqlite3.connect("", isolation_level=None)
        self._table.execute(f"PRAGMA cache_size = -{CACHED}")
        self._table.execute("CREATE TABLE number (id INTEGER PRIMARY KEY, value INTEGER NOT NULL)")

    def put(self, pairs: dict[int, int]) -> None:
        """Add numbers that are not there yet."""
        self._table.execute("BEGIN")
        self._table.executemany("INSERT INTO number VALUES (?, ?)", sorted(pairs.items()))
        self._table.execute("COMMIT")

    def get(self, number: int) -> int | None:
        with closing(self._table.execute("SELECT value FROM number WHERE id = ?", (number,))) as found:
            row = found.fetchone()
        return row and row[0]

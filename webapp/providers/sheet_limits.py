"""How much a table may ask of the machine that reads it.
Numbers only; who enforces which is said beside each reader."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """For one file, None being no limit: bytes, rows over all sheets, filled columns, bytes unzipped.

    `memory` (bytes) and `seconds` (CPU) bind the child that opens Excel files.
    """

    size: int | None = 64 << 20
    rows: int | None = 200_000
    columns: int = 100
    unzipped: int = 1 << 30
    memory: int = 3 << 29
    seconds: int = 120


WEB = Limits()
"""A roster uploaded in the browser."""

CLI = Limits(size=None, rows=None, memory=4 << 30, seconds=3600)
"""A roster read by the command line: any length, but still no bomb."""

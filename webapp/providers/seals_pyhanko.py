"""The signatures of PDFs that people were sent, read with pyHanko in a child that holds nothing and is replaced when it dies.

It is not where a signature is made (`pdf_signing.py`), nor where it is judged (`domain/reports/files.py`).
"""

import json
from pathlib import Path
from typing import Any, Self

from webapp.domain.ports import Seal
from webapp.providers.kept_child import Died, KeptChild, TooSlow

CHILD = Path(__file__).with_name("seal_child.py")
SECONDS, CPU_SECONDS = 20, 8
FILES_PER_CHILD = 200
MEMORY = 384 * 1024 * 1024
"""Of addresses: the child takes 90 MB before it reads anything."""


class PyhankoSeals:
    """Fits `Seals`. One file at a time in each process; threads wait for each other."""

    def __init__(self, *, seconds: float = SECONDS, cpu: int = CPU_SECONDS) -> None:
        """`seconds` by the clock and `cpu` of the processor for one file."""
        order = {"memory": MEMORY, "seconds": cpu}
        self._kept = KeptChild(CHILD, [json.dumps(order)], seconds=seconds, items=FILES_PER_CHILD)

    @classmethod
    def from_settings(cls, settings: Any) -> Self:
        """Nothing is needed of the settings."""
        return cls()

    @property
    def child_pid(self) -> int | None:
        """The process id of the child, None while there is none."""
        return self._kept.pid

    def read(self, pdf: bytes) -> Seal:
        """See `ports.Seals`."""
        try:
            told, _nothing = self._kept.ask({}, pdf)
        except (Died, TooSlow):
            return Seal("unreadable")
        return Seal(**told)

    def close(self) -> None:
        """End the child; the next file starts another."""
        self._kept.close()

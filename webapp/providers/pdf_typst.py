"""Papers through typst, in a child that is kept for many of them and replaced when it dies.

It is not where a paper is laid out (`templates/pdf/`), nor where one is asked for (`domain/papers.py`). typst is loaded in the
child alone: a process that has used it can no longer fork.
"""

import calendar
import json
import logging
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any, Self

from webapp import places
from webapp.domain.ports import Signing, Unavailable
from webapp.providers import fonts
from webapp.providers.kept_child import Died, KeptChild, TooSlow

CHILD = Path(__file__).with_name("pdf_child.py")
SECONDS, CPU_SECONDS = 60, 30
PAPERS_PER_CHILD = 500
MEMORY = 768 * 1024 * 1024
"""Of addresses: a receipt takes 110 MB, most of it the font; a sheet of some hundred rows half as much again."""

log = logging.getLogger(__name__)


class TypstPdf:
    """Fits `Pdf`. One paper at a time in each process; threads wait for each other."""

    def __init__(self, layouts: Path | None = None, *, seconds: float = SECONDS, cpu: int = CPU_SECONDS) -> None:
        """`layouts`: the folder of the layouts, those of this installation unless told; `seconds` and `cpu` for one paper."""
        self.layouts = layouts or places.find("templates") / "pdf"
        order = {
            "root": str(self.layouts),
            "fonts": fonts.folders(),
            "memory": MEMORY,
            "seconds": cpu,
        }
        self._kept = KeptChild(CHILD, [json.dumps(order)], seconds=seconds, items=PAPERS_PER_CHILD)

    @classmethod
    def from_settings(cls, settings: Any) -> Self:
        """Nothing is needed of the settings."""
        return cls()

    @property
    def child_pid(self) -> int | None:
        """The process id of the child, None while there is none."""
        return self._kept.pid

    def render(self, template: str, data: dict[str, Any], signing: Signing | None = None) -> bytes:
        """See `ports.Pdf`."""
        made = calendar.timegm(datetime.fromisoformat(data["made"]).timetuple())
        told = json.dumps(_drawable(data) | {"fonts": fonts.families()}, ensure_ascii=False).encode()
        task = {"layout": f"{template}.typ", "made": made, "signing": signing and asdict(signing)}
        try:
            answer, pdf = self._kept.ask(task, told)
        except (Died, TooSlow) as fault:
            answer, pdf = {"fault": type(fault).__name__}, b""
        if "fault" in answer:
            log.error("paper %s: %s", template, answer["fault"])
            raise Unavailable("fault", retry=False, detail=answer["fault"])
        return pdf

    def undrawable(self, text: str) -> str:
        """See `ports.Pdf`. It asks the fonts' tables, not the child."""
        return fonts.undrawable(text)

    def close(self) -> None:
        """End the child; the next paper starts another."""
        self._kept.close()


def _drawable(value: Any) -> Any:
    """The data with every text as it can be drawn."""
    if isinstance(value, str):
        return fonts.drawable(value)
    if isinstance(value, dict):
        return {name: _drawable(one) for name, one in value.items()}
    return [_drawable(one) for one in value] if isinstance(value, (list, tuple)) else value
